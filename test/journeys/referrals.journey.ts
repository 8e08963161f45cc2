import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { importDirectory, linkParty, listOrganizations } from '#directory'
import type { Person, TestWorld } from '../world/agencies.ts'
import { sendReferral } from '../world/referrals.ts'
import { findings } from './findings.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'

let world: TestWorld
let site: AgenciesSite
let advocate: Person
let clinician: Person
const shots = process.env['SHOTS']

beforeAll(async () => {
  site = await agenciesSite()
  world = site.world
  const text = readFileSync(new URL('../../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
  await world.owner.transaction().execute((db) => importDirectory(db, text))
  advocate = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
  clinician = await world.found('Hill Clinic', 'mental-health')
  await world.pair(advocate, clinician)
  await world.owner.transaction().execute(async (db) => {
    const all = await listOrganizations(db)
    const own = all.find((each) => each.name === 'Northmere Domestic Abuse Service')
    if (own === undefined) throw new Error('no such organisation')
    await linkParty(db, own.id, advocate.partyId)
  })
})
afterAll(() => site?.close())

/** A window of somebody signed in. */
async function windowOf(person: Person, javaScriptEnabled = true): Promise<Page> {
  const context: BrowserContext = await site.browser.newContext({
    javaScriptEnabled,
    viewport: { width: 1280, height: 800 },
  })
  context.setDefaultTimeout(20_000)
  await site.signIn(context, person)
  return context.newPage()
}

/** Looks at a page at both widths. */
async function look(page: Page, name: string, scripts: boolean): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    if (shots) await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true })
    expect(await findings(page, { scripts, typed: [] }), name).toEqual([])
  }
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()

