import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { askOwners, directoryPaths, serviceByCode } from '#directory'
import { cookieName, type Listening, serveApp } from '#platform/http'
import { waitingMail } from '#platform/mail'
import { assetsFolder } from '#platform/ui'
import { findBrowser } from '../../tools/browser.mjs'
import { directoryWorld, type DirectoryWorld } from '../directory/served.ts'
import type { Person } from '../world/agencies.ts'
import { findings } from './findings.ts'

let made: DirectoryWorld
let steward: Person
let site: Listening
let browser: Browser
let entryId: string
const shots = process.env['SHOTS']

beforeAll(async () => {
  if (!existsSync(join(assetsFolder, 'manifest.json')))
    execFileSync(process.execPath, ['tools/assets.mjs'], { cwd: process.cwd() })
  const port = await freePort()
  made = await directoryWorld(port)
  steward = await made.world.found('Northmere Partnership', 'partnership', [
    'agency-administrator',
    'directory-editor',
  ])
  entryId = (await made.world.owner.transaction().execute((db) => serviceByCode(db, 'N11')))?.id ?? ''
  site = await serveApp(made.app, { host: '127.0.0.1', port })
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('There is no Chromium here; set CHROMIUM_PATH.')
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
})

afterAll(async () => {
  await browser?.close()
  await site?.close(0)
  await made?.world.close()
})

beforeEach(async () => {
  await sql`delete from directory.link`.execute(made.world.owner)
  await sql`delete from jobs.mail`.execute(made.world.owner)
  await sql`update directory.service set assured_on = current_date - 120 where id = ${entryId}`.execute(
    made.world.owner,
  )
})

describe.each([true, false])('with scripts: %s', (javaScriptEnabled) => {
  const walk = async (who: Person | null, work: (page: Page, look: Look) => Promise<void>) => {
    const context = await browser.newContext({ javaScriptEnabled })
    if (who !== null) await signIn(context, who)
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    await work(page, (name) => looksRight(page, name, javaScriptEnabled))
    if (who === null) expect(await context.cookies()).toEqual([])
    await context.close()
  }

  test('a link from a mail: one look, one click, no signing in', async () => {
    await askOwners(made.world.pools, made.world.installation, site.address)
    const link = (await waitingMail(made.world.pools, made.world.installation))[0]?.link ?? ''
    await walk(null, async (page, look) => {
      await page.goto(link)
      await look('link')
      await page.getByRole('button', { name: /^Still right.*Outreach and helpline/ }).click()
      await page.getByRole('heading', { name: 'Thank you' }).waitFor()
      await look('link-thanks')
    })
  })

  test('an editor says it is still right, chooses who keeps it, and reads what changed', async () => {
    await walk(made.editor, async (page, look) => {
      await page.goto(site.address + directoryPaths.editor)
      await look('editor-stale')
      await page.getByRole('button', { name: /^Still right.*Outreach and helpline/ }).click()
      await page.getByText('1 entry is marked as still right today.').waitFor()
      await page.getByRole('link', { name: 'Outreach and helpline' }).click()
      await look('entry-kept')
      await page.getByRole('link', { name: 'Choose who keeps it right' }).click()
      await look('owner')
      await page.getByLabel('Person 1').check()
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByText('Kept right by Person 1').waitFor()
      await page.getByLabel('A waiting list').check()
      await page.getByLabel('Why does it change?').fill('Two people are away')
      await page.getByRole('button', { name: 'Save as of now' }).click()
      await page.getByRole('link', { name: 'See what changed in this entry' }).click()
      await page.getByText('Why: Two people are away').first().waitFor()
      await look('history')
      await page.goto(site.address + directoryPaths.entry(entryId))
      await page.getByLabel('Yes, there is room').check()
      await page.getByRole('button', { name: 'Save as of now' }).click()
      await page.goto(site.address + directoryPaths.owner(entryId))
      await page.getByLabel('All our directory editors').check()
      await page.getByRole('button', { name: 'Save' }).click()
    })
  })

  test('anybody says what is wrong; a worker too; the editor writes one and declines the other', async () => {
    const number = javaScriptEnabled ? '01632 960555' : '01632 960556'
    await walk(null, async (page, look) => {
      await page.goto(site.address + directoryPaths.service(entryId))
      await page.getByRole('link', { name: 'Something here is wrong' }).click()
      await page.getByLabel('What would be right?').fill(number)
      await page.getByRole('button', { name: 'Send' }).click()
      await look('wrong-missing')
      expect(await page.getByLabel('What would be right?').inputValue()).toBe(number)
      await page.getByLabel('The telephone number').check()
      await page.getByRole('button', { name: 'Send' }).click()
      await page.getByRole('heading', { name: 'Thank you' }).waitFor()
      await look('wrong-thanks')
    })
    await walk(made.worker, async (page, look) => {
      await page.goto(site.address + directoryPaths.wrong(entryId))
      await page.getByRole('button', { name: 'Say it signed in' }).click()
      await page.getByLabel('Who it is for').check()
      await page.getByLabel('What would be right?').fill('From sixteen on, they told us')
      await page.getByRole('button', { name: 'Send' }).click()
      await page.getByText('Somebody will look at it.').waitFor()
      await look('suggest')
    })
    await walk(made.editor, async (page, look) => {
      await page.goto(site.address + directoryPaths.queue)
      await look('queue')
      await page
        .getByRole('button', { name: /^Decide.*Outreach and helpline/ })
        .first()
        .click()
      for (let round = 0; round < 2; round += 1) {
        // Counting does not wait for the page that was asked for.
        await page.waitForURL(/\/listing\/suggestions\//)
        const simple = (await page.getByLabel('Write this into the entry').count()) === 1
        await look(simple ? 'review-simple' : 'review')
        if (!simple) await page.getByLabel('Why?').fill('They take people from sixteen already')
        await page.getByRole('button', { name: simple ? 'Write it' : 'Decline' }).click()
        await page.waitForURL(`${site.address}${directoryPaths.queue}`)
        if (round === 0)
          await page
            .getByRole('button', { name: /^Decide.*Outreach and helpline/ })
            .first()
            .click()
      }
      await page.goto(site.address + directoryPaths.service(entryId))
      expect(await page.getByText(number).count()).toBe(1)
    })
  })

  test('a steward sees what waits everywhere, and takes on what nobody keeps', async () => {
    await walk(steward, async (page, look) => {
      await page.goto(site.address + directoryPaths.queue)
      await page.getByText('They are asked by mail').first().waitFor()
      await look('steward')
      const take = page.getByRole('button', { name: /^We keep it right/ })
      const before = await take.count()
      await take.first().click()
      await page.waitForURL(`${site.address}${directoryPaths.queue}`)
      expect(await take.count()).toBeLessThan(before)
    })
  })
})

type Look = (name: string) => Promise<void>

async function signIn(context: BrowserContext, who: Person): Promise<void> {
  const name = cookieName('session', made.config)
  await context.addCookies([
    { name, value: who.cookie, url: site.address, httpOnly: true, sameSite: 'Strict' },
  ])
}

/** Nothing that the house's findings or axe object to, at the width of a desk and of a telephone; with SHOTS a picture. */
async function looksRight(page: Page, name: string, scripts: boolean): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 })
    if (shots && scripts)
      await page.screenshot({ path: join(shots, `fresh-${name}-${width}.png`), fullPage: true })
    const found = await findings(page, { scripts, typed: [] })
    expect.soft(found.map((each) => `${name} ${width}: ${each}`)).toEqual([])
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address !== null ? address.port : 0
}
