import { sql } from 'kysely'

import type { Tx } from '#platform/db'

import type { Clause } from './menu.rules.ts'

/** What a menu reads of the directory beside the summaries. */
export interface ServiceWords {
  readonly id: string
  readonly mustReport: readonly string[] | null
  readonly clauses: readonly Clause[]
}

/** Clauses by position, without the facets that a rule closes, and what the agency must pass on. */
export async function serviceWords(
  db: Tx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ServiceWords>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<ServiceWords>`
    select s.id, o.must_report as "mustReport", coalesce((select jsonb_agg(jsonb_build_object('condition',
        t.condition - t.forbidden_facets, 'sentence', t.sentence, 'soft', t.soft) order by t.position)
      from directory.threshold t where t.service_id = s.id), '[]') as clauses
    from directory.service s join directory.organization o on o.id = s.organization_id
    where s.id = any(${[...ids]}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}
