import { join } from 'node:path'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { directoryPaths, listOrganizations } from '#directory'
import { followFeeds } from '#exchange'
import { followFeed } from '../../src/exchange/feed.actions.ts'
import { feedLimits } from '../../src/exchange/feed-read.ts'
import { feedSource, type FeedSource, inventedService, inventedServices } from '../exchange/feed-source.ts'
import type { Person } from '../world/agencies.ts'
import { listServicesOf } from '../world/sending.ts'
import { findings } from './findings.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'

let site: AgenciesSite
let editor: Person
let source: FeedSource
let partnerSource: string
const shots = process.env['SHOTS']

beforeAll(async () => {
  site = await agenciesSite()
  editor = await site.world.found('Northmere Partnership', 'partnership', [
    'agency-administrator',
    'directory-editor',
  ])
  const surgery = await site.world.found('Quayside Surgery', 'primary-care')
  await listServicesOf(site.world, [{ person: surgery, organization: 'Quayside Surgery' }])
  const listed = await site.world.owner.transaction().execute(listOrganizations)
  partnerSource = listed.find((each) => each.name === 'Quayside Surgery')?.sourceId ?? ''
  source = await feedSource(inventedServices(12))
})
afterAll(async () => {
  await source?.close()
  await site?.close()
})
beforeEach(async () => {
  await sql`delete from exchange.feed`.execute(site.world.owner)
  await sql`delete from directory.change`.execute(site.world.owner)
  await sql`delete from directory.held_record`.execute(site.world.owner)
  await sql`delete from directory.service where source_id like '00000000-%' or source_id like 'csv-%'`.execute(
    site.world.owner,
  )
})

