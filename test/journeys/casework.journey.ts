import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { importDirectory } from '#directory'
import {
  CardBody,
  closeForTeam,
  saveCard,
  saveContact,
  saveNeeds,
  saveSituation,
  SafeContact,
  searchNames,
  startCase,
} from '#people'
import { fileLetter } from '../../src/asks/letter.actions.ts'
import type { Person, TestWorld } from '../world/agencies.ts'
import { findings } from './findings.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'

let world: TestWorld
let site: AgenciesSite
let amina: Person
let lead: Person
let privacy: Person
const shots = process.env['SHOTS']

beforeAll(async () => {
  site = await agenciesSite()
  world = site.world
  const text = readFileSync(new URL('../../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
  await world.owner.transaction().execute((db) => importDirectory(db, text))
  amina = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse')
  lead = await world.join(amina, 'Marta Kowalczyk', ['lead'])
  privacy = await world.join(amina, 'Delroy Bright', ['privacy-lead'])
})
afterAll(() => site?.close())

/** A window of somebody signed in. */
async function windowOf(person: Person, width: number, javaScriptEnabled: boolean): Promise<BrowserContext> {
  const context = await site.browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 } })
  context.setDefaultTimeout(5000)
  await site.signIn(context, person)
  return context
}

/** Counts what a worker has to do: boxes filled, answers chosen. Buttons are counted apart. */
function hands(page: Page) {
  let inputs = 0
  let pages = 0
  return {
    fill: async (label: string, text: string) => {
      inputs += 1
      await page.getByLabel(label, { exact: true }).first().fill(text)
    },
    choose: async (legend: string, answer: string) => {
      inputs += 1
      await page.getByRole('group', { name: legend }).getByLabel(answer, { exact: true }).check()
    },
    select: async (label: string, text: string) => {
      inputs += 1
      await page.getByLabel(label, { exact: true }).first().selectOption({ label: text })
    },
    press: async (name: string) => {
      pages += 1
      await page.getByRole('button', { name }).first().click()
    },
    counted: () => ({ inputs, pages }),
  }
}

/** What sticks out of the screen to the right, or nothing. */
async function look(page: Page, name: string, scripts: boolean): Promise<void> {
  for (const width of scripts ? [390, 1280] : [390]) {
    await page.setViewportSize({ width, height: 800 })
    if (shots) await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true })
    expect(await findings(page, { scripts, typed: [] }), name).toEqual([])
  }
}

test.each([
  [true, 1280],
  [false, 390],
] as const)('a first talk on the phone, with scripts: %s', async (scripts, width) => {
  const context = await windowOf(amina, width, scripts)
  const page = await context.newPage()
  const worker = hands(page)
  await page.goto(`${site.address}/work`)
  if (scripts) await look(page, 'work-empty', scripts)
  await worker.press('Start a case')
  await worker.fill('Name to use', 'Ash')
  await worker.choose('Which name may be said aloud', 'The same name')
  if (scripts) await look(page, 'card', scripts)
  await worker.press('Save and go on')
  await worker.fill('Number, address or name for it', '07700 900123')
  await worker.choose('Who else can see or hear it?', 'Nobody')
  await worker.choose('When is it safe?', 'At any time')
  if (scripts) await look(page, 'contact', scripts)
  await worker.press('Save and go on')
  await worker.fill('1. In their words', 'I want to sleep without listening for the door.')
  await worker.select('What comes nearest', 'Being safer, with someone on your side')
  if (scripts) await look(page, 'needs', scripts)
  await worker.press('Save and go on')
  await worker.choose('Who is the help for?', 'an adult who has been hurt or made afraid')
  await worker.fill('Years', '34')
  await worker.choose('How are things now?', 'it is going on')
  if (scripts) await look(page, 'details', scripts)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Ash')
  if (scripts) await look(page, 'case', scripts)
  expect(worker.counted().inputs).toBeLessThanOrEqual(12)
  await page
    .getByRole('button', { name: 'See who can help' })
    .or(page.getByRole('link', { name: 'See who can help' }))
    .first()
    .click()
  expect(await page.textContent('main')).toContain('Who can help')
  if (scripts) await look(page, 'menu', scripts)
  expect(page.url()).not.toContain('Ash')
  await context.close()
})

