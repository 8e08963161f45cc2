import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { setLaw } from '#parties'

import type { Person, TestWorld } from '../world/agencies.ts'
import { caseWith } from '../world/sending.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

// Every page met is looked at by axe, which takes its time on a small machine.
vi.setConfig({ testTimeout: 240_000 })

let world: TestWorld
let site: AgenciesSite
let browser: Browser
let advocate: Person
let lead: Person
let family: Person

beforeAll(async () => {
  site = await agenciesSite()
  ;({ world, browser } = site)
  advocate = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse', [
    'agency-administrator',
    'worker',
  ])
  family = await world.found('Northmere Children’s Social Care', 'child-welfare')
  await world.pair(advocate, family)
  await advocate.act((db, actor) => setLaw(db, actor, 'uk-eng'))
  lead = await world.join(advocate, 'Marta', ['worker', 'lead'])
})
afterAll(() => site?.close())

describe('sharing without agreement', () => {
  for (const scripts of [true, false]) {
    test(`is decided, agreed by a second person, sent, and told, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const { caseId } = await caseWith(advocate)
      const walk = await windowOf(advocate, scripts)
      await walk.go(`/cases/${caseId}`)
      await walk.press('Sharing without agreement')
      await walk.press(/Northmere Children’s Social Care/)
      await fillRecord(walk)
      await walk.press('Keep this decision')
      expect(await walk.text()).toContain('It waits for a second person')
      const where = walk.path()

      const second = await windowOf(lead, scripts)
      await second.go('/work')
      await second.press(/A decision waits for your answer/)
      expect(second.path()).toBe(where)
      await second.press('Save my answer')
      expect(await second.text()).toContain('Say yes or no.')
      await second.choose(/Do you agree with this decision/, 'Yes, it may go')
      await second.fill('Your reasons', 'Read it. It cannot wait.')
      await second.press('Save my answer')
      expect(await second.text()).toContain('agreed, not sent')
      await second.close()

      await walk.go('/work')
      await walk.press(/A decision of yours was agreed/)
      await walk.press('Send it now')
      expect(await walk.text()).toContain('What came of it')
      await walk.fill('How and when they were told', 'On the telephone at the safe time')
      await walk.press('The person knows now')
      expect(await walk.text()).toContain('The person was told on')
      await walk.go(`/cases/${caseId}/decisions`)
      expect(await walk.text()).toContain('Share with Northmere Children’s Social Care')
      await walk.close()

      const there = await windowOf(family, scripts)
      await there.go('/referrals')
      await there.press(/Northmere Domestic Abuse Service/)
      expect(await there.text()).toContain('The person does not know yet')
      await there.close()
    })
  }

  test('says what is missing at the field and loses nothing that was typed', async () => {
    const { caseId } = await caseWith(advocate)
    const walk = await windowOf(advocate, true)
    await walk.go(`/cases/${caseId}/decide?to=${family.partyId}`)
    await walk.fill('What the person wants', 'To be left in peace')
    await walk.press('Keep this decision')
    expect(await walk.text()).toContain('There is a problem')
    expect(await walk.page.getByLabel('What the person wants').inputValue()).toBe('To be left in peace')
    await fillRecord(walk)
    await walk.choose(/Is anything on the list about health/, 'Yes')
    await walk.press('Keep this decision')
    expect(await walk.text()).toContain('Choose a condition for what is about health')
    await walk.choose(/Which condition lets health/, /Safeguarding children, and adults/)
    await walk.press('Keep this decision')
    expect(await walk.text()).toContain('You chose an answer that nobody has checked')
    await walk.fill('Who advised you', 'Kim Adviser')
    await walk.press('Keep this decision')
    expect(await walk.text()).toContain('Kim Adviser')
    await walk.close()
  })
})

test('an administrator says which law the agency works under, and everybody reads it', async () => {
  const clinic = await world.found('Alder Clinic', 'mental-health', ['agency-administrator', 'worker'], 'us')
  for (const scripts of [true, false]) {
    const walk = await windowOf(clinic, scripts)
    await walk.go('/agency/law')
    await walk.choose(/Which law does your agency work under/, 'Connecticut')
    await walk.press('Save')
    expect(await walk.text()).toContain('What the law of the place says: Connecticut')
    await walk.go('/rules')
    expect(await walk.text()).toContain('not set')
    await walk.close()
  }
})

async function fillRecord(walk: Walk): Promise<void> {
  await walk.choose(/Does the person want help/, 'Yes')
  await walk.choose(/Does the person agree/, 'No')
  await walk.fill(/Why not, or why they were not asked/, 'Afraid of what comes next')
  await walk.fill('What the person wants', 'To be left in peace, and the children safe')
  await walk.fill(/Whether they could decide freely/, 'Understands. Afraid, and says so')
  await walk.choose(/Have you told the person/, 'Not yet')
  await walk.fill('Why not yet', 'They are not alone')
  await walk.fill('What could go wrong if you share', 'A visit at a bad hour')
  await walk.fill('What could happen if you do not', 'Somebody may die')
  await walk.tick('A child')
  await walk.fill(/What the child wants/, 'Wants it to stop')
  await walk.choose('Your decision', 'Share what is listed')
  await walk.fill('Anything else they need to know', 'A threat with a knife on Tuesday, told by the person.')
  await walk.fill('What it is for', 'So that somebody sees the children today')
  await walk.choose(/Which power or duty/, /The duties to protect children/)
  await walk.choose(/Which basis in data protection law/, /^Legitimate interests/)
  await walk.choose(/Is anything on the list about health/, 'No')
  await walk.choose(/Is anything on the list about offences/, 'No')
  await walk.choose(/told in confidence/, /Serious harm or serious crime/)
  await walk.fill(/Whose rights are touched/, 'Life against privacy. One message to one agency.')
  await walk.tick(/Each thing on the list is needed/)
  await walk.choose('Look at it again in', '14 days')
}

async function windowOf(person: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn({ browser, address: site.address }, { scripts })
  await site.signIn(walk.context, person)
  return walk
}
