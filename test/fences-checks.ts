import { randomUUIDv7 } from 'node:crypto'

import type pg from 'pg'

import { clearColumns } from '../src/platform/db/clear-columns.ts'
import { jobColumns, openTables } from '../src/platform/db/login-columns.ts'
import { type CatalogueTable, functionsOf, keysOf, tablesOf, viewsOf } from './fences-catalogue.ts'
import type { FilledWorld } from './world/filled.ts'

/** What every check is given: the filled world, a look behind the fences, and a way to stand before them. */
export interface Fences {
  readonly filled: FilledWorld
  readonly owner: pg.Client
  readonly tables: readonly CatalogueTable[]
  /** Runs SQL exactly as the program begins its transactions as this session (null: nobody), and undoes it. */
  readonly as: <T>(row: Uint8Array | null, work: (client: pg.Client) => Promise<T>) => Promise<T>
  /** The same for the holder of a one-time link. */
  readonly asBearer: <T>(row: Uint8Array, work: (client: pg.Client) => Promise<T>) => Promise<T>
}

/** A check of the fences: one line for each thing that does not hold. */
export type FenceCheck = (fences: Fences) => Promise<readonly string[]>

const logins = `array['anydoor_web', 'anydoor_public', 'anydoor_jobs', 'anydoor_sealer']`

/** The tables behind the fence, as the catalogue has them now. */
function fencedOf(tables: readonly CatalogueTable[]): readonly CatalogueTable[] {
  return tables.filter((table) => table.schema !== 'directory')
}

/** The tables in which every row belongs to one party, and is nobody else's to see. */
export function partyTablesOf(tables: readonly CatalogueTable[]): readonly CatalogueTable[] {
  return fencedOf(tables).filter(
    (table) => !(table.name in openTables) && table.columns.some((column) => column.name === 'party_id'),
  )
}

/** Tables as they are at this moment, planted ones included. */
async function tablesNow({ owner }: Fences): Promise<readonly CatalogueTable[]> {
  return tablesOf(owner)
}

