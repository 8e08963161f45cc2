import { join } from 'node:path'

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { CardBody, saveCard, startCase } from '#people'

import type { Person } from '../world/agencies.ts'
import { findings } from './findings.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'

let site: AgenciesSite
let amina: Person
let gwen: Person
let lead: Person
let caseId: string
const shots = process.env['SHOTS']

beforeAll(async () => {
  site = await agenciesSite()
  const { world } = site
  amina = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
  gwen = await world.join(amina, 'Gwen Prosser', ['worker'])
  lead = await world.join(amina, 'Marta Kowalczyk', ['lead'])
  await world.join(amina, 'Delroy Bright', ['privacy-lead'])
  caseId = await amina.act(async (db, actor) => {
    const started = await startCase(db, actor)
    const at = { caseId: started.caseId, id: null, version: 0 }
    for (const [name, role] of [
      ['Mariam', 'survivor'],
      ['Idris', 'child'],
      ['Samira', 'child'],
      ['Kareem', 'personCausingHarm'],
    ] as const)
      await saveCard(db, actor, at, CardBody.parse({ name, role }))
    return started.caseId
  })
})
afterAll(() => site?.close())

async function windowOf(person: Person, javaScriptEnabled: boolean): Promise<BrowserContext> {
  const context = await site.browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(5000)
  await site.signIn(context, person)
  return context
}

async function look(page: Page, name: string, scripts: boolean): Promise<void> {
  for (const width of scripts ? [390, 1280] : [390]) {
    await page.setViewportSize({ width, height: 800 })
    if (shots) await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true })
    expect(await findings(page, { scripts, typed: [] }), name).toEqual([])
  }
}

test('a family of four with two zones, each page once, with what it costs in answers', async () => {
  const context = await windowOf(amina, true)
  const page = await context.newPage()
  let inputs = 0
  await page.goto(`${site.address}/cases/${caseId}/family`)
  await look(page, 'family', true)

  await page.getByRole('link', { name: 'Give Idris a file of their own' }).click()
  await page.waitForURL('**/family/own/**')
  await look(page, 'family-own', true)
  await page.getByRole('button', { name: 'Make the file' }).click()
  await page.getByRole('heading', { level: 1, name: 'Idris' }).waitFor()
  // The same people by default: nothing has to be answered.
  expect(inputs).toBe(0)
  await look(page, 'family-child', true)

  await page.getByRole('link', { name: 'In my own words' }).click()
  await page.waitForURL('**/own-words')
  await page.getByLabel('What I want').fill('That I stay at my school.')
  await page.getByLabel('1. What', { exact: true }).fill('Where I go on Thursdays')
  await page.getByLabel('1. To whom').fill('my father')
  inputs += 3
  await look(page, 'family-words', true)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Where I go on Thursdays').waitFor()
  expect(inputs).toBe(3)

  await page.goto(`${site.address}/cases/${caseId}/family`)
  await page.getByRole('link', { name: 'Give Samira a file of their own' }).click()
  await page.waitForURL('**/family/own/**')
  await page.getByLabel('A team of its own').check()
  await page.getByLabel('Gwen Prosser').check()
  inputs += 2
  await page.getByRole('button', { name: 'Make the file' }).click()
  await page.getByText('You are not on that team').waitFor()
  expect(inputs).toBe(5)
  await look(page, 'family-apart', true)
  // The picture has Samira as a card; the file of her own is not there.
  const own = page.getByRole('table').getByRole('row', { name: /Samira/ })
  expect(await own.textContent()).toContain('on a card here')
  await context.close()

  const other = await windowOf(gwen, false)
  const hers = await other.newPage()
  await hers.goto(`${site.address}/work`)
  await hers.getByRole('link', { name: 'Samira' }).click()
  await hers.getByRole('heading', { level: 1, name: 'Samira' }).waitFor()
  await hers.getByRole('link', { name: 'See the family' }).click()
  await hers.waitForURL('**/family')
  await look(hers, 'family-other-zone', false)
  // The other zone is open to the whole agency here, so that its side shows to Gwen.
  expect(await hers.getByRole('table').textContent()).toContain('Mariam')
  await other.close()
}, 60_000)

test('who is who, support and work together, without scripts', async () => {
  const context = await windowOf(amina, false)
  const page = await context.newPage()
  for (const path of ['family/who', 'support', 'family/together', 'family/link', 'family/print']) {
    await page.goto(`${site.address}/cases/${caseId}/${path}`)
    await look(page, path.replace('/', '-'), false)
  }
  await page.goto(`${site.address}/cases/${caseId}/family/together`)
  await page.getByLabel('Help for them together').check()
  await page.getByLabel('What happens').fill('Six afternoons')
  await page.getByLabel('Mariam').check()
  await page.getByLabel('Idris').check()
  await page.getByRole('button', { name: 'Add the step' }).click()
  await page.getByText('family-safety-first').waitFor()
  expect(await page.getByLabel('What happens').inputValue()).toBe('Six afternoons')
  expect(await page.getByLabel('Idris').isChecked()).toBe(true)
  await context.close()
}, 60_000)

test('a counter-allegation is written down by a worker, and its review by a lead', async () => {
  const context = await windowOf(amina, false)
  const page = await context.newPage()
  await page.goto(`${site.address}/cases/${caseId}/family/who`)
  await page.getByLabel('Who', { exact: true }).selectOption({ label: 'Mariam' })
  await page.getByLabel('Is what').selectOption({ label: 'uses abusive behaviour towards' })
  await page.getByLabel('To whom').selectOption({ label: 'Kareem' })
  await page.getByRole('button', { name: 'Write it down' }).click()
  await page.getByText('Ask a lead to take the review down.').waitFor()
  await look(page, 'family-counter', false)
  await context.close()

  const leads = await windowOf(lead, true)
  const review = await leads.newPage()
  await review.goto(`${site.address}/cases/${caseId}/family/who`)
  await review.getByRole('link', { name: 'Review by a specialist' }).click()
  await review.getByRole('heading', { level: 1, name: 'Review by a specialist' }).waitFor()
  await look(review, 'family-review', true)
  await review.getByLabel('Name and role of the specialist').fill('Sol Ames, specialist')
  await review.getByLabel('The first account stands').check()
  await review.getByLabel('Why they say so').fill('Who is afraid of whom was clear over time.')
  await review.getByRole('button', { name: 'Save the review' }).click()
  await review.getByText('Sol Ames, specialist').waitFor()
  await look(review, 'family-reviewed', true)
  await leads.close()
}, 60_000)
