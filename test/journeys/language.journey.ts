import { join } from 'node:path'

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { hintsIn } from '#language/hints'
import { startCase } from '#people'

import examples from '../language/examples.json' with { type: 'json' }
import type { Person } from '../world/agencies.ts'
import { findings } from './findings.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'

let site: AgenciesSite
const people = new Map<string, Person>()
const shots = process.env['SHOTS']
const blaming = 'Mother failed to protect the children. She went back to him.'

beforeAll(async () => {
  site = await agenciesSite()
  people.set('uk', await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse'))
  people.set('us', await site.world.found('Alder County Advocates', 'domestic-abuse', undefined, 'us'))
})
afterAll(() => site?.close())

/** The notes of a new case, in a window of the worker. */
async function notesPage(country: 'uk' | 'us' | 'own', scripts: boolean, width: number) {
  const person = people.get(country)
  if (person === undefined) throw new Error('Nobody works there.')
  const { caseId } = await person.act((db, actor) => startCase(db, actor))
  const context = await site.browser.newContext({
    javaScriptEnabled: scripts,
    viewport: { width, height: 800 },
  })
  context.setDefaultTimeout(20_000)
  await site.signIn(context, person)
  const page = await context.newPage()
  await page.goto(`${site.address}/cases/${caseId}/notes`)
  return { page, [Symbol.asyncDispose]: () => context.close() }
}

async function look(page: Page, name: string, scripts: boolean): Promise<void> {
  if (shots !== undefined) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
  expect(await findings(page, { scripts, typed: [] })).toEqual([])
}

const text = (page: Page) => page.locator('textarea[name=words]')
const panel = (page: Page) => page.locator('.app-wording')

describe.each([
  ['uk', 390],
  ['uk', 1280],
  ['us', 390],
  ['us', 1280],
] as const)('in the %s at %d', (country, width) => {
  test('without scripts the text comes back once, and is kept by keyboard in one press', async () => {
    await using opened = await notesPage(country, false, width)
    const { page } = opened
    await text(page).fill(blaming)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    expect(await page.locator('h1').innerText()).toBe('Nothing is saved yet')
    expect(await text(page).inputValue()).toBe(blaming)
    await look(page, `asked-${country}-${width}`, false)
    await text(page).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(/saved=1/)
    expect(await page.locator('main').innerText()).toContain(blaming)
  })

  test('with scripts hints stand under the text, and the focus stays', async () => {
    await using opened = await notesPage(country, true, width)
    const { page } = opened
    await text(page).pressSequentially(blaming)
    await panel(page).waitFor()
    expect(await page.evaluate('document.activeElement.name')).toBe('words')
    expect(await text(page).inputValue()).toBe(blaming)
    expect(await page.getByRole('status').filter({ hasText: 'below the text' }).innerText()).toBe(
      '2 suggestions about the wording, below the text.',
    )
    await look(page, `hints-${country}-${width}`, true)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.waitForURL(/saved=1/)
    expect(await page.locator('main').innerText()).toContain(blaming)
  })

  test('the table can be read', async () => {
    await using opened = await notesPage(country, false, width)
    const { page } = opened
    await page.goto(`${site.address}/words`)
    await page.getByRole('link', { name: 'Wording that blames' }).click()
    await page.getByText('43 wordings').click()
    expect(await page.locator('#failed-to-protect').innerText()).toContain('“fail to protect”')
    await look(page, `table-${country}-${width}`, false)
  })
})

test('hints are put away for this text by keyboard, and nothing is asked at saving', async () => {
  await using opened = await notesPage('uk', true, 1280)
  const { page } = opened
  await text(page).fill(blaming)
  await panel(page).waitFor()
  await text(page).focus()
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Put away for this text')
  await page.keyboard.press('Enter')
  expect(await panel(page).count()).toBe(0)
  expect(await page.evaluate('document.activeElement.name')).toBe('words')
  await text(page).pressSequentially(' She provoked him.')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.waitForURL(/saved=1/)
})

test('who saves faster than the hints come is asked as without scripts', async () => {
  await using opened = await notesPage('uk', true, 1280)
  const { page } = opened
  await text(page).fill(blaming)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('heading', { name: 'Nothing is saved yet' }).waitFor()
  await text(page).fill('He came to the flat although the order forbids it.')
  await page.getByRole('button', { name: 'Save with my changes' }).click()
  await page.waitForURL(/saved=1/)
  expect(await page.locator('main').innerText()).toContain('although the order forbids it')
})

test('a lead lets soft hints speak and switches a row off with a reason; the browser heeds both', async () => {
  people.set(
    'own',
    await site.world.found('Harbour Advocacy', 'domestic-abuse', ['agency-administrator', 'worker', 'lead']),
  )
  await using opened = await notesPage('own', true, 390)
  const { page } = opened
  const notes = page.url()
  await page.goto(`${site.address}/language`)
  await page.getByLabel('The soft hints too').check()
  await look(page, 'setting-soft', true)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('The clear ones speak, and the soft hints too').waitFor()
  await page.goto(`${site.address}/language/rows/failed-to-protect`)
  await page.getByRole('button', { name: 'Switch it off here' }).click()
  await page.getByRole('link', { name: 'Write why it should stay silent' }).waitFor()
  await look(page, 'setting-row-missing', true)
  await page.getByLabel('Why should it stay silent here?').fill('We teach with this sentence')
  await page.getByRole('button', { name: 'Switch it off here' }).click()
  await page.getByRole('heading', { name: 'Switched off in our agency' }).waitFor()
  await look(page, 'setting-table', true)
  await page.goto(`${site.address}/language/rows/failed-to-protect`)
  await look(page, 'setting-row-off', true)
  await page.goto(`${site.address}/language`)
  await page.getByRole('link', { name: 'Add wording of our own' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('link', { name: 'Write at least one phrase' }).waitFor()
  await look(page, 'setting-own-missing', true)
  await page.getByLabel('Which words?').fill('heartsink patient')
  await page.getByLabel('Why does it do harm?').fill('It counts visits and hides what drives them')
  await page.getByLabel('What could stand there instead?').fill('[Person] came [times]')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Looked for here since').waitFor()
  await look(page, 'setting-own', true)
  await page.goto(notes)
  await text(page).fill('Mother failed to protect the children. She recanted. A heartsink patient.')
  await panel(page).waitFor()
  expect(await panel(page).locator('strong').allInnerTexts()).toEqual(['“recanted”', '“heartsink patient”'])
})

test('the browser finds what the server finds, and sends nothing while looking', async () => {
  await using opened = await notesPage('us', true, 1280)
  const { page } = opened
  const asked: string[] = []
  page.on('request', (request) => void asked.push(request.url()))
  const texts = Object.values(examples).flatMap(({ hit, quiet }) => [hit, quiet, `She said: “${hit}”`])
  for (let from = 0; from < texts.length; from += 75) {
    const words = texts.slice(from, from + 75).join('\n\n')
    await text(page).fill(words)
    const found = [...new Set(hintsIn(words, { country: 'us' }).map((hint) => `“${hint.words}”`))]
    await expect
      .poll(
        () =>
          page
            .locator('.app-wording__one strong')
            .allInnerTexts()
            .then((all) => all.join(', ').split(', ').toSorted()),
        { timeout: 20_000 },
      )
      .toEqual(found.toSorted())
  }
  // The icon of the page may come late; a file's plain name carries nothing.
  expect(asked.filter((url) => !/^http:\/\/[^/]+\/assets\/[\w.-]+$/.test(url))).toEqual([])
})
