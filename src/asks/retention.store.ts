import { sql } from 'kysely'

import { partOfPage } from '#people'
import { type CaseKey, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { RetentionBody, type RetentionDecision, type RetentionField } from './retention.ts'

/** A case that has ended, as the queue reads it: clear columns only. */
export interface EndedCase {
  readonly caseId: string
  readonly endedAt: Date
  /** The parts that hold something. */
  readonly holds: readonly RetentionField[]
  /** Until when a part is kept by decision. */
  readonly keptUntil: ReadonlyMap<RetentionField, Date>
}

/** Cases that have ended and were not touched since before `before`, oldest first. */
export async function endedCases(
  db: Tx,
  partyId: string,
  before: Date,
  caseId?: string,
): Promise<readonly EndedCase[]> {
  const parts = JSON.stringify(Object.fromEntries(partOfPage))
  const one = caseId === undefined ? sql`` : sql`and c.id = ${caseId}`
  const { rows } = await sql<{
    id: string
    updated_at: Date
    holds: RetentionField[]
    kept: Record<string, string>
  }>`
    select c.id, c.updated_at,
      array(select distinct p.part from people.sheet s
        join jsonb_each_text(${parts}::jsonb) as p(kind, part) on p.kind = s.kind
        where s.party_id = c.party_id and s.case_id = c.id
        union all select 'notes' where exists (select from people.note n where n.party_id = c.party_id and n.case_id = c.id)
        union all select 'case') as holds,
      coalesce((select jsonb_object_agg(r.field, r.keep_until) from asks.retention r
        where r.party_id = c.party_id and r.case_id = c.id and r.keep_until is not null), '{}') as kept
    from people."case" c where c.party_id = ${partyId} and c.state = 'ended' and c.updated_at < ${before} ${one}
    order by c.updated_at, c.id limit 200`.execute(db)
  return rows.map((row) => ({
    caseId: row.id,
    endedAt: row.updated_at,
    holds: row.holds,
    keptUntil: new Map(
      Object.entries(row.kept).map(([field, until]) => [field as RetentionField, new Date(until)] as const),
    ),
  }))
}

/** Every decision about the parts of a case. */
export async function decisionsOf(db: Tx, key: CaseKey): Promise<readonly RetentionDecision[]> {
  const rows = await db
    .selectFrom('asks.retention')
    .select(['field', 'decided_at', 'keep_until', 'body'])
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .orderBy('decided_at', 'desc')
    .execute()
  return rows.map((row) => ({
    field: row.field,
    decidedAt: row.decided_at,
    keepUntil: row.keep_until,
    ...RetentionBody.parse(openCase(key, 'asks.retention', 'body', rowOf(key, row.field), row.body)),
  }))
}

/** Writes down a decision; the newest of a part stands. */
export async function keepDecision(
  db: Tx,
  key: CaseKey,
  row: {
    readonly field: RetentionField
    readonly by: string
    readonly keepUntil: Date | null
    readonly body: RetentionBody
  },
): Promise<void> {
  const body = sealCase(key, 'asks.retention', 'body', rowOf(key, row.field), RetentionBody.parse(row.body))
  const set = { decided_by: row.by, keep_until: row.keepUntil, body }
  await db
    .insertInto('asks.retention')
    .values({ party_id: key.partyId, case_id: key.caseId, field: row.field, ...set })
    .onConflict((conflict) =>
      conflict
        .columns(['party_id', 'case_id', 'field'])
        .doUpdateSet({ ...set, decided_at: sql<Date>`clock_timestamp()` }),
    )
    .execute()
}

/** Puts the decisions of a case under its new key. */
export async function resealRetention(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const { field, decision, rule, reason } of await decisionsOf(db, from)) {
    await db
      .updateTable('asks.retention')
      .set({ body: sealCase(to, 'asks.retention', 'body', rowOf(to, field), { decision, rule, reason }) })
      .where('party_id', '=', to.partyId)
      .where('case_id', '=', to.caseId)
      .where('field', '=', field)
      .execute()
  }
}

function rowOf(key: CaseKey, field: RetentionField): string {
  return `${key.caseId}/${field}`
}
