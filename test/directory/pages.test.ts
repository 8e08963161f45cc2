import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDirectory, serviceByCode } from '#directory'
import { cookieName } from '#platform/http'
import type { Person, TestWorld } from '../world/agencies.ts'
import { directoryWorld, type DirectoryWorld } from './served.ts'

let world: TestWorld
let editor: Person
let worker: Person
let app: DirectoryWorld['app']
let config: DirectoryWorld['config']

beforeAll(async () => {
  ;({ world, editor, worker, app, config } = await directoryWorld(3000))
})

afterAll(() => world.close())

async function ask(path: string, as: Person | null = null, fields: Record<string, string> | null = null) {
  const headers = new Headers({ host: '127.0.0.1:3000', 'sec-fetch-site': 'same-origin' })
  if (as !== null) headers.set('cookie', `${cookieName('session', config)}=${as.cookie}`)
  const init = fields === null ? {} : { method: 'POST', body: new URLSearchParams(fields) }
  const answer = await app.request(`${config.publicUrl}${path}`, { ...init, headers })
  return { status: answer.status, to: answer.headers.get('location'), html: await answer.text() }
}

async function entryOf(code: string) {
  const service = await world.owner.transaction().execute((db) => serviceByCode(db, code))
  if (service === null) throw new Error(`no ${code}`)
  return service
}

test('anybody sees the list, a page at a time, without the work with people who use abuse', async () => {
  const { status, html } = await ask('/services')
  expect(status).toBe(200)
  expect(html).toContain('24 services')
  expect(html).not.toContain('Change Programme')
  expect(html).toContain('Exit this page')
  expect(html.match(/<title>([^<]*)/)?.[1]).toBe('Information')
  const next = await ask('/services', null, { words: '', need: '', language: '', page: '2' })
  expect(next.html).toContain('Page 2 of 2')
})

test('a search is posted, and its words come back in the box and in no address', async () => {
  const { status, html } = await ask('/services', null, {
    words: 'somewhere safe to "stay"',
    need: '',
    language: 'ur',
  })
  expect(status).toBe(200)
  expect(html).toContain('value="somewhere safe to &quot;stay&quot;"')
  expect(html).toContain('Northmere refuge places')
  expect(html).not.toMatch(/(href|action)="[^"]*somewhere/)
  expect((await ask('/services', null, { words: 'xyzzy' })).html).toContain('Nothing fits all of this')
  expect((await ask('/services', null, { words: 'xyzzy' })).html).toContain('href="/p/help"')
  expect((await ask('/services', null, { words: 'a'.repeat(600) })).status).toBe(422)
})

test('the page of a service says room, wait, for whom and what is passed on, each with its date', async () => {
  const { html } = await ask(`/services/${(await entryOf('N15')).id}`)
  for (const part of [
    'There is a waiting list.',
    'The wait is 12 to 26 weeks.',
    '16 November 2026',
    'What they must pass on',
    'Aged 18 or more',
    'tel:01632960102',
  ]) {
    expect(html).toContain(part)
  }
  const soft = await ask(`/services/${(await entryOf('N12')).id}`)
  expect(soft.html).toContain('Ask first: Women of 16 or 17')
  expect(soft.html).toContain('The address is kept private.')
})

test('work with people who use abuse is listed apart, without times or places', async () => {
  const { html } = await ask('/services/others')
  expect(html).toContain('Change Programme')
  const one = await ask(`/services/${(await entryOf('N20')).id}`)
  expect(one.html).not.toMatch(/>\s*(Where|When|How they work)\s*</)
})

test('a service that is not there is the same page as any other', async () => {
  for (const path of ['/services/1', '/services/0199aaaa-0000-7000-8000-000000000000']) {
    expect((await ask(path)).status).toBe(404)
  }
})

