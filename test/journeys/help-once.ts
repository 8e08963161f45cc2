import { expect, test } from 'vitest'

import type { JourneyWorld } from './journey-world.ts'
import { enterAs, lookRoundAs } from './sign-in.ts'
import { type Walk, walkIn } from './walk.ts'

/** What the journey leaves for whoever goes on from it. */
export interface HelpedOnce {
  advocate: Walk
  clinician: Walk
  /** Addresses, without the host, of both cases and of each side's thread. */
  ourCase: string
  theirCase: string
  ourThread: string
  theirThread: string
}

const words = 'I want to sleep without listening for the door.'
const service = 'Northmere Talking Therapies'
const answers: Readonly<Record<string, string>> = {
  'Who is the help for?': 'an adult who has been hurt or made afraid',
  'How are things now?': 'it stopped 3 to 12 months ago',
  'How much do feelings, sleep or worry get in the way of everyday life?': 'a lot, at home, school or work',
  'Are several things hard at once, and have they been for a long time?': 'no',
  'Are there thoughts of suicide or self-harm?': 'none that we know of',
  'Is there other therapy now?': 'none',
  'How is the home?': 'settled for 3 months or more',
  'Has anyone gone through a risk checklist? What did it come to?': 'standard',
}

/** Steps 2 to 5: from a sign-in to *they have met*, on the real pages of both agencies. */
export function helpOnce(world: () => JourneyWorld, scripts: boolean): HelpedOnce {
  const at = {} as HelpedOnce
  firstTalk(world, scripts, at)
  menuOf(at)
  permissions(at)
  clinicAsks(world, scripts, at)
  clinicSaysYes(at)
  together(at)
  return at
}

function firstTalk(world: () => JourneyWorld, scripts: boolean, at: HelpedOnce): void {
  test('an advocate signs in with a password and a code, and starts a case without a name', async () => {
    at.advocate = await walkIn(world(), { scripts })
    await enterAs(world(), at.advocate, 'amina')
    expect(at.advocate.path()).toBe('/work')
    at.advocate.effort()
    await at.advocate.press('Start a case')
    at.ourCase = at.advocate.path().replace('/names/new', '')
  })

  test('the first talk on the telephone takes 12 inputs at most', async () => {
    const { advocate } = at
    await advocate.fill('Name to use', 'Ash')
    await advocate.choose('Which name may be said aloud', 'The same name')
    await advocate.press('Save and go on to safe contact')
    await advocate.fill('Number, address or name for it', '07700 900123')
    await advocate.choose('Who else can see or hear it?', 'Nobody')
    await advocate.choose('When is it safe?', 'At any time')
    await advocate.press('Save and go on to what they want')
    await advocate.fill(/In their words$/, words)
    await advocate.select('What comes nearest', 'Help with feeling low, afraid or not coping')
    await advocate.press('Save and go on to the details')
    for (const question of ['Who is the help for?', 'How are things now?'])
      if (await isAsked(advocate, question)) await advocate.choose(question, answers[question] ?? '')
    if (await isAsked(advocate, 'How old is the person')) await advocate.fill('Years', '34')
    await advocate.press('Save')
    expect(advocate.effort().inputs).toBeLessThanOrEqual(12)
    expect(await advocate.text()).toContain(words)
  })

  test('one more question is put off, and one is not known: both are answers', async () => {
    const { advocate } = at
    await advocate.go(`${at.ourCase}/details?ask=substance`)
    await advocate.choose('Is help wanted with alcohol or drugs?', 'Not now')
    await advocate.press('Save')
    await advocate.go(`${at.ourCase}/details?ask=proceedings`)
    await advocate.choose('Is a criminal or family court case open?', 'Not known')
    await advocate.press('Save')
    await advocate.go(`${at.ourCase}/details`)
    expect(await advocate.text()).toMatch(/Court.*Not known/s)
    expect(await advocate.text()).toMatch(/Alcohol or drugs.*Not now/s)
  })
}

function menuOf(at: HelpedOnce): void {
  test('the menu says who takes them, which question would settle it, and which threshold says no', async () => {
    const { advocate } = at
    await advocate.go(`${at.ourCase}/menu`)
    for (let turn = 0; turn < 8 && !(await takes(advocate)); turn++) await settleOne(advocate)
    const menu = await advocate.text()
    expect(menu).toMatch(/take[s]? them now/)
    expect(menu).toMatch(/do(es)? not take them, and why/)
    expect(menu).toMatch(/As of|as of/)
    await advocate.open(/do(es)? not take them, and why/)
    expect(await advocate.text()).toMatch(/For a yes|does not fit/)
  })
}

