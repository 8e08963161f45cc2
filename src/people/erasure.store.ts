import { sql } from 'kysely'

import { type Actor, openParty, sealParty } from '#platform/access'
import { shareEndingTurn, type Tx } from '#platform/db'

import { type ErasureProof, ErasureProofBody } from './erasure.ts'
import type { SheetKind } from './sheet.ts'

/** Destroys the case's wraps and rows, and says how many of each there were; null when it is not the asker's, or on hold. */
export async function eraseRows(db: Tx, id: string): Promise<Readonly<Record<string, number>> | null> {
  await shareEndingTurn(db)
  const { rows } = await sql<{
    gone: Record<string, number> | null
  }>`select people.erase_case(${id}::uuid) as gone`.execute(db)
  return rows[0]?.gone ?? null
}

/** Whether a case holds more than its people and its own pages: something of any other room. */
export async function holdsMore(db: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ more: boolean }>`select people.holds_more(${id}::uuid) as more`.execute(db)
  return rows[0]?.more ?? false
}

/** The other agencies to which something of the case was sent, by their names. */
export async function sentTo(db: Tx, partyId: string, caseId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct a.name from envelopes.outgoing o join parties.agency a on a.party_id = o.to_party
    where o.party_id = ${partyId} and o.case_id = ${caseId} order by 1`.execute(db)
  return rows.map((row) => row.name)
}

/** The database's day. */
export async function databaseDay(db: Tx): Promise<Temporal.PlainDate> {
  const { rows } = await sql<{
    day: string
  }>`select (clock_timestamp() at time zone 'UTC')::date::text as day`.execute(db)
  return Temporal.PlainDate.from(rows[0]?.day ?? '')
}

/** Keeps the proof; its id tells no time. */
export async function insertProof(db: Tx, actor: Actor, id: string, body: ErasureProofBody): Promise<void> {
  await db
    .insertInto('people.erasure_proof')
    .values({
      party_id: actor.partyId,
      id,
      decided_by: actor.accountId,
      key_version: actor.keys.party.version,
      body: sealParty(actor, 'people.erasure_proof', 'body', id, ErasureProofBody.parse(body)),
    })
    .execute()
}

/** The proofs of this agency, newest first. */
export async function proofsOf(db: Tx, actor: Actor, limit = 100): Promise<readonly ErasureProof[]> {
  const rows = await db
    .selectFrom('people.erasure_proof')
    .select(['id', 'decided_by', 'key_version', 'body', sql<string>`erased_on::text`.as('erased_on')])
    .where('party_id', '=', actor.partyId)
    .orderBy('erased_on', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    erasedOn: row.erased_on,
    decidedBy: row.decided_by,
    ...ErasureProofBody.parse(
      openParty(actor, row.key_version, 'people.erasure_proof', 'body', row.id, row.body),
    ),
  }))
}

export type ErasablePart = 'contact' | 'situation' | 'wishes' | 'danger' | 'notes'

/** The pages that go together: what was told of the abuse goes with the details, how far a need has come with the wishes. */
const pagesOf: Readonly<Record<Exclude<ErasablePart, 'notes'>, readonly SheetKind[]>> = {
  contact: ['contact', 'chosen'],
  situation: [
    'situation',
    'abuse',
    'effects',
    'coercion',
    'access-needs',
    'relationships',
    'support',
    'together',
    'helpers',
  ],
  wishes: ['wishes', 'progress', 'strengths', 'own-words', 'counted'],
  danger: ['danger', 'pattern', 'urgency'],
}

/** The part of a case that each of its pages is kept and destroyed with; needs stay until the whole case goes. */
export const partOfPage: readonly (readonly [SheetKind, ErasablePart])[] = (
  Object.keys(pagesOf) as (keyof typeof pagesOf)[]
).flatMap((part) => pagesOf[part].map((kind) => [kind, part] as const))

/** Destroys one part of a case, or its notes. The case's row stays as it was: destroying is no new work on it. */
export async function erasePart(db: Tx, partyId: string, caseId: string, part: ErasablePart): Promise<void> {
  if (part === 'notes') {
    await db.deleteFrom('people.note').where('party_id', '=', partyId).where('case_id', '=', caseId).execute()
    return
  }
  await db
    .deleteFrom('people.sheet')
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .where('kind', 'in', pagesOf[part])
    .execute()
}
