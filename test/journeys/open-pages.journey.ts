import { join } from 'node:path'
import { Hono } from 'hono'
import { type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type AppEnv,
  assetRoutes,
  giveCookie,
  httpWords,
  leaveRoutes,
  type Listening,
  notFound,
  onFault,
  plainFileRoutes,
  readCookie,
  sameSiteOnly,
  securityHeaders,
  serveApp,
  wording,
} from '#platform/http'
import { createWords } from '#platform/i18n'
import { assetsFolder, uiWords } from '#platform/ui'
import { openPaths, ownerFrom, problemPage, shippedHelpLines } from '#survivors'
import { openRoutes, words } from '../../src/survivors/routes.ts'
import { axeOn } from './axe.ts'
import { makeAssets, openBrowser } from './site.ts'

let site: Listening
let weather: Listening
let browser: Browser
const ended: (string | null)[] = []
const pages = [...Object.values(openPaths), '/no-such-page']
const shots = process.env['SHOTS']

beforeAll(async () => {
  makeAssets()
  const elsewhere = new Hono()
  elsewhere.get('/', (c) => c.html('<title>Weather</title><p>Rain later</p>'))
  weather = await serveApp(elsewhere, { host: 'localhost', port: 0 })
  site = await serveApp(openApp(`http://localhost:${weather.port}/`), { host: '127.0.0.1', port: 0 })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await Promise.all([site?.close(0), weather?.close(0)])
})

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  test.each([375, 1280])(
    'us-U1, us-U6, us-U25: every open page at %s pixels is accessible, asks nobody else and keeps nothing',
    async (width) => {
      const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 } })
      const page = await context.newPage()
      const foreign = watch(page)
      for (const path of pages) {
        await page.goto(site.address + path)
        expect(await page.title()).toBe('Information')
        // us-U6: what has no cookie to ask about has no banner that could lie over the exit.
        expect(await page.locator('[class*=cookie-banner], [role=dialog], dialog').count()).toBe(0)
        expect(await widerThanScreen(page, javaScriptEnabled)).toBe(false)
        if (shots)
          await page.screenshot({
            path: join(shots, `${width}${path.replaceAll('/', '-')}.png`),
            fullPage: true,
          })
        if (!javaScriptEnabled) continue
        expect(await axeOn(page, path, 'practices')).toEqual([])
      }
      expect(foreign).toEqual([])
      await leavesNothing(context, page, javaScriptEnabled)
      await context.close()
    },
  )

  test('the exit comes first, ends the session and goes elsewhere', async () => {
    ended.length = 0
    const context = await browser.newContext({ javaScriptEnabled })
    const page = await context.newPage()
    await page.goto(`${site.address}/in`)
    await page.goto(site.address + openPaths.privacy)
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').innerText()).toMatch(/Exit this page/)
    await page.locator('a[href*="/leave"]').first().press('Enter')
    await page.waitForURL(`http://localhost:${weather.port}/`)
    expect(ended).toEqual(['secret'])
    expect(await context.cookies(site.address)).toEqual([])
    await context.close()
  })
})

test('us-U2: three times Shift leaves as well, and the session is dead', async () => {
  ended.length = 0
  const page = await browser.newPage()
  await page.goto(`${site.address}/in`)
  await page.goto(site.address + openPaths.help)
  for (let press = 0; press < 3; press++) await page.keyboard.press('Shift')
  await page.waitForURL(`http://localhost:${weather.port}/`)
  expect(ended).toEqual(['secret'])
  expect(await page.context().cookies(site.address)).toEqual([])
  await page.close()
})

function openApp(exitTo: string): Hono<AppEnv> {
  const config = {
    publicUrl: 'http://127.0.0.1:1',
    allowedHosts: [],
    secure: false,
    loopback: true,
    pack: 'uk',
  } as const
  const app = new Hono<AppEnv>()
  app.use(wording({ config, wordsFor: createWords([httpWords, uiWords, words]), problemPage }))
  app.use(securityHeaders(config))
  app.use(sameSiteOnly())
  app.route('/', assetRoutes(assetsFolder))
  app.route('/', plainFileRoutes())
  app.route('/', leaveRoutes({ exitTo, endSession: async (c) => void ended.push(readCookie(c, 'session')) }))
  app.get('/in', (c) => {
    giveCookie(c, 'session', 'secret')
    return c.text('in')
  })
  const given = {
    owner: ownerFrom({ OWNER_NAME: 'Northmere Partnership', OWNER_CONTACT: 'Ring 01632 960100' }),
    helpLines: shippedHelpLines.uk,
    findPath: '/services',
    signInPath: '/sign-in',
    today: () => Temporal.PlainDate.from('2026-11-22'),
  }
  for (const routes of openRoutes(given)) app.route('/', routes)
  app.notFound((c) => notFound(c))
  app.onError(onFault)
  return app
}

function watch(page: Page): string[] {
  const foreign: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(`${site.address}/`) && !request.url().startsWith('data:'))
      foreign.push(request.url())
  })
  page.on('console', (message) => {
    if (/Content.Security.Policy|Refused to/i.test(message.text())) foreign.push(message.text())
  })
  return foreign
}

async function leavesNothing(context: BrowserContext, page: Page, scripts: boolean): Promise<void> {
  expect(await context.cookies()).toEqual([])
  if (!scripts) return
  const kept = await page.evaluate<string>(
    'Promise.all([caches.keys(), indexedDB.databases(), navigator.serviceWorker.getRegistrations()])' +
      '.then((all) => JSON.stringify([localStorage.length, sessionStorage.length, all.map((one) => one.length)]))',
  )
  expect(kept).toBe('[0,0,[0,0,0]]')
}

async function widerThanScreen(page: Page, scripts: boolean): Promise<boolean> {
  if (!scripts) return false
  return page.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth')
}
