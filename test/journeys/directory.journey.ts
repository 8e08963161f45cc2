import { join } from 'node:path'
import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { directoryPaths, importDirectory, serviceByCode } from '#directory'
import { cookieName } from '#platform/http'
import { axeOn } from './axe.ts'
import { type DirectorySite, directorySite } from './directory-site.ts'
import { findings } from './findings.ts'

let served: DirectorySite
let made: DirectorySite['made']
let site: DirectorySite['site']
let browser: Browser
const shots = process.env['SHOTS']

beforeAll(async () => {
  served = await directorySite()
  ;({ made, site, browser } = served)
})

afterAll(() => served?.close())

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  test('us-U28: a visitor without an account finds a service in their own words and reads what they need, at two clicks', async () => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 375, height: 800 } })
    const page = await context.newPage()
    await page.goto(site.address + directoryPaths.services)
    await looksRight(page, 'list', javaScriptEnabled)
    await page.getByLabel('What are you looking for?').fill('somewhere safe to stay')
    await page.getByRole('button', { name: 'Search' }).click()
    expect(page.url()).toBe(`${site.address}${directoryPaths.services}#list`)
    await page.getByRole('link', { name: 'Northmere refuge places' }).click()
    await looksRight(page, 'refuge', javaScriptEnabled)
    expect(await page.getByText('The address is kept private.').count()).toBe(1)
    expect(await page.getByRole('link', { name: 'Ring 01632 960101' }).getAttribute('href')).toBe(
      'tel:01632960101',
    )
    await page.goto(site.address + directoryPaths.others)
    await looksRight(page, 'others', javaScriptEnabled)
    const team = await made.world.owner.transaction().execute((db) => serviceByCode(db, 'N16'))
    await page.goto(site.address + directoryPaths.service(team?.id ?? ''))
    await looksRight(page, 'service', javaScriptEnabled)
    expect(await page.getByText('Monday to Friday, 09:00 to 17:00').count()).toBe(1)
    expect(await context.cookies()).toEqual([])
    await context.close()
  })

  test('a visitor narrows a search by place and age, is told what to drop, and sees what there is', async () => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 390, height: 800 } })
    const page = await context.newPage()
    await page.goto(site.address + directoryPaths.services)
    await page.getByLabel('What are you looking for?').fill('advocat')
    await page.locator('summary', { hasText: 'Narrow it down' }).press('Enter')
    await page.getByLabel('Near a place').fill('Nowhere at all')
    await page.getByRole('button', { name: 'Search' }).click()
    expect(await page.getByLabel('Near a place').inputValue()).toBe('Nowhere at all')
    expect(await page.getByRole('alert').innerText()).toContain('We do not know this place')
    await looksRight(page, 'place-unknown', javaScriptEnabled)
    await page.getByLabel('Near a place').fill('northmere')
    await page.getByLabel('Age of the person who needs help').selectOption('18 to 64')
    await page.getByRole('button', { name: 'Search' }).click()
    expect(await page.getByText('Works there.').count()).toBeGreaterThan(0)
    await looksRight(page, 'narrowed', javaScriptEnabled)
    await page.getByLabel('A language spoken there').selectOption('Vietnamese')
    await page.getByRole('button', { name: 'Search' }).click()
    await looksRight(page, 'nothing', javaScriptEnabled)
    await page.getByRole('button', { name: 'In any language' }).click()
    expect(await page.getByText('Works there.').count()).toBeGreaterThan(0)
    expect(page.url()).toBe(site.address + directoryPaths.services)
    await page.getByRole('link', { name: 'See what there is, by need and age' }).click()
    await looksRight(page, 'area', javaScriptEnabled)
    await page.getByRole('button', { name: /^Help for a child who is struggling, 5 to 10/ }).press('Enter')
    expect(page.url()).toBe(site.address + directoryPaths.services)
    expect(await page.getByText('Northmere CYP Access Point').count()).toBe(0)
    expect(await page.getByText('Northmere CYP Community Mental Health Team').count()).toBe(1)
    await looksRight(page, 'from-area', javaScriptEnabled)
    await context.close()
  })

  test('an editor says that there is a wait now, in one form, and everybody sees it', async () => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 900 } })
    await signIn(context)
    const page = await context.newPage()
    await page.goto(site.address + directoryPaths.editor)
    await looksRight(page, 'editor', javaScriptEnabled)
    await page.getByRole('link', { name: 'Outreach and helpline' }).click()
    await looksRight(page, 'entry', javaScriptEnabled)
    await page.getByLabel('A waiting list').check()
    await page.getByLabel('Wait in weeks, at least').fill('3')
    await page.getByLabel('Wait in weeks, at most').fill('1')
    await page.getByRole('button', { name: 'Save as of now' }).click()
    await looksRight(page, 'entry-wrong', javaScriptEnabled)
    expect(await page.getByLabel('Wait in weeks, at least').inputValue()).toBe('3')
    await page.getByLabel('Wait in weeks, at most').fill('5')
    await page.getByRole('button', { name: 'Save as of now' }).click()
    await page.getByRole('link', { name: 'See the page that everybody sees' }).click()
    expect(await page.getByText('The wait is 3 to 5 weeks.').count()).toBe(1)
    await context.close()
  })

  test('an editor corrects who it is for, and decides about a record that waits', async () => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1280, height: 900 } })
    await signIn(context)
    const page = await context.newPage()
    const entry = await made.world.owner.transaction().execute((db) => serviceByCode(db, 'N07'))
    await page.goto(site.address + directoryPaths.entry(entry?.id ?? ''))
    await page
      .getByRole('link', { name: /^Change *:/ })
      .first()
      .click()
    await looksRight(page, 'clause', javaScriptEnabled)
    await page.getByLabel('From what age').fill('five')
    await page.getByRole('button', { name: 'Save' }).click()
    await looksRight(page, 'clause-wrong', javaScriptEnabled)
    expect(await page.getByLabel('From what age').inputValue()).toBe('five')
    await page.getByLabel('From what age').fill('6')
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.getByText('Age: 6 to 16').count()).toBe(1)
    await page.goto(site.address + directoryPaths.held)
    await looksRight(page, 'held', javaScriptEnabled)
    if (javaScriptEnabled) {
      await page.getByRole('link', { name: 'Harbour Refuge' }).click()
      await looksRight(page, 'held-record', javaScriptEnabled)
      await page.getByLabel('People stay there to be safe').check()
      await page.getByRole('button', { name: 'Decide' }).click()
      expect(await page.getByText('Nothing waits.').count()).toBe(1)
    }
    await context.close()
  })

  test('an editor looks at pathways, brings one in, and closes it with a reason', async () => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 390, height: 800 } })
    await signIn(context)
    const page = await context.newPage()
    const pathway = { from: 'Northmere Domestic Abuse Service', to: 'Quayside Surgery', kind: 'warm' }
    await page.goto(site.address + directoryPaths.pathways)
    await page.getByLabel('Or paste the list here').fill(JSON.stringify([pathway]))
    await page.getByRole('button', { name: 'Look at what it would do' }).click()
    expect(await page.getByText('Nothing was written yet.').count()).toBe(1)
    await looksRight(page, 'pathways', javaScriptEnabled)
    await page.getByRole('button', { name: 'Bring' }).click()
    await looksRight(page, 'pathways-in', javaScriptEnabled)
    if (javaScriptEnabled) expect(await page.evaluate<string[]>(brokenWords)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 900 })
    await looksRight(page, 'pathways-in-wide', javaScriptEnabled)
    await page
      .getByRole('button', { name: /^Take this back/ })
      .first()
      .click()
    await page.getByText('The file was taken back.').first().waitFor()
    await looksRight(page, 'pathways-back-wide', javaScriptEnabled)
    await page.setViewportSize({ width: 390, height: 800 })
    await looksRight(page, 'pathways-back', javaScriptEnabled)
    await page.getByLabel('Or paste the list here').fill(JSON.stringify([pathway]))
    await page.getByRole('button', { name: 'Bring' }).click()
    await page
      .getByRole('link', { name: /^Close/ })
      .first()
      .click()
    await looksRight(page, 'pathway-close', javaScriptEnabled)
    await page.setViewportSize({ width: 1280, height: 900 })
    await looksRight(page, 'pathway-close-wide', javaScriptEnabled)
    await page.getByLabel(/Why/).fill('The worker left')
    await page.getByRole('button', { name: 'Close' }).click()
    expect(await page.getByRole('link', { name: /^Close/ }).count()).toBe(0)
    await context.close()
  })

  test('an editor names a record that came without a name, and nothing typed is lost', async () => {
    const id = `nameless-${javaScriptEnabled}`
    const description = 'Tea and talk on Mondays, for anybody who likes company.'
    const record = { id, status: 'active', description, phones: [{ number: '01632 960155' }] }
    await made.world.owner.transaction().execute((db) => importDirectory(db, JSON.stringify([record])))
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 390, height: 800 } })
    await signIn(context)
    const page = await context.newPage()
    await page.goto(site.address + directoryPaths.held)
    await page.getByRole('link', { name: 'A record without a name' }).click()
    await looksRight(page, 'nameless', javaScriptEnabled)
    await page.getByLabel('What is it called?').fill('Tea and talk')
    await page.getByLabel('It is no secret place').check()
    await page.getByRole('button', { name: 'Decide' }).click()
    await looksRight(page, 'nameless-wrong', javaScriptEnabled)
    expect(await page.getByLabel('What is it called?').inputValue()).toBe('Tea and talk')
    await page.setViewportSize({ width: 1280, height: 900 })
    await looksRight(page, 'nameless-wide', javaScriptEnabled)
    await page.getByLabel('Who offers it?').fill('Northmere Friends')
    await page.getByRole('button', { name: 'Decide' }).click()
    expect(await page.getByRole('link', { name: 'A record without a name' }).count()).toBe(0)
    await context.close()
  })
})