test('the editor changes room and wait, and everybody sees it at once', async () => {
  const { id } = await entryOf('N11')
  const before = await ask(`/listing/${id}`, editor)
  expect(before.html).toContain('value="12"')
  const wrong = await ask(`/listing/${id}`, editor, {
    state: 'waiting-list',
    places: 'some',
    waitWeeks: '6',
    waitWeeksTo: '2',
    note: 'As typed',
  })
  expect([wrong.status, wrong.html.includes('As typed')]).toEqual([422, true])
  const saved = await ask(`/listing/${id}`, editor, {
    state: 'waiting-list',
    places: '',
    waitWeeks: '2',
    waitWeeksTo: '4',
    note: '',
  })
  expect([saved.status, saved.to]).toEqual([303, `/listing/${id}?saved=1`])
  expect((await ask(`/services/${id}`)).html).toContain('The wait is 2 to 4 weeks.')
  expect((await entryOf('N11')).capacity).toMatchObject({
    state: 'waiting-list',
    waitWeeks: 2,
    waitWeeksTo: 4,
  })
  const stored = await sql<{
    m: { waitWeeks: number }
  }>`select matching::jsonb as m from directory.service where id = ${id}`.execute(world.owner)
  expect(stored.rows[0]?.m.waitWeeks).toBe(4)
})

test('a clause is chosen, read in words, saved with its sentence; what cannot be read says so, and nothing typed is lost', async () => {
  const { id } = await entryOf('N11')
  const path = `/listing/${id}/who/1`
  expect((await ask(path, editor)).html).toContain('Danger from abuse: nobody has gone through it yet')
  const wrong = await ask(path, editor, {
    sentence: 'Mine',
    'from-age': 'old',
    'is-substance': 'no',
    act: 'save',
  })
  expect(wrong.status).toBe(422)
  expect(wrong.html).toContain('Write an age in years')
  expect(wrong.html).toContain('>Mine</textarea>')
  expect(wrong.html).toContain('value="old"')
  const future = {
    'from-age': '18',
    'reviewedOn-day': '1',
    'reviewedOn-month': '1',
    'reviewedOn-year': '2999',
  }
  expect((await ask(path, editor, { ...future, act: 'save' })).html).toContain('This day is still to come')
  const looked = await ask(path, editor, { 'from-age': '18', 'is-home': 'refuge', act: 'look' })
  expect([looked.status, looked.html.includes('Aged 18 or more. The home: in a refuge.</p>')]).toEqual([
    200,
    true,
  ])
  await ask(path, editor, { sentence: 'From 18 on.', 'from-age': '18', 'is-substance': 'no', act: 'save' })
  const changed = await entryOf('N11')
  expect(changed.thresholds).toMatchObject([
    {
      sentence: 'From 18 on.',
      forbiddenRule: 'advocacy-never-asks-substance',
      forbiddenFacets: ['substance'],
    },
  ])
  const stored = await sql<{
    m: { accepts: unknown }
  }>`select matching::jsonb as m from directory.service where id = ${id}`.execute(world.owner)
  expect(stored.rows[0]?.m.accepts).toEqual([{ age: { min: 216 } }])
  expect((await ask(`/listing/${id}`, editor)).html).toContain('Part of this is not permitted')
  await ask(`/listing/${id}/who/new`, editor, {
    'from-age': '16',
    source: 'Policy 3',
    owner: 'The board',
    act: 'save',
  })
  expect((await entryOf('N11')).thresholds.at(-1)).toMatchObject({
    sentence: 'Aged 16 or more.',
    source: 'Policy 3',
    owner: 'The board',
    reviewedOn: null,
  })
  await ask(`/listing/${id}/who/2`, editor, { 'from-age': '17', sentence: 'Aged 16 or more.', act: 'save' })
  expect((await entryOf('N11')).thresholds.at(-1)?.sentence).toBe('Aged 17 or more.')
  await ask(`/listing/${id}/who/2`, editor, { sentence: 'Ask us.', soft: 'yes', act: 'save' })
  await ask(`/listing/${id}/who/1`, editor, { act: 'remove' })
  expect((await entryOf('N11')).thresholds).toMatchObject([
    { sentence: 'Ask us.', soft: true, condition: {} },
  ])
})

