import { randomUUID, randomUUIDv7 } from 'node:crypto'

import { type Actor, type CaseKey, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

/** A side of a link. */
export async function fillFamily(db: Tx, actor: Actor, key: CaseKey): Promise<void> {
  const id = randomUUID()
  const body = sealCase(key, 'family.link', 'body', id, { words: 'canary' })
  await db
    .insertInto('family.link')
    .values({ party_id: actor.partyId, case_id: key.caseId, id, body })
    .execute()
}

/** One version of a plan. */
export async function fillPlan(db: Tx, actor: Actor, key: CaseKey): Promise<void> {
  const id = randomUUIDv7()
  const body = sealCase(key, 'plans.version', 'body', id, { words: 'canary' })
  await db
    .insertInto('plans.version')
    .values({ party_id: actor.partyId, case_id: key.caseId, id, saved_by: actor.accountId, body })
    .execute()
}

/** A step for one person, and a side of a tie. */
export async function fillTogether(db: Tx, actor: Actor, key: CaseKey): Promise<void> {
  const [step, tie] = [randomUUID(), randomUUID()]
  const cell = (table: string, id: string) => sealCase(key, table, 'body', id, { words: 'canary' })
  const ids = { party_id: actor.partyId, case_id: key.caseId }
  await db
    .insertInto('together.step')
    .values({ ...ids, id: step, body: cell('together.step', step) })
    .execute()
  await db
    .insertInto('together.tie')
    .values({ ...ids, id: tie, body: cell('together.tie', tie) })
    .execute()
}
