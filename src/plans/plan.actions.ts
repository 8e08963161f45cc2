import { randomUUIDv7 } from 'node:crypto'

import { type CaseCells, openForWork, type Saved, touchCase } from '#people'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { type Plan, type PlanKind, type PlanOf, type Plans, StoredPlan } from './plan.ts'
import { insertPlan, newestPlans, planVersions, resealPlans } from './plan.store.ts'

/** What the plans of a case keep goes along when its key changes. */
export const planCells: CaseCells = {
  reseal: (db, _actor, from, to) => resealPlans(db, from, to),
  told: async (db, key) => (await planVersions(db, key)).map((plan) => plan.value),
}

/** The newest of each of the three plans of an opened case. */
export async function plansOf(db: Tx, key: CaseKey): Promise<Plans> {
  const all = await newestPlans(db, key)
  return {
    safety: ofKind(all, 'safety')[0] ?? null,
    suicide: ofKind(all, 'suicide')[0] ?? null,
    child: ofKind(all, 'child')[0] ?? null,
  }
}

/** Every version of one plan, newest first. */
export async function versionsOf<K extends PlanKind>(
  db: Tx,
  key: CaseKey,
  kind: K,
): Promise<readonly Plan<K>[]> {
  return ofKind(await planVersions(db, key), kind)
}

/**
 * Saves one plan as a new version beside all before it. Whoever was first wins; saving what stands there already adds nothing.
 */
export async function savePlan<K extends PlanKind>(
  db: Tx,
  actor: Actor,
  at: { readonly caseId: string; readonly kind: K; readonly version: number },
  value: PlanOf<K>,
): Promise<Saved> {
  const opened = await openForWork(db, actor, at.caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { key } = opened
  const newest = await newestPlans(db, key)
  const [before] = ofKind(newest, at.kind)
  if ((before?.version ?? 0) !== at.version) return { refused: 'changed-meanwhile' }
  const beside = newest.filter((each) => each.kind !== at.kind).map((each) => each.id)
  const plan = StoredPlan.parse({ kind: at.kind, version: at.version + 1, beside, value })
  if (before !== undefined && JSON.stringify(before.value) === JSON.stringify(plan.value))
    return { version: at.version }
  await insertPlan(db, key, { id: randomUUIDv7(), by: actor.accountId, plan })
  await touchCase(db, key.partyId, key.caseId)
  const detail = { what: `plan-${at.kind}`, version: plan.version }
  await record(db, actor, { kind: 'case.changed', of: key, detail })
  return { version: plan.version }
}

function ofKind<K extends PlanKind>(all: readonly Plan[], kind: K): readonly Plan<K>[] {
  return all.filter((plan): plan is Plan<K> => plan.kind === kind)
}
