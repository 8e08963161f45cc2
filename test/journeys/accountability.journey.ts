import { join } from 'node:path'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { survivorCase } from '../accountability/harm-world.ts'
import type { Person } from '../world/agencies.ts'
import { findings } from './findings.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'

let site: AgenciesSite
let lead: Person
const shots = process.env['SHOTS']

beforeAll(async () => {
  site = await agenciesSite()
  const roles = ['agency-administrator', 'worker', 'lead', 'privacy-lead'] as const
  lead = await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse', roles)
})
afterAll(() => site?.close())

async function look(page: Page, name: string, scripts: boolean): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    if (shots && scripts) await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true })
    expect(await findings(page, { scripts, typed: [] }), name).toEqual([])
  }
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()
const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click()

async function day(page: Page, legend: string, year = '2024'): Promise<void> {
  const group = page.getByRole('group', { name: legend })
  await group.getByLabel('Day').fill('3')
  await group.getByLabel('Month').fill('3')
  await group.getByLabel('Year').fill(year)
}

/** A privacy lead erases the file: refused without a reason, then the sheet that stays. */
async function erase(page: Page, scripts: boolean): Promise<void> {
  await page.goto(page.url().replace(/\/change$/, '/end'))
  await link(page, 'Erase this file')
  await page.waitForURL(/\/erase$/)
  await look(page, 'erase', scripts)
  await press(page, 'Erase this file')
  await page.getByText('Choose why it is erased').first().waitFor()
  await look(page, 'erase-missing', scripts)
  await page.getByLabel('It was started by mistake').check()
  await page.getByLabel('to erase the file').fill('erase')
  await press(page, 'Erase this file')
  await page.waitForURL(/\/erasures\/[0-9a-f-]{36}$/)
  await look(page, 'erased', scripts)
}

test.each([true, false])(
  'from a quiet family to an action, a notice and its answer, with scripts: %s',
  async (scripts) => {
    const caseId = await survivorCase(lead, 'Dale Marsh')
    const context = await site.browser.newContext({
      javaScriptEnabled: scripts,
      viewport: { width: 390, height: 800 },
    })
    context.setDefaultTimeout(8000)
    await site.signIn(context, lead)
    const page = await context.newPage()
    await page.goto(`${site.address}/accountability/quiet`)
    await look(page, 'quiet', scripts)
    await page.goto(`${site.address}/cases/${caseId}`)
    await link(page, 'Begin a file about them')
    await page.waitForURL(/\/accountability$/)
    await look(page, 'in-case', scripts)
    await page.getByLabel('Name of the person').fill('Canaria')
    await press(page, 'Begin the file')
    await page.getByText('held-back-names').first().waitFor()
    await look(page, 'in-case-refused', scripts)
    await page.getByLabel('Name of the person').fill('Dale Marsh')
    await press(page, 'Begin the file')
    await page.waitForURL(/\/accountability\/[0-9a-f-]{36}$/)
    await look(page, 'file-new', scripts)
    await press(page, 'Plan an action')
    await page.waitForURL(/\/action$/)
    await look(page, 'action', scripts)
    await page.getByLabel('What will be done').selectOption({ label: 'A protection order' })
    await page.getByLabel('What kind of agency').selectOption({ label: 'Police' })
    await press(page, 'Save')
    await page.getByText('Enter the day by which it is done').first().waitFor()
    await day(page, 'By when', '2031')
    await press(page, 'Save')
    await page.getByText('A protection order').waitFor()
    await press(page, 'A notice of danger came in')
    await page.waitForURL(/\/notice/)
    await look(page, 'notice', scripts)
    await page.getByLabel('A threat was made').check()
    await page.getByLabel('What they said').fill('Left the group and was very angry.')
    await page.getByLabel('What kind of agency').selectOption({ label: 'A behaviour-change programme' })
    await day(page, 'When they told you')
    await press(page, 'Save')
    await page.getByText('The notice is written down').waitFor()
    await page.goto(`${site.address}/work`)
    await link(page, 'A notice of danger about Dale Marsh')
    await page.getByRole('heading', { name: 'A threat was made' }).waitFor()
    await look(page, 'notice-open', scripts)
    await page.getByLabel('Who was told, and what was done').fill('The worker was told, and the police.')
    await day(page, 'When')
    await press(page, 'Save')
    await page.getByText('Saved.').waitFor()
    await look(page, 'file', scripts)
    for (const [at, name] of [
      ['person', 'The person'],
      ['team', 'Team'],
      ['doubt', 'Is it the other way round?'],
      ['end', 'End or erase'],
      ['change', 'Write down a change'],
    ] as const) {
      await page.goto(
        `${page
          .url()
          .replace(/\?.*$/, '')
          .replace(/\/(person|team|doubt|end|change)$/, '')}/${at}`,
      )
      await page.getByRole('heading', { name }).first().waitFor()
      await look(page, `file-${at}`, scripts)
    }
    await erase(page, scripts)
    await context.close()
  },
  60_000,
)