function permissions(at: HelpedOnce): void {
  test('a referral under a permission: 4 pages and 20 inputs at most, with the person’s own turn', async () => {
    const { advocate } = at
    advocate.effort()
    await advocate.press(new RegExp(`^Make a referral\\W+${service}`))
    expect(await advocate.text()).toContain(words)
    await advocate.press('Next: talk it through')
    await advocate.fill('What is it for, in the person’s words?', 'So I do not have to tell it all again.')
    await talkThrough(advocate)
    await advocate.press('Give the person the screen')
    expect(await advocate.page.title()).toBe('Information')
    expect(await advocate.text()).toContain(words)
    await advocate.fill('Type your name to say yes', 'Ash')
    await advocate.choose('Would you like a copy?', 'No copy, to be safe')
    await advocate.press('Yes, share this')
    expect(await advocate.text()).not.toContain(words)
    await advocate.press('Continue')
    await advocate.press('Send now')
    const spent = advocate.effort()
    expect(await advocate.text()).toContain('Northmere Adult Mental Health has it now')
    expect(await advocate.text()).toContain('For our record')
    expect(spent.inputs).toBeLessThanOrEqual(20)
    // Beside the four there is the empty page on which the screen goes back, and the one that says it is sent.
    expect(spent.pages - 2).toBeLessThanOrEqual(4)
  })

  test('the second recipient of the same talk gets a permission of its own, with everything filled in', async () => {
    const { advocate } = at
    const sent = advocate.path()
    advocate.effort()
    await advocate.press('By-and-for support')
    await advocate.press('Next: talk it through')
    expect(await advocate.page.getByLabel('What is it for, in the person’s words?').inputValue()).toBe(
      'So I do not have to tell it all again.',
    )
    await talkThrough(advocate)
    await advocate.press('Give the person the screen')
    await advocate.fill('Type your name to say yes', 'Ash')
    await advocate.choose('Would you like a copy?', 'No copy, to be safe')
    await advocate.press('Yes, share this')
    await advocate.press('Continue')
    await advocate.press('Send now')
    expect(await advocate.text()).toContain('Harbour Voices has it now')
    expect(advocate.effort().inputs).toBeLessThanOrEqual(20)
    await advocate.go(sent)
    await advocate.press('Open the referral')
    at.ourThread = advocate.path()
  })
}

function clinicAsks(world: () => JourneyWorld, scripts: boolean, at: HelpedOnce): void {
  test('the clinic finds it in My work, opens it and asks one question', async () => {
    at.clinician = await lookRoundAs(world(), 'tomasz', { scripts })
    const { clinician } = at
    await clinician.go('/work')
    expect(await clinician.text()).toContain('Referral from Northmere Domestic Abuse Service')
    await clinician.page.locator(`a[href="${at.ourThread}"]`).first().click()
    await clinician.page.getByText('Next step').waitFor()
    at.theirThread = clinician.path()
    expect(await clinician.text()).toContain(words)
    await clinician.press('Ask something')
    await clinician.fill('Your question', 'Would a talk by video be all right?')
    await clinician.press('Send the question')
  })

  test('the advocate answers without typing anything again', async () => {
    const { advocate } = at
    await advocate.go('/work')
    await advocate.page.locator(`a[href="${at.ourThread}"]`).first().click()
    await advocate.page.getByText('Next step').waitFor()
    expect(advocate.path()).toBe(at.ourThread)
    expect(await advocate.text()).toContain('Would a talk by video be all right?')
    await advocate.press('Answer')
    await advocate.fill('Your answer', 'Yes, after nine in the morning.')
    await advocate.press('Send the answer')
  })
}

function clinicSaysYes(at: HelpedOnce): void {
  test('the clinic says yes with a named person and nothing but the day to fill in, and takes what was agreed', async () => {
    const { clinician } = at
    await clinician.go(at.theirThread)
    expect(await clinician.text()).toContain('Yes, after nine in the morning.')
    clinician.effort()
    await clinician.press('Say yes')
    await fillDay(clinician, 7)
    await clinician.press('Say yes')
    expect(clinician.effort()).toMatchObject({ inputs: 3, clicks: 2, pages: 2 })
    expect(await clinician.text()).toContain('Tomasz Wolny')
    await clinician.press('Take into our record')
    await clinician.tick('The name to use')
    await clinician.tick('The person agreed to each of these')
    await clinician.press('Take into our record')
    at.theirCase = clinician.path()
    expect(await clinician.text()).toContain('Ash')
    const twice = at.advocate.typed.filter((text, place) => at.advocate.typed.indexOf(text) !== place)
    // The name under each permission is a signature, and the purpose of the second came filled in.
    expect(twice.filter((text) => text !== 'Ash')).toEqual([])
  })
}

