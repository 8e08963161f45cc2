import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import { setLaw } from '#parties'
import { loadLawPacks } from '#releases'

import type { Person } from '../world/agencies.ts'
import { caseWith, listServicesOf } from '../world/sending.ts'
import { enterOn, spaceOn, typeInto } from './keyboard-walk.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

// Every page met is looked at by axe, which takes its time on a small machine.
vi.setConfig({ testTimeout: 240_000 })

const folder = mkdtempSync(join(tmpdir(), 'anydoor-packs-'))
let site: AgenciesSite
let browser: Browser
let britain: Person
let advocate: Person
let programme: Person
let clinic: Person
let services: readonly string[] = []

beforeAll(async () => {
  site = await agenciesSite()
  ;({ browser } = site)
  const roles = ['agency-administrator', 'worker', 'lead', 'privacy-lead'] as const
  britain = await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse', roles)
  advocate = await site.world.found('Alder Advocates', 'domestic-abuse', roles, 'us')
  programme = await site.world.found('Riverside Recovery', 'substance-use', roles, 'us')
  clinic = await site.world.found('Alder Clinic', 'primary-care', roles, 'us')
  const hill = await site.world.found('Hill Clinic', 'mental-health', roles)
  const conference = await site.world.found('Northmere Conference', 'conference', roles)
  for (const partner of [hill, conference]) await site.world.pair(britain, partner)
  await site.world.pair(advocate, clinic)
  await site.world.pair(programme, clinic)
  services = await listServicesOf(site.world, [
    { person: clinic, organization: 'Northmere Adult Mental Health' },
    { person: hill, organization: 'Millbrook Primary School' },
    { person: conference, organization: 'Northmere Housing Options' },
  ])
  writeFileSync(join(folder, 'us-al.json'), JSON.stringify(madeUp))
  expect(loadLawPacks(folder)).toEqual([])
  await advocate.act((db, actor) => setLaw(db, actor, 'us-wa'))
  await clinic.act((db, actor) => setLaw(db, actor, 'us-al'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true })
  await site?.close()
})

/** A state that asks for a report of an adult's injury. */
const madeUp = {
  id: 'us-al',
  name: 'Alderland',
  version: 'us-al-1',
  note: 'Made up.',
  reviewBy: '2027-05-27',
  sources: { act: { title: 'The Act', standing: 'seen' } },
  fields: {
    'injury-report': {
      value: true,
      citation: 'Section 4 of the Act',
      source: 'act',
      owner: 'Privacy lead',
      reviewedOn: '2026-11-27',
      reviewedBySurvivors: 'not yet',
    },
  },
}

async function windowOf(person: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn({ browser, address: site.address }, { scripts })
  await site.signIn(walk.context, person)
  return walk
}

async function talkAndSign(walk: Walk) {
  await walk.press('Next: talk it through')
  await walk.fill(/What is it for/, 'So that they know what I would want')
  for (const label of [/^I read out/, /could help and what could go wrong/, /other ways/, /^Nobody who/])
    await walk.tick(label)
  const steps = walk.page.locator('input[name=steps]')
  for (let at = 0; at < (await steps.count()); at += 1) await steps.nth(at).check()
  await walk.press('Give the person the screen')
}

async function sign(walk: Walk) {
  await walk.fill(/Type your name/, 'Rowan Vale')
  await walk.choose(/Would you like a copy/, 'No copy, to be safe')
  await walk.press('Yes, share this')
  await walk.press('Continue')
}

describe('a kind of permission', () => {
  for (const scripts of [true, false]) {
    test(`an emergency contact in the UK, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const { caseId } = await caseWith(britain)
      const walk = await windowOf(britain, scripts)
      await walk.go(`/cases/${caseId}/referrals/new?service=${services[1]}`)
      await walk.open('Another kind of permission')
      await walk.press('Emergency contact')
      expect(await walk.text()).not.toContain('Sleep through the night')
      await walk.open('Parts of an agency')
      await walk.fill('Which part of our agency shares it', 'Outreach team')
      await talkAndSign(walk)
      expect(await walk.text()).toContain('This is for an emergency in the next few days')
      expect(await walk.text()).toContain('Northmere Domestic Abuse Service, Outreach team')
      await sign(walk)
      await walk.press('Send now')
      await walk.go(`/cases/${caseId}/referrals/new?service=${services[2]}`)
      expect(await walk.text()).toContain('uk-57')
      await walk.close()
    })

    test(`for after a death in Washington, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const { caseId } = await caseWith(advocate)
      const walk = await windowOf(advocate, scripts)
      await walk.go(`/cases/${caseId}/referrals/new?service=${services[0]}&kind=after-death`)
      await talkAndSign(walk)
      expect(await walk.text()).toContain('Nothing goes now.')
      await sign(walk)
      await walk.press('Keep it. Nothing goes now')
      expect(await walk.text()).toContain('Nothing has gone')
      await walk.press('The person has died')
      await walk.press('Send what was signed')
      expect(await walk.text()).toContain('Write how it is known')
      await walk.fill(/How do we know/, 'Their sister came, and we rang the hospital.')
      await walk.tick('I am sure, and it was checked')
      await walk.press('Send what was signed')
      expect(await walk.text()).toContain('Alder Clinic')
      await walk.close()
    })
  }

  test('one consent for treatment and payment in the US, chosen by keyboard', async () => {
    const { caseId } = await caseWith(programme)
    const walk = await windowOf(programme, true)
    await walk.go(`/cases/${caseId}/referrals/new?service=${services[0]}&kind=care`)
    expect(await walk.text()).toContain('Never for a legal case')
    await enterOn(walk, 'Next: talk it through')
    await typeInto(walk, 'purpose', 'So that both know what I take')
    for (const at of [0, 1, 2, 3]) await spaceOn(walk, 'talked', at)
    const steps = await walk.page.locator('input[name=steps]').count()
    for (let at = 0; at < steps; at += 1) await spaceOn(walk, 'steps', at)
    await enterOn(walk, 'Give the person the screen')
    expect(await walk.text()).toContain('other care and its payment cannot be planned')
    await walk.close()
  })
})

describe('the law of a place', () => {
  for (const scripts of [true, false]) {
    test(`an adult’s injury where the law asks for it, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const { caseId } = await caseWith(clinic)
      const walk = await windowOf(clinic, scripts)
      await walk.go(`/cases/${caseId}/grounds`)
      await walk.press('Report an adult’s injury')
      await walk.press('Write it down')
      expect(await walk.text()).toContain('There is a problem')
      await walk.choose(/Was the person told/, 'Yes, face to face')
      await walk.tick(/We planned for what may follow/)
      for (const [label, text] of [
        [/Who was hurt/, 'An adult patient'],
        [/What is the injury/, 'A broken wrist'],
        [/When was it seen/, 'Today at ten'],
        [/Where can the police/, 'Alder Clinic, front desk'],
      ] as const)
        await walk.fill(label, text)
      await walk.press('Write it down')
      expect(await walk.text()).toContain('Nothing has gone')
      await walk.choose(/How was it made/, 'By telephone')
      await walk.fill(/Who took it/, 'Officer Finch')
      await walk.press('The report was made')
      expect(await walk.text()).toContain('us-57')
      await walk.close()
    })

    test(`who may agree alone, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const walk = await windowOf(advocate, scripts)
      await walk.go('/agency/law')
      await walk.press('Who may agree alone')
      expect(await walk.text()).toContain('Nothing can be set here')
      await walk.close()
      const uk = await windowOf(britain, scripts)
      await uk.go('/agency/young')
      expect(await uk.text()).toContain('There is nothing to set')
      await uk.close()
    })
  }
})
