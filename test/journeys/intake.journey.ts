import { afterAll, beforeAll, expect, test } from 'vitest'

import type { Person } from '../world/agencies.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

let site: AgenciesSite
let amina: Person

beforeAll(async () => {
  site = await agenciesSite()
  amina = await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
})
afterAll(() => site?.close())

async function walkAs(person: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn(site, { scripts })
  await site.signIn(walk.context, person)
  return walk
}

test.each([true, false])('a call in twelve inputs, with scripts: %s', async (scripts) => {
  const walk = await walkAs(amina, scripts)
  await walk.go('/work')
  await walk.press('Take a call')
  await walk.choose('Who is ringing?', 'The person themself')
  await walk.fill('Name to use', 'Ash')
  await walk.fill('Number, address or name for it', '07700 900123')
  await walk.choose('Who else can see or hear it?', 'Nobody')
  await walk.choose('Voicemail', 'First name, and that you will ring again')
  await walk.choose('When is it safe?', 'At any time, but never at these times')
  await walk.fill('From, like 09:00', '16:00')
  await walk.fill('To, like 15:30', '19:00')
  await walk.fill('What they want, in their words', 'I want to sleep without listening for the door.')
  await walk.choose('How soon must they hear from us?', 'Today or tomorrow')
  await walk.select('Language to interpret into', 'Polish')
  await walk.fill('What else they need to take part', 'Short talks')
  await walk.press('Save')
  const { inputs, pages } = walk.effort()
  expect([inputs, pages]).toEqual([12, 3])
  const text = await walk.text()
  for (const said of [
    'Ash',
    'First contact by',
    'Speaks Polish',
    'Short talks',
    'sleep without listening',
    'Never: every day, 16:00 to 19:00.',
  ])
    expect(text.toLowerCase()).toContain(said.toLowerCase())
  await walk.press(/Change Urgency/i)
  await walk.press('We have been in touch')
  expect(await walk.text()).toContain('First contact was on')
  await walk.press(/Change Language and access/i)
  await walk.open('Who interprets, and who must not')
  await walk.fill('Interpreter agreed with them', 'Ash')
  await walk.press('Save')
  expect(await walk.text()).toContain('Somebody with this name is in this case')
  await walk.close()
})

test('a time that cannot be read comes back at the field with everything that was typed', async () => {
  const walk = await walkAs(amina, false)
  await walk.go('/work/call')
  await walk.fill('What they want, in their words', 'A room for two nights')
  await walk.choose('When is it safe?', 'At any time, but never at these times')
  await walk.fill('From, like 09:00', 'noon')
  await walk.press('Save')
  expect(await walk.text()).toContain('Write a time like 09:00')
  expect(await walk.page.getByLabel('What they want, in their words').inputValue()).toBe(
    'A room for two nights',
  )
  await walk.close()
})

test.each([true, false])('a pasted letter, sentence by sentence, with scripts: %s', async (scripts) => {
  const walk = await walkAs(amina, scripts)
  await walk.go('/work')
  await walk.press('Paste a referral letter')
  await walk.fill('Who wrote it', 'The practice')
  await walk.fill(
    'The letter',
    'Re: Nasreen Karim.\nNasreen is afraid of Tariq Karim. Nasreen would like a quiet room.\nNasreen speaks Urdu.\nRing 07700 900123.',
  )
  await walk.press('Read it')
  await walk.select('Who is Nasreen Karim?', 'The person we help')
  await walk.select('Who is Tariq Karim?', 'Person using abusive behaviour')
  await walk.tick('What they want, as the referrer words it')
  await walk.choose('Keep the letter itself?', 'Yes, as a note')
  await walk.press('Begin the case')
  if (!scripts) {
    // The other time through has left somebody of this name.
    expect(await walk.text()).toContain('Somebody of this name is here already')
    await walk.press('It is somebody else: go on here')
  }
  const text = await walk.text()
  for (const said of [
    'Nasreen Karim',
    'whoever referred them said so',
    'would like a quiet room',
    'Never contact',
  ])
    expect(text).toContain(said)
  // The kept letter is a note, and its number is in the note alone.
  expect(text).toContain('A referral letter from The practice')
  await walk.press(/Change Language and access/i)
  expect(await walk.text()).toContain('Told in a letter from The practice')
  await walk.choose('Language to speak', 'Use it')
  await walk.press('Go on')
  expect(await walk.page.locator('select[name=language]').inputValue()).toBe('ur')
  expect(await walk.text()).not.toContain('Told already')
  await walk.close()
})

test('a lead looks at what people were asked again', async () => {
  const lead = await site.world.join(amina, 'Marta Kowalczyk', ['lead'])
  const walk = await walkAs(lead, true)
  await walk.go('/work')
  await walk.press('Questions people were asked again')
  expect(await walk.page.getByRole('img').count()).toBe(1)
  expect(await walk.page.locator('tbody tr').count()).toBe(12)
  await walk.close()
})
