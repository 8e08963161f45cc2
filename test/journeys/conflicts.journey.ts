import { join } from 'node:path'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { CardBody, saveCard, startCase } from '#people'

import type { Person } from '../world/agencies.ts'
import { findings } from './findings.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'

let site: AgenciesSite
let amina: Person
let lena: Person
let omar: Person
let piers: Person
const shots = process.env['SHOTS']

beforeAll(async () => {
  site = await agenciesSite()
  amina = await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
  lena = await site.world.join(amina, 'Lena Wren', ['lead'])
  omar = await site.world.join(amina, 'Omar Reed', ['worker'])
  piers = await site.world.join(amina, 'Piers Pond', ['privacy-lead'])
})
afterAll(() => site?.close())

async function pageOf(who: Person, javaScriptEnabled = true): Promise<Page> {
  const context = await site.browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 800 } })
  context.setDefaultTimeout(5000)
  await site.signIn(context, who)
  return context.newPage()
}

async function go(page: Page, path: string): Promise<number> {
  return (await page.goto(`${site.address}${path}`))?.status() ?? 0
}

async function press(page: Page, name: string, then: RegExp): Promise<void> {
  await Promise.all([page.waitForURL(then), page.getByRole('button', { name, exact: true }).click()])
}

/** Nothing wrong with the page for anybody, wide and narrow. */
async function look(page: Page, name: string, scripts = true): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    if (shots) await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true })
    expect(await findings(page, { scripts, typed: [] }), name).toEqual([])
  }
}

async function caseOf(by: Person, name: string): Promise<{ readonly caseId: string; readonly card: string }> {
  return by.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    const saved = await saveCard(
      db,
      actor,
      { caseId, id: null, version: 0 },
      CardBody.parse({ name, role: 'survivor' }),
    )
    if ('refused' in saved) throw new Error(saved.refused)
    return { caseId, card: saved.id }
  })
}

async function finds(page: Page, name: string): Promise<string> {
  await go(page, '/work/find')
  await page.getByLabel('Name, or part of one').fill(name)
  await Promise.all([
    page.waitForResponse((answer) => answer.request().method() === 'POST'),
    page.getByRole('button', { name: 'Find' }).last().click(),
  ])
  await page.waitForLoadState()
  return page.locator('main').innerText()
}

test('a worker writes down whom they know; a name that comes later closes its case for them', async () => {
  const omars = await pageOf(omar)
  await go(omars, '/work')
  await Promise.all([
    omars.waitForURL(/people-i-know/),
    omars.getByRole('link', { name: 'People I know outside work' }).click(),
  ])
  await look(omars, 'known')
  await omars.getByLabel('Their names').fill('Robin Thorn\nLee Marsh')
  await press(omars, 'Save my list', /saved=1/)
  await look(omars, 'known-saved')
  const { caseId, card } = await caseOf(amina, 'Ash Vale')
  expect(await go(omars, `/cases/${caseId}`)).toBe(200)
  const aminas = await pageOf(amina)
  await go(aminas, `/cases/${caseId}/names/${card}`)
  await aminas.getByLabel('Name to use').fill('Robin Thorn')
  await press(aminas, 'Save', /saved=1/)
  expect(await go(omars, `/cases/${caseId}`)).toBe(404)
  expect(await finds(omars, 'Robin Thorn')).not.toContain('Person we help')
  await go(aminas, `/cases/${caseId}/team`)
  expect(await aminas.locator('main').innerText()).toContain('Shut out by name: Omar Reed.')
  await look(aminas, 'team')
})

test('the person names who must not see it, by a name alone', async () => {
  const { caseId } = await caseOf(amina, 'Hazel Moss')
  const aminas = await pageOf(amina, false)
  await go(aminas, `/cases/${caseId}/careful`)
  await aminas.getByLabel('Other people who must not see this case').fill('Wren, Lena')
  await press(aminas, 'Save', /saved=1/)
  await go(aminas, `/cases/${caseId}/careful`)
  expect(await aminas.getByLabel('Other people who must not see this case').inputValue()).toBe('Wren, Lena')
  await look(aminas, 'careful', false)
  expect(await go(await pageOf(lena), `/cases/${caseId}`)).toBe(404)
})

test('a worker says that they know somebody, and the case goes to somebody else', async () => {
  const { caseId } = await caseOf(amina, 'Kit Birch')
  const aminas = await pageOf(amina)
  await go(aminas, `/cases/${caseId}/not-me`)
  await look(aminas, 'not-me')
  await press(aminas, 'Close it for me', /done=not-me/)
  expect(await aminas.locator('main').innerText()).toContain('The case is closed for you')
  expect(await go(aminas, `/cases/${caseId}`)).toBe(404)
  expect(await finds(aminas, 'Kit Birch')).toContain('Nobody')
})

test('a privacy lead pairs two files of one relationship, and neither team is told', async () => {
  const hers = await caseOf(amina, 'Wren Larch')
  const his = await caseOf(omar, 'Dale Larch')
  const piersPage = await pageOf(piers)
  await go(piersPage, `/cases/${hers.caseId}`)
  await Promise.all([
    piersPage.waitForURL(/\/pair$/),
    piersPage.getByRole('link', { name: 'We help both of them' }).click(),
  ])
  await piersPage.getByLabel('The name in the other case').fill('Dale Larch')
  await piersPage.locator('main').getByRole('button', { name: 'Find' }).click()
  const choice = piersPage.getByLabel('Dale Larch')
  await choice.waitFor({ state: 'attached' })
  await look(piersPage, 'pair')
  await choice.check()
  await press(piersPage, 'Pair the two files', /paired-files/)
  await look(piersPage, 'pairs')
  const shown = await piersPage.locator('main').innerText()
  expect(shown).toContain('Wren Larch')
  expect(shown).toContain('Dale Larch')
  const omars = await pageOf(omar)
  expect(await go(omars, `/cases/${hers.caseId}`)).toBe(404)
  expect(await go(omars, `/cases/${his.caseId}`)).toBe(200)
  expect(await omars.locator('main').innerText()).not.toContain('We help both of them')
})