const fuller = async (): Promise<{
  readonly context: BrowserContext
  readonly page: Page
  readonly id: string
}> => {
  const context = await windowOf(amina, 1280, true)
  const page = await context.newPage()
  await page.goto(`${site.address}/work`)
  await page.getByRole('button', { name: 'Start a case' }).click()
  await page.getByLabel('Name to use').fill('Rowan Świt')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const id = /cases\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? ''
  return { context, page, id }
}

test('every task of a case, one page each', async () => {
  const { context, page, id } = await fuller()
  const go = (path: string) => page.goto(`${site.address}/cases/${id}${path}`)
  const save = () => page.getByRole('button', { name: 'Save', exact: true }).click()

  await go('/needs')
  await page.getByLabel('1. In their words').fill('Somebody for Robin at school')
  await page.getByLabel('What comes nearest').selectOption('school-support')
  await page.getByRole('button', { name: 'Save and add another' }).click()
  await page.getByLabel('2. In their words').fill('To be safer')
  await page.getByLabel('What comes nearest').nth(1).selectOption('safety')
  await page.getByRole('button', { name: 'Move to place 1' }).click()
  expect(await page.getByLabel('1. In their words').inputValue()).toBe('To be safer')
  await look(page, 'needs-two', true)

  await go('/wishes')
  await look(page, 'wishes', true)
  await page.getByLabel('woman', { exact: false }).first().check()
  await page.getByLabel('The longest wait that is bearable, in weeks').fill('four')
  await save()
  expect(await page.textContent('.govuk-error-summary')).toContain('Write the weeks as a number')
  await page.getByLabel('The longest wait that is bearable, in weeks').fill('4')
  await page.getByLabel('woman', { exact: false }).first().check()
  await save()

  await go('/names/new')
  await page.getByLabel('Name to use').fill('Dale')
  await page.getByLabel('Person using abusive behaviour').check()
  await save()

  await go('/careful')
  await page.getByLabel('Who are they afraid of?').fill('Dale, and Dale’s brother')
  await look(page, 'careful', true)
  await save()

  await go('/notes')
  await page.getByLabel('New note').fill('Rang back at ten.\nAll is well.')
  await look(page, 'notes', true)
  await save()

  await go('/details')
  for (let turn = 0; turn < 2; turn++) {
    for (const label of await page.getByLabel('Not now').all()) await label.check()
    await page.getByRole('button', { name: 'Save and ask a few more' }).click()
  }
  await look(page, 'details-not-now', true)
  await page.goto(`${site.address}/cases/${id}/details?ask=who`)
  await page.getByLabel('an adult who has been hurt or made afraid').check()
  await save()

  await go('')
  await look(page, 'case-full', true)
  for (const path of [
    '/print',
    '/print?sure=paper',
    '/print?sure=text',
    '/team',
    '/not-me',
    '/end',
    '/contact/now',
    '/menu',
  ]) {
    await go(path)
    await look(page, `case${path.replaceAll(/[/?=]/g, '-')}`, true)
  }
  await context.close()
})

test('the same page saved twice at once: the second keeps everything typed', async () => {
  const { context, page, id } = await fuller()
  const second = await context.newPage()
  for (const each of [page, second]) await each.goto(`${site.address}/cases/${id}/wishes`)
  await page.getByLabel('Anything else, in their words').fill('Near the bus')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await second.getByLabel('Anything else, in their words').fill('Not on Fridays')
  const [answer] = await Promise.all([
    second.waitForResponse((response) => response.request().method() === 'POST'),
    second.getByRole('button', { name: 'Save', exact: true }).click(),
  ])
  expect(answer.status()).toBe(409)
  expect(await second.textContent('main')).toContain('Somebody else saved this page')
  expect(await second.getByLabel('Anything else, in their words').inputValue()).toBe('Not on Fridays')
  await look(second, 'conflict', true)
  await second.getByRole('button', { name: 'Save', exact: true }).click()
  expect(second.url()).toContain('saved=1')
  await context.close()
})

