import { expect, test } from 'vitest'

import { codeAt } from '#platform/auth'

import type { JourneyWorld } from './journey-world.ts'
import { type Keyboard, keyboardOf } from './keyboard.ts'
import { freshCodes, lookRoundAs } from './sign-in.ts'
import { type Walk, walkIn } from './walk.ts'

/** A screen with a keyboard in front of it, and no mouse. */
interface Desk {
  readonly walk: Walk
  readonly keys: Keyboard
}

/** Tab, the arrows, Space, Enter and letters alone: from a sign-in to a referral that the clinic says yes to. */
export function byKeyboard(world: () => JourneyWorld): void {
  const at = {} as { advocate: Desk; thread: string }
  test('from My work to a permission that the person signs on their turn, by keyboard alone', async () => {
    at.advocate = await deskOf(world(), 'amina')
    await toTheTalk(at.advocate)
    await talkItThrough(at.advocate)
    await signOnTheTurn(at.advocate)
  })

  test('the referral is sent by keyboard alone', async () => {
    const { walk, keys } = at.advocate
    await keys.to('Continue')
    await keys.enter()
    await keys.skip()
    await keys.to('Send now')
    await keys.enter()
    expect(await walk.text()).toContain('Northmere Adult Mental Health has it now')
    await keys.to('Open the referral')
    await keys.enter()
    at.thread = walk.path()
    await walk.close()
  })

  test('the clinic opens it from My work and says yes with a day and a name, by keyboard alone', async () => {
    const { walk, keys } = await deskOf(world(), 'tomasz')
    await keys.to('Referral from Northmere Domestic Abuse Service')
    await keys.enter()
    expect(walk.path()).toBe(at.thread)
    await keys.skip()
    await keys.to('Say yes')
    await keys.enter()
    await sayYes({ walk, keys })
    await walk.close()
  })

  test('someone is with me now, asked by keyboard alone', async () => {
    const walk = await lookRoundAs(world(), 'jo')
    const keys = await keyboardOf(walk)
    await walk.go('/now')
    await keys.skip()
    await keys.choose('Adult')
    await keys.tick('Safety')
    await keys.to('Ask now')
    await keys.enter()
    expect(await walk.text()).toContain('Sent. The answer comes here.')
    await walk.close()
  })
}

/** Signs somebody in without a mouse, so that the page that comes is My work. */
async function deskOf(world: JourneyWorld, castId: string): Promise<Desk> {
  const who = world.kept.staff[castId]
  if (who === undefined) throw new Error(`${castId} is not in the cast.`)
  await freshCodes(world)
  const walk = await walkIn(world)
  const keys = await keyboardOf(walk)
  await walk.go('/sign-in')
  await keys.to(/email/i)
  await keys.type(who.login)
  await keys.to('Password')
  await keys.type(who.password)
  await keys.enter()
  await keys.to(/code/i)
  await keys.type(codeAt(who.authenticator, Temporal.Now.instant()))
  await keys.enter()
  expect(walk.path()).toBe('/work')
  return { walk, keys }
}

async function toTheTalk({ walk, keys }: Desk): Promise<void> {
  await keys.to('Ifeoma')
  await keys.enter()
  await keys.to('See who can help')
  await keys.enter()
  await keys.skip()
  await keys.to(/^Make a referral\W+Northmere Talking Therapies$/)
  await keys.enter()
  await keys.skip()
  await keys.to('Next: talk it through')
  await keys.enter()
  expect(walk.path()).toMatch(/\/talk$/)
}

/** First with nothing in it, so that the list of mistakes leads to the field. */
async function talkItThrough({ walk, keys }: Desk): Promise<void> {
  await keys.skip()
  await keys.to('Give the person the screen')
  await keys.enter()
  const purpose = await keys.toFirstMistake()
  expect(purpose.name).toBe('What is it for, in the person’s words?')
  await keys.type('So that I do not have to tell it all again.')
  for (const done of [
    /^I read out/,
    /^We talked about what could help/,
    /^We talked about other ways/,
    /^Nobody who/,
  ])
    await keys.tick(done)
  await keys.to('Give the person the screen')
  await keys.enter()
  expect(walk.path()).toMatch(/\/turn$/)
}

async function signOnTheTurn({ walk, keys }: Desk): Promise<void> {
  expect((await keys.to(/./)).name).toMatch(/Exit this page/)
  await keys.skip()
  await keys.to('Yes, share this')
  await keys.enter()
  expect((await keys.toFirstMistake()).name).toBe('Type your name to say yes')
  await keys.type('Ifeoma')
  await keys.choose('No copy, to be safe')
  await keys.to('Yes, share this')
  await keys.backTo('No copy, to be safe')
  await keys.to('Yes, share this')
  await keys.enter()
  expect(await walk.text()).toContain('Please hand the screen back')
}

async function sayYes({ walk, keys }: Desk): Promise<void> {
  await keys.to('Say yes')
  await keys.enter()
  expect((await keys.toFirstMistake()).name).toBe('Day')
  const day = Temporal.Now.plainDateISO('Europe/London').add({ days: 7 })
  await keys.type(String(day.day))
  await keys.to('Month')
  await keys.type(String(day.month))
  await keys.to('Year')
  await keys.type(String(day.year))
  await keys.to('Whom to ring here')
  await keys.type('Ruth')
  await keys.to('Say yes')
  await keys.enter()
  expect(await walk.text()).toContain('Accepted')
  expect(await walk.text()).toContain('Ruth Abara')
}
