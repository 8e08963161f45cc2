import { sql } from 'kysely'
import type { Tx } from '#platform/db'
import type { Term } from './term.ts'

/** Writes terms by their codes: new ones are made, known ones brought up to date, none is taken away. */
export async function storeTerms(db: Tx, terms: readonly Term[]): Promise<void> {
  await sql`
    insert into directory.taxonomy_term (code, taxonomy, label, parent, uri, same_as)
    select r.code, r.taxonomy, r.label, r.parent, r.uri, r."sameAs"
    from jsonb_to_recordset(${JSON.stringify(terms)}::jsonb) as r(code text, taxonomy text, label text, parent text, uri text,
      "sameAs" text[])
    on conflict (code) do update set taxonomy = excluded.taxonomy, label = excluded.label, parent = excluded.parent,
      uri = excluded.uri, same_as = excluded.same_as, updated_at = now()
    where (taxonomy_term.taxonomy, taxonomy_term.label, taxonomy_term.parent, taxonomy_term.uri, taxonomy_term.same_as)
      is distinct from (excluded.taxonomy, excluded.label, excluded.parent, excluded.uri, excluded.same_as)`.execute(
    db,
  )
}
