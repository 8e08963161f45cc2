import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import { Mapping, ownMapping, ownMappingName } from './mapping.ts'

/** The mapping of a name; ours (`anydoor`) always exists. Null when there is none. */
export async function savedMapping(db: Tx, name: string): Promise<Mapping | null> {
  if (name === ownMappingName) return ownMapping
  const { rows } = await sql<{ fields: unknown }>`
    select fields from exchange.mapping where name = ${name}`.execute(db)
  const read = Mapping.safeParse({ mapping: 1, fields: rows[0]?.fields })
  return read.success ? read.data : null
}

/** The names of what is saved, in their order, ours first. */
export async function mappingNames(db: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from exchange.mapping order by name`.execute(db)
  return [ownMappingName, ...rows.map((row) => row.name)]
}

/** Keeps a mapping under a name; one that was there before is replaced. */
export async function saveMapping(db: Tx, name: string, mapping: Mapping): Promise<void> {
  await sql`
    insert into exchange.mapping (name, fields) values (${name}, ${JSON.stringify(mapping.fields)}::jsonb)
    on conflict (name) do update set fields = excluded.fields, saved_on = current_date`.execute(db)
}
