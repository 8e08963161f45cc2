import { type CaseKey, openCase, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import { type Plan, StoredPlan } from './plan.ts'

/** Every version of every plan of a case, newest first. */
export async function planVersions(db: Tx, key: CaseKey): Promise<readonly Plan[]> {
  return (await planRows(db, key).execute()).map((row) => planOf(key, row))
}

/** The newest version of each plan: the last one saved names the others. */
export async function newestPlans(db: Tx, key: CaseKey): Promise<readonly Plan[]> {
  const row = await planRows(db, key).limit(1).executeTakeFirst()
  if (row === undefined) return []
  const last = planOf(key, row)
  if (last.beside.length === 0) return [last]
  const others = await planRows(db, key).where('id', 'in', last.beside).execute()
  return [last, ...others.map((other) => planOf(key, other))]
}

interface PlanRow {
  readonly id: string
  readonly saved_at: Date
  readonly saved_by: string
  readonly body: Uint8Array
}

function planRows(db: Tx, key: CaseKey) {
  return db
    .selectFrom('plans.version')
    .select(['id', 'saved_at', 'saved_by', 'body'])
    .where('party_id', '=', key.partyId)
    .where('case_id', '=', key.caseId)
    .orderBy('id', 'desc')
}

function planOf(key: CaseKey, row: PlanRow): Plan {
  return {
    ...StoredPlan.parse(openCase(key, 'plans.version', 'body', row.id, row.body)),
    id: row.id,
    savedAt: row.saved_at,
    savedBy: row.saved_by,
  }
}

/** Adds a version; nothing that was there before is touched. */
export async function insertPlan(
  db: Tx,
  key: CaseKey,
  row: { readonly id: string; readonly by: string; readonly plan: StoredPlan },
): Promise<void> {
  await db
    .insertInto('plans.version')
    .values({
      party_id: key.partyId,
      case_id: key.caseId,
      id: row.id,
      saved_by: row.by,
      body: sealed(key, row.id, row.plan),
    })
    .execute()
}

/** Puts every version of every plan of a case under its new key. */
export async function resealPlans(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  for (const plan of await planVersions(db, from)) {
    await db
      .updateTable('plans.version')
      .set({ body: sealed(to, plan.id, plan) })
      .where('party_id', '=', to.partyId)
      .where('case_id', '=', to.caseId)
      .where('id', '=', plan.id)
      .execute()
  }
}

function sealed(key: CaseKey, id: string, plan: StoredPlan): Uint8Array {
  return sealCase(key, 'plans.version', 'body', id, StoredPlan.parse(plan))
}
