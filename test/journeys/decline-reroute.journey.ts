import { join } from 'node:path'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { saveNeeds } from '#people'

import type { Person } from '../world/agencies.ts'
import { sendReferral } from '../world/referrals.ts'
import { caseWith, listServicesOf, send, walkToSend } from '../world/sending.ts'
import { serveWorld } from '../world/served.ts'
import { findings } from './findings.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'

let site: AgenciesSite
let advocate: Person
let clinic: Person
let talking = ''
let keyAdult = ''
const shots = process.env['SHOTS']

beforeAll(async () => {
  site = await agenciesSite()
  const { world } = site
  advocate = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse', [
    'agency-administrator',
    'worker',
    'lead',
  ])
  clinic = await world.found('Hill Clinic', 'mental-health')
  const school = await world.found('Millbrook Primary School', 'education')
  await world.pair(advocate, clinic)
  await world.pair(advocate, school)
  ;[talking = '', keyAdult = ''] = await listServicesOf(world, [
    { person: clinic, organization: 'Northmere Adult Mental Health' },
    { person: school, organization: 'Millbrook Primary School' },
  ])
})
afterAll(() => site?.close())

/** A window of somebody signed in that counts the buttons, links and answers that are pressed. */
async function windowOf(person: Person, javaScriptEnabled = true) {
  const context = await site.browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(20_000)
  await site.signIn(context, person)
  const page = await context.newPage()
  let clicks = 0
  const press = async (name: string) => {
    clicks += 1
    await page.getByRole('button', { name, exact: true }).first().click()
  }
  const choose = async (name: string) => {
    clicks += 1
    await page.getByLabel(name, { exact: true }).check()
  }
  return { page, press, choose, clicks: () => clicks }
}

async function look(page: Page, name: string, scripts = true): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    if (shots) await page.screenshot({ path: join(shots, `reroute-${name}-${width}.png`), fullPage: true })
    expect(await findings(page, { scripts, typed: [] }), name).toEqual([])
  }
}

const main = (page: Page) => page.locator('main').innerText()

test(
  'uk-G1: a no in three clicks, then the next door with nothing typed again',
  { timeout: 120_000 },
  async () => {
    const served = serveWorld(site.world)
    const { caseId } = await caseWith(advocate)
    await advocate.act((db, actor) =>
      saveNeeds(db, actor, { caseId, version: 1 }, [{ id: 'n1', code: 'mental-health', words: 'Sleep' }]),
    )
    const { draft } = await walkToSend(served, advocate, caseId, talking)
    await send(served, advocate, caseId, draft)

    const theirs = await windowOf(clinic)
    await theirs.page.goto(`${site.address}/referrals`)
    await theirs.page
      .getByRole('link', { name: /Referral from Northmere/ })
      .first()
      .click()
    await theirs.page.waitForURL(/\/referrals\/[0-9a-f-]{36}$/)
    const thread = theirs.page.url()
    await theirs.press('Not for us')
    await theirs.page.waitForURL(/\/decline$/)
    await theirs.choose('A diagnosis we do not work with')
    // The directory knows nobody else here, so somebody who could know is named.
    await theirs.page.getByLabel('Who could know?').fill('Northmere advice line, 01632 960399')
    await look(theirs.page, 'decline-effect')
    await theirs.press('Say no and name the next door')
    await theirs.page.waitForURL(/done=decline/)
    expect(theirs.clicks()).toBe(3)

    const ours = await windowOf(advocate)
    await ours.page.goto(thread)
    expect(await main(ours.page)).toContain('They did not look at whether this is an effect of the abuse.')
    await look(ours.page, 'thread-no')
    await ours.page.goto(`${site.address}/cases/${caseId}/menu?need=mental-health`)
    await look(ours.page, 'menu')
    await ours.page.goto(`${site.address}/cases/${caseId}/referrals/new?service=${keyAdult}`)
    expect(await main(ours.page)).toContain('Tried so far')
    await look(ours.page, 'pick')
    await ours.press('Next: talk it through')
    await ours.page.waitForURL(/\/talk$/)
    expect(await ours.page.locator('textarea[name="purpose"]').inputValue()).toBe(
      'So that I do not have to tell it all again',
    )
    await ours.page.goto(`${thread}/meanwhile`)
    await look(ours.page, 'meanwhile')
    await ours.page.getByLabel('What is there until then').fill('A call every Monday')
    await ours.press('Keep it')
    await ours.page.waitForURL(/done=meanwhile/)
    await look(ours.page, 'thread-meanwhile')
    await ours.page.goto(`${site.address}/cases/${caseId}/nowhere`)
    await look(ours.page, 'nowhere')
    await ours.press('Count it')
    await ours.page.waitForURL(/done=counted/)
    await look(ours.page, 'nowhere-done')
    await ours.page.goto(`${site.address}/unmet-needs`)
    await look(ours.page, 'unmet')
  },
)

test(
  'uk-G5: a no for danger stays open until who acts today has said so; without scripts',
  { timeout: 120_000 },
  async () => {
    const { threadId } = await sendReferral(advocate, clinic)
    const thread = `${site.address}/referrals/${threadId}`
    const theirs = await windowOf(clinic, false)
    await theirs.page.goto(`${thread}/decline`)
    await theirs.choose('Danger is too high for us')
    await theirs.press('Say no and name the next door')
    expect(await main(theirs.page)).toContain('Ring a service that acts today')
    await look(theirs.page, 'decline-danger', false)
    await theirs.page.getByLabel('Which service acts today?').fill('Crisis Home Team')
    await theirs.page.getByLabel('Who there has said so?').fill('Jo, 01632 960301')
    await theirs.page.getByLabel('Who could know?').fill('Northmere advice line, 01632 960399')
    await theirs.press('Say no and name the next door')
    await theirs.page.waitForURL(/done=decline/)

    const ours = await windowOf(advocate, false)
    await ours.page.goto(`${thread}/end`)
    await ours.page.locator('input[name="outcome"]').first().check()
    await ours.page.getByLabel('What is written here', { exact: true }).check()
    await ours.press('End it')
    expect(await main(ours.page)).toContain('no service that acts today has said that it has the person')
    await look(ours.page, 'end-refused', false)
    await ours.page.goto(thread)
    await look(ours.page, 'thread-danger', false)
    await ours.press('Say who has the person now')
    await ours.page.waitForURL(/\/acknowledged$/)
    await look(ours.page, 'acknowledged', false)
    expect(await ours.page.getByLabel('Which service', { exact: true }).inputValue()).toBe('Crisis Home Team')
    await ours.press('Write it down')
    await ours.page.waitForURL(/done=acknowledged/)
    expect(await main(ours.page)).toContain('Crisis Home Team. Jo, 01632 960301 said so,')
    await look(ours.page, 'thread-settled', false)
  },
)