test('a name is found by POST, and a closed case by nobody else', async () => {
  const { context, page, id } = await fuller()
  await page.goto(`${site.address}/work/find`)
  await page.getByLabel('Name, or part of one').fill('swit')
  await page.getByRole('button', { name: 'Find' }).last().click()
  expect(page.url()).not.toContain('swit')
  expect(await page.textContent('main')).toContain('Rowan Świt')
  await look(page, 'search', true)
  await page.goto(`${site.address}/work`)
  await look(page, 'work', true)
  await amina.act((db, actor) => closeForTeam(db, actor, id, { cells: [] }))
  const other = await windowOf(lead, 1280, true)
  const theirs = await other.newPage()
  const closed = await theirs.goto(`${site.address}/cases/${id}`)
  const missing = await other.request.get(`${site.address}/cases/${crypto.randomUUID()}`)
  expect([closed?.status(), missing.status()]).toEqual([404, 404])
  const before = await lead.act((db, actor) => searchNames(db, actor, { query: 'rowan' }))
  expect(before.found.map((each) => each.caseId)).not.toContain(id)
  await theirs.goto(`${site.address}/work/everyone`)
  await look(theirs, 'everyone', true)
  await Promise.all([context.close(), other.close()])
})

test('I know this person: one press, and the case is gone for me', async () => {
  const { context, page, id } = await fuller()
  await page.goto(`${site.address}/cases/${id}/not-me`)
  await page.getByRole('button', { name: 'Close it for me' }).click()
  expect(await page.textContent('main')).toContain('The case is closed for you')
  expect((await page.goto(`${site.address}/cases/${id}`))?.status()).toBe(404)
  await context.close()
})

test.each([
  [true, 1280],
  [false, 390],
] as const)(
  'a hold stops a privacy lead from erasing; lifted, it is two steps, with scripts: %s',
  async (scripts, width) => {
    const { context, id } = await fuller()
    for (const from of ['Dane Vale', 'Lee Marsh'])
      await privacy.act((db, actor) =>
        fileLetter(db, actor, 'Europe/London', {
          writer: 'parent',
          from,
          about: 'The file.',
          answerTo: 'By post.',
        }),
      )
    const other = await windowOf(privacy, width, scripts)
    const page = await other.newPage()
    await page.goto(`${site.address}/cases/${id}/legal-hold`)
    await page.getByRole('button', { name: 'Place the hold' }).click()
    expect(await page.textContent('.govuk-error-summary')).toContain('Choose what is pending')
    await page.getByLabel('A complaint', { exact: true }).check()
    await page.getByLabel('Why must it be kept?').fill('A complaint came in on Monday.')
    await look(page, 'legal-hold-place', scripts)
    await page.getByRole('button', { name: 'Place the hold' }).click()
    await look(page, 'legal-hold', scripts)
    await page.goto(`${site.address}/cases/${id}/erase`)
    expect(await page.textContent('main')).toContain('A legal hold is in force')
    await look(page, 'erase-held', scripts)
    await page.getByRole('link', { name: 'Legal hold' }).first().click()
    await page.getByLabel('Why can it be lifted?').fill('The complaint was answered.')
    await page.getByRole('button', { name: 'Lift the hold' }).click()
    await page.goto(`${site.address}/cases/${id}/erase`)
    await look(page, 'erase', scripts)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByLabel('The person asked for it').check()
    await page.getByLabel('Type “erase” to erase the case').fill('yes')
    await page.getByRole('button', { name: 'Erase the case' }).click()
    const mistakes = await page.textContent('.govuk-error-summary')
    for (const mistake of ['Type the word', 'Read every letter']) expect(mistakes).toContain(mistake)
    await look(page, 'erase-sure', scripts)
    await page.getByRole('group', { name: 'Letters about this person' }).getByRole('checkbox').first().check()
    await page.getByLabel(/^I have read/).check()
    await page.getByLabel('Type “erase” to erase the case').fill('erase')
    await page.getByRole('button', { name: 'Erase the case' }).click()
    expect(await page.textContent('main')).toContain('The case is erased')
    await look(page, 'erasure', scripts)
    await page.getByRole('link', { name: 'What was erased, and when' }).click()
    await page.locator('main ul a').first().click()
    expect(await page.textContent('main')).toContain('What is left, and until when')
    expect(await page.textContent('main')).toContain('Letters from outside about the person')
    expect(new URL(page.url()).pathname).toMatch(/^\/erasures\/[0-9a-f-]{36}$/)
    await look(page, 'erasure-kept', scripts)
    expect((await page.goto(`${site.address}/cases/${id}`))?.status()).toBe(404)
    await Promise.all([context.close(), other.close()])
  },
)

