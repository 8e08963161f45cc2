import type pg from 'pg'

/** A table as the catalogue has it. */
export interface CatalogueTable {
  readonly name: string
  readonly schema: string
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rowSecurity: boolean
  readonly forced: boolean
}

const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'migrations', 'pgboss', 'public')`

/** Every table of ours, found by itself: a new one is tested from the day it is made. */
export async function tablesOf(owner: pg.Client): Promise<readonly CatalogueTable[]> {
  const { rows } = await owner.query(
    `select n.nspname as schema, c.relname as name, c.relrowsecurity as rs, c.relforcerowsecurity as fs,
       json_agg(json_build_object('name', a.attname, 'type', t.typname) order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped join pg_type t on t.oid = a.atttypid
     where c.relkind in ('r', 'p') and ${ours} group by 1, 2, 3, 4 order by 1, 2`,
  )
  return rows.map((row) => ({
    name: `${row.schema}.${row.name}`,
    schema: row.schema,
    columns: row.columns,
    rowSecurity: row.rs,
    forced: row.fs,
  }))
}

/** Foreign keys, unique keys and primary keys with their columns. */
export async function keysOf(owner: pg.Client) {
  const { rows } = await owner.query<{
    table: string
    kind: string
    target: string | null
    columns: string[]
    name: string
  }>(
    `select n.nspname || '.' || c.relname as table, k.contype as kind, k.conname as name,
       (select tn.nspname || '.' || tc.relname from pg_class tc join pg_namespace tn on tn.oid = tc.relnamespace where tc.oid = k.confrelid) as target,
       (select array_agg(a.attname::text order by u.at) from unnest(k.conkey) with ordinality u(num, at) join pg_attribute a on a.attrelid = c.oid and a.attnum = u.num) as columns
     from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
     where k.contype in ('f', 'u', 'p') and ${ours}`,
  )
  return rows
}

/** Functions of ours: whether they run as their owner, with which settings, and which logins may call them. */
export async function functionsOf(owner: pg.Client) {
  const { rows } = await owner.query<{
    name: string
    definer: boolean
    config: string[] | null
    everyone: boolean
    web: boolean
    public: boolean
    jobs: boolean
    sealer: boolean
  }>(
    `select n.nspname || '.' || p.proname as name, p.prosecdef as definer, p.proconfig as config,
       has_function_privilege('anydoor_web', p.oid, 'execute') as web, has_function_privilege('anydoor_public', p.oid, 'execute') as public,
       has_function_privilege('anydoor_jobs', p.oid, 'execute') as jobs, has_function_privilege('anydoor_sealer', p.oid, 'execute') as sealer,
       coalesce((select bool_or(a.grantee = 0) from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a), false) as everyone
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours}
     and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`,
  )
  return rows
}

/** Views and materialised views of ours. */
export async function viewsOf(owner: pg.Client) {
  const { rows } = await owner.query<{ name: string; kind: string; options: string[] | null }>(
    `select n.nspname || '.' || c.relname as name, c.relkind as kind, c.reloptions as options
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v', 'm') and ${ours}`,
  )
  return rows
}
