import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyListedService, exportFormats, fileAt, givenText, runImport } from '#exchange'
import { openPool, type Pool } from '#platform/db'
import { freshDatabase, type FreshDatabase } from '../database.ts'
import { richEntry, secretEntry } from './rich-entry.ts'
import { standardsFolder } from './standards.ts'
import { type DataPackage, findingsIn } from './tabular-validator.ts'

interface Installation {
  readonly database: FreshDatabase
  readonly owner: Pool
}

const made: Installation[] = []
const folder = mkdtempSync(path.join(tmpdir(), 'anydoor-tabular-'))
let first: Installation

async function install(): Promise<Installation> {
  const database = await freshDatabase()
  const one = { database, owner: openPool(database.ownerUrl, 1) }
  made.push(one)
  return one
}

beforeAll(async () => {
  first = await install()
  for (const name of ['northmere', 'us-county']) {
    const text = readFileSync(new URL(`../../src/demo/${name}.hsds.json`, import.meta.url), 'utf8')
    await bring(first, ['a.json'], text)
  }
  await bring(first, ['c.json'], JSON.stringify([richEntry, secretEntry]))
  await bring(
    first,
    ['b.json'],
    JSON.stringify([{ id: 'alone', name: 'Alone', website: 'https://alone.example.org' }]),
  )
  const format = tabular()
  await first.owner
    .transaction()
    .execute((db) => format.folder?.(db, path.join(folder, 'out')) ?? Promise.resolve())
})

afterAll(async () => {
  for (const { database, owner } of made) {
    await owner.destroy()
    await database.close()
  }
  rmSync(folder, { recursive: true, force: true })
})

function tabular() {
  const format = exportFormats.find((each) => each.format === 'tabular')
  if (format === undefined) throw new Error('there is no such format')
  return format
}

async function bring({ owner }: Installation, argv: readonly string[], text?: string) {
  const out: string[] = []
  const errors: string[] = []
  const code = await runImport(argv, {
    withDatabase: (work) => owner.transaction().execute(work),
    open: (name) => (text === undefined ? fileAt(name) : Promise.resolve(givenText(text, name))),
    print: (line) => void out.push(line),
    printError: (line) => void errors.push(line),
  })
  return { code, out, errors }
}

const asJson = ({ owner }: Installation) =>
  owner.transaction().execute(async (db) => (await Array.fromAsync(everyListedService(db))).flat())

const standards = standardsFolder()
const described = (version: string) =>
  JSON.parse(
    readFileSync(path.join(standards ?? '', `hsds/${version}/datapackage.json`), 'utf8'),
  ) as DataPackage

/** The 3.1 description with what its errata add (RFC 6902, `add` at the end of a list only). */
function mended(): DataPackage {
  const description = described('3.1')
  const patch = JSON.parse(
    readFileSync(path.join(standards ?? '', 'hsds/3.1/errata/datapackage.patch.json'), 'utf8'),
  ) as readonly { readonly op: string; readonly path: string; readonly value: unknown }[]
  for (const { op, path: where, value } of patch) {
    const found = /^\/resources\/(\d+)\/schema\/fields\/-$/.exec(where)
    if (op !== 'add' || found === null) throw new Error('the patch does something else')
    const fields = description.resources[Number(found[1])]?.schema.fields as unknown[]
    fields.push(value)
  }
  return description
}

const ownPackage = () =>
  JSON.parse(readFileSync(path.join(folder, 'out/datapackage.json'), 'utf8')) as DataPackage

test('our data package is without a finding by its own description', () => {
  expect(findingsIn(path.join(folder, 'out'), ownPackage())).toEqual([])
})

test.skipIf(standards === null)(
  'our data package is without a finding by the standard’s description, and lacks none of its tables',
  () => {
    const own = ownPackage()
    expect(findingsIn(path.join(folder, 'out'), mended())).toEqual([])
    expect(own.resources.map((each) => each.name).toSorted()).toEqual(
      mended()
        .resources.map((each) => each.name)
        .filter((name) => !['metadata', 'meta_table_description'].includes(name))
        .toSorted(),
    )
  },
)

test.skipIf(standards === null)(
  'the standard’s own examples have the findings that are known, and no other',
  () => {
    const examples = (version: string) => path.join(standards ?? '', `hsds/${version}/examples/csv`)
    const dangling30 = [
      'location[0].organization_id: dangling key',
      'contact[0].organization_id: dangling key',
      'contact[0].service_at_location_id: dangling key',
      'taxonomy_term[0].taxonomy_id: dangling key',
    ]
    expect(findingsIn(examples('3.0'), described('3.0')).toSorted()).toEqual(dangling30.toSorted())
    const found = findingsIn(examples('3.1'), described('3.1'))
    expect(found).toHaveLength(17)
    expect(found.filter((each) => each.endsWith('unknown column'))).toHaveLength(10)
    expect(findingsIn(examples('3.1'), mended())).toHaveLength(7)
  },
)

test.skipIf(standards === null).each(['3.0', '3.1'])(
  'the standard’s own example of %s is read: its service, its problems, no row lost',
  async (version) => {
    const into = await install()
    const told = await bring(into, ['--json', path.join(standards ?? '', `hsds/${version}/examples/csv`)])
    const report = JSON.parse(told.out.join('')) as {
      readonly imported: number
      readonly importedWithWarnings: number
      readonly rejected: number
      readonly records: readonly {
        readonly path: string
        readonly problems: readonly { readonly rule: string; readonly at: string }[]
      }[]
    }
    expect(report).toMatchObject({ imported: 0, importedWithWarnings: 1 })
    const [service, ...others] = report.records
    expect(service?.path).toBe('services.csv:2')
    expect(service?.problems.filter((each) => each.rule === 'dangling-key').map((each) => each.at)).toEqual(
      expect.arrayContaining(['locations.csv:2.organization_id', 'contacts.csv:2.organization_id']),
    )
    expect(others.map((each) => each.path)).toEqual(
      version === '3.0' ? ['attributes.csv:2'] : ['attributes.csv:2', 'service_capacity.csv:2', 'url.csv:2'],
    )
    expect(await asJson(into)).toMatchObject([{ name: 'Community Counselling' }])
  },
)

test('out as tables, as a folder or a zip, and into an empty installation: the same to the byte', async () => {
  const before = await asJson(first)
  expect(before).toHaveLength(41)
  expect(before.find((each) => each.id === richEntry.id)).toMatchObject({
    licenses: '-',
    program: richEntry.program,
  })
  const zip = async () =>
    first.owner
      .transaction()
      .execute(async (db) =>
        Buffer.concat((await Array.fromAsync(tabular().pieces(db))).map((piece) => Buffer.from(piece))),
      )
  const bytes = await zip()
  expect((await zip()).equals(bytes)).toBe(true)
  for (const open of [
    () => fileAt(path.join(folder, 'out')),
    () => fileAt(path.join(folder, 'out/datapackage.json')),
    () => Promise.resolve({ kind: 'bytes', name: 'out.zip', bytes } as const),
  ]) {
    const into = await install()
    const out: string[] = []
    await runImport(['any'], {
      withDatabase: (work) => into.owner.transaction().execute(work),
      open,
      print: (line) => void out.push(line),
      printError: (line) => void out.push(line),
    })
    expect(out).toEqual([
      'any was taken for an HSDS tabular data package.',
      '42 imported, 0 imported with warnings, 0 held for a person, 0 rejected.',
      expect.stringMatching(/anydoor import --undo [0-9a-f-]{36} --why TEXT$/),
    ])
    expect(await asJson(into)).toEqual(before)
  }
})
