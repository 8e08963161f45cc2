import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { directoryPaths, importDirectory, linkParty, listOrganizations } from '#directory'
import { dialects, exportFormats, givenText, runImport } from '#exchange'
import { CardBody, saveCard, startCase } from '#people'
import { readConfig } from '#platform/config'
import { createLog, permissionOf } from '#platform/http'
import { runExport } from '../../src/export.command.ts'
import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'
import { searchFor } from '../world/planted.ts'
import { fhirTexts } from '../exchange/fhir-texts.ts'
import { openApis, wideLists } from './leak-apis.ts'
import { looksFor, placesFor, plantBeside, privacy, refuge, secrets } from './leak-plants.ts'
import { type Served, serveWorld } from '../world/served.ts'

let world: TestWorld
let editor: Person
let served: Served
let folder: string
const logged: string[] = []
const told: string[] = []

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const shelter = read('./us-u16.hsds.json')

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anydoor-leak-'))
  world = await testWorld()
  editor = await world.found('Quiet House Agency', 'domestic-abuse', [
    'agency-administrator',
    'directory-editor',
    'worker',
  ])
  const log = createLog({ level: 'trace', destination: { write: (line: string) => void logged.push(line) } })
  served = serveWorld(world, { log })
  await plant()
})

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await world.close()
})

/** Through the command as careless feeds do, first listed openly and then marked; through the editor; and a case. */
async function plant(): Promise<void> {
  await bring(read('../../src/demo/northmere.hsds.json'))
  await bring(
    JSON.stringify([
      refuge('open-first', {}, {}),
      {
        ...refuge(
          'beside',
          {
            name: 'Sewing hour',
            description: '',
            organization: { id: 'beside-o', name: 'Sewing', description: '' },
          },
          {},
        ),
      },
    ]),
  )
  const marked = refuge('open-first', privacy, {})
  const redacted = refuge('redacted', {}, { address_1: '3 Tamarisk Yard', postal_code: 'BD19 4ZQ' })
  for (const each of redacted.service_at_locations) each.location.location_type = 'redacted'
  await bring(JSON.stringify([marked, redacted, refuge('named', { name: 'Harbour Refuge' }, {})]))
  await bring(shelter)
  await world.owner.transaction().execute(async (db) => {
    for (const each of await listOrganizations(db))
      if (each.name === 'Quiet open-first') await linkParty(db, each.id, editor.partyId)
  })
  for (const { id } of (
    await sql<{
      id: string
    }>`select id from directory.held_record where state = 'waiting' and source_id <> 'us-u16-shelter'`.execute(
      world.owner,
    )
  ).rows)
    expect(
      (await served.post(directoryPaths.heldRecord(id), { decision: 'confidential' }, editor)).status,
    ).toBe(303)
  await typeAddresses()
  await hideOnePlace()
  await editor.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    for (const [name, role] of [
      ['Wilhelmina Canary', 'survivor'],
      ['Ruben Canaryman', 'personCausingHarm'],
    ])
      await saveCard(db, actor, { caseId, id: null, version: 0 }, CardBody.parse({ name, role }))
  })
}

/** An open entry of which one place turns out to be where people stay: kept private on its page, and then its file comes again. */
async function hideOnePlace(): Promise<void> {
  const told = [
    refuge('one-place', { ...toThere, name: 'Walk and talk' }, oneAddress),
    refuge('one-beside', { ...toThere, name: 'Talk', service_at_locations: [] }, {}),
  ]
  await bring(JSON.stringify(told))
  const id = await idOf('one-place')
  const { rows } = await sql<{
    id: string
  }>`select id from directory.location where source_id = 'one-place-l'`.execute(world.owner)
  const path = directoryPaths.placePrivate(id, rows[0]?.id ?? '')
  expect((await served.post(path, { why: 'People stay at 3 Tamarisk Yard' }, editor)).status).toBe(303)
  await bring(JSON.stringify(told))
}

