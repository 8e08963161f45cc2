import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

import type { Person, TestWorld } from '../world/agencies.ts'
import { caseWith, listServicesOf } from '../world/sending.ts'
import { enterOn, spaceOn, typeInto } from './keyboard-walk.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

// Every page met is looked at by axe, which takes its time on a small machine.
vi.setConfig({ testTimeout: 240_000 })

let world: TestWorld
let site: AgenciesSite
let browser: Browser
let advocate: Person
let talking = ''

beforeAll(async () => {
  site = await agenciesSite()
  ;({ world, browser } = site)
  advocate = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
  const clinician = await world.found('Northmere Adult Mental Health', 'mental-health')
  await world.pair(advocate, clinician)
  ;[talking = ''] = await listServicesOf(world, [
    { person: clinician, organization: 'Northmere Adult Mental Health' },
  ])
})
afterAll(() => site?.close())

describe('signing at a distance', () => {
  for (const scripts of [true, false]) {
    test(`by telephone, to sent, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const { caseId } = await caseWith(advocate)
      const worker = await windowOf(advocate, scripts)
      await talkItThrough(worker, caseId)
      const code = await sayCode(worker)
      const person = await walkIn({ browser, address: site.address }, { scripts, width: 390 })
      await person.go('/go')
      await person.fill(/12 numbers/, '1111 2222 3333')
      await person.press('Go on')
      expect(await person.text()).toContain('This code does not work')
      await person.fill(/12 numbers/, code)
      await person.press('Go on')
      expect(await person.text()).toContain('may we share something with Northmere Adult Mental Health')
      await person.press('Español')
      expect(await person.text()).toContain('le pregunta')
      await person.press('English')
      await person.press('Go on')
      await person.tick(/Leave out: How to reach you safely/)
      await person.press('Go on')
      expect(await person.text()).toContain('So that they can ring me')
      await person.press('Go on')
      await person.press('Go on')
      await person.press('Go on')
      expect(await person.text()).not.toContain('How to reach you safely')
      await person.press('Yes, share this')
      expect(await person.text()).toContain('Type your name if this is what you want')
      await person.fill(/Type your name/, 'Rowan Vale')
      await person.choose(/Would you like a copy/, 'No copy, to be safe')
      await person.press('Yes, share this')
      expect(await person.text()).toContain('You can close this page now')
      expect(await person.context.cookies()).toEqual([])
      await person.go('/go/2')
      expect(person.path()).toBe('/go')
      await person.close()
      await worker.press('See what they said')
      expect(await worker.text()).toContain('They left out')
      await worker.press('Go on to sending')
      expect(await worker.text()).not.toContain('07700 900321')
      await worker.press('Send now')
      expect(await worker.text()).toContain('Northmere Adult Mental Health has it now')
      await worker.close()
    })
  }

  test('the person’s pages can be done by keyboard alone', async () => {
    const { caseId } = await caseWith(advocate)
    const worker = await windowOf(advocate, true)
    await talkItThrough(worker, caseId)
    const code = await sayCode(worker)
    const person = await walkIn({ browser, address: site.address }, { width: 390 })
    await person.go('/go')
    await typeInto(person, 'code', code)
    for (let page = 0; page < 6; page += 1) await enterOn(person, 'Go on')
    await typeInto(person, 'name', 'Rowan Vale')
    await spaceOn(person, 'copy', 0)
    await enterOn(person, 'Yes, share this')
    expect(await person.text()).toContain('You can close this page now')
    await person.close()
    await worker.close()
  })

  test('Exit this page shuts it, and the worker can begin again', async () => {
    const { caseId } = await caseWith(advocate)
    const worker = await windowOf(advocate, true)
    await talkItThrough(worker, caseId)
    const code = await sayCode(worker)
    const person = await walkIn({ browser, address: site.address }, { scripts: false })
    await person.go('/go')
    await person.fill(/12 numbers/, code)
    await person.press('Go on')
    const left = await person.page.request.get(`${site.address}/leave`, { maxRedirects: 0 })
    expect(left.status()).toBe(303)
    await person.go('/go/1')
    expect(person.path()).toBe('/go')
    await person.close()
    await worker.press('See what they said')
    expect(await worker.text()).toContain('Nothing was said')
    expect(await worker.text()).toContain('Make a new code')
    await worker.close()
  })
})

describe('a release that a wait outlives', () => {
  for (const scripts of [true, false]) {
    test(`is made again in a minute, and taken back, ${scripts ? 'with' : 'without'} scripts`, async () => {
      const { caseId } = await caseWith(advocate)
      const worker = await windowOf(advocate, scripts)
      await talkItThrough(worker, caseId, 'Give the person the screen')
      await signHere(worker)
      await world.owner
        .updateTable('releases.release')
        .set({ starts_at: daysFromNow(-20), ends_at: daysFromNow(10) })
        .where('case_id', '=', caseId)
        .execute()
      await worker.go('/work')
      expect(await worker.text()).toContain('Permissions to go through again')
      worker.effort()
      await worker.press(/Northmere Adult Mental Health, Adult Crisis Team/)
      expect(await worker.text()).toContain('nobody loses a place')
      await worker.press('Go through it again')
      for (const label of talked) await worker.tick(label)
      await worker.press('Give the person the screen')
      await signHere(worker)
      const { inputs, clicks, letters } = worker.effort()
      // Six answers and six buttons: reading it out aside, less than a minute.
      expect({ inputs, clicks, letters }).toEqual({ inputs: 6, clicks: 6, letters: 10 })
      await worker.go('/work')
      expect(await worker.text()).not.toContain('Permissions to go through again')
      await worker.go(`/cases/${caseId}/releases`)
      await worker.press(/Northmere Adult Mental Health/)
      await worker.press('Take it back now')
      await worker.choose(/How did the person say it/, 'Said on the telephone')
      await worker.press('Withdraw now')
      expect(await worker.text()).toContain('Taken back')
      await worker.close()
    })
  }

  test('aloud is refused with its rule where no law takes it', async () => {
    const { caseId } = await caseWith(advocate)
    const worker = await windowOf(advocate, true)
    await talkItThrough(worker, caseId)
    await worker.go(new URL(worker.page.url()).pathname.replace('/apart', '/spoken'))
    expect(await worker.text()).toContain('no-pack:spoken-agreement')
    await worker.press(/give them a code/)
    await worker.close()
  })
})

const talked = [/^I read out/, /could help and what could go wrong/, /other ways/, /^Nobody who/]

function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * 86_400_000)
}

async function signHere(walk: Walk): Promise<void> {
  await walk.fill(/Type your name/, 'Rowan Vale')
  await walk.choose(/Would you like a copy/, 'No copy, to be safe')
  await walk.press('Yes, share this')
  await walk.press('Continue')
  await walk.press('Send now')
}

async function talkItThrough(
  walk: Walk,
  caseId: string,
  then: string | RegExp = /The person is not here/,
): Promise<void> {
  await walk.go(`/cases/${caseId}/referrals/new?service=${talking}`)
  await walk.press('Next: talk it through')
  await walk.fill(/What is it for/, 'So that they can ring me')
  for (const label of talked) await walk.tick(label)
  await walk.press(then)
}

/** Makes the code as the worker does, who forgets to ask first. */
async function sayCode(walk: Walk): Promise<string> {
  await walk.press('Make a code')
  expect(await walk.text()).toContain('Say how you know who you are talking to')
  await walk.choose(/How do you know/, 'I know their voice')
  await walk.tick(/They said that it is safe/)
  await walk.press('Make a code')
  const code = /\d{4} \d{4} \d{4}/.exec(await walk.text())?.[0]
  if (code === undefined) throw new Error('No code was shown.')
  return code
}

async function windowOf(person: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn({ browser, address: site.address }, { scripts })
  await site.signIn(walk.context, person)
  return walk
}
