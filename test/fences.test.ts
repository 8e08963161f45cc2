import { randomUUIDv7 } from 'node:crypto'

import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { clearColumns, jobColumns, openTables } from '../src/platform/db/clear-columns.ts'
import { type CatalogueTable, functionsOf, keysOf, tablesOf, viewsOf } from './fences-catalogue.ts'
import { fillEverything, type FilledWorld } from './world/filled.ts'

let filled: FilledWorld
let owner: pg.Client
let web: pg.Client
let tables: readonly CatalogueTable[]

beforeAll(async () => {
  filled = await fillEverything()
  owner = await connected(filled.world.database.ownerUrl)
  web = await connected(filled.world.database.urlFor('web'))
  tables = await tablesOf(owner)
})
afterAll(async () => {
  await owner.end()
  await web.end()
  await filled.world.close()
})

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}

/** Runs SQL as somebody, exactly as the program begins its transactions, and rolls back. */
async function as<T>(cookieRow: Uint8Array | null, work: (client: pg.Client) => Promise<T>): Promise<T> {
  await web.query('begin')
  try {
    if (cookieRow !== null) await web.query('select * from access.begin($1, null, $2)', [cookieRow, 'test'])
    return await work(web)
  } finally {
    await web.query('rollback')
  }
}

/** The outcome of one statement inside its own savepoint: how many rows, or the kind of error. */
async function attempt(client: pg.Client, text: string, values: unknown[] = []): Promise<number | string> {
  await client.query('savepoint attempt')
  try {
    const done = await client.query(text, values)
    await client.query('release savepoint attempt')
    return done.rowCount ?? 0
  } catch (error) {
    await client.query('rollback to savepoint attempt')
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  }
}

const fenced = () => tables.filter((table) => table.schema !== 'directory')
const withParty = () =>
  fenced().filter(
    (table) => !(table.name in openTables) && table.columns.some((column) => column.name === 'party_id'),
  )

describe('the catalogue', () => {
  test('every table but the public directory has its row security forced', () => {
    const loose = fenced().filter((table) => !table.rowSecurity || !table.forced)
    expect(loose.map((table) => table.name)).toEqual([])
  })

  test('every column that is not sealed stands in the allow-list, and nothing else does', () => {
    const found = Object.fromEntries(
      fenced().map((table) => [
        table.name,
        table.columns.filter((column) => column.type !== 'bytea').map((column) => column.name),
      ]),
    )
    expect(found).toEqual(clearColumns)
  })

  test('every key of a party’s table begins with the party, so that no conflict tells of another’s row', async () => {
    const hashes = /^(token_hash|id_hash|login_hash)$/
    const partyTables = new Set(withParty().map((table) => table.name))
    const telling = (await keysOf(owner))
      .filter((key) => partyTables.has(key.table) && key.kind !== 'f')
      .filter(
        (key) => !key.columns.includes('party_id') && !key.columns.every((column) => hashes.test(column)),
      )
    // Ids that only the database or the keyring makes, never a caller; and the ledger's one numbering.
    const known = ['access.session', 'access.recovery', 'access.bearer', 'ledger.entry', 'parties.founding']
    expect(telling.map((key) => key.table).filter((table) => !known.includes(table))).toEqual([])
  })

  test('every reference between parties’ tables carries the party', async () => {
    const partyTables = new Set(withParty().map((table) => table.name))
    const loose = (await keysOf(owner)).filter(
      (key) => key.kind === 'f' && partyTables.has(key.target ?? '') && !key.columns.includes('party_id'),
    )
    expect(loose.map((key) => key.name)).toEqual([])
  })

  test('no view runs as its owner, and nothing is materialised', async () => {
    const views = await viewsOf(owner)
    expect(
      views.filter((view) => view.kind === 'm' || !view.options?.includes('security_invoker=true')),
    ).toEqual([])
  })

  test('functions that run as the owner pin their search path, and nobody calls them by default', async () => {
    const definers = (await functionsOf(owner)).filter((fn) => fn.definer)
    expect(
      definers.filter((fn) => !fn.config?.some((setting) => setting.startsWith('search_path='))),
    ).toEqual([])
    const open = definers.filter((fn) => fn.everyone).map((fn) => fn.name)
    expect(open.toSorted()).toEqual(['access.may_see', 'access.may_wrap'])
  })

  test('the logins own nothing, bypass nothing, and can empty no table', async () => {
    const roles = await owner.query(
      `select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname like 'anydoor_%' and rolname <> 'anydoor_owner'`,
    )
    for (const role of roles.rows)
      expect(role).toMatchObject({
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
      })
    const owned = await owner.query(
      `select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('anydoor_web', 'anydoor_public', 'anydoor_jobs', 'anydoor_sealer')`,
    )
    expect(owned.rows).toEqual([])
    for (const table of tables) {
      const may = await owner.query(
        `select bool_or(has_table_privilege(r, $1, 'truncate')) as may from unnest(array['anydoor_web', 'anydoor_public', 'anydoor_jobs', 'anydoor_sealer']) r`,
        [table.name],
      )
      expect([table.name, may.rows[0].may]).toEqual([table.name, false])
    }
  })

  test('the jobs login reads the clear columns of its list and nothing else', async () => {
    for (const table of tables) {
      const { rows } = await owner.query<{ name: string }>(
        `select a.attname as name from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and has_column_privilege('anydoor_jobs', a.attrelid, a.attnum, 'select')`,
        [table.name],
      )
      expect([table.name, rows.map((row) => row.name).toSorted()]).toEqual([
        table.name,
        [...(jobColumns[table.name] ?? [])].toSorted(),
      ])
    }
  })
})