const walkers = { id: 'walk-o', name: 'Walkers', description: 'Write to 3 Tamarisk Yard, BD19 4ZQ.' }
const toThere = {
  description: 'Come to 3 Tamarisk Yard, behind Whispering Pines.',
  licenses: 'Shown at 3 Tamarisk Yard',
  way_in: { gate: 'Behind Whispering Pines' },
  additional_urls: [],
  organization: walkers,
}
const oneAddress = { address_1: '3 Tamarisk Yard', postal_code: 'BD19 4ZQ' }

/** An editor in a hurry writes the way to the house into every free text of the entry; each is refused, and nothing typed is lost. */
async function typeAddresses(): Promise<void> {
  const id = await idOf('open-first')
  const way = 'Come to 14 Sycamore Rise, LS26 9QX'
  const note = await served.post(directoryPaths.entry(id), { state: 'has-room', note: way }, editor)
  expect([note.status, (await note.text()).includes(way)]).toEqual([422, true])
  const clause = await served.post(directoryPaths.clause(id, 'new'), { act: 'save', sentence: way }, editor)
  expect([clause.status, (await clause.text()).includes(way)]).toEqual([422, true])
  const said = { goes: 'One.', report: 'Two.', also: 'Three.' }
  for (const [path, fields] of [
    [directoryPaths.reach(id), { phones: `01632 960001, ${way}` }],
    [directoryPaths.reach(id), { how: way }],
    [directoryPaths.organization(id), { ...said, also: way }],
    [directoryPaths.organization(id), { ...said, phones: `01632 960001, ${way}` }],
  ] as const) {
    const refused = await served.post(path, { ...fields, why: way }, editor)
    expect([path, refused.status, (await refused.text()).includes(way)]).toEqual([path, 422, true])
  }
  expect((await served.post(directoryPaths.reach(id), { why: way }, editor)).status).toBe(303)
  expect((await served.post(directoryPaths.organization(id), { ...said, why: way }, editor)).status).toBe(303)
}

async function bring(text: string): Promise<void> {
  await runImport(['feed.json', '--json'], {
    withDatabase: (work) => world.owner.transaction().execute(work),
    open: async () => givenText(text),
    print: (line) => void told.push(line),
    printError: (line) => void told.push(line),
  })
}

async function idOf(source: string): Promise<string> {
  const { rows } = await sql<{
    id: string
  }>`select id from directory.service where source_id = ${source}`.execute(world.owner)
  return rows[0]?.id ?? ''
}

type Heap = Map<string, string>

/** Everything that leaves: open pages, lists and searches from everywhere, exports, reports, logs, waiting mail. */
async function everything(): Promise<Heap> {
  const heap: Heap = new Map()
  await openPages(heap)
  for (const words of looksFor) await search(heap, { words })
  for (const place of placesFor) {
    for (const miles of ['10', '25', '50']) {
      await search(heap, { place, miles })
      await search(heap, { words: 'quiet house refuge', place, miles, need: 'safe-place' })
    }
  }
  await openApis(served, heap, { words: looksFor, places: placesFor })
  for (const [where, text] of await fhirTexts(
    served,
    [...looksFor, ...placesFor, ...secrets],
    await rowIds(),
  ))
    heap.set(where, text)
  await exportAll(heap)
  const mail = await sql<{ line: string }>`select m::text as line from jobs.mail m`.execute(world.owner)
  heap.set('mail', mail.rows.map((row) => row.line).join('\n'))
  heap.set('log', logged.join(''))
  heap.set('import reports', told.join('\n'))
  heap.set('stored directory', await stored())
  return heap
}

/** Every file that goes out. */
async function exportAll(heap: Heap): Promise<void> {
  for (const pack of ['uk', 'us'])
    heap.set(
      `export ${pack}`,
      await exported('system', '--pack', pack, '--out', join(folder, `${pack}.json`)),
    )
  for (const { format } of exportFormats)
    heap.set(`export ${format}`, await exported(format, '--out', join(folder, `out-${format}`)))
}

