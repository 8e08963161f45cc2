import { expect, test } from 'vitest'

import type { JourneyWorld } from './journey-world.ts'
import { secondsFor, wordsToRead } from './reading-time.ts'
import { lookRoundAs } from './sign-in.ts'
import type { Walk } from './walk.ts'

/** Step 6: the same loop from each other door, with somebody in the room and no name for them anywhere. */
export function otherDoors(world: () => JourneyWorld): void {
  test.each([
    ['a clinic worker', 'tomasz', true],
    ['a GP', 'femi', false],
    ['a school', 'kath', true],
    ['a child-welfare worker', 'dawn', false],
  ] as const)('%s asks without a name, and it becomes a referral', async (_door, castId, scripts) => {
    const walk = await lookRoundAs(world(), castId, { scripts })
    await walk.go('/work')
    walk.effort()
    await walk.press('Someone is with me now')
    for (const help of ['Danger right now', 'What to say', 'Who can speak now', 'How to call together'])
      expect(await walk.text()).toContain(help)
    const words = await askNow(walk)
    const thread = walk.path()
    expect(await walk.text()).toContain('Sent. The answer comes here.')
    const told = await wordsToRead(walk.page, '.govuk-notification-banner')
    expect(Math.min(words, told)).toBeGreaterThan(3)
    expect(secondsFor(words + told, walk.effort().letters)).toBeLessThanOrEqual(60)
    const answerer = await answerYes(world(), 'amina', thread)
    await answerer.close()
    await walk.go(thread)
    expect(await walk.text()).toContain('They said yes')
    await walk.press('Start the referral')
    expect(walk.path()).toMatch(/^\/cases\/[0-9a-f-]{36}\/referrals\/new$/)
    const along = await walk.text()
    expect(along).toContain('an adult')
    expect(along).toContain('Being safer')
    expect(walk.typed).toEqual([])
    await walk.close()
  })

  test('what is known already goes along, to another service than the nearest', async () => {
    const walk = await lookRoundAs(world(), 'kath')
    await walk.go('/now')
    await askByAndFor(walk)
    await walk.press('Ask now')
    const thread = walk.path()
    const answerer = await answerYes(world(), 'zainab', thread)
    await answerer.close()
    await walk.go(thread)
    await walk.press('Start the referral')
    expect(await walk.text()).toContain('it is going on')
    expect(walk.typed).toEqual([])
    await walk.close()
  })

  test('a no names its reason and the next door in three clicks', async () => {
    const asker = await lookRoundAs(world(), 'morag')
    await asker.go('/now')
    await askByAndFor(asker)
    await asker.press('Ask now')
    const thread = asker.path()
    const walk = await lookRoundAs(world(), 'robyn')
    await openQuestion(walk, thread)
    walk.effort()
    await walk.press('Not for us')
    await walk.choose('Why not here?', 'No room, or the waiting list is closed')
    await walk.press('Say no and name the next door')
    const { inputs, clicks } = walk.effort()
    expect(inputs + clicks).toBeLessThanOrEqual(3)
    expect(await walk.text()).toContain('We said no')
    await asker.go(thread)
    expect(await asker.text()).toMatch(/They suggest|They know of no other service/)
    await Promise.all([asker.close(), walk.close()])
  })
}

/** Two choices and the button: the shortest way from the page to *asked*. Gives the words to be read until the button. */
async function askNow(walk: Walk): Promise<number> {
  const words = await wordsToRead(walk.page, 'form[action="/now"] button')
  await walk.choose('Who?', 'Adult')
  await walk.choose('Help with', 'Safety')
  await walk.press('Ask now')
  return words
}

/** The longer way: another service than the nearest, and how things are. */
async function askByAndFor(walk: Walk): Promise<void> {
  await walk.choose('Who?', 'Adult')
  await walk.choose('Help with', 'Safety')
  await walk.page.getByRole('group', { name: 'Ask', exact: true }).getByRole('checkbox').uncheck()
  await walk.open('Others')
  await walk.choose('Ask them too, or instead', 'By-and-for support')
  await walk.open('Add details')
  await walk.choose('How are things now?', 'Going on')
}

/** The asked service says yes with one press from its own list. */
async function answerYes(world: JourneyWorld, castId: string, thread: string): Promise<Walk> {
  const walk = await lookRoundAs(world, castId)
  await openQuestion(walk, thread)
  await walk.press('Yes, send them')
  expect(await walk.text()).toMatch(/We said yes/)
  return walk
}

async function openQuestion(walk: Walk, thread: string): Promise<void> {
  await walk.go('/referrals?show=ours')
  const fresh = walk.page.locator('.app-dense__item', { hasText: 'New question' })
  await fresh.locator(`a[href="${thread}"]`).click()
  await walk.page.getByText('Next step').waitFor()
}
