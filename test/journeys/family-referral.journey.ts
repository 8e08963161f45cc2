import { join } from 'node:path'

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { decide } from '#referrals'

import type { Person } from '../world/agencies.ts'
import { fileOf, ownFile } from '../world/family.ts'
import { listServicesOf } from '../world/sending.ts'
import { type Served, serveWorld } from '../world/served.ts'
import { agreeTo, stepsKept } from '../world/together.ts'
import { findings } from './findings.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'

let site: AgenciesSite
let served: Served
let amina: Person
let clinician: Person
let parent: string
let idris: string
let samira: string
const shots = process.env['SHOTS']

beforeAll(async () => {
  site = await agenciesSite()
  const { world } = site
  served = serveWorld(world)
  amina = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
  clinician = await world.found('Hill Clinic', 'mental-health')
  await world.pair(amina, clinician)
  await listServicesOf(world, [{ person: clinician, organization: 'Northmere Adult Mental Health' }])
  const home = await fileOf(amina, [
    ['Mariam', 'survivor'],
    ['Idris', 'child'],
    ['Samira', 'child'],
    ['Kareem', 'personCausingHarm'],
  ])
  parent = home.caseId
  idris = await ownFile(amina, parent, home.second)
  samira = await ownFile(amina, parent, home.third)
}, 60_000)
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

const draftOf = async (caseId: string) => (await stepsKept(amina, caseId))[0]?.release ?? ''

test('a parent and two children in one act: at most 20 inputs beside what each agrees to', async () => {
  const context = await windowOf(amina, true)
  const page = await context.newPage()
  let inputs = 0
  await page.goto(`${site.address}/cases/${parent}`)
  await page.getByRole('link', { name: 'Help for several people' }).click()
  await page.waitForURL('**/together')
  await look(page, 'together-none', true)
  await page.getByRole('link', { name: 'Refer several people' }).click()
  await page.waitForURL('**/together/new')
  expect(await page.locator('main').textContent()).not.toContain('Kareem')
  for (const name of ['Mariam', 'Idris', 'Samira']) {
    await page.getByLabel(`${name} goes to`).selectOption({ index: 1 })
    inputs += 1
  }
  for (const name of ['Mariam', 'Idris']) {
    await page.getByRole('checkbox', { name }).check()
    inputs += 1
  }
  await look(page, 'together-pick', true)
  await page.getByRole('button', { name: 'Make a draft for each' }).click()
  inputs += 1
  await page.getByText('Still to agree').waitFor()
  await look(page, 'together-drafts', true)

  await page.getByRole('link', { name: /Order and words\s+Samira/ }).click()
  await page.getByRole('heading', { level: 1, name: /Order:/ }).waitFor()
  await page.getByLabel('Meant to come after').selectOption({ index: 1 })
  await page.getByLabel('When that is so far that').selectOption({ label: 'they said yes' })
  await page.getByText('Why in this order').click()
  await page.getByLabel('Which view stands behind it').selectOption({ index: 7 })
  await page.getByLabel('What the service is told of it').fill('After my brother.')
  inputs += 4
  await look(page, 'together-order', true)
  await page.getByRole('button', { name: 'Save the order' }).click()
  inputs += 1
  await page.getByText('Meant to come later').waitFor()

  await page.getByRole('link', { name: /Order and words\s+Mariam/ }).click()
  await page.getByRole('heading', { level: 2, name: 'Named in one another’s letters' }).waitFor()
  await look(page, 'together-name', true)
  await page.getByRole('button', { name: 'Let the letters name each other' }).click()
  inputs += 1
  await page.getByText('name each other. Each goes only').waitFor()

  await agreeTo(served, amina, parent, await draftOf(parent), { name: 'Mariam' })
  await agreeTo(served, amina, idris, await draftOf(idris), { name: 'Idris' })
  await page.goto(`${site.address}/cases/${parent}/together`)
  await look(page, 'together-ready', true)
  await page.getByRole('button', { name: 'Send what is ticked' }).click()
  inputs += 1
  await page.getByText('2 referrals were sent.').waitFor()
  await look(page, 'together-sent', true)
  expect(inputs).toBeLessThanOrEqual(20)
  await context.close()
}, 60_000)

test('the service says yes; one introduction for both, and the next step on My work, without scripts', async () => {
  for (const caseId of [parent, idris]) {
    const thread = (await stepsKept(amina, caseId))[0]?.thread ?? ''
    await clinician.act((db, actor) =>
      decide(
        db,
        actor,
        { threadId: thread, version: 1 },
        {
          about: 'accepted',
          startsOn: null,
          person: { name: 'Noor Haddad', phone: '01632 960555', cover: '' },
          first: null,
          note: '',
        },
      ),
    )
  }
  const context = await windowOf(amina, false)
  const page = await context.newPage()
  await page.goto(`${site.address}/work`)
  await page.getByRole('heading', { level: 2, name: 'Next in a plan' }).waitFor()
  await look(page, 'together-work', false)
  await page.locator('section', { hasText: 'Next in a plan' }).getByRole('link', { name: 'Samira' }).click()
  await page.waitForURL(`**/cases/${samira}/together`)
  await page.goto(`${site.address}/cases/${parent}/together`)
  await page.getByRole('link', { name: /One introduction\s+Mariam/ }).click()
  await page.waitForURL('**/introduction')
  await page.getByLabel('Time').fill('10:00')
  await page.getByLabel('Roughly where').fill('Northmere north')
  await look(page, 'together-introduction', false)
  await page.getByRole('button', { name: 'Write it down for each' }).click()
  await page.waitForURL('**/together')
  await page.getByRole('link', { name: /Note a time together\s+Mariam/ }).click()
  await page.waitForURL('**/session')
  await page.getByLabel('It did not happen').check()
  await page.getByRole('button', { name: 'Write the notes' }).click()
  await page.getByText('Write what got in the way').first().waitFor()
  await look(page, 'together-session', false)
  await page.getByLabel('What may stand in each of the files').fill('The bus did not come.')
  await page.getByRole('button', { name: 'Write the notes' }).click()
  await page.waitForURL('**/together')
  await page.getByRole('link', { name: 'See the referral of Idris' }).click()
  await page.getByRole('heading', { level: 2, name: 'Others of this family' }).waitFor()
  await look(page, 'together-thread', false)
  await context.close()

  // At the service: its own two referrals, the names that both agreed to, and nothing of Samira.
  const theirs = await windowOf(clinician, false)
  const hers = await theirs.newPage()
  await hers.goto(`${site.address}/referrals`)
  expect(await hers.locator('main').textContent()).not.toContain('Samira')
  await theirs.close()
}, 60_000)
