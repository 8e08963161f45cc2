import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type GalleryBrowser, startGallery } from './gallery-browser.fixture.ts'

let browser: GalleryBrowser

beforeAll(async () => {
  browser = await startGallery()
})

afterAll(() => browser.close())

describe.each([true, false])('with JavaScript %s', (javaScriptEnabled) => {
  test('an answer opens what belongs to it', async () => {
    await using opened = await browser.open('/form', { javaScriptEnabled })
    const { page } = opened
    expect(await page.locator('#phone').isVisible()).toBe(true)
    await page.getByLabel('Letter', { exact: true }).check()
    expect(await page.locator('#phone').isVisible()).toBe(false)
    await page.getByLabel('Telephone').check()
    expect(await page.locator('#phone').isVisible()).toBe(true)
  })

  test('the account menu opens', async () => {
    await using opened = await browser.open('/form', { javaScriptEnabled })
    const { page } = opened
    await page.getByText('Ash Merrow').click()
    expect(await page.getByRole('button', { name: 'Sign out' }).isVisible()).toBe(true)
  })
})

test('a menu closes on Escape', async () => {
  await using opened = await browser.open('/form')
  const { page } = opened
  await page.getByText('Ash Merrow').click()
  await page.keyboard.press('Escape')
  expect(await page.getByRole('button', { name: 'Sign out' }).isVisible()).toBe(false)
})

test('the list of errors has the focus, and leads to each field', async () => {
  await using opened = await browser.open('/form-errors')
  const { page } = opened
  expect(await page.evaluate('document.activeElement.className')).toContain('govuk-error-summary')
  for (const [text, id] of [
    ['Write the name', 'name'],
    ['Choose how', 'channel'],
    ['Write a real date', 'born'],
  ] as const) {
    await page.getByRole('link', { name: text }).click()
    expect(await page.evaluate('document.activeElement.id')).toBe(id)
  }
  expect(await page.title()).toMatch(/^Error: /)
})

test('a password can be seen, and hides itself when sent', async () => {
  await using opened = await browser.open('/plain')
  const { page } = opened
  await page.getByRole('button', { name: 'Show password' }).click()
  expect(await page.locator('#password').getAttribute('type')).toBe('text')
  await page.getByRole('button', { name: 'Hide password' }).click()
  expect(await page.locator('#password').getAttribute('type')).toBe('password')
})

test('one answer rules the others out', async () => {
  await using opened = await browser.open('/form')
  const { page } = opened
  await page.getByLabel('No time is safe').check()
  expect(await page.getByLabel('Mornings').isChecked()).toBe(false)
})

test('a long text says how much more fits', async () => {
  await using opened = await browser.open('/form')
  const { page } = opened
  await page.locator('#purpose').fill('x'.repeat(205))
  await expect
    .poll(() => page.locator('.govuk-character-count__status').textContent())
    .toContain('5 characters too many')
})

test('a second click sends nothing again', async () => {
  await using opened = await browser.open('/form')
  const { page } = opened
  let sent = 0
  await page.route('**/form', (route) => {
    if (route.request().method() === 'POST') sent += 1
    return new Promise(() => undefined)
  })
  await page.getByRole('button', { name: 'Save and go on' }).dblclick({ noWaitAfter: true })
  await expect.poll(() => sent).toBe(1)
})

test('a record is copied whole, or marked where the clipboard is closed', async () => {
  await using opened = await browser.open('/blocks', { permissions: ['clipboard-read', 'clipboard-write'] })
  const { page } = opened
  await page.getByRole('button', { name: 'Copy this text' }).click()
  await expect.poll(() => page.getByText('Copied').isVisible()).toBe(true)
  expect(await page.evaluate('navigator.clipboard.readText()')).toContain('Permission ends 22 Feb 2027.')
  await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error("closed"))')
  await page.getByRole('button', { name: 'Copy this text' }).click()
  await expect.poll(() => page.evaluate('String(getSelection())')).toContain('Permission ends 22 Feb 2027.')
})

test('before the session ends the page says so, and staying asks the server', async () => {
  await using opened = await browser.open('/plain')
  const { page } = opened
  await page.clock.install()
  await page.goto(`${browser.address}/form`)
  await page.clock.runFor(12 * 60_000)
  expect(await page.getByRole('alertdialog').count()).toBe(0)
  await page.clock.runFor(61_000)
  const asked = page.waitForRequest((request) => request.method() === 'HEAD')
  await page.getByRole('button', { name: 'Stay signed in' }).click()
  await asked
  expect(await page.getByRole('alertdialog').count()).toBe(0)
})