describe('three parties, an excluded member, a guest, nobody', () => {
  test('nobody sees any row, and a missing setting raises nothing', async () => {
    for (const table of fenced()) {
      const seen = await as(null, (client) => attempt(client, `select * from ${table.name}`))
      // The register of agencies is public by design.
      if (table.name !== 'parties.agency')
        expect([table.name, seen]).toEqual([
          table.name,
          table.name in openTables ? 0 : expect.toBeOneOf([0, '42501']),
        ])
    }
  })

  test('a member sees no row of another party, in any table', async () => {
    const { a, b } = filled
    for (const table of withParty()) {
      const there = await owner.query(`select count(*)::int as n from ${table.name} where party_id = $1`, [
        a.partyId,
      ])
      expect([table.name, there.rows[0].n > 0 || filled.mayBeEmpty.includes(table.name)]).toEqual([
        table.name,
        true,
      ])
      const seen = await as(b.row, (client) =>
        attempt(client, `select ${firstReadable(table)} from ${table.name} where party_id = $1`, [a.partyId]),
      )
      expect([table.name, seen]).toEqual([table.name, expect.toBeOneOf([0, '42501'])])
    }
  })

  test('a member inserts nothing in another party’s name, whether or not the row exists', async () => {
    const { a, b } = filled
    for (const table of withParty()) {
      const columns = table.columns.map((column) => `"${column.name}"`).join(', ')
      const copy = await owner.query(`select ${columns} from ${table.name} where party_id = $1 limit 1`, [
        a.partyId,
      ])
      if (copy.rows.length === 0) continue
      const values = Object.values(copy.rows[0] as Record<string, unknown>)
      const marks = values.map((_, at) => `$${at + 1}`).join(', ')
      const insert = `insert into ${table.name} (${columns}) values (${marks})`
      const outcomes = await as(b.row, async (client) => {
        const same = await attempt(client, insert, values)
        const clash = await attempt(client, `${insert} on conflict do nothing`, values)
        const other = await attempt(client, insert, withNewId(table, values))
        return [same, clash, other]
      })
      expect([table.name, outcomes]).toEqual([table.name, ['42501', '42501', '42501']])
    }
  })

  test('a member moves, changes and deletes nothing of another party', async () => {
    const { a, b } = filled
    for (const table of withParty()) {
      const moved = await as(b.row, (client) =>
        attempt(client, `update ${table.name} set party_id = $1`, [a.partyId]),
      )
      const taken = await as(b.row, (client) =>
        attempt(client, `update ${table.name} set party_id = $2 where party_id = $1`, [a.partyId, b.partyId]),
      )
      const gone = await as(b.row, (client) =>
        attempt(client, `delete from ${table.name} where party_id = $1`, [a.partyId]),
      )
      expect([table.name, moved, taken, gone]).toEqual([
        table.name,
        expect.toBeOneOf([0, '42501']),
        expect.toBeOneOf([0, '42501']),
        expect.toBeOneOf([0, '42501']),
      ])
    }
  })

  test('an excluded member sees nothing of a closed case, nor that it is there', async () => {
    const { a, excluded, closedCase } = filled
    const bound = fenced().filter((table) => table.columns.some((column) => column.name === 'case_id'))
    for (const table of bound) {
      const readable = firstReadable(table)
      const team = await as(a.row, (client) =>
        attempt(client, `select ${readable} from ${table.name} where case_id = $1`, [closedCase]),
      )
      const outside = await as(excluded.row, (client) =>
        attempt(client, `select ${readable} from ${table.name} where case_id = $1`, [closedCase]),
      )
      expect([table.name, outside]).toEqual([table.name, expect.toBeOneOf([0, '42501'])])
      if (table.name === 'people.card') expect(team).toBe(1)
    }
    const itself = await as(excluded.row, (client) =>
      attempt(client, `select id from people."case" where id = $1`, [closedCase]),
    )
    expect(itself).toBe(0)
  })

  test('a guest sees the one case of their seat and nothing beside it', async () => {
    const { guest } = filled
    await web.query('begin')
    const begun = await web.query('select * from access.begin_bearer($1, $2)', [guest.row, 'test'])
    expect(begun.rowCount).toBe(1)
    for (const table of fenced()) {
      const key = table.name === 'people.case' ? 'id' : 'case_id'
      if (table.columns.some((column) => column.name === key)) {
        const beside = await attempt(
          web,
          `select ${firstReadable(table)} from ${table.name} where ${key} is distinct from $1`,
          [guest.caseId],
        )
        expect([table.name, beside]).toEqual([table.name, expect.toBeOneOf([0, '42501'])])
      } else if (!(table.name in openTables)) {
        expect([table.name, await attempt(web, `select ${firstReadable(table)} from ${table.name}`)]).toEqual(
          [table.name, expect.toBeOneOf([0, '42501'])],
        )
      }
    }
    expect(await attempt(web, 'select id from people.card where case_id = $1', [guest.caseId])).toBe(1)
    await web.query('rollback')
  })

  test('pooled connections carry nobody over, errors in between included', async () => {
    const { a, b } = filled
    const rounds = process.env['ANYDOOR_PROVE'] === undefined ? 300 : 100_000
    let seed = 20261122
    const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648)
    const client = await connected(filled.world.database.urlFor('web'))
    for (let round = 0; round < rounds; round += 1) {
      const who = [a, b, null][next() % 3] ?? null
      await client.query('begin')
      if (who !== null) await client.query('select * from access.begin($1, null, $2)', [who.row, 'test'])
      if (next() % 4 === 0) await client.query('select 1 / 0').catch(() => undefined)
      else {
        const seen = await client.query('select distinct party_id from people."case"')
        expect(seen.rows.map((row) => row.party_id)).toEqual(who === null ? [] : [who.partyId])
      }
      await client.query(next() % 2 === 0 ? 'commit' : 'rollback')
    }
    await client.end()
  })
})

/** A column the web login may read at all, so that a column grant does not hide what the fence should hide. */
function firstReadable(table: CatalogueTable): string {
  const preferred = table.columns.find((column) => ['party_id', 'account_id', 'id'].includes(column.name))
  return `"${preferred?.name ?? table.columns[0]?.name ?? ''}"`
}

function withNewId(table: CatalogueTable, values: readonly unknown[]): unknown[] {
  return values.map((value, at) =>
    ['id', 'case_id', 'envelope_id', 'token_hash'].includes(table.columns[at]?.name ?? '') &&
    typeof value === 'string'
      ? randomUUIDv7()
      : value,
  )
}
