import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type GalleryBrowser, startGallery } from './gallery-browser.fixture.ts'

let browser: GalleryBrowser

beforeAll(async () => {
  browser = await startGallery()
})

afterAll(() => browser.close())

const lights = '.govuk-exit-this-page__indicator-light--on'
const status = 'exit-this-page [role=status]'
const elsewhere = /\/elsewhere$/

describe('the button', () => {
  test('is the first stop of the keyboard, and the skip link the second', async () => {
    await using opened = await browser.open('/person')
    const { page } = opened
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('/leave')
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('#main-content')
  })

  test('us-U7: stays in sight on a narrow screen, wherever the page is scrolled', async () => {
    await using opened = await browser.open('/person', { viewport: { width: 320, height: 500 } })
    const { page } = opened
    for (const place of ['0', 'document.body.scrollHeight / 2', 'document.body.scrollHeight']) {
      await page.evaluate(`scrollTo(0, ${place})`)
      const box = await page.locator('exit-this-page a').boundingBox()
      expect(box?.y).toBeGreaterThanOrEqual(0)
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(500)
      expect(box?.height).toBeGreaterThanOrEqual(44)
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320)
    }
  })

  test('never hides what has the focus', async () => {
    await using opened = await browser.open('/person', { viewport: { width: 320, height: 500 } })
    const { page } = opened
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    await page.evaluate('document.querySelector("input").focus()')
    const strip = await page.locator('.app-strip').boundingBox()
    const field = await page.locator('input').boundingBox()
    expect(field?.y).toBeGreaterThanOrEqual((strip?.y ?? 0) + (strip?.height ?? 0))
  })

  test('us-U4: leaves on a click, and Back does not come back', async () => {
    await using opened = await browser.open('/public')
    const { page } = opened
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.waitForURL(/\/person$/)
    await page.getByRole('button', { name: 'Exit this page' }).click()
    await page.waitForURL(elsewhere)
    await page.goBack()
    expect(page.url()).toMatch(/\/public$/)
  })

  test('is a plain link without JavaScript', async () => {
    await using opened = await browser.open('/person', { javaScriptEnabled: false })
    await opened.page.getByRole('button', { name: 'Exit this page' }).click()
    await opened.page.waitForURL(elsewhere)
  })

  test('is not on paper', async () => {
    await using opened = await browser.open('/person')
    await opened.page.emulateMedia({ media: 'print' })
    expect(await opened.page.locator('.app-strip').isVisible()).toBe(false)
  })
})

describe('Shift', () => {
  test('three times leaves', async () => {
    await using opened = await browser.open('/person')
    for (let i = 0; i < 3; i += 1) await opened.page.keyboard.press('Shift')
    await opened.page.waitForURL(elsewhere)
  })

  test('us-U26: is announced by its name, and the count in words as in lights', async () => {
    await using opened = await browser.open('/person')
    const { page } = opened
    const [first = ''] = (await page.locator('body').ariaSnapshot()).match(/(button|link) "[^"]+"/g) ?? []
    expect(first).toContain('Exit this page')
    await page.keyboard.press('Shift')
    expect(await page.locator(lights).count()).toBe(1)
    expect(await page.locator(status).textContent()).toContain('two more')
    await page.keyboard.press('Shift')
    expect(await page.locator(lights).count()).toBe(2)
    expect(await page.locator(status).textContent()).toContain('one more')
  })

  test('us-U3: as part of typing does not count', async () => {
    await using opened = await browser.open('/person')
    const { page } = opened
    await page.locator('input').focus()
    for (const letter of ['A', 'A', 'A', 'B', 'C', 'D']) await page.keyboard.press(`Shift+${letter}`)
    for (const key of ['Control', 'Alt']) await page.keyboard.press(`${key}+Shift`)
    // Shift let go before the letter.
    await page.keyboard.down('Shift')
    await page.keyboard.down('e')
    await page.keyboard.up('Shift')
    await page.keyboard.up('e')
    expect(await page.locator(lights).count()).toBe(0)
    expect(page.url()).toMatch(/\/person$/)
  })

  test('another key between the presses starts the count again', async () => {
    await using opened = await browser.open('/person')
    const { page } = opened
    for (const key of ['Shift', 'Shift', 'x', 'Shift', 'Shift']) await page.keyboard.press(key)
    expect(await page.locator(lights).count()).toBe(2)
    expect(page.url()).toMatch(/\/person$/)
  })

  test('each press opens five seconds more, and then the count ends', async () => {
    await using opened = await browser.open('/public')
    const { page } = opened
    await page.clock.install()
    await page.goto(`${browser.address}/person`)
    await page.keyboard.press('Shift')
    await page.clock.runFor(4_000)
    await page.keyboard.press('Shift')
    await page.clock.runFor(4_000)
    expect(await page.locator(lights).count()).toBe(2)
    await page.clock.runFor(1_100)
    expect(await page.locator(lights).count()).toBe(0)
    expect(await page.locator(status).textContent()).toContain('expired')
    await page.clock.runFor(5_100)
    expect(await page.locator(status).textContent()).toBe('')
  })
})

describe('leaving', () => {
  test('us-U2: blanks the page within 100 ms, before the network answers', async () => {
    await using opened = await browser.open('/person')
    const { page } = opened
    // A network that takes its time, and then gives nothing: the page stays blank.
    await page.route('**/leave', (route) => {
      setTimeout(() => void route.fulfill({ status: 204 }), 500)
    })
    await page.evaluate(`new MutationObserver(() => { window.blankAt ??= performance.now() })
      .observe(document.body, { childList: true })
      addEventListener('click', () => { window.clickedAt = performance.now() }, true)`)
    await page.getByRole('button', { name: 'Exit this page' }).click({ noWaitAfter: true })
    await page.waitForTimeout(1_000)
    expect(await page.evaluate('window.blankAt - window.clickedAt')).toBeLessThan(100)
    expect((await page.locator('body').innerText()).trim()).toBe('Loading.')
    expect(await page.locator('[role=alert]').count()).toBe(1)
    expect(await page.title()).toBe('Information')
  })

  test('a page that comes back from memory is blanked and asked for again', async () => {
    await using opened = await browser.open('/person')
    const { page } = opened
    const again = page.waitForRequest((request) => request.url().endsWith('/person'))
    const left = await page.evaluate(`(() => {
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
      return document.body.innerText.trim()
    })()`)
    expect(left).toBe('Loading.')
    await again
  })

  test('nothing is kept in the browser', async () => {
    await using opened = await browser.open('/person')
    const { page, context } = opened
    expect(await page.evaluate('[localStorage.length, sessionStorage.length]')).toEqual([0, 0])
    expect(await context.cookies()).toEqual([])
    expect(await page.title()).toBe('Information')
    expect(await page.locator('html').innerText()).not.toMatch(/Anydoor/i)
    expect(await page.content()).not.toMatch(/Anydoor/i)
  })
})
