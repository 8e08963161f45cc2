import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import type { Person } from '../world/agencies.ts'
import { caseWith } from '../world/sending.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

// Every page met is looked at by axe, which takes its time on a small machine.
vi.setConfig({ testTimeout: 240_000 })

let site: AgenciesSite
let browser: Browser
const advocates = new Map<'uk' | 'us', Person>()
const colleagues = new Map<'uk' | 'us', Person>()
let clinician: Person
let office: Person

beforeAll(async () => {
  site = await agenciesSite()
  ;({ browser } = site)
  const roles = ['agency-administrator', 'worker', 'lead', 'privacy-lead'] as const
  for (const pack of ['uk', 'us'] as const) {
    const founder = await site.world.found(`Harbour ${pack}`, 'domestic-abuse', roles, pack)
    advocates.set(pack, founder)
    colleagues.set(pack, await site.world.join(founder, 'Colleague', ['worker', 'lead']))
  }
  clinician = await site.world.found('Hill Clinic', 'mental-health')
  office = await site.world.found('Alder Children and Families', 'child-welfare')
  for (const person of advocates.values()) {
    await site.world.pair(person, clinician)
    await site.world.pair(person, office)
  }
})
afterAll(() => site?.close())

async function windowOf(person: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn({ browser, address: site.address }, { scripts })
  await site.signIn(walk.context, person)
  return walk
}

function advocate(pack: 'uk' | 'us', among = advocates): Person {
  const found = among.get(pack)
  if (found === undefined) throw new Error('nobody')
  return found
}

async function dateOf(walk: Walk, legend: string | RegExp, date: readonly [string, string, string]) {
  const group = walk.page.getByRole('group', { name: legend })
  for (const [at, label] of (['Day', 'Month', 'Year'] as const).entries()) {
    await group.getByLabel(label, { exact: true }).fill(date[at] ?? '')
  }
}

describe('a paper from a court', () => {
  for (const [pack, scripts] of [
    ['us', true],
    ['uk', false],
  ] as const) {
    test(`goes from the door to the copy in the ${pack} pack, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const { caseId } = await caseWith(advocate(pack))
      const walk = await windowOf(advocate(pack), scripts)
      await walk.go(`/cases/${caseId}`)
      await walk.press('See all of it, or write one down')
      await walk.press('A paper from a court or a lawyer has come')
      expect(await walk.text()).toContain(pack === 'us' ? 'rule us-25' : 'rule uk-51')
      await walk.press('Save, and lock the case’s export')
      expect(await walk.text()).toContain('Say who signed the paper.')
      await walk.choose('Who signed it?', /clerk/)
      await walk.fill('Who sends it?', 'Marsh and Reed, for Dane Vale')
      await walk.fill('What does it ask for?', 'Any and all records about Rowan Vale')
      await dateOf(walk, 'When did it come?', ['20', '11', '2026'])
      await dateOf(walk, 'When is an answer due?', ['4', '12', '2026'])
      await walk.press('Save, and lock the case’s export')
      const path = walk.path()
      await walk.go(`/cases/${caseId}/print`)
      expect(await walk.text()).toContain('rule court-4')
      await walk.press('See where that stands')
      expect(walk.path()).toBe(path)
      await walk.press('A lawyer was asked')
      expect(await walk.text()).toContain('Say which lawyer was asked.')
      await walk.fill('Which lawyer was asked?', 'The legal helpline')
      await walk.press('A lawyer was asked')
      await walk.press('Telling the person')
      await walk.choose('Was the person told?', 'Not yet')
      await walk.press('Save')
      expect(await walk.text()).toContain('Say why not yet.')
      await walk.fill('Why not yet?', 'The telephone is read by somebody else until Friday.')
      await dateOf(walk, 'When will you look again?', ['28', '11', '2026'])
      await walk.press('Save')
      await walk.choose('Do you object?', 'Yes, we object')
      await walk.fill('How, or why not?', 'Filed on Monday.')
      await walk.press('Save the answer')
      expect(await walk.text()).toContain('Nothing goes until a judge has ordered it.')
      await walk.press('What the judge ordered')
      await walk.press('Save the order')
      expect(await walk.text()).toContain('Tick what the order names.')
      await walk.fill('Which judge signed it?', 'Aldous Finch')
      await walk.fill('Which court?', 'Alder County Court')
      await dateOf(walk, 'When was it made?', ['1', '12', '2026'])
      await walk.choose('To whom must it go?', /^A court or/)
      await walk.fill('Their name, as the order gives it', 'Alder County Court')
      await walk.tick('That they come here: yes or no')
      await walk.fill('What was asked of the court to protect it?', 'Read by the judge alone.')
      await walk.press('Save the order')
      expect(await walk.text()).not.toContain('07700 900321')
      await walk.page.locator('input[name=items]').first().check()
      await walk.press('Make the copy')
      expect(await walk.text()).toContain('rule court-5')
      await walk.go(path)
      expect(await walk.text()).toContain('wants the person told before anything goes')
      await walk.press('Write down that the person was told, or why not yet')
      await walk.choose('Was the person told?', 'Yes, in writing')
      await walk.press('Save')
      await walk.press('Make the copy that goes')
      await walk.page.locator('input[name=items]').first().check()
      await walk.press('Make the copy')
      expect(await walk.text()).toContain('Who could find it on a printer or a desk?')
      await walk.press('Show it for the printer')
      expect(await walk.text()).toContain('It must not be passed on')
      expect(await walk.text()).not.toContain('Rowan')
      await walk.go(`/cases/${caseId}/grounds`)
      expect(await walk.text()).toContain('Told')
      await walk.go(`/cases/${caseId}/seen`)
      await walk.go(`/cases/${caseId}`)
      await walk.close()
    })
  }
})

describe('imminent danger', () => {
  for (const [pack, scripts] of [
    ['uk', true],
    ['us', false],
  ] as const) {
    test(`takes two people in the ${pack} pack, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const { caseId } = await caseWith(advocate(pack))
      const walk = await windowOf(advocate(pack), scripts)
      await walk.go(`/cases/${caseId}/grounds`)
      await walk.press('Somebody is in imminent danger')
      await walk.press('Ask a colleague to confirm')
      expect(await walk.text()).toContain('Say what is about to happen.')
      await walk.fill('What is about to happen?', 'Threats for tonight, by somebody with a key.')
      await walk.choose('Which agency must know?', /Hill Clinic/)
      await walk.choose('Was the person told?', 'Yes, by telephone')
      await walk.press('Ask a colleague to confirm')
      expect(await walk.text()).toContain('You cannot confirm it yourself.')
      const path = walk.path()
      const second = await windowOf(advocate(pack, colleagues), scripts)
      await second.go('/work')
      await second.press(/Imminent danger: look, and confirm or stop it/)
      expect(second.path()).toBe(path)
      await second.press('I see it too. Send it to Hill Clinic')
      expect(await second.text()).toContain('Hill Clinic can read it until')
      const there = await windowOf(clinician, scripts)
      await there.go('/referrals')
      await there.press(new RegExp(`Referral from Harbour ${pack}`))
      expect(await there.text()).toContain('Imminent danger: please act today')
      expect(await there.text()).toContain('07700 900321')
      expect(await there.text()).not.toContain('with a key')
      await second.press('Save, and end it now')
      expect(await second.text()).toContain('Write down what you see, looking back.')
      await second.fill('What do you see, looking back?', 'It was right, and it was the least.')
      await second.press('Save, and end it now')
      expect(await second.text()).toContain('It is over and was reviewed.')
      await there.go(there.path())
      expect(await there.text()).not.toContain('07700 900321')
      await walk.go(`/cases/${caseId}/grounds`)
      expect(await walk.text()).toContain('Over and reviewed')
      for (const each of [walk, second, there]) await each.close()
    })
  }
})

