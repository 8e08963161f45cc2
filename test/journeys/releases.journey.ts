import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import type { Person, TestWorld } from '../world/agencies.ts'
import { caseWith, listServicesOf } from '../world/sending.ts'
import { findings } from './findings.ts'
import { enterOn, spaceOn, typeInto } from './keyboard-walk.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

// Every page met is looked at by axe, which takes its time on a small machine.
vi.setConfig({ testTimeout: 240_000 })

let world: TestWorld
let site: AgenciesSite
let browser: Browser
let advocate: Person
let clinician: Person
let talking = ''

beforeAll(async () => {
  site = await agenciesSite()
  ;({ world, browser } = site)
  advocate = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse', [
    'agency-administrator',
    'worker',
    'lead',
    'privacy-lead',
  ])
  clinician = await world.found('Northmere Adult Mental Health', 'mental-health')
  const school = await world.found('Millbrook Primary School', 'education')
  const housing = await world.found('Northmere Housing Options', 'housing')
  await world.pair(advocate, clinician)
  await world.pair(advocate, school)
  ;[talking = ''] = await listServicesOf(world, [
    { person: clinician, organization: 'Northmere Adult Mental Health' },
    { person: school, organization: 'Millbrook Primary School' },
    { person: housing, organization: 'Northmere Housing Options' },
  ])
})
afterAll(() => site?.close())

