import { sql } from 'kysely'

import { type Actor, openParty, sealParty } from '#platform/access'
import type { Tx } from '#platform/db'

import { LetterBody, type StoredLetter } from './letter.ts'

/** Files a letter. */
export async function insertLetter(
  db: Tx,
  actor: Actor,
  row: {
    readonly id: string
    readonly receivedOn: string
    readonly dueOn: string
    readonly body: LetterBody
  },
): Promise<void> {
  await db
    .insertInto('asks.letter')
    .values({
      party_id: actor.partyId,
      id: row.id,
      received_on: row.receivedOn,
      due_on: row.dueOn,
      key_version: actor.keys.party.version,
      body: sealed(actor, row.id, row.body),
    })
    .execute()
}

/** The letters, those still open first, what is due first. */
export async function lettersOf(db: Tx, actor: Actor, limit = 200): Promise<readonly StoredLetter[]> {
  const rows = await db
    .selectFrom('asks.letter')
    .select(['id', 'state', 'key_version', 'version', 'body'])
    .select([sql<string>`received_on::text`.as('received_on'), sql<string>`due_on::text`.as('due_on')])
    .where('party_id', '=', actor.partyId)
    .orderBy('state', 'desc')
    .orderBy('asks.letter.due_on')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    receivedOn: row.received_on,
    dueOn: row.due_on,
    state: row.state,
    version: row.version,
    ...LetterBody.parse(openParty(actor, row.key_version, 'asks.letter', 'body', row.id, row.body)),
  }))
}

/** Writes down what was answered; false when somebody else was first. */
export async function answerLetter(
  db: Tx,
  actor: Actor,
  at: { readonly id: string; readonly version: number },
  body: LetterBody,
): Promise<boolean> {
  const done = await db
    .updateTable('asks.letter')
    .set({
      state: 'answered',
      version: at.version + 1,
      key_version: actor.keys.party.version,
      body: sealed(actor, at.id, body),
    })
    .where('party_id', '=', actor.partyId)
    .where('id', '=', at.id)
    .where('version', '=', at.version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Destroys these letters of this agency, and says how many there were; a restored copy destroys them again. */
export async function eraseLetters(db: Tx, ids: readonly string[]): Promise<number> {
  const { rows } = await sql<{
    gone: number
  }>`select asks.erase_letters(${[...ids]}::uuid[]) as gone`.execute(db)
  return rows[0]?.gone ?? 0
}

function sealed(actor: Actor, id: string, body: LetterBody): Uint8Array {
  return sealParty(actor, 'asks.letter', 'body', id, LetterBody.parse(body))
}