/** The words of tables that stand on more than one line. */
const brokenWords = `[...document.querySelectorAll('td, th')].flatMap((cell) => {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
  const broken = []
  while (walker.nextNode()) {
    const text = walker.currentNode
    if (text.parentElement.closest('.govuk-visually-hidden')) continue
    for (const { index, 0: word } of text.data.matchAll(/[^\\s\\-–/]+/g)) {
      const range = document.createRange()
      range.setStart(text, index)
      range.setEnd(text, index + word.length)
      if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) broken.push(word)
    }
  }
  return broken
})`

async function signIn(context: BrowserContext): Promise<void> {
  await context.addCookies([
    {
      name: cookieName('session', made.config),
      value: made.editor.cookie,
      url: site.address,
      httpOnly: true,
      sameSite: 'Strict',
    },
  ])
}

/** Nothing wider than the screen, nothing that axe finds; with SHOTS a picture to look at. */
async function looksRight(page: Page, name: string, javaScriptEnabled: boolean): Promise<void> {
  if (shots)
    await page.screenshot({
      path: join(shots, `directory-${name}-${javaScriptEnabled ? 'js' : 'plain'}.png`),
      fullPage: true,
    })
  // Here axe looks with the best practices as well, so that it need not look for the findings.
  expect(await findings(page, { scripts: false, typed: [] }), name).toEqual([])
  if (!javaScriptEnabled) return
  expect(await axeOn(page, name, 'practices')).toEqual([])
}