/** What the catalogue alone tells: shapes, owners, rights. */
export const catalogueChecks = {
  'every table but the public directory has its row security forced': async (at) =>
    fencedOf(await tablesNow(at))
      .filter((table) => !table.rowSecurity || !table.forced)
      .map((table) => table.name),

  'every column that is not sealed stands in the allow-list, and nothing else does': async (at) => {
    const found = fencedOf(await tablesNow(at)).flatMap((table) =>
      table.columns
        .filter((column) => column.type !== 'bytea')
        .map((column) => `${table.name}.${column.name}`),
    )
    const listed = Object.entries(clearColumns).flatMap(([table, columns]) =>
      columns.map((column) => `${table}.${column}`),
    )
    return [
      ...found.filter((column) => !listed.includes(column)).map((column) => `${column} is not sealed`),
      ...listed.filter((column) => !found.includes(column)).map((column) => `${column} is not there`),
    ]
  },

  'every key of a party’s table begins with the party, so that no conflict tells of another’s row': async (
    at,
  ) => {
    const hashes = /^(token_hash|id_hash|login_hash)$/
    // Ids that only the database or the keyring makes, never a caller; and the ledger's one numbering.
    const known = ['access.session', 'access.recovery', 'access.bearer', 'ledger.entry', 'parties.founding']
    const names = new Set(partyTablesOf(await tablesNow(at)).map((table) => table.name))
    return (await keysOf(at.owner))
      .filter((key) => names.has(key.table) && key.kind !== 'f' && !known.includes(key.table))
      .filter(
        (key) => !key.columns.includes('party_id') && !key.columns.every((column) => hashes.test(column)),
      )
      .map((key) => key.name)
  },

  'every reference between parties’ tables carries the party': async (at) => {
    const names = new Set(partyTablesOf(await tablesNow(at)).map((table) => table.name))
    return (await keysOf(at.owner))
      .filter((key) => key.kind === 'f' && names.has(key.target ?? '') && !key.columns.includes('party_id'))
      .map((key) => key.name)
  },

  'no view runs as its owner, and nothing is materialised': async ({ owner }) =>
    (await viewsOf(owner))
      .filter((view) => view.kind === 'm' || !view.options?.includes('security_invoker=true'))
      .map((view) => view.name),

  'functions that run as the owner pin their search path, and nobody calls them by default': async ({
    owner,
  }) => {
    const definers = (await functionsOf(owner)).filter((fn) => fn.definer)
    const loose = definers.filter((fn) => !fn.config?.some((setting) => setting.startsWith('search_path=')))
    const open = definers.filter(
      (fn) => fn.everyone && !['access.may_see', 'access.may_wrap'].includes(fn.name),
    )
    return [
      ...loose.map((fn) => `${fn.name} pins no search path`),
      ...open.map((fn) => `${fn.name} is open to everyone`),
    ]
  },

  'the logins own nothing, bypass nothing, and can empty no table': async ({ owner }) => {
    const { rows } = await owner.query<{ problem: string }>(
      `select rolname || ' may too much' as problem from pg_roles where rolname = any (${logins})
         and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
       union all select c.relname || ' belongs to ' || r.rolname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = any (${logins})
       union all select p.proname || ' belongs to ' || r.rolname from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname = any (${logins})
       union all select 'anyone of ' || r || ' can empty ' || c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace, unnest(${logins}) r
         where c.relkind = 'r' and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and has_table_privilege(r, c.oid, 'truncate')`,
    )
    return rows.map((row) => row.problem)
  },

  'the jobs login reads the clear columns of its list and nothing else': async (at) => {
    const { rows } = await at.owner.query<{ table: string; name: string }>(
      `select n.nspname || '.' || c.relname as table, a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
       join pg_namespace n on n.oid = c.relnamespace
       where a.attnum > 0 and not a.attisdropped and has_column_privilege('anydoor_jobs', a.attrelid, a.attnum, 'select')`,
    )
    const ours = new Set((await tablesNow(at)).map((table) => table.name))
    const found = rows.filter((row) => ours.has(row.table)).map((row) => `${row.table}.${row.name}`)
    const listed = Object.entries(jobColumns).flatMap(([table, names]) =>
      names.map((name) => `${table}.${name}`),
    )
    return [
      ...found.filter((column) => !listed.includes(column)).map((column) => `jobs read ${column}`),
      ...listed.filter((column) => !found.includes(column)).map((column) => `jobs do not read ${column}`),
    ]
  },

  'the public login reads the register of agencies and the directory, and everyone else nothing': async (
    at,
  ) => {
    const { rows } = await at.owner.query<{ problem: string }>(
      `select 'public reads ' || n.nspname || '.' || c.relname as problem from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'v', 'm') and n.nspname not in ('directory', 'information_schema') and n.nspname not like 'pg\\_%' and n.nspname || '.' || c.relname <> 'parties.agency'
           and has_any_column_privilege('anydoor_public', c.oid, 'select')
       union all select 'everyone may use ' || n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
         where c.relkind in ('r', 'v', 'm') and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' and a.grantee = 0`,
    )
    return rows.map((row) => row.problem)
  },

  'the ledger is only ever added to, and erasures cannot be taken back': async ({ owner }) => {
    const { rows } = await owner.query<{ problem: string }>(
      `select r || ' may change ' || t as problem from unnest(${logins}) r, unnest($1::text[]) t
         where has_any_column_privilege(r, t, 'update') and not (r = 'anydoor_sealer' and t = 'ledger.entry')
       union all select r || ' may delete from ' || t from unnest(${logins}) r, unnest($1::text[]) t where has_table_privilege(r, t, 'delete')`,
      [['ledger.entry', 'ledger.head', 'ledger.witness', 'keyring.erased']],
    )
    return rows.map((row) => row.problem)
  },
} as const satisfies Readonly<Record<string, FenceCheck>>