/** The rows' own ids, under which some go out and others must not. */
async function rowIds(): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select id from directory.service union all
    select id from directory.location union all select id from directory.organization`.execute(world.owner)
  return rows.map((row) => row.id)
}

async function openPages(heap: Heap): Promise<void> {
  const open = served.app.routes.filter(
    (route) => route.method === 'GET' && permissionOf(route.handler) === 'public',
  )
  const { rows } = await sql<{ id: string }>`select id from directory.service`.execute(world.owner)
  for (const { path } of open) {
    const addresses = path.includes(':id') ? rows.map(({ id }) => path.replace(':id', id)) : [path]
    for (const address of addresses) heap.set(address, await (await served.get(address)).text())
  }
  for (const address of ['/', '/sign-in', '/robots.txt'])
    heap.set(address, await (await served.get(address)).text())
}

/** A search, page after page. What was typed comes back in its box, so that much is taken out before looking. */
async function search(heap: Heap, fields: Readonly<Record<string, string>>): Promise<void> {
  for (let page = 1; page <= 5; page += 1) {
    const answer = await served.post(directoryPaths.services, { ...fields, page: String(page) })
    const text = (await answer.text()).replaceAll(/value="[^"]*"/g, '')
    heap.set(`search ${JSON.stringify(fields)} ${page}`, withoutTyped(text, fields))
    if (!text.includes('name="page"')) break
  }
}

function withoutTyped(html: string, { words = '', place = '' }: Readonly<Record<string, string>>): string {
  const label = place.replace(/\s*\d[A-Za-z]{2}\s*$/, '').toUpperCase()
  const lines = html
    .replaceAll(`near ${place},`, '')
    .replaceAll(`near ${label} (Leeds),`, '')
    .replaceAll(`near ${label} (Bradford),`, '')
  return words.split(' ').reduce((rest, word) => rest.replaceAll(`the word “${word}”`, ''), lines)
}

/** A file, or every file of a folder. */
async function exported(format: string, ...more: readonly string[]): Promise<string> {
  const out = more.at(-1) ?? ''
  const config = readConfig(
    { DATABASE_URL: world.database.ownerUrl, KEYS_DIR: world.database.keysDir, DATA_DIR: folder },
    folder,
  )
  if ('refused' in config) throw new Error(config.message)
  expect(await runExport(config, ['--format', format, ...more])).toBe(0)
  const files = statSync(out).isDirectory() ? readdirSync(out).map((name) => join(out, name)) : [out]
  return files.map((file) => readFileSync(file, 'utf8')).join('\n')
}

/** Every row of the directory: an address that is stored nowhere cannot leave. */
async function stored(): Promise<string> {
  const client = new Client({ connectionString: world.database.superUrl })
  await client.connect()
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'directory'`,
    )
    const texts: string[] = []
    for (const { name } of tables.rows)
      texts.push(name + JSON.stringify((await client.query(`select t::text from ${name} t`)).rows))
    return texts.join('\n')
  } finally {
    await client.end()
  }
}

/** What of the secrets lies where. */
function leaks(heap: Heap): readonly string[] {
  const look = searchFor(secrets.map((each) => each.toLowerCase()))
  return [...heap].flatMap(([where, text]) =>
    look(Buffer.from(text.toLowerCase(), 'utf8')).map((secret) => `${secret} in ${where}`),
  )
}

test(
  'no confidential address, and nothing of a case, lies in anything that leaves',
  { timeout: 300_000 },
  async () => {
    const heap = await everything()
    expect(heap.size).toBeGreaterThan(100)
    expect(leaks(heap)).toEqual([])
    for (const { root } of dialects)
      expect(heap.get(`${root}/services?format=ndjson&full=true&full_service=true`)).toContain(
        'A quiet house',
      )
    const open = [...heap].find(([where]) => where === directoryPaths.services)?.[1] ?? ''
    expect(open).toContain('A quiet house')
  },
)