describe('a worry about a child', () => {
  for (const [pack, scripts] of [
    ['us', true],
    ['uk', false],
  ] as const) {
    test(`is asked without names, then reported in six facts, in the ${pack} pack, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const { caseId } = await caseWith(advocate(pack))
      const walk = await windowOf(advocate(pack), scripts)
      await walk.go(`/cases/${caseId}/grounds`)
      await walk.press('A worry about a child')
      expect(await walk.text()).toContain('rule report-2')
      await walk.press('Save')
      expect(await walk.text()).toContain('Say what you heard.')
      await walk.choose('What did you hear?', /A child was near abuse/)
      await walk.choose('Did you ask somebody first, without names?', 'Yes, without names')
      await walk.fill('Whom did you ask?', 'The duty line')
      await walk.fill('What did you ask?', 'Ivy was in the next room. What would you do?')
      await walk.fill('What did they say?', 'Ask the school how things are.')
      await walk.press('Save')
      expect(await walk.text()).toContain('rule report-3')
      await walk.fill('What did you ask?', 'A child was in the next room. What would you do?')
      await walk.press('Save')
      expect(await walk.text()).toContain('rule report-2')
      await walk.press('We heard more: a child was hurt or is about to be')
      await walk.press('The facts of the report')
      await walk.press('Save the facts')
      expect(await walk.text()).toContain('Say which child it is about.')
      await walk.fill('Which child is it about?', 'Ivy, six')
      await walk.fill('Where is the child now?', 'At school')
      await walk.fill('What was seen or heard?', 'A bruise on the arm')
      await walk.fill('When was that?', 'Seen on Monday')
      await walk.fill('Who caused the harm?', 'The other parent')
      await walk.fill('What is the danger now?', 'There is still a key')
      await walk.choose('Was the person told?', 'Yes, face to face')
      await walk.press('Save the facts')
      await walk.press('The report is made')
      expect(await walk.text()).toContain('Say how the report is made.')
      await walk.choose('How is the report made?', 'Sealed, to a partner here')
      await walk.page.getByLabel('Alder Children and Families').check()
      await walk.press('The report is made')
      expect(await walk.text()).toContain('has no way into this case')
      const there = await windowOf(office, scripts)
      await there.go('/referrals')
      await there.press(new RegExp(`Referral from Harbour ${pack}`))
      expect(await there.text()).toContain('A bruise on the arm')
      expect(await there.text()).not.toContain('Rowan')
      await walk.go(`/cases/${caseId}/grounds`)
      for (const each of [walk, there]) await each.close()
    })
  }
})
