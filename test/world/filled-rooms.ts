import { randomUUID, randomUUIDv7 } from 'node:crypto'

import { sql } from 'kysely'

import { type Actor, type CaseKey, requestKey, sealCase } from '#platform/access'
import type { Tx } from '#platform/db'

import type { Person, TestWorld } from './agencies.ts'
import { connected } from './clients.ts'

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

/** A system of the agency, and an answer that is kept for it. */
export async function fillClients(world: TestWorld, person: Person): Promise<void> {
  const { id } = await connected({ world }, person)
  await person.act(async (_db, actor) => {
    const { row, request, seal } = requestKey(actor, 'an-invented-key')
    await sql`insert into clients.done (party_id, client_id, key_hash, request, answer)
      values (${actor.partyId}::uuid, ${id}::uuid, ${row}, ${request}, ${seal})`.execute(world.owner)
  })
}
