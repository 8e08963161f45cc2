import { join } from 'node:path'
import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { directoryPaths, serviceByCode } from '#directory'
import { cookieName } from '#platform/http'
import { axeOn } from './axe.ts'
import { type DirectorySite, directorySite } from './directory-site.ts'

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

describe.each([true, false])('with scripts: %s', (scripts) => {
  test('an editor chooses, reads the sentence, sees what it does, and saves it', async () => {
    const { context, page } = await editorAt('N07', scripts)
    const said = page.locator('[data-sentence]')
    const before = await said.innerText()
    const oldest = scripts ? '8' : '7'
    await looksRight(page, 'clause', scripts)
    await page.getByLabel('From what age').fill('5')
    await page.getByLabel('Up to what age').fill(oldest)
    if (scripts) await said.filter({ hasText: `Aged 5 to ${oldest}.` }).waitFor()
    else await page.getByRole('button', { name: 'Look at what it does' }).click()
    expect(await said.innerText()).not.toBe(before)
    expect(await page.locator('[data-summary]').innerText()).toMatch(/It takes [\d,]+ fewer than now \(.+%\)/)
    expect(await page.getByLabel('From what age').inputValue()).toBe('5')
    await page.getByRole('button', { name: 'Use that sentence' }).click()
    expect(await page.getByLabel('The sentence that people read').inputValue()).toBe(await said.innerText())
    await looksRight(page, 'clause-looked', scripts)
    await page.getByLabel('Where this comes from').fill('Our policy, 2026')
    await page.getByLabel('Day', { exact: true }).fill('3')
    await page.getByLabel('Month', { exact: true }).fill('2')
    await page.getByLabel('Year', { exact: true }).fill('2026')
    const sentence = await said.innerText()
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.locator('main').innerText()).toContain(sentence)
    expect(await page.locator('main').innerText()).toContain('3 February 2026')
    await context.close()
  })

  test('what cannot be read says so at the field, loses nothing, and is not looked at', async () => {
    const { context, page } = await editorAt('N07', scripts)
    await page.getByLabel('From what age').fill('five')
    await page.getByLabel('The sentence that people read').fill('My own words.')
    if (scripts) await page.locator('#look-says').filter({ hasText: 'Mend what' }).waitFor()
    await page.getByRole('button', { name: 'Save' }).click()
    expect(await page.getByLabel('From what age').inputValue()).toBe('five')
    expect(await page.getByLabel('The sentence that people read').inputValue()).toBe('My own words.')
    await looksRight(page, 'clause-wrong', scripts)
    await context.close()
  })

  test('what a rule forbids is kept as practice, with the rule and what it loses, and shown to everybody all the same', async () => {
    const { context, page } = await editorAt('N11', scripts)
    await page.getByText('Add another detail').click()
    await page.getByText('Alcohol or drugs', { exact: true }).click()
    await page.getByRole('group', { name: 'Is help wanted with alcohol or drugs?' }).getByLabel('no').check()
    if (scripts) await page.getByText('Practice, not permitted').waitFor()
    else await page.getByRole('button', { name: 'Look at what it does' }).click()
    const text = await page.locator('.app-look').innerText()
    expect(text).toContain('advocacy-never-asks-substance')
    expect(text).toContain('A domestic abuse service may not turn a person away because of alcohol or drugs.')
    expect(text).toMatch(/Where it is done all the same/)
    await looksRight(page, 'clause-practice', scripts)
    await context.close()
  })
})

test('an editor says what must come first, and sees what waiting for it does', async () => {
  const { context, page } = await editorAt('N07', true)
  await page.goto(page.url().replace(/who\/\d+$/, 'first'))
  await page
    .getByRole('group', { name: 'What must be done before this service starts?' })
    .getByLabel('A home to live in')
    .check()
  await page.locator('.app-look').getByText('This service starts when this is done').waitFor()
  await looksRight(page, 'first', true)
  await page.setViewportSize({ width: 390, height: 900 })
  await page.getByRole('button', { name: 'Look at what it does' }).click()
  await looksRight(page, 'first-narrow', true)
  await page.getByRole('button', { name: 'Save' }).click()
  expect(await page.locator('main').innerText()).toContain('This service starts when this is done')
  await context.close()
})

test('by keyboard alone: a detail is added, answered and looked at', async () => {
  const { context, page } = await editorAt('N11', false)
  const press = (key: string) => page.keyboard.press(key)
  const focused = () =>
    page.evaluate<string>(
      '(document.activeElement.labels?.[0] ?? document.activeElement).textContent.replace(/\\s+/g, " ").trim()',
    )
  const tabTo = async (text: string) => {
    for (let step = 0; step < 120; step++) {
      await press('Tab')
      if ((await focused()) === text) return
    }
    throw new Error(`Tab never came to ${text}`)
  }
  await tabTo('Add another detail')
  await press('Enter')
  await tabTo('Where the person lives')
  await press('Enter')
  await tabTo('in a refuge')
  await press('Space')
  await tabTo('Look at what it does')
  await Promise.all([page.waitForEvent('load'), press('Enter')])
  expect(await page.locator('[data-sentence]').innerText()).toContain('The home: in a refuge.')
  await context.close()
})

async function editorAt(code: string, scripts: boolean): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    javaScriptEnabled: scripts,
    viewport: { width: scripts ? 1280 : 390, height: 900 },
  })
  const name = cookieName('session', made.config)
  const cookie = {
    name,
    value: made.editor.cookie,
    url: site.address,
    httpOnly: true,
    sameSite: 'Strict',
  } as const
  await context.addCookies([cookie])
  const page = await context.newPage()
  const entry = await made.world.owner.transaction().execute((db) => serviceByCode(db, code))
  await page.goto(
    site.address + directoryPaths.clause(entry?.id ?? '', entry?.thresholds[0]?.position ?? 'new'),
  )
  return { context, page }
}

/** Nothing wider than the screen, nothing that axe finds; with SHOTS a picture to look at. */
async function looksRight(page: Page, name: string, scripts: boolean): Promise<void> {
  if (shots)
    await page.screenshot({
      path: join(shots, `threshold-${name}-${scripts ? '1280' : '390'}.png`),
      fullPage: true,
    })
  if (!scripts) return
  const wide = await page.evaluate(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  )
  expect([name, wide]).toEqual([name, false])
  expect(await axeOn(page, name, 'practices')).toEqual([])
}
