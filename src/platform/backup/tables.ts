import type pg from 'pg'

/** The two halves of a backup. They are kept apart: what is sealed, and the wraps of the keys that open it. */
export type Part = 'data' | 'keyring'

/** One table of a backup. */
export interface StoredTable {
  /** As SQL names it, with its schema, quoted where it must be. */
  readonly name: string
  /** In the table's order; computed columns are left to the database. */
  readonly columns: readonly string[]
}

/**
 * Mail that waits is not kept: brought back later it could go out twice, or too late to be safe. The queues hold nothing but
 * what the next minute makes again.
 */
const leftOut = ['pg_catalog', 'information_schema', 'pg_toast', 'public', 'migrations', 'jobs', 'pgboss']

/** The tables of one half, each after the tables it refers to. Unlogged ones (sessions, delays) belong to neither. */
export async function storedTables(client: pg.Client, part: Part): Promise<readonly StoredTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; refers: string[] | null }>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       (select array_agg(distinct format('%I.%I', tn.nspname, tc.relname)) from pg_constraint k
         join pg_class tc on tc.oid = k.confrelid join pg_namespace tn on tn.oid = tc.relnamespace
         where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as refers
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname <> all ($1) and n.nspname not like 'pg\\_%'
       and (n.nspname = 'keyring') = $2 order by 1`,
    [leftOut, part === 'keyring'],
  )
  return inOrder(rows.map((row) => ({ ...row, refers: row.refers ?? [] })))
}

/** The tables that the owner could not read whole, since no policy lets it: a backup of them would be silently short. */
export async function unreadableTables(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname <> all ($1) and n.nspname not like 'pg\\_%'
       and (not has_table_privilege(c.oid, 'select') or (c.relrowsecurity and c.relforcerowsecurity
         and not (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) and not exists (
         select from pg_policy p where p.polrelid = c.oid and p.polpermissive and p.polcmd = '*'
           and p.polroles @> array[(select oid from pg_roles where rolname = current_user)]
           and pg_get_expr(p.polqual, p.polrelid) = 'true' and pg_get_expr(p.polwithcheck, p.polrelid) = 'true')))
     order by 1`,
    [leftOut],
  )
  return rows.map((row) => row.name)
}

function inOrder(tables: readonly (StoredTable & { readonly refers: readonly string[] })[]): StoredTable[] {
  const placed: StoredTable[] = []
  let waiting = tables
  while (waiting.length > 0) {
    const names = new Set(waiting.map((table) => table.name))
    const ready = waiting.filter((table) => !table.refers.some((name) => names.has(name)))
    if (ready.length === 0) throw new Error(`Tables refer to each other in a ring: ${[...names].join(', ')}.`)
    placed.push(...ready.map(({ name, columns }) => ({ name, columns })))
    waiting = waiting.filter((table) => !ready.includes(table))
  }
  return placed
}

/** How `copy` names a table's columns. */
export function columnList(client: pg.Client, table: StoredTable): string {
  return table.columns.map((column) => client.escapeIdentifier(column)).join(', ')
}
