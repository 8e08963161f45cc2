import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDirectory } from '#directory'
import { migrate } from '../src/platform/db/migrate.ts'
import { fillEverything, type FilledWorld } from './world/filled.ts'

const files = readdirSync(new URL('../migrations/', import.meta.url)).toSorted()
/** The shapes that installations may stand at: filled there, each later file must run over the rows. */
const shapes = ['0073_only_holder.sql', files.at(-2) ?? '']

/** Columns that a later file drops, and what the older shape held in them. */
const dropped: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'releases.decision': {
    recipient_id: 'party_id',
    state: `'waiting'`,
    made_at: 'now()',
    ends_at: `now() + interval '14 days'`,
  },
}

let filled: FilledWorld
let source: Client
const made: string[] = []

beforeAll(async () => {
  filled = await fillEverything()
  const text = readFileSync(new URL('../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
  await filled.world.owner.transaction().execute((db) => importDirectory(db, text))
  source = await connect(filled.world.database.superUrl)
}, 120_000)
afterAll(async () => {
  for (const name of made) await source.query(`drop database if exists ${name} with (force)`)
  await source.end()
  await filled.world.close()
})

test.each(shapes)(
  'every file after %s runs over a filled database and loses no row',
  async (last) => {
    const at = await emptyDatabase()
    const { keysDir } = filled.world.database
    await migrate({ ownerUrl: at.ownerUrl, keysDir, only: files.slice(0, files.indexOf(last) + 1) })
    const old = await connect(at.superUrl)
    const before = await copyRows(old)
    expect([...before.values()].reduce((sum, each) => sum + each, 0)).toBeGreaterThan(200)
    const { applied } = await migrate({ ownerUrl: at.ownerUrl, keysDir })
    expect(applied).toEqual(files.slice(files.indexOf(last) + 1))
    for (const table of await tablesOf(old)) {
      const kept = before.get(table)
      if (kept !== undefined) expect([table, await countOf(old, table)]).toEqual([table, kept])
    }
    expect((await migrate({ ownerUrl: at.ownerUrl, keysDir })).applied).toEqual([])
    await old.end()
  },
  120_000,
)

test('the row types are those of the migrated catalogue', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'anydoor-types-'))
  const file = path.join(folder, 'schema.gen.ts')
  const { status, stderr } = spawnSync(
    process.execPath,
    ['tools/db-types.ts', filled.world.database.superUrl, file],
    { encoding: 'utf8' },
  )
  expect([status, stderr]).toEqual([0, ''])
  expect(readFileSync(file, 'utf8')).toBe(readFileSync('src/platform/db/schema.gen.ts', 'utf8'))
  rmSync(folder, { recursive: true })
}, 60_000)

test('what a decision to share held in clear is in no page of its table after the files ran', async () => {
  const at = await emptyDatabase()
  const { keysDir } = filled.world.database
  const before = files.filter((file) => file < '0138')
  await migrate({ ownerUrl: at.ownerUrl, keysDir, only: before })
  const old = await connect(at.superUrl)
  await copyRows(old)
  const held = async () => {
    await old.query('checkpoint')
    const { rows } = await old.query<{ page: Buffer }>(
      `select pg_read_binary_file(pg_relation_filepath('releases.decision')) as page`,
    )
    return rows[0]?.page.includes('waiting')
  }
  expect(await held()).toBe(true)
  await migrate({ ownerUrl: at.ownerUrl, keysDir })
  expect(await held()).toBe(false)
  expect(await countOf(old, 'releases.decision')).toBeGreaterThan(0)
  await old.end()
}, 120_000)

/** A database without a table, on the run's own server. */
async function emptyDatabase() {
  const name = `migrating_${made.length}_${process.pid}`
  made.push(name)
  await source.query(`create database ${name} owner anydoor_owner`)
  const at = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  const superUrl = at(filled.world.database.superUrl)
  const client = await connect(superUrl)
  await client.query('create extension btree_gist')
  await client.end()
  return { superUrl, ownerUrl: at(filled.world.database.ownerUrl) }
}

async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString })
  await client.connect()
  return client
}

/** Tables of ours; the queue's and the list of files that ran are not. */
async function tablesOf(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'migrations', 'pgboss')
     order by 1`,
  )
  return rows.map((row) => row.name)
}

async function countOf(client: Client, table: string): Promise<number> {
  return Number((await client.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n)
}

/** Fills the older shape with what both shapes can hold; triggers and references rest meanwhile. */
async function copyRows(to: Client): Promise<ReadonlyMap<string, number>> {
  const known = new Set(await tablesOf(source))
  const counts = new Map<string, number>()
  await to.query(`set session_replication_role = replica`)
  for (const table of await tablesOf(to)) {
    if (!known.has(table)) continue
    const columns = await sharedColumns(to, table)
    const gone = Object.entries(dropped[table] ?? {}).filter(([name]) => !columns.now.has(name))
    const old = gone.filter(([name]) => columns.old.has(name))
    const { rows } = await source.query<{ all: string }>(
      `select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as all from ${table} t`,
    )
    await to.query(`delete from ${table}`)
    await to.query(
      `insert into ${table} (${[...columns.shared, ...old.map(([name]) => name)].join(', ')}) overriding system value
       select ${[...columns.shared, ...old.map(([, held]) => held)].join(', ')} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      [rows[0]?.all],
    )
    counts.set(table, await countOf(to, table))
  }
  await to.query(`set session_replication_role = origin`)
  return counts
}

async function sharedColumns(to: Client, table: string) {
  const of = `select quote_ident(attname) as name from pg_attribute
    where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`
  const named = async (from: Client) =>
    new Set((await from.query<{ name: string }>(of, [table])).rows.map((row) => row.name))
  const [old, now] = [await named(to), await named(source)]
  return { old, now, shared: [...old].filter((name) => now.has(name)) }
}