describe.each([true, false])('with scripts: %s', (scripts) => {
  const walk = async (work: (page: Page, look: Look) => Promise<void>) => {
    const context = await site.browser.newContext({ javaScriptEnabled: scripts })
    context.setDefaultTimeout(10_000)
    await site.signIn(context, editor)
    const page = await context.newPage()
    await work(page, (name) => looksRight(page, name, scripts))
    await context.close()
  }
  const bring = async (page: Page, name: string, text: string) => {
    await page.goto(site.address + directoryPaths.files)
    await page
      .getByLabel('A file with services or organisations')
      .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: 'Look at it' }).click()
  }

  test('a file is looked at, and put in; what is wrong with it stands at the field', async () => {
    await walk(async (page, look) => {
      await page.goto(site.address + directoryPaths.editor)
      await page.getByRole('link', { name: 'Bring in a file, or follow a feed' }).click()
      await look('files-empty')
      await page.getByRole('button', { name: 'Look at it' }).click()
      await page.getByText('Choose a file').first().waitFor()
      await bring(page, 'nothing.json', 'Hello')
      await page.getByText('What this file is could not be told').first().waitFor()
      await look('files-wrong')
      await bring(page, 'council.json', JSON.stringify(dirty()))
      await page.getByRole('heading', { name: 'What this file would do' }).waitFor()
      await look('file')
      await page.getByRole('link', { name: /kinds? of problem/ }).click()
      await look('problems')
      await page.getByRole('table').getByRole('link').first().click()
      await look('problem')
      await page.goBack()
      await page.goBack()
      await page.getByRole('link', { name: '3 new entries' }).click()
      await look('changes-new')
      await page.getByRole('button', { name: /^Leave it out.*Invented service 2/ }).click()
      await page.getByText('Ours was kept').waitFor()
      await page.getByRole('button', { name: /^Take this over.*Invented service 1/ }).click()
      await page.getByText('Taken over').waitFor()
      await page.getByRole('link', { name: /of a partner agency/ }).click()
      await look('changes-others')
      await page.getByRole('link', { name: 'Back' }).click()
      await page.getByRole('button', { name: 'Put 1 record into the directory' }).click()
      await page.getByText('1 record is in the directory. 2 records are held for a person.').waitFor()
      await look('file-done')
      await page
        .getByRole('button', { name: /^Undo this/ })
        .first()
        .click()
      await page.getByText('It was taken back, and waits here again.').waitFor()
      await look('file-undone')
      await page.goto(site.address + directoryPaths.files)
      await look('files')
    })
  })

  test('a table asks which column is which, keeps what was chosen, and remembers it', async () => {
    await walk(async (page, look) => {
      const table =
        'Ref,Title,About,Telephone,Organisation\ncsv-1,Food bank,Food on Fridays,01632 960321,Invented Pantry\n'
      await bring(page, 'pantry.csv', table)
      await page.getByRole('heading', { name: 'Which column is which?' }).waitFor()
      await look('mapping')
      await page.getByLabel('Name of the service').selectOption('')
      await page.getByRole('button', { name: 'Read it like this' }).click()
      await page.getByText('Choose the column with the name').first().waitFor()
      await look('mapping-wrong')
      await page.getByLabel('Name of the service').selectOption('Title')
      await page.getByLabel('Name of the organisation', { exact: true }).selectOption('Organisation')
      await page.getByRole('button', { name: 'Read it like this' }).click()
      await page.getByRole('heading', { name: 'What this file would do' }).waitFor()
      await look('table')
      await page.getByRole('button', { name: 'Put this file aside' }).click()
      await bring(page, 'pantry.csv', table)
      expect(await page.getByLabel('Name of the organisation', { exact: true }).inputValue()).toBe(
        'Organisation',
      )
    })
  })

  test('a feed is followed, and what differs is decided one at a time', async () => {
    source.turn({ services: inventedServices(12), garbage: false })
    await walk(async (page, look) => {
      await page.goto(site.address + directoryPaths.files)
      await page
        .getByRole('button', { name: 'Follow a feed' })
        .or(page.getByRole('link', { name: 'Follow a feed' }))
        .click()
      await page.getByLabel('Address').fill('http://10.0.0.1/services')
      await page.getByRole('button', { name: 'Follow it' }).click()
      await page.getByText('The address must begin with https://').first().waitFor()
      expect(await page.getByLabel('Address').inputValue()).toBe('http://10.0.0.1/services')
      await look('feed-wrong')
      await page.getByLabel('Address').fill('https://feed.example.org/services')
      await page.getByLabel('What do you call it?').fill('The council')
      await page.getByRole('button', { name: 'Follow it' }).click()
      await page.getByText('The first look comes within a minute.').waitFor()
      await look('feed-new')
      await page.getByRole('button', { name: 'Stop following' }).click()
      await page.getByText('Not followed any more').waitFor()
    })
    const id = await follow()
    await lookNow()
    await walk(async (page, look) => {
      await page.goto(site.address + directoryPaths.feed(id))
      await look('feed-first')
      await page.getByRole('button', { name: 'Put 12 records into the directory' }).click()
      await page.getByText('12 records are in the directory.').waitFor()
      source.turn({
        services: [
          inventedService(1, { description: 'Now with a crèche.', email: 'new@example.org' }),
          inventedService(2, { name: 'Invented service two' }),
          ...inventedServices(11).slice(2),
        ],
      })
      await lookNow()
      await page.goto(site.address + directoryPaths.queue)
      await look('queue')
      await page.goto(site.address + directoryPaths.feed(id))
      await look('feed-differs')
      await page.getByRole('link', { name: '2 changed entries' }).click()
      await look('changes')
      await page.getByRole('button', { name: /^Keep ours.*Invented service two/ }).click()
      await page.getByText('Ours was kept').waitFor()
      await page.getByRole('button', { name: /^Take this over.*Invented service 1/ }).press('Enter')
      await page.getByText('Taken over').waitFor()
      await page.getByRole('link', { name: '1 gone from the source' }).click()
      await look('changes-gone')
      await page.getByRole('button', { name: /^Take it off the list/ }).click()
      await page.getByText('Taken over').waitFor()
      source.turn({ services: inventedServices(3) })
      await lookNow()
      await page.goto(site.address + directoryPaths.feed(id))
      await page.getByText('More than a fifth of the entries is gone').waitFor()
      await look('feed-trouble')
      await page.goto(site.address + directoryPaths.queue)
      await page.getByText('A feed is not right').waitFor()
      await look('queue-trouble')
    })
  })

  test('a followed table asks which column is which, and keeps what was chosen', async () => {
    source.turn({ table: councilTable })
    const id = await follow()
    await lookNow()
    await walk(async (page, look) => {
      await page.goto(site.address + directoryPaths.feed(id))
      await look('feed-columns')
      await page.getByLabel('Name of the service').selectOption('')
      await page.getByLabel('Name of the organisation', { exact: true }).selectOption('Who runs it')
      await page.getByRole('button', { name: 'Read it like this' }).click()
      await page.getByText('Choose the column with the name').first().waitFor()
      expect(await page.getByLabel('Name of the organisation', { exact: true }).inputValue()).toBe(
        'Who runs it',
      )
      await look('feed-columns-wrong')
      await page.getByLabel('Name of the service').selectOption('What it is called')
      await page.getByRole('button', { name: 'Read it like this' }).press('Enter')
      await page.getByRole('heading', { name: 'Which column is which?' }).waitFor({ state: 'detached' })
      await look('feed-columns-chosen')
      await lookNow()
      await page.goto(site.address + directoryPaths.feed(id))
      await page.getByRole('button', { name: 'Put 2 records into the directory' }).waitFor()
      await look('feed-table')
    })
    source.turn({ table: null })
  })
})

