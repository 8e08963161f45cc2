import { assignCase, glimpsesOf, isCaseworker, rolesOf } from '#people'
import { type Actor, caseKeys, isId, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { changeThread, heldFromThread, holdThread, threadRow } from './thread.store.ts'

/** Work that a lead moves from one worker to another, at once. Null: referrals that nobody has taken up. */
export interface Giving {
  readonly from: string | null
  readonly to: string | null
  readonly cases: readonly string[]
  readonly threads: readonly string[]
}

/** What moved. What did not stayed where it was; which rule kept it is told nowhere. */
export interface Given {
  readonly cases: readonly string[]
  readonly threads: readonly string[]
  readonly stayed: number
}

export interface GivingRefused {
  readonly refused: 'nothing-chosen' | 'same-worker' | 'no-worker'
}

/** As many at once as one page shows. */
export const mostGiven = 100

/**
 * Gives cases and referrals of one worker to another, in one transaction with a ledger line each. What is not that worker's any
 * more, and what the other must not see, stays: both look the same. Giving the same back undoes it. A case always has its worker.
 */
export async function giveWork(db: Tx, actor: Actor, giving: Giving): Promise<Given | GivingRefused> {
  const { from, to } = giving
  // In one order, so that two leads who give at once wait for each other and never for ever.
  const cases = chosen(giving.cases)
  const threads = chosen(giving.threads)
  if (cases.length + threads.length === 0) return { refused: 'nothing-chosen' }
  if (from === to) return { refused: 'same-worker' }
  const roles = to === null ? [] : ((await rolesOf(db, actor.partyId)).get(to) ?? [])
  if (to !== null && !mayDo(roles, 'case:write')) return { refused: 'no-worker' }
  const given = { cases: [] as string[], threads: [] as string[] }
  if (from !== null && to !== null)
    for (const id of await keptBy(db, actor, from, cases))
      if ('done' in (await assignCase(db, actor, id, to))) given.cases.push(id)
  const mayHaveThreads = to === null || mayDo(roles, 'referral:write')
  for (const id of threads)
    if (mayHaveThreads && (await giveThread(db, actor, id, { from, to }))) given.threads.push(id)
  const stayed = cases.length + threads.length - given.cases.length - given.threads.length
  return { ...given, stayed }
}

function chosen(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].filter(isId).toSorted().slice(0, mostGiven)
}

/** Those of these cases that this worker keeps, as the lead sees them. */
async function keptBy(db: Tx, actor: Actor, owner: string, ids: readonly string[]) {
  if (ids.length === 0) return []
  const glimpses = await glimpsesOf(db, actor, ids)
  return ids.filter((id) => {
    const row = glimpses.get(id)?.row
    return row?.ownerId === owner && row.state === 'active'
  })
}

async function giveThread(
  db: Tx,
  actor: Actor,
  id: string,
  way: Pick<Giving, 'from' | 'to'>,
): Promise<boolean> {
  await holdThread(db, id)
  const row = await threadRow(db, actor.partyId, id)
  if (row === null || row.assigneeId !== way.from) return false
  if (way.to !== null && (await heldFromThread(db, actor.partyId, id)).includes(way.to)) return false
  const of = row.caseId === null ? null : ((await caseKeys(db, actor, [row.caseId])).get(row.caseId) ?? null)
  if (row.caseId !== null) {
    if (of === null) return false
    // A referral of a case stays with a worker, like the case.
    if (way.to === null || (await isCaseworker(db, actor.partyId, row.caseId, way.to)) !== 'yes') return false
  }
  const at = { partyId: actor.partyId, id, version: row.version }
  if (!(await changeThread(db, at, { assignee_id: way.to }))) return false
  await record(db, actor, {
    kind: 'referral.changed',
    ...(of === null ? {} : { of }),
    detail: { thread: id, what: 'assignee', to: way.to },
  })
  return true
}
