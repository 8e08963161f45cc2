import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { axeOn } from '../../../test/journeys/axe.ts'
import { gallery } from './gallery.fixture.tsx'
import { type GalleryBrowser, startGallery } from './gallery-browser.fixture.ts'

let browser: GalleryBrowser

beforeAll(async () => {
  browser = await startGallery()
})

afterAll(() => browser.close())

describe.each(Object.keys(gallery))('%s', (path) => {
  test.each([
    { colorScheme: 'light', width: 1280 },
    { colorScheme: 'dark', width: 1280 },
    { colorScheme: 'light', width: 320 },
  ] as const)('reads for everybody: $colorScheme, $width', async ({ colorScheme, width }) => {
    await using opened = await browser.open(path, { colorScheme, viewport: { width, height: 800 } })
    expect(await axeOn(opened.page, path, 'all')).toEqual([])
    expect(opened.complaints).toEqual([])
    expect(
      await opened.page.evaluate('document.documentElement.scrollWidth - innerWidth'),
    ).toBeLessThanOrEqual(0)
  })

  test('holds no inline style or script, and calls nobody else', async () => {
    const html = await (await fetch(browser.address + path)).text()
    expect(html).not.toMatch(/ style=|<style|<script(?! src="\/assets\/)|javascript:| on[a-z]+="/i)
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//)
  })

  test('every target is tall enough for a thumb', async () => {
    await using opened = await browser.open(path, { viewport: { width: 390, height: 800 } })
    expect(await opened.page.evaluate(smallTargets)).toEqual([])
  })
})

/** Buttons, fields, menu entries under 44 pixels; a link inside a sentence may be as tall as its line. */
const smallTargets = `[...document.querySelectorAll('button, summary, select, input:not([type=radio], [type=checkbox], [type=file]), .govuk-button, .app-menu__link, .app-dense__item, .govuk-back-link, .govuk-radios__item, .govuk-checkboxes__item')]
  .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 43.9)
  .map((e) => e.outerHTML.slice(0, 90) + ' ' + e.getBoundingClientRect().height)`