function together(at: HelpedOnce): void {
  test('the introduction takes a day and a name, and the person’s word that they have met closes it', async () => {
    const { advocate } = at
    await advocate.go(at.ourThread)
    advocate.effort()
    await advocate.press('Plan the introduction')
    await fillDay(advocate, 7)
    await advocate.fill('Their name', 'Amina Yusuf')
    await advocate.press('Write it down')
    expect(advocate.effort()).toMatchObject({ inputs: 4, clicks: 2, pages: 2 })
    await advocate.press('They have met')
    await advocate.tick('The person says that they have met')
    await advocate.press('Write it down')
    expect(advocate.effort()).toMatchObject({ inputs: 1, clicks: 2, pages: 2, letters: 0 })
    expect(await advocate.text()).toContain('They have met')
  })

  test('both sides read the same account, and neither opens the other’s case', async () => {
    const { advocate, clinician } = at
    await advocate.go(at.ourThread)
    await clinician.go(at.theirThread)
    const [ours, theirs] = [await account(advocate), await account(clinician)]
    const shared = (lines: readonly string[]) => lines.filter((line) => !/Opened|record/.test(line))
    expect(shared(ours)).toEqual(shared(theirs))
    expect(ours.length).toBeGreaterThanOrEqual(6)
    for (const walk of [advocate, clinician]) expect(await walk.page.content()).toContain('For our record')
    await closedTo(clinician, at.ourCase)
    await closedTo(advocate, at.theirCase)
  })
}

/** A page that is not theirs answers as one that does not exist: the same status, the same octets. */
async function closedTo(walk: Walk, path: string): Promise<void> {
  const missing = path.replace(/[0-9a-f-]{36}/, '01900000-0000-7000-8000-000000000000')
  const [theirs, none] = await Promise.all(
    [path, missing].map(async (each) => walk.context.request.get(new URL(each, walk.page.url()).href)),
  )
  expect([theirs?.status(), none?.status()]).toEqual([404, 404])
  expect(await theirs?.text()).toBe(await none?.text())
}

async function isAsked(walk: Walk, question: string): Promise<boolean> {
  return (await walk.page.getByRole('group', { name: question }).count()) > 0
}

async function takes(walk: Walk): Promise<boolean> {
  return (await walk.page.locator('article', { hasText: service }).locator('.app-verdict--takes').count()) > 0
}

/** Follows the question that the menu names and answers it. */
async function settleOne(walk: Walk): Promise<void> {
  for (const [question, answer] of Object.entries(answers)) {
    const link = walk.page.getByRole('link', { name: question })
    if ((await link.count()) === 0) continue
    await walk.press(question)
    await walk.choose(question, answer)
    await walk.press('Save')
    return
  }
  throw new Error(`The menu asks nothing that this journey answers: ${await walk.text()}`)
}

/** What is said before anybody signs, ticked off as it is done. */
async function talkThrough(walk: Walk): Promise<void> {
  const boxes = walk.page.getByRole('group', { name: 'Tick what you have done' }).getByRole('checkbox')
  for (const label of [
    'I read out',
    'We talked about what could help',
    'We talked about other ways',
    'Nobody who causes harm',
  ])
    await walk.tick(new RegExp(label))
  expect(await boxes.count()).toBe(4)
  const also = walk.page.getByRole('group', { name: 'The rules also ask for this' }).getByRole('checkbox')
  for (const box of await also.all()) await box.check()
}

/** A day so many days from now. */
async function fillDay(walk: Walk, days: number): Promise<void> {
  const day = Temporal.Now.plainDateISO('Europe/London').add({ days })
  await walk.fill('Day', String(day.day))
  await walk.fill('Month', String(day.month))
  await walk.fill('Year', String(day.year))
}

async function account(walk: Walk): Promise<readonly string[]> {
  return walk.page.locator('.app-timeline__what').allInnerTexts()
}
