import type { Page } from 'playwright-core'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { directoryPaths, serviceByCode } from '#directory'
import type { Person } from '../world/agencies.ts'
import { caseWith, listServicesOf } from '../world/sending.ts'
import { findings } from './findings.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'

// Every page met is looked at by axe, which takes its time on a small machine.
vi.setConfig({ testTimeout: 240_000 })

let site: AgenciesSite
let editor: Person
let surgery: Person
let entry: string
const shots = process.env['SHOTS']

beforeAll(async () => {
  site = await agenciesSite()
  const roles = ['agency-administrator', 'worker', 'directory-editor'] as const
  editor = await site.world.found('Northmere Domestic Abuse Service', 'domestic-abuse', [...roles])
  surgery = await site.world.found('Quayside Surgery', 'primary-care', [...roles])
  await listServicesOf(site.world, [
    { person: editor, organization: 'Northmere Domestic Abuse Service' },
    { person: surgery, organization: 'Quayside Surgery' },
  ])
  entry = (await site.world.owner.transaction().execute((db) => serviceByCode(db, 'N11')))?.id ?? ''
})
afterAll(() => site?.close())

describe.each([true, false])('with scripts: %s', (scripts) => {
  const walk = async (who: Person, work: (page: Page, look: Look) => Promise<void>) => {
    const context = await site.browser.newContext({ javaScriptEnabled: scripts })
    context.setDefaultTimeout(10_000)
    await site.signIn(context, who)
    const page = await context.newPage()
    await work(page, (name) => looksRight(page, name, scripts))
    await context.close()
  }
  const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()

  test('an editor says what an entry is, how it works, and that it is closed', async () => {
    await walk(editor, async (page, look) => {
      await page.goto(site.address + directoryPaths.entry(entry))
      const open = (name: string) => page.getByRole('link', { name, exact: true }).click()
      await open('What it is: its name, what it helps with, open or closed')
      const name = await page.getByLabel('Name', { exact: true }).inputValue()
      await page.getByLabel('Name', { exact: true }).fill('')
      await page.getByLabel('Notice at the top of its page').fill('The line moves in May.')
      await save(page)
      await look('about-wrong')
      expect(await page.getByLabel('Notice at the top').inputValue()).toBe('The line moves in May.')
      await page.getByLabel('Name', { exact: true }).fill(name)
      await save(page)
      await open('How it works: how people come to it, languages, areas')
      await page.getByLabel('Languages').fill('Polish\nElvish')
      await save(page)
      await look('works-wrong')
      expect(await page.getByLabel('Languages').inputValue()).toBe('Polish\nElvish')
      await page.getByLabel('Languages').fill('Polish\nEnglish')
      await save(page)
      await page.goto(site.address + directoryPaths.service(entry))
      await page.getByText('The line moves in May.').waitFor()
      await page.getByText('English and Polish').or(page.getByText('Polish and English')).waitFor()
      const close = async (state: string) => {
        await page.goto(`${site.address}${directoryPaths.about(entry)}`)
        await page.getByLabel(state, { exact: true }).check()
        await save(page)
      }
      await close('Off the list')
      await page.getByText('This entry is off the list').waitFor()
      await look('entry-closed')
      await close('Open')
      await page.getByRole('link', { name: 'See the page that everybody sees' }).waitFor()
    })
  })

  test('an editor fills every page of an entry; what is wrong stands at its field', async () => {
    await walk(editor, async (page, look) => {
      await page.goto(site.address + directoryPaths.entry(entry))
      await look('entry')
      const open = (name: string) => page.getByRole('link', { name, exact: true }).click()
      await open('How to reach it')
      await page.getByLabel('Telephone').fill('the desk')
      await save(page)
      await look('reach-wrong')
      expect(await page.getByLabel('Telephone').inputValue()).toBe('the desk')
      await page.getByLabel('Telephone').fill('01632 960199, at night')
      await page.getByLabel('Why does it change?').fill('A new line')
      await save(page)
      await open('The organisation itself: how to reach it, and what it must pass on')
      await page.getByLabel('What becomes of what people tell you?').fill('')
      await save(page)
      await look('organization-wrong')
      await page.getByLabel('What becomes of what people tell you?').fill('It stays with us.')
      await save(page)
      await open('When it is open')
      await page.getByLabel('Monday').first().fill('9 to 5')
      await save(page)
      await look('times-wrong')
      expect(await page.getByLabel('Monday').first().inputValue()).toBe('9 to 5')
      await page.getByLabel('Monday').first().fill('09:00 to 17:00, drop in')
      await save(page)
      await open('Getting in and what to bring')
      await page.getByLabel('Yes, these things').check()
      await page.getByLabel('What to bring').fill('A pen')
      await look('visit')
      await save(page)
      await open('What it costs, and who gets a bill')
      await sayCosts(page)
      await look('paying')
      await save(page)
      await open('Who leads it')
      await page.getByLabel('Deaf people').check()
      await look('people')
      await save(page)
      await open('What kind of service it is')
      await page.getByLabel('Helpline').first().check()
      await look('terms')
      await save(page)
      await open('For partners only: a direct line and named contacts')
      await look('contacts')
      await open('Change what partners read here')
      await page.getByLabel('Mail').fill('nobody')
      await save(page)
      await look('detail-wrong')
      await page.getByLabel('Mail').fill('duty@example.org')
      await save(page)
      await page.getByText('duty@example.org').waitFor()
      await page
        .getByRole('button', { name: 'Add a contact' })
        .or(page.getByRole('link', { name: 'Add a contact' }))
        .click()
      await page.getByLabel('Name', { exact: true }).fill('Tam Birch')
      await page.getByLabel('For domestic abuse').check()
      await page.getByRole('button', { name: 'Save, right as of today' }).click()
      await look('contact-wrong')
      await page.getByLabel('Telephone').fill('01632 960163')
      await page.getByRole('button', { name: 'Save, right as of today' }).click()
      await page.getByText('Tam Birch').first().waitFor()
      await page.goto(site.address + directoryPaths.service(entry))
      await page.getByText('Monday, 09:00 to 17:00. drop in').waitFor()
      await page.getByRole('link', { name: 'Ring 01632 960199' }).waitFor()
      await page.getByText('It stays with us.').waitFor()
      expect(await page.getByText('Tam Birch').count()).toBe(0)
    })
  })

  test('an organisation says that its workers are trained, another confirms it and takes it back', async () => {
    const year = scripts ? '2028' : '2029'
    await walk(editor, async (page, look) => {
      await page.goto(site.address + directoryPaths.editor)
      await page.getByRole('link', { name: /^Say that your workers are trained/ }).click()
      await page.getByLabel('Day').fill('31')
      await page.getByLabel('Month').fill('2')
      await page.getByLabel('Year').fill(year)
      await save(page)
      await look('training-wrong')
      await page.getByLabel('Month').fill('3')
      await save(page)
      await page.getByText(`until 31 March ${year}. Nobody else has confirmed it.`).waitFor()
    })
    await walk(surgery, async (page, look) => {
      await page.goto(site.address + directoryPaths.training)
      await page
        .getByLabel('How do you know? You may leave this empty of Northmere Domestic Abuse Service')
        .fill('Seen the certificate')
      await page
        .getByRole('button', { name: 'We have seen the proof of Northmere Domestic Abuse Service' })
        .click()
      const back = page.getByRole('button', { name: /^Take our confirmation back/ })
      await back.waitFor()
      await look('training')
      await back.click()
      await page.getByText('took that back on').waitFor()
    })
  })

  test('from a case it is one page to somebody to ring, and one more to what partners read', async () => {
    const { caseId } = await caseWith(editor, {})
    await walk(editor, async (page, look) => {
      await page.goto(`${site.address}/cases/${caseId}`)
      await page.getByRole('link', { name: 'Somebody to ring about domestic abuse' }).click()
      await look('ring-domestic-abuse')
      await page.getByRole('link', { name: 'Somebody to ring about mental health' }).click()
      await page.getByRole('heading', { level: 1, name: 'Somebody to ring about mental health' }).waitFor()
      await look('ring-mental-health')
      await page.locator('main a[href$="/partners"]').first().click()
      await page.waitForURL(/\/partners$/)
      expect(await page.title()).toContain('For partners only')
      await look('partners')
    })
  })
})

type Look = (name: string) => Promise<void>

/** Nothing that the house's findings or axe object to, at the width of a desk and of a telephone; with SHOTS a picture. */
async function looksRight(page: Page, name: string, scripts: boolean): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 })
    if (shots && scripts)
      await page.screenshot({ path: join(shots, `offer-${name}-${width}.png`), fullPage: true })
    const found = await findings(page, { scripts, typed: [] })
    expect.soft(found.map((each) => `${name} ${width}: ${each}`)).toEqual([])
  }
}

/** What it costs, and who pays. */
async function sayCosts(page: Page): Promise<void> {
  await page.getByLabel('By what you can pay').check()
  await page.getByLabel('The cost in words').fill('The first talk is free')
  await page.getByLabel('Yes, nobody needs a right to public money').check()
  await page.getByLabel('An insurance', { exact: true }).check()
}
