import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Browser } from 'playwright-core'
import { Hono } from 'hono'
import { type AppEnv, giveCookie, httpWords, type Listening, loadOnceMore, readCookie } from '#platform/http'
import { sameSiteOnly, securityHeaders, serveApp, wording } from '#platform/http'
import { createWords } from '#platform/i18n'
import { openBrowser } from './site.ts'

let home: Listening
let elsewhere: Listening
let browser: Browser
const asked: string[] = []

beforeAll(async () => {
  const config = {
    publicUrl: 'http://127.0.0.1:1',
    allowedHosts: [],
    secure: false,
    loopback: true,
    pack: 'uk',
  } as const
  const app = new Hono<AppEnv>()
  app.use(securityHeaders(config))
  app.use(wording({ config, wordsFor: createWords([httpWords]) }))
  app.use(sameSiteOnly())
  app.get('/in', (c) => {
    giveCookie(c, 'session', 'secret')
    return c.text('cookie given')
  })
  app.get('/work/:id', (c) => {
    asked.push(c.req.url)
    if (readCookie(c, 'session') !== null) return c.text('the page')
    return loadOnceMore(c) ?? c.text('please sign in')
  })
  home = await serveApp(app, { host: '127.0.0.1', port: 0 })
  const mail = new Hono()
  // To a browser localhost and 127.0.0.1 are two sites.
  mail.get('/', (c) => c.html(`<a href="${home.address}/work/7?view=all">open</a>`))
  elsewhere = await serveApp(mail, { host: 'localhost', port: 0 })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await Promise.all([home?.close(0), elsewhere?.close(0)])
})

test.each([true, false])(
  'a link in a mail finds the signed-in page (scripts: %s)',
  async (javaScriptEnabled) => {
    asked.length = 0
    const context = await browser.newContext({ javaScriptEnabled })
    const page = await context.newPage()
    await page.goto(`${home.address}/in`)
    await page.goto(`http://localhost:${elsewhere.port}/`)
    await page.getByRole('link', { name: 'open' }).click()
    await page.getByText('the page').waitFor()
    expect(page.url()).toBe(`${home.address}/work/7?view=all`)
    expect(asked).toHaveLength(2)
    await context.close()
  },
)

test('without a session it asks to sign in and does not go round', async () => {
  asked.length = 0
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(`http://localhost:${elsewhere.port}/`)
  await page.getByRole('link', { name: 'open' }).click()
  await page.getByText('please sign in').waitFor()
  expect(asked).toHaveLength(2)
  await context.close()
})