test('us-U16: a shelter imported with its street address is not listed with it; a person decides, and the address is nowhere', async () => {
  const { rows } = await sql<{ state: string; record: string }>`
    select state, record::text from directory.held_record where source_id = 'us-u16-shelter'`.execute(
    world.owner,
  )
  expect(rows).toMatchObject([{ state: 'waiting' }])
  expect(leaks(new Map([['held', rows[0]?.record ?? '']]))).toEqual([])
  const report = await world.owner
    .transaction()
    .execute((db) => importDirectory(db, shelter, { dryRun: true }))
  expect(report).toMatchObject({ imported: 0, held: 1 })
  expect(await idOf('us-u16-shelter')).toBe('')
})

test('where a search stands, a confidential place is told the same from everywhere', async () => {
  const told = new Set<string>()
  for (const place of ['LS26 9QX', 'LS26', 'Leeds', 'Truro', 'ZE1', 'Northmere']) {
    const html = await (
      await served.post(directoryPaths.services, { words: 'quiet house', place, miles: '10' })
    ).text()
    for (const [, meta = ''] of html.matchAll(/A quiet house<\/a>(.*?)<\/li>/gs))
      told.add(meta.replaceAll(/<[^>]*>|Quiet \S+/g, ''))
  }
  expect([...told].filter((each) => /within|works there/i.test(each))).toEqual([])
  expect(told.size).toBe(1)
})

test(
  'words that lie beside a secret entry, its places or its organisation are told by no list and no file, should they ever be stored',
  { timeout: 300_000 },
  async () => {
    const open = 'Lanternword licence'
    await plantBeside(world.database.superUrl, open)
    const heap: Heap = new Map()
    await wideLists(served, heap)
    for (const [where, text] of await fhirTexts(served, [], await rowIds())) heap.set(where, text)
    await exportAll(heap)
    expect(leaks(heap)).toEqual([])
    for (const where of ['/api/hsds/3.1/services?per_page=500&full=true', 'export hsds'])
      expect([where, heap.get(where)?.includes(open)]).toEqual([where, true])
    expect(leaks(new Map([['stored', await stored()]])).length).toBeGreaterThan(0)
    await sql`delete from directory.kept_beside`.execute(world.owner)
  },
)

test(
  'a planted break is seen: a place that slips back, a word, a line of the log',
  { timeout: 300_000 },
  async () => {
    const id = await idOf('open-first')
    await sql`update directory.service set description = 'Behind Whispering Pines' where id = ${id}`.execute(
      world.owner,
    )
    const page = new Map([['page', await (await served.get(directoryPaths.service(id))).text()]])
    expect(leaks(page)).toEqual(['whispering pines in page'])
    const lines = await (await served.get('/api/hsds/3.1/services?format=ndjson&full=true')).text()
    expect(leaks(new Map([['lines', lines]]))).toEqual(['whispering pines in lines'])
    const inFhir = leaks(new Map(await fhirTexts(served, [], [id])))
    expect(inFhir).toContain(`whispering pines in /api/fhir/r4/HealthcareService/${id}`)
    await sql`insert into directory.word values ('quillfeather', 'quillfeather', directory.spelled_near('quillfeather'))`.execute(
      world.owner,
    )
    const heap: Heap = new Map()
    await search(heap, { words: 'quillfeahter' })
    expect(leaks(heap).length).toBeGreaterThan(0)
    expect(leaks(new Map([['log', '{"msg":"Ruben Canaryman"}']]))).toEqual(['ruben canaryman in log'])
    await sql`update directory.service set description = '' where id = ${id}`.execute(world.owner)
    await sql`delete from directory.word where word = 'quillfeather'`.execute(world.owner)
  },
)