/** What happens when somebody tries: three parties, an excluded member, a guest, nobody. */
export const askingChecks = {
  'nobody sees any row, and a missing setting raises nothing': async ({ tables, as }) => {
    const problems: string[] = []
    for (const table of fencedOf(tables)) {
      const seen = await as(null, (client) => attempt(client, `select * from ${table.name}`))
      const allowed = table.name in openTables ? [0] : [0, '42501']
      // The register of agencies is public by design.
      if (table.name !== 'parties.agency' && !allowed.includes(seen)) problems.push(`${table.name}: ${seen}`)
    }
    return problems
  },

  'a member sees no row of another party, in any table': async ({ filled, owner, tables, as }) => {
    const problems: string[] = []
    for (const table of partyTablesOf(tables)) {
      const mine = [filled.a.partyId]
      const there = await owner.query(`select from ${table.name} where party_id = $1 limit 1`, mine)
      if (there.rowCount === 0 && !filled.mayBeEmpty.includes(table.name))
        problems.push(`${table.name} has no row to hide`)
      const seen = await as(filled.b.row, (client) =>
        attempt(client, `select ${readable(table)} from ${table.name} where party_id = $1`, mine),
      )
      if (!nothing(seen)) problems.push(`${table.name}: ${seen}`)
    }
    return problems
  },

  'a member inserts nothing in another party’s name, whether or not the row exists': async (at) => {
    const problems: string[] = []
    for (const table of partyTablesOf(at.tables)) {
      const outcomes = await insertAsAnother(at, table)
      if (outcomes.some((outcome) => outcome !== '42501'))
        problems.push(`${table.name}: ${outcomes.join(' ')}`)
    }
    return problems
  },

  'a member moves, changes and deletes nothing of another party': async ({ filled, tables, as }) => {
    const [a, b] = [filled.a.partyId, filled.b.partyId]
    const problems: string[] = []
    for (const { name } of partyTablesOf(tables)) {
      const tries: readonly (readonly [string, string[]])[] = [
        [`update ${name} set party_id = $1`, [a]],
        [`update ${name} set party_id = $2 where party_id = $1`, [a, b]],
        [`delete from ${name} where party_id = $1`, [a]],
      ]
      for (const [text, values] of tries) {
        const done = await as(filled.b.row, (client) => attempt(client, text, values))
        if (!nothing(done)) problems.push(`${text}: ${done}`)
      }
    }
    return problems
  },

  'an excluded member sees nothing of a closed case, nor that it is there': async ({
    filled,
    tables,
    as,
  }) => {
    const problems: string[] = []
    const look = (row: Uint8Array, table: string, column: string, key: string) =>
      as(row, (client) =>
        attempt(client, `select ${column} from ${table} where ${key} = $1`, [filled.closedCase]),
      )
    for (const table of fencedOf(tables).filter((one) =>
      one.columns.some((column) => column.name === 'case_id'),
    )) {
      const outside = await look(filled.excluded.row, table.name, readable(table), 'case_id')
      if (!nothing(outside)) problems.push(`${table.name}: ${outside}`)
    }
    if ((await look(filled.a.row, 'people.card', 'id', 'case_id')) !== 1)
      problems.push('the team sees no card')
    if ((await look(filled.excluded.row, 'people."case"', 'id', 'id')) !== 0) problems.push('the case itself')
    return problems
  },

  'a guest sees the one case of their seat and nothing beside it': ({ filled, tables, asBearer }) =>
    asBearer(filled.guest.row, async (client) => {
      const problems: string[] = []
      for (const table of fencedOf(tables)) {
        const key = table.name === 'people.case' ? 'id' : 'case_id'
        const bound = table.columns.some((column) => column.name === key)
        if (!bound && table.name in openTables) continue
        const seen = bound
          ? await attempt(
              client,
              `select ${readable(table)} from ${table.name} where ${key} is distinct from $1`,
              [filled.guest.caseId],
            )
          : await attempt(client, `select ${readable(table)} from ${table.name}`)
        if (!nothing(seen)) problems.push(`${table.name}: ${seen}`)
      }
      const own = await attempt(client, 'select id from people.card where case_id = $1', [
        filled.guest.caseId,
      ])
      return own === 1 ? problems : [...problems, 'the guest’s own case is hidden']
    }),
} as const satisfies Readonly<Record<string, FenceCheck>>

async function insertAsAnother(
  { filled, owner, as }: Fences,
  table: CatalogueTable,
): Promise<(number | string)[]> {
  // Only what the login may write at all, so that a missing right to one column does not stand in for the fence.
  const { rows } = await owner.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped
       and has_column_privilege('anydoor_web', attrelid, attnum, 'insert') order by attnum`,
    [quoted(table.name)],
  )
  const names = rows.map((row) => row.name)
  if (names.length === 0) return []
  const columns = names.map((name) => `"${name}"`).join(', ')
  const copy = await owner.query(`select ${columns} from ${table.name} where party_id = $1 limit 1`, [
    filled.a.partyId,
  ])
  if (copy.rows.length === 0) return []
  const values = Object.values(copy.rows[0] as Record<string, unknown>)
  const insert = `insert into ${table.name} (${columns}) values (${values.map((_, at) => `$${at + 1}`).join(', ')})`
  return as(filled.b.row, async (client) => [
    await attempt(client, insert, values),
    await attempt(client, `${insert} on conflict do nothing`, values),
    await attempt(client, insert, withNewId(names, values)),
  ])
}

/** The outcome of one statement inside its own savepoint: how many rows, or the kind of error. */
export async function attempt(
  client: pg.Client,
  text: string,
  values: readonly unknown[] = [],
): Promise<number | string> {
  await client.query('savepoint attempt')
  try {
    const done = await client.query(text, [...values])
    await client.query('release savepoint attempt')
    return done.rowCount ?? 0
  } catch (error) {
    await client.query('rollback to savepoint attempt')
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  }
}

/** A table's name as `regclass` reads it. */
function quoted(name: string): string {
  return name
    .split('.')
    .map((part) => `"${part}"`)
    .join('.')
}

function nothing(outcome: number | string): boolean {
  return outcome === 0 || outcome === '42501'
}

/** A column the web login may read at all, so that a column grant does not hide what the fence should hide. */
function readable(table: CatalogueTable): string {
  const preferred = table.columns.find((column) => ['party_id', 'account_id', 'id'].includes(column.name))
  return `"${preferred?.name ?? table.columns[0]?.name ?? ''}"`
}

function withNewId(names: readonly string[], values: readonly unknown[]): unknown[] {
  return values.map((value, at) =>
    ['id', 'case_id', 'envelope_id', 'token_hash'].includes(names[at] ?? '') && typeof value === 'string'
      ? randomUUIDv7()
      : value,
  )
}