test('what must come first is chosen, looked at, saved, and no service waits for itself', async () => {
  const service = await entryOf('N11')
  const path = `/listing/${service.id}/first`
  const own = service.needs[0] ?? ''
  expect((await ask(path, editor)).html).toContain('Nothing must come first.')
  expect((await ask(path, editor)).html).not.toContain(`value="${own}"`)
  const looked = await ask(path, editor, { first: 'housing', act: 'look' })
  expect(looked.html).toContain('This service starts when this is done')
  expect(looked.html).toMatch(/It takes [\d,]+ fewer than now|That is the same as now/)
  expect((await ask(path, editor, { first: 'castle' })).status).toBe(422)
  expect((await ask(path, editor, { first: own, act: 'save' })).status).toBe(303)
  expect((await entryOf('N11')).afterNeeds).toEqual([])
  expect((await ask(path, editor, { first: 'housing', why: 'New rule.', act: 'save' })).status).toBe(303)
  expect((await entryOf('N11')).afterNeeds).toEqual(['housing'])
  expect((await ask(`/services/${service.id}`)).html).toContain('This service starts when this is done')
  expect((await ask(path, worker)).status).toBe(404)
})

test('another agency\u2019s entries and pages are not there for whoever may not edit them', async () => {
  const theirs = await entryOf('N14')
  expect((await ask(`/listing/${theirs.id}`, editor)).status).toBe(404)
  expect((await ask(`/listing/${theirs.id}`, editor, { state: 'none' })).status).toBe(404)
  for (const path of ['/listing', '/listing/held', `/listing/${theirs.id}`])
    expect((await ask(path, worker)).status).toBe(404)
})

test('a held record is decided once, and listed without its place', async () => {
  const list = await ask('/listing/held', editor)
  const path = /href="(\/listing\/held\/[^"]+)"/.exec(list.html)?.[1] ?? ''
  expect(list.html).toContain('Harbour Refuge')
  const page = await ask(path, editor)
  expect(page.html).toContain('The address was dropped.')
  expect(page.html).not.toMatch(/sycamore|zz99/i)
  expect((await ask(path, editor, {})).status).toBe(422)
  expect((await ask(path, editor, { decision: 'confidential' })).to).toBe('/listing/held')
  expect((await ask(path, editor, { decision: 'open' })).status).toBe(409)
  const shown = await ask('/services', null, { words: 'harbour refuge' })
  const service = /href="(\/services\/[0-9a-f-]{36})"[^>]*>\s*Harbour Refuge/.exec(shown.html)?.[1] ?? ''
  expect((await ask(service)).html).toContain('The address is kept private.')
})

test('a held record without a name is completed by a person, who is asked for what is lacking', async () => {
  await world.owner
    .transaction()
    .execute((db) =>
      importDirectory(
        db,
        JSON.stringify([{ id: 'nameless', status: 'active', description: 'Tea and talk.' }]),
      ),
    )
  const list = await ask('/listing/held', editor)
  const path = /href="(\/listing\/held\/[^"]+)"[^>]*>\s*A record without a name/.exec(list.html)?.[1] ?? ''
  expect((await ask(path, editor)).html).toContain('It came without a name.')
  const half = await ask(path, editor, { decision: 'open', name: 'Tea & talk', organizationName: '' })
  expect(half.status).toBe(422)
  expect(half.html).toContain('Say who offers it, or do not list it')
  expect(half.html).toContain('value="Tea &amp; talk"')
  const whole = { decision: 'open', name: 'Tea & talk', organizationName: 'Northmere Friends' }
  expect((await ask(path, editor, whole)).to).toBe('/listing/held')
  expect((await ask('/services', null, { words: 'tea talk' })).html).toContain('Northmere Friends')
  const again = await world.owner
    .transaction()
    .execute((db) =>
      importDirectory(
        db,
        JSON.stringify([{ id: 'nameless', status: 'active', description: 'Tea, talk and cake.' }]),
      ),
    )
  expect(again).toMatchObject({ importedWithWarnings: 1, held: 0 })
  expect((await ask('/services', null, { words: 'cake' })).html).toContain('Tea &amp; talk')
})

test('each act of an editor stands in the agency\u2019s ledger', async () => {
  const lines = await sql<{ n: number }>`
    select count(*) as n from ledger.entry where party_id = ${editor.partyId} and kind = 'directory.changed'`.execute(
    world.owner,
  )
  expect(lines.rows[0]?.n).toBe(10)
})