/** A council's table: its headings are nobody else's. */
const councilTable =
  'Ref,What it is called,Telephone,Who runs it\ncsv-1,Food bank,01632 960321,Invented Pantry\ncsv-2,Tea and talk,01632 960322,Invented Pantry\n'

async function follow(): Promise<string> {
  const form = {
    name: 'Invented council',
    address: source.address,
    pace: 'daily',
    keeper: '',
    byItself: 'no',
  } as const
  const done = await editor.act((db, actor) => followFeed(db, actor, form, { loopback: true }))
  if ('refused' in done) throw new Error(done.refused)
  return done.id
}

async function lookNow(): Promise<void> {
  await sql`update exchange.feed set next_at = now() - interval '1 second' where address = ${source.address}`.execute(
    site.world.owner,
  )
  await followFeeds({
    pools: site.world.pools,
    installation: site.world.installation,
    reach: { loopback: true },
    limits: { ...feedLimits, pauseMs: 0 },
  })
}

/** A file as councils have them: some fit, one has no name, one is a partner's, one hides its address badly. */
function dirty(): readonly unknown[] {
  return [
    ...inventedServices(3).map((each) => ({ ...each, description: '<p>Open to <b>all</b>.</p>' })),
    { id: '00000000-0000-4000-8000-00000000000a' },
    {
      id: '00000000-0000-4000-8000-00000000000b',
      name: 'A walking group',
      status: 'active',
      organization: { id: partnerSource, name: 'Quayside Surgery', description: '' },
    },
    {
      id: '00000000-0000-4000-8000-00000000000c',
      name: 'Harbour Refuge',
      status: 'active',
      organization: { id: 'harbour', name: 'Harbour Homes', description: '' },
      service_at_locations: [
        {
          location: {
            id: 'harbour-place',
            location_type: 'physical',
            addresses: [
              { address_1: '14 Sycamore Rise', postal_code: 'ZZ99 3AB', state_province: 'Northshire' },
            ],
          },
        },
      ],
    },
  ]
}

type Look = (name: string) => Promise<void>

/** Nothing that the house's findings or axe object to, at the width of a desk and of a telephone; with SHOTS a picture. */
async function looksRight(page: Page, name: string, scripts: boolean): Promise<void> {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 })
    if (shots && scripts)
      await page.screenshot({ path: join(shots, `files-${name}-${width}.png`), fullPage: true })
    const found = await findings(page, { scripts, typed: [] })
    expect.soft(found.map((each) => `${name} ${width}: ${each}`)).toEqual([])
  }
}