/** The boy of nine of the demo: three services said no while abuse goes on and off. */
async function boyOfNine(): Promise<string> {
  return amina.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    await saveCard(
      db,
      actor,
      { caseId, id: null, version: 0 },
      CardBody.parse({ name: 'Jude', role: 'child', sayAloud: ['Jude'] }),
    )
    await saveNeeds(db, actor, { caseId, version: 0 }, [
      { id: 'a', code: 'child-mental-health', words: 'I want to sleep and not have the tummy ache.' },
      { id: 'b', code: 'school-support', words: '' },
    ])
    const known = {
      who: 'child',
      age: 112,
      abuse: 'on-and-off',
      'same-home': 'yes',
      severity: 'moderate',
      weeks: 16,
      complex: 'yes',
      tried: 'one',
      suicide: 'none',
      'other-help': 'none',
      safeguarding: 'worry',
      agreement: 'one-parent',
    }
    const answers = Object.entries(known).map(([facet, value]) => [
      facet,
      { state: 'known' as const, value, askedOn: '2026-09-01' },
    ])
    await saveSituation(db, actor, { caseId, version: 0 }, Object.fromEntries(answers))
    const contact = SafeContact.parse({
      nothingAtAll: false,
      ways: [
        {
          id: 'one',
          channel: 'call',
          value: '07700 900101',
          whoElseSees: 'nobody',
          zone: 'Europe/London',
          whenever: true,
          safe: [],
          unsafe: [],
        },
      ],
      nameSafeToSay: 'Jude',
      verifiedAt: new Date().toISOString(),
      verifiedBy: 'Amina',
    })
    await saveContact(db, actor, { caseId, version: 0 }, contact)
    return caseId
  })
}

test('nobody takes the boy of nine: the menu says which threshold, what would change it, and who can still be asked', async () => {
  const id = await boyOfNine()
  const context = await windowOf(amina, 1280, true)
  const page = await context.newPage()
  await page.goto(`${site.address}/cases/${id}/menu`)
  const text = (await page.textContent('main')) ?? ''
  expect(text).toContain('nobody takes them for this')
  expect(text).toContain('What you can still do')
  expect(text).toContain('For a yes: ')
  await look(page, 'menu-gap', true)
  await page.goto(`${site.address}/cases/${id}`)
  expect(await page.textContent('main')).not.toContain('07700')
  await look(page, 'case-boy', true)
  await page.goto(`${site.address}/cases/${id}/contact/now`)
  await page.getByRole('button', { name: 'Check and show' }).click()
  expect(await page.textContent('main')).toContain('07700 900101')
  await look(page, 'contact-now', true)
  await amina.act((db, actor) => closeForTeam(db, actor, id, { cells: [] }))
  await page.goto(`${site.address}/cases/${id}/team`)
  await look(page, 'team-closed', true)
  await context.close()
})