// Each page is looked at in two widths and by axe: far below this on an idle machine.
describe.each([true, false])('with scripts: %s', { timeout: 240_000 }, (scripts) => {
  test('the clinic asks, says yes, takes over; the advocate introduces; the person says that they have met', async () => {
    const { threadId } = await sendReferral(advocate, clinician)
    const theirs = await windowOf(clinician, scripts)
    await theirs.goto(`${site.address}/work`)
    await look(theirs, 'work', scripts)
    await theirs.getByRole('link', { name: 'Referral from Northmere Domestic Abuse Service' }).first().click()
    await look(theirs, 'thread-received', scripts)
    await press(theirs, 'Ask something')
    await look(theirs, 'question', scripts)
    await theirs.getByLabel('Your question').fill('Mornings or evenings?')
    await press(theirs, 'Send the question')
    await look(theirs, 'thread-asked', scripts)

    const ours = await windowOf(advocate, scripts)
    await ours.goto(`${site.address}/referrals?show=ours`)
    await look(ours, 'list', scripts)
    await ours.goto(`${site.address}/referrals/${threadId}`)
    await press(ours, 'Answer')
    await look(ours, 'answer', scripts)
    await ours.getByLabel('Your answer').fill('Mornings.')
    await press(ours, 'Send the answer')

    await theirs.goto(`${site.address}/referrals/${threadId}/accept`)
    await look(theirs, 'accept', scripts)
    await press(theirs, 'Say yes')
    await look(theirs, 'accept-error', scripts)
    await theirs.getByLabel('Day', { exact: true }).fill('1')
    await theirs.getByLabel('Month').fill('12')
    await theirs.getByLabel('Year').fill('2026')
    await press(theirs, 'Say yes')
    expect(await theirs.locator('main').textContent()).toContain('Accepted')
    await look(theirs, 'thread-accepted', scripts)
    await press(theirs, 'Take into our record')
    await theirs.getByLabel('The name to use').check()
    await theirs.getByLabel('What they want help with').check()
    await theirs.getByLabel('The person agreed to each of these').check()
    await look(theirs, 'take', scripts)
    await press(theirs, 'Take into our record')
    expect(await theirs.locator('h1').textContent()).toContain('Ash')

    await ours.goto(`${site.address}/referrals/${threadId}/introduction`)
    await look(ours, 'introduce', scripts)
    await ours.getByLabel('Day', { exact: true }).fill('1')
    await ours.getByLabel('Month').fill('12')
    await ours.getByLabel('Year').fill('2026')
    await ours.getByLabel('Time').fill('10:00')
    await press(ours, 'Write it down')
    expect(await ours.locator('main').textContent()).toContain('Safe contact was never checked')
    await ours.getByLabel('I asked the person: this very time is safe').check()
    await press(ours, 'Write it down')
    await press(ours, 'They have met')
    await look(ours, 'met', scripts)
    await ours.getByLabel('The person says that they have met').check()
    await press(ours, 'Write it down')
    expect(await ours.locator('main').textContent()).toContain('They have met: the person says so')
    await look(ours, 'thread-met', scripts)
    await theirs.goto(`${site.address}/referrals/${threadId}`)
    await look(theirs, 'thread-taken', scripts)
  })

  test('a clinic worker with somebody in the room asks without a name, and the answer is one click', async () => {
    const asking = await windowOf(clinician, scripts)
    await asking.goto(`${site.address}/now`)
    await look(asking, 'now', scripts)
    await press(asking, 'Ask now')
    await look(asking, 'now-error', scripts)
    await asking.getByLabel('Adult', { exact: true }).check()
    await asking.getByLabel('Safety', { exact: true }).check()
    await press(asking, 'Ask now')
    await look(asking, 'asked', scripts)
    const asked = asking.url().replace(/\?.*/, '')
    const id = asked.split('/').at(-1) ?? ''

    const answering = await windowOf(advocate, scripts)
    await answering.goto(`${site.address}/referrals/${id}`)
    await look(answering, 'ask-received', scripts)
    await press(answering, 'Yes, ring us now together')
    await asking.goto(asked)
    await look(asking, 'ask-answered', scripts)
    expect(await asking.locator('main').textContent()).toContain('Ring us now with the person beside you.')
    await press(asking, 'Start the referral')
    expect(asking.url()).toMatch(/\/cases\/[0-9a-f-]{36}\/referrals\/new\?service=.*&ask=/)
  })

  test('a no names the next door in three clicks', async () => {
    const { threadId } = await sendReferral(advocate, clinician)
    const theirs = await windowOf(clinician, scripts)
    await theirs.goto(`${site.address}/referrals/${threadId}`)
    await press(theirs, 'Not for us')
    await look(theirs, 'decline', scripts)
    await theirs.getByLabel('Lives outside our area').check()
    await press(theirs, 'Say no and name the next door')
    await look(theirs, 'declined', scripts)
    const ours = await windowOf(advocate, scripts)
    await ours.goto(`${site.address}/referrals/${threadId}`)
    await look(ours, 'thread-declined', scripts)
    expect(await ours.locator('main').textContent()).toContain('They suggest')
  })

  test('put on the waiting list, then ended as the person sees it', async () => {
    const { threadId } = await sendReferral(advocate, clinician)
    const theirs = await windowOf(clinician, scripts)
    await theirs.goto(`${site.address}/referrals/${threadId}/wait`)
    await look(theirs, 'wait', scripts)
    await theirs.getByLabel('Place on the list').fill('none')
    await press(theirs, 'Put on the list')
    expect(await theirs.locator('.govuk-error-summary').count()).toBe(1)
    await look(theirs, 'wait-error', scripts)
    await theirs.getByLabel('Place on the list').fill('4')
    await press(theirs, 'Put on the list')
    expect(await theirs.locator('main').textContent()).toContain('Waiting')
    await theirs.goto(`${site.address}/referrals/${threadId}/accept`)
    await theirs.getByLabel('Day', { exact: true }).fill('1')
    await theirs.getByLabel('Month').fill('12')
    await theirs.getByLabel('Year').fill('2026')
    await press(theirs, 'Say yes')

    const ours = await windowOf(advocate, scripts)
    await ours.goto(`${site.address}/referrals/${threadId}/end`)
    await look(ours, 'end', scripts)
    await press(ours, 'End it')
    expect(await ours.locator('.govuk-error-summary').textContent()).toContain('Choose how it ended')
    await look(ours, 'end-error', scripts)
    await ours.locator('input[name="outcome"]').first().check()
    await ours.locator('input[name="told"]').first().check()
    await press(ours, 'End it')
    expect(new URL(ours.url()).pathname).toBe(`/referrals/${threadId}`)
    await look(ours, 'thread-ended', scripts)
  })

  test('somebody who knows the person steps aside and sees nothing of it', async () => {
    const { threadId } = await sendReferral(advocate, clinician)
    const theirs = await windowOf(clinician, scripts)
    await theirs.goto(`${site.address}/referrals/${threadId}`)
    await theirs.getByRole('link', { name: 'I know this person' }).click()
    await look(theirs, 'not-me', scripts)
    await press(theirs, 'Step aside')
    await theirs.goto(`${site.address}/referrals/${threadId}`)
    expect(await theirs.locator('main').textContent()).not.toContain('Referral from')
  })
})