describe('a referral with a release', () => {
  for (const scripts of [true, false]) {
    test(`takes four pages and at most twenty inputs, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const { caseId } = await caseWith(advocate)
      const walk = await windowOf(advocate, scripts)
      const { pages, inputs } = await refer(walk, caseId)
      // The fifth screen asks for nothing: it is the empty page between the person and the worker.
      expect({ pages: pages <= 5, inputs: inputs <= 20, inputsCounted: inputs }).toMatchObject({
        pages: true,
        inputs: true,
      })
      expect(await walk.text()).toContain('Northmere Adult Mental Health has it now')
      await walk.press('Take it back now')
      await walk.choose(/How did the person say it/, 'Said here, face to face')
      await walk.press('Withdraw now')
      expect(await walk.text()).toContain('Taken back')
      await walk.go(`/cases/${caseId}/shared`)
      await walk.press(/A referral to Northmere Adult Mental Health/)
      expect(await walk.text()).toContain('Sleep through the night')
      for (const path of ['seen', 'releases', 'hold', `referrals/ask?service=${talking}`, 'referrals/new']) {
        await walk.go(`/cases/${caseId}/${path}`)
      }
      for (const path of ['/agency/ledger', '/privacy']) await walk.go(path)
      await walk.close()
    })
  }

  test('is there to be read, copied, renewed, and put on hold', async () => {
    const { caseId } = await caseWith(advocate)
    const walk = await windowOf(advocate, true)
    await walk.go(`/cases/${caseId}/referrals/new?service=${talking}`)
    await walk.open('Add something that is not in the list')
    await walk.open(/What cannot go to/)
    await walk.select('What is it?', 'A short summary, written together')
    await walk.fill('What it says, word for word', 'Two good years, then a hard spring.')
    await walk.press('Add it')
    expect(await walk.text()).toContain('Two good years')
    await walk.go(`${walk.path()}/as`)
    expect(await walk.text()).toContain('Two good years')
    for (const width of [390, 320]) {
      await walk.page.setViewportSize({ width, height: 800 })
      expect(await findings(walk.page, { scripts: true, typed: walk.typed })).toEqual([])
    }
    await walk.press('Back to the permission')
    await refer(walk, caseId, true)
    await walk.go(`/cases/${caseId}`)
    await walk.press(/Northmere Adult Mental Health, Adult Crisis Team/)
    expect(await walk.text()).toContain('Two good years')
    await walk.press('The person’s own copy')
    await walk.press('It is safe. Show the copy')
    expect(await walk.text()).toContain('A short summary that we wrote together')
    await walk.go(`/cases/${caseId}/print`)
    expect(await walk.text()).not.toContain('Sleep through the night')
    await walk.press('It is safe. Show it for the printer')
    expect([await walk.page.title(), await walk.text()]).toEqual([
      'Information',
      expect.stringContaining('Sleep through the night'),
    ])
    await walk.go(`/cases/${caseId}/hold`)
    await walk.press('Put all on hold now')
    await walk.press(/Northmere Adult Mental Health/)
    await walk.press('Confirm it with the person again')
    expect(await walk.text()).toContain('Somebody to talk to')
    await walk.close()
  })

  test('us-U26: is told in its order, says what is missing at the field, keeps what was typed, and takes not now for an answer', async () => {
    const { caseId } = await caseWith(advocate)
    const walk = await windowOf(advocate, true)
    await walk.go(`/cases/${caseId}/referrals/new?service=${talking}`)
    await walk.press('Next: talk it through')
    await walk.fill(/What is it for/, 'So that they can ring me')
    await walk.press('Give the person the screen')
    expect(await walk.text()).toContain('There is a problem')
    expect(await walk.page.getByLabel(/What is it for/).inputValue()).toBe('So that they can ring me')
    for (const label of [/^I read out/, /could help and what could go wrong/, /other ways/, /^Nobody who/])
      await walk.tick(label)
    await walk.press('Give the person the screen')
    await walk.press('Yes, share this')
    expect(await walk.text()).toContain('Type your name if this is what you want.')
    await toldInOrder(walk)
    await walk.press('Not now')
    expect(await walk.text()).not.toContain('Rowan')
    await walk.press('Continue')
    expect(await walk.text()).toContain('Not now is an answer')
    await walk.close()
  })

  test('can be done by keyboard alone', async () => {
    const { caseId } = await caseWith(advocate)
    const walk = await windowOf(advocate, true)
    await walk.go(`/cases/${caseId}/referrals/new?service=${talking}`)
    await enterOn(walk, 'Next: talk it through')
    await typeInto(walk, 'purpose', 'So that they can ring me')
    for (const at of [0, 1, 2, 3]) await spaceOn(walk, 'talked', at)
    await enterOn(walk, 'Give the person the screen')
    await typeInto(walk, 'name', 'Rowan Vale')
    await spaceOn(walk, 'copy', 0)
    await enterOn(walk, 'Yes, share this')
    expect(await walk.text()).toContain('Please hand the screen back')
    await walk.close()
  })
})

/** What a screen reader is given of the person's turn: names in their order, the mistake at its field, and what is chosen. */
async function toldInOrder(walk: Walk): Promise<void> {
  const told = await walk.page.locator('body').ariaSnapshot()
  const names = [
    'Exit this page',
    'There is a problem',
    'group "Would you like a copy',
    'button "Yes, share this',
    'button "Not now',
  ]
  const places = names.map((name) => told.indexOf(name))
  expect([places.includes(-1), places]).toEqual([false, places.toSorted((a, b) => a - b)])
  const field = walk.page.getByRole('textbox', { name: /Type your name/ })
  const error = (await field.getAttribute('aria-describedby'))?.split(' ').find((id) => id.endsWith('-error'))
  expect(await walk.page.locator(`#${error}`).innerText()).toContain(
    'Type your name if this is what you want.',
  )
  await walk.page.getByRole('radio', { name: 'No copy, to be safe' }).check()
  expect(await walk.page.locator('main').ariaSnapshot()).toContain('radio "No copy, to be safe" [checked]')
}

async function refer(
  walk: Walk,
  caseId: string,
  begun = false,
): Promise<{ readonly pages: number; readonly inputs: number }> {
  if (!begun) await walk.go(`/cases/${caseId}/referrals/new?service=${talking}`)
  await walk.press('Next: talk it through')
  await walk.fill(/What is it for/, 'So that I do not have to tell it all again')
  for (const label of [/^I read out/, /could help and what could go wrong/, /other ways/, /^Nobody who/]) {
    await walk.tick(label)
  }
  await walk.press('Give the person the screen')
  expect(await walk.text()).not.toContain('Dane')
  await walk.fill(/Type your name/, 'Rowan Vale')
  await walk.choose(/Would you like a copy/, 'No copy, to be safe')
  await walk.press('Yes, share this')
  expect(await walk.text()).not.toContain('Rowan')
  await walk.press('Continue')
  const effort = walk.effort()
  await walk.press('Send now')
  return effort
}

async function windowOf(person: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn({ browser, address: site.address }, { scripts })
  await site.signIn(walk.context, person)
  return walk
}
