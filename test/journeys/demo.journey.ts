import { join } from 'node:path'
import { type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast } from '#demo'
import { type Listening, serveApp } from '#platform/http'

import { type DemoWorld, demoWorld } from '../world/demo.ts'
import { axeOn } from './axe.ts'
import { makeAssets, openBrowser } from './site.ts'

let world: DemoWorld
let site: Listening
let browser: Browser
const shots = process.env['SHOTS']

/** As many of the cast as the tour meets, so that their slow password keys are few. */
const people = cast.people.filter((person) => ['jude', 'nasreen', 'hazel', 'ifeoma'].includes(person.id))
const met = new Set([
  'femi',
  ...people.map((person) => person.worker),
  ...people.flatMap((person) => person.referrals.flatMap((each) => each.steps.map((step) => step.by))),
])
const agencies = cast.agencies
  .map((agency) => ({
    ...agency,
    staff: agency.staff.filter((each) => met.has(each.id) || each.roles.includes('agency-administrator')),
  }))
  .filter((agency) => agency.staff.some((each) => met.has(each.id)))

beforeAll(async () => {
  makeAssets()
  world = await demoWorld({ world: { areas: cast.areas, agencies, people } })
  // The address is known only once it listens; the app is told of it before the first request.
  const waiting = Promise.withResolvers<ReturnType<DemoWorld['app']>>()
  site = await serveApp(
    { fetch: async (request) => (await waiting.promise).fetch(request) },
    { host: '127.0.0.1', port: 0 },
  )
  const host = new URL(site.address).host
  waiting.resolve(world.app({ publicUrl: site.address, allowedHosts: [host] }))
  browser = await openBrowser()
}, 400_000)
afterAll(async () => {
  await browser?.close()
  await site?.close(0)
  await world?.close()
})

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  test.each([390, 1280])('the first page, the tour and the outbox at %s pixels', async (width) => {
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 900 } })
    const page = await context.newPage()
    for (const path of ['/', '/tour', '/tour?next=7', '/outbox']) {
      await page.goto(site.address + path)
      if (shots) await page.screenshot({ path: join(shots, `${width}${path.replaceAll(/\W/g, '-')}.png`) })
      if (!javaScriptEnabled) continue
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
      expect(await complaintsAbout(page)).toEqual([])
    }
    await context.close()
  })

  test('one click signs in, and every stop of the tour is a live page', async () => {
    const context = await browser.newContext({ javaScriptEnabled })
    const page = await context.newPage()
    await page.goto(site.address)
    await page.click('button[name=who][value=femi]')
    expect(new URL(page.url()).pathname).toBe('/work')
    for (let stop = 1; stop <= 7; stop++) {
      await page.goto(`${site.address}/tour?next=${stop}`)
      await page.click(`#stop-${stop} button`)
      expect(await page.title()).toContain('Anydoor')
      expect(await page.locator('h1').count()).toBe(1)
      await page.goBack()
      expect(new URL(page.url()).pathname).toBe('/tour')
    }
    await page.click('#stop-7 a')
    expect(page.url()).toContain('#limits')
    await context.close()
  }, 180_000)
})

async function complaintsAbout(page: Page): Promise<readonly string[]> {
  return axeOn(page, page.url(), 'practices')
}
