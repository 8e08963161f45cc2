import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import type { Person, TestWorld } from '../world/agencies.ts'
import { mails, serviceOf } from '../world/light.ts'
import { caseWith, listServicesOf } from '../world/sending.ts'
import { enterOn, typeInto } from './keyboard-walk.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

// Every page met is looked at by axe, which takes its time on a small machine.
vi.setConfig({ testTimeout: 240_000 })

let world: TestWorld
let site: AgenciesSite
let browser: Browser
let advocate: Person
let surgery = ''

beforeAll(async () => {
  site = await agenciesSite()
  ;({ world, browser } = site)
  advocate = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
  await listServicesOf(world, [{ person: advocate, organization: 'Northmere Domestic Abuse Service' }])
  surgery = (await serviceOf(world, 'Harbour Voices')).id
})
afterAll(() => site?.close())

describe('an office without an account', () => {
  for (const scripts of [true, false]) {
    test(`is written to, opens, answers; the worker sees it, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const worker = await windowOf(scripts)
      await sendThere(worker, scripts)
      const code = await makeLink(worker)
      const path = await newestPath()
      const office = await walkIn({ browser, address: site.address }, { scripts, width: 390 })
      await office.go(path)
      expect(await office.text()).not.toContain('Northmere')
      await office.fill('Code', '111 222 3333')
      await office.press('Go on')
      expect(await office.text()).toContain('This does not open anything')
      office.effort()
      await office.fill('Code', code)
      await office.press('Go on')
      expect(await office.text()).toContain('Somebody is referred to you')
      expect(await office.text()).toContain('07700 900321')
      await office.press('Say yes')
      await office.press('Say yes')
      expect(await office.text()).toContain('Enter whom to ring at your office')
      await office.fill(/Whom to ring/, 'Robin Marsh')
      await office.fill('Day', '4')
      await office.fill('Month', '1')
      await office.fill('Year', '2027')
      await office.press('Say yes')
      expect(await office.text()).toContain('has your answer')
      const { inputs, clicks } = office.effort()
      // A code, a name and a day; one of the buttons was pressed too early.
      expect({ inputs, clicks }).toEqual({ inputs: 5, clicks: 4 })
      expect(await office.context.cookies()).toEqual([])
      await office.go(path)
      await office.press('Ask for a new link')
      expect(await office.text()).toContain('whoever sent it is told')
      await office.close()
      await worker.press('I have told them')
      expect(await worker.text()).toContain('Robin Marsh')
      expect(await worker.text()).toContain('Answered')
      await worker.go('/work')
      await worker.press(/A new link is asked for/)
      expect(await worker.text()).toContain('They asked for a new link')
      await worker.close()
    })
  }

  test('can be done by keyboard alone, and put away without an answer', async () => {
    const worker = await windowOf(true)
    await sendThere(worker, false)
    const code = await makeLink(worker)
    const office = await walkIn({ browser, address: site.address }, { width: 390 })
    await office.go(await newestPath())
    await typeInto(office, 'code', code)
    await enterOn(office, 'Go on')
    await enterOn(office, 'Not for us')
    expect(await office.text()).toContain('Open another door')
    await office.page.goBack()
    await enterOn(office, 'Close without an answer')
    expect(await office.text()).toContain('the link is over')
    await office.close()
    await worker.press('I have told them')
    expect(await worker.text()).toContain('Opened and closed')
    await worker.close()
  })
})

const talked = [/^I read out/, /could help and what could go wrong/, /other ways/, /^Nobody who/]

/** A permission from the menu to sent, the first time with the office's address. */
async function sendThere(walk: Walk, first: boolean): Promise<void> {
  const { caseId } = await caseWith(advocate)
  await walk.go(`/cases/${caseId}/referrals/new?service=${surgery}`)
  if (first) {
    await walk.press('Write to them by mail and link')
    await walk.fill(/Mail address/, 'office@harbour.example')
    await walk.press('Go on')
    expect(await walk.text()).toContain('Ring them on a number from the directory first')
    await walk.tick(/I rang a number/)
    await walk.press('Go on')
  }
  await walk.press('Next: talk it through')
  await walk.fill(/What is it for/, 'So that they can ring me')
  for (const label of talked) await walk.tick(label)
  await walk.press('Give the person the screen')
  await walk.fill(/Type your name/, 'Rowan Vale')
  await walk.choose(/Would you like a copy/, 'No copy, to be safe')
  await walk.press('Yes, share this')
  await walk.press('Continue')
  expect(await walk.text()).toContain('nobody there can be kept from it by name')
  await walk.press('Send now')
  await walk.press('Send the link')
}

/** The mail leaves, and the code is there once. */
async function makeLink(walk: Walk): Promise<string> {
  await walk.press('Send the mail and show the code')
  expect(await walk.text()).toContain('Ring them on a number from the directory first')
  await walk.tick(/I have somebody there on the telephone/)
  await walk.press('Send the mail and show the code')
  const code = /\b\d{3} \d{3} \d{4}\b/.exec(await walk.text())?.[0]
  if (code === undefined) throw new Error('No code was shown.')
  return code
}

async function newestPath(): Promise<string> {
  const mail = (await mails(world)).find((each) => each.template === 'letter-link')
  if (mail?.link === undefined) throw new Error('No mail is on its way.')
  return new URL(mail.link).pathname
}

async function windowOf(scripts: boolean): Promise<Walk> {
  const walk = await walkIn({ browser, address: site.address }, { scripts })
  await site.signIn(walk.context, advocate)
  return walk
}
