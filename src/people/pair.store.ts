import { sql } from 'kysely'

import { type Actor, admittedKeys, openParty, sealParty } from '#platform/access'
import { openSealed, sealTo, Unopenable } from '#platform/crypto'
import type { Tx } from '#platform/db'

import { Pair } from './pair.ts'

const column = ['people.paired_file', 'body'] as const

/** The pairs that the actor, a privacy lead, knows of. */
export async function knownPairs(
  db: Tx,
  actor: Actor,
): Promise<readonly { readonly id: string; readonly pair: Pair }[]> {
  const rows = await db
    .selectFrom('people.paired_file')
    .select(['id', 'party_version', 'body'])
    .where('party_id', '=', actor.partyId)
    .where('holder', '=', actor.accountId)
    .orderBy('id')
    .execute()
  return rows.flatMap((row) => {
    const inner = innerOf(actor, row.body)
    if (inner === null) return []
    return [{ id: row.id, pair: Pair.parse(openParty(actor, row.party_version, ...column, row.id, inner)) }]
  })
}

/** Keeps a pair for these privacy leads, each sealed to their own key; false where one of them is none. */
export async function keepPair(
  db: Tx,
  actor: Actor,
  id: string,
  pair: Pair,
  holders: readonly string[],
): Promise<boolean> {
  const sealed = sealParty(actor, ...column, id, pair)
  const people = await admittedKeys(db, actor, holders)
  const accounts = people.map((each) => each.accountId)
  const bodies = people.map((each) => Buffer.from(sealTo(each.publicKey, sealed)))
  const { rows } = await sql<{ kept: boolean }>`
    select people.keep_pair(${id}::uuid, ${accounts}::uuid[], ${actor.keys.party.version}, ${bodies}::bytea[]) as kept`.execute(
    db,
  )
  return rows[0]?.kept === true
}

/** Forgets a pair, for everybody who knew of it. */
export async function dropPair(db: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ gone: boolean }>`select people.drop_pair(${id}::uuid) as gone`.execute(db)
  return rows[0]?.gone === true
}

/** Whoever has a new pair since cannot open what was sealed to the old one: they know of it no more. */
function innerOf(actor: Actor, body: Uint8Array): Uint8Array | null {
  try {
    return openSealed(actor.keys.user, body)
  } catch (error) {
    if (error instanceof Unopenable) return null
    throw error
  }
}

/** Forgets a pair, for everybody, where one of its files is erased; nothing where both are there, whoever may see them. */
export async function forgetPair(db: Tx, id: string, pair: Pair): Promise<boolean> {
  const files = [pair.one, pair.other]
  const { rows } = await sql<{ gone: boolean }>`
    select people.forget_pair(${id}::uuid, ${files}::uuid[]) as gone`.execute(db)
  return rows[0]?.gone === true
}
