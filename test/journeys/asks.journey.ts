import { join } from 'node:path'

import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { addNote } from '#people'

import type { Person, TestWorld } from '../world/agencies.ts'
import { endCaseOf } from '../world/closing.ts'
import { sendReferral } from '../world/referrals.ts'
import { caseWith } from '../world/sending.ts'
import { findings } from './findings.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'

let world: TestWorld
let site: AgenciesSite
let lead: Person
let clinic: Person
const shots = process.env['SHOTS']

beforeAll(async () => {
  site = await agenciesSite()
  world = site.world
  const roles = ['agency-administrator', 'worker', 'lead', 'privacy-lead'] as const
  lead = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse', roles)
  clinic = await world.found('Hill Clinic', 'mental-health')
  await world.pair(lead, clinic)
})
afterAll(() => site?.close())

const ways = [
  [true, 1280],
  [false, 390],
] as const

async function pageOf(width: number, javaScriptEnabled: boolean): Promise<Page> {
  const context = await site.browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 } })
  context.setDefaultTimeout(5000)
  await site.signIn(context, lead)
  return context.newPage()
}

/** Looks at a page at a telephone's and a desk's width. */
async function look(page: Page, name: string, scripts: boolean): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    if (shots && scripts) await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true })
    expect(await findings(page, { scripts, typed: [] }), name).toEqual([])
  }
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()

test.each(ways)(
  'who knows what, first asked whether it is safe, with scripts: %s',
  async (scripts, width) => {
    const { caseId } = await sendReferral(lead, clinic)
    const page = await pageOf(width, scripts)
    await page.goto(`${site.address}/cases/${caseId}`)
    await page.getByRole('link', { name: 'What the person can ask us for' }).click()
    await look(page, 'asks', scripts)
    await page.getByRole('link', { name: 'What was shared and who looked' }).click()
    await press(page, 'Go on')
    expect(await page.textContent('.govuk-error-summary')).toContain('Ask the person')
    await look(page, 'asks-safe', scripts)
    await page.getByLabel('Yes, nobody else can see the screen').check()
    await press(page, 'Go on')
    const text = await page.textContent('main')
    expect(text).toContain('Hill Clinic')
    expect(text).toContain('Who looked at Northmere Domestic Abuse Service')
    expect(await page.title()).not.toContain('shared')
    await look(page, 'asks-account', scripts)
    await page.getByRole('link', { name: 'Give the screen back' }).click()
    expect(await page.textContent('h1')).toContain('What the person can ask us for')
    await page.context().close()
  },
)

test.each(ways)(
  'a file with others left out, on screen and as data, with scripts: %s',
  async (scripts, width) => {
    const { caseId } = await caseWith(lead)
    await lead.act((db, actor) => addNote(db, actor, caseId, 'Ivy told the teacher.'))
    const page = await pageOf(width, scripts)
    await page.goto(`${site.address}/cases/${caseId}/asks/file`)
    await look(page, 'asks-file-new', scripts)
    await page.getByLabel('Rowan Vale').check()
    await page.getByLabel('In person').check()
    await press(page, 'Start the request')
    expect(await page.textContent('main')).toContain('one month from the day it was asked')
    await look(page, 'asks-file-picks', scripts)
    await page
      .getByLabel('Leave out “What they want help with”')
      .selectOption({ label: 'it could badly hurt somebody' })
    await press(page, 'Save and go on')
    await page.getByLabel('Yes, nobody else can see the screen').check()
    await press(page, 'Go on')
    expect(await page.textContent('main')).toContain('it could badly hurt somebody: 1 entry')
    expect(await page.textContent('main')).not.toContain('Ivy')
    await look(page, 'asks-file', scripts)
    await page.goBack()
    await page.getByLabel('Yes, nobody else can see the screen').check()
    await page.getByLabel('To take along, on paper or as data').check()
    await press(page, 'Go on')
    await look(page, 'asks-file-paper', scripts)
    const saved = page.waitForEvent('download')
    await press(page, 'Save it as data')
    expect((await saved).suggestedFilename()).toBe('file.json')
    await page.context().close()
  },
)

test.each(ways)(
  'a correction is written down, refused, kept beside and told, with scripts: %s',
  async (scripts, width) => {
    const { caseId } = await caseWith(lead)
    const page = await pageOf(width, scripts)
    await page.goto(`${site.address}/cases/${caseId}/asks/correction`)
    await press(page, 'Write it down')
    expect(await page.textContent('.govuk-error-summary')).toContain('Write what it should say')
    await page.getByLabel('What they want').check()
    await page.getByLabel('What does it say now?').fill('Sleep through the night')
    await page.getByLabel('What should it say?').fill('Sleep late')
    await page.getByLabel('By telephone').check()
    await look(page, 'asks-correction-new', scripts)
    await press(page, 'Write it down')
    await page.getByLabel('We do not agree and keep our words').check()
    await press(page, 'Save the answer')
    expect(await page.textContent('.govuk-error-summary')).toContain('Write why')
    await page.getByLabel('Why', { exact: true }).fill('We wrote down what was said.')
    await page.getByLabel('What the person says about it').fill('I never said night.')
    await look(page, 'asks-correction-answer', scripts)
    await press(page, 'Save the answer')
    expect(await page.textContent('main')).toContain('I never said night.')
    expect(await page.textContent('main')).toContain('Nobody else is to be told')
    await look(page, 'asks-correction', scripts)
    await page.context().close()
  },
)

test.each(ways)(
  'a letter from another parent is filed and answered, with scripts: %s',
  async (scripts, width) => {
    const page = await pageOf(width, scripts)
    await page.goto(`${site.address}/letters`)
    await press(page, 'File the letter')
    await look(page, 'asks-letters-errors', scripts)
    await page.getByLabel('A parent or guardian').check()
    await page.getByLabel('Their name, as they give it').fill('Dane Vale')
    await page.getByLabel('What they ask for, in their words').fill('Everything about my child.')
    await page.getByLabel('Where an answer can go').fill('By post.')
    await press(page, 'File the letter')
    expect(await page.textContent('main')).toContain('We do not say whether we know anybody')
    await look(page, 'asks-letter-filed', scripts)
    await page.goto(`${site.address}/letters`)
    await page
      .getByRole('link', { name: /A parent or guardian/ })
      .first()
      .click()
    await look(page, 'asks-letter', scripts)
    await page.getByLabel('What was answered').fill('The usual sentence.')
    await press(page, 'Save the answer')
    expect(await page.textContent('main')).toContain('Answered')
    await page.context().close()
  },
)

test.each(ways)('what is due to go waits for a person, with scripts: %s', async (scripts, width) => {
  const { caseId } = await caseWith(lead)
  await endCaseOf(lead, caseId)
  await sql`update people."case" set updated_at = now() - interval '14 months' where id = ${caseId}`.execute(
    world.owner,
  )
  const page = await pageOf(width, scripts)
  await page.goto(`${site.address}/retention`)
  await look(page, 'retention', scripts)
  await page.locator(`main a[href="/cases/${caseId}/retention"]`).click()
  await press(page, 'Save the decision: Safe contact')
  expect(await page.textContent('.govuk-error-summary')).toContain('Choose what happens to it')
  await look(page, 'retention-case', scripts)
  const part = page.locator('form', { hasText: 'What happens to it: Safe contact' })
  await part.getByLabel('Destroy it now').check()
  await part.getByLabel('Why: Safe contact').fill('Nobody needs it any more.')
  await press(page, 'Save the decision: Safe contact')
  expect(await page.textContent('main')).toContain('Safe contact: destroyed. Nobody needs it any more.')
  await page.context().close()
})
