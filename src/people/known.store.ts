import { sql } from 'kysely'

import { type Actor, openParty, sealParty } from '#platform/access'
import type { Tx } from '#platform/db'

import { KnownPeople } from './known.ts'

const column = ['people.known_list', 'body'] as const

/** A worker's own list with its version; version 0 while there is none. */
export async function ownKnown(
  db: Tx,
  actor: Actor,
): Promise<{ readonly names: readonly string[]; readonly version: number }> {
  const row = await db
    .selectFrom('people.known_list')
    .select(['key_version', 'body', 'version'])
    .where('party_id', '=', actor.partyId)
    .where('account_id', '=', actor.accountId)
    .executeTakeFirst()
  if (row === undefined) return { names: [], version: 0 }
  const opened = openParty(actor, row.key_version, ...column, actor.accountId, row.body)
  return { names: KnownPeople.parse(opened).names, version: row.version }
}

/** Writes the list over the version it was read at; false when another window was first. An empty list leaves nothing behind. */
export async function writeKnown(
  db: Tx,
  actor: Actor,
  version: number,
  names: readonly string[],
): Promise<boolean> {
  const { partyId, accountId } = actor
  const body = sealParty(actor, ...column, accountId, { names })
  const sealed = { body, key_version: actor.keys.party.version }
  if (version === 0) {
    const made = await db
      .insertInto('people.known_list')
      .values({ party_id: partyId, account_id: accountId, ...sealed })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return made.numInsertedOrUpdatedRows === 1n
  }
  const done = await db
    .updateTable('people.known_list')
    .set({ ...sealed, version: version + 1 })
    .where('party_id', '=', partyId)
    .where('account_id', '=', accountId)
    .where('version', '=', version)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Takes the list away; false when another window was first. */
export async function dropKnown(db: Tx, actor: Actor, version: number): Promise<boolean> {
  const gone = await db
    .deleteFrom('people.known_list')
    .where('party_id', '=', actor.partyId)
    .where('account_id', '=', actor.accountId)
    .where('version', '=', version)
    .executeTakeFirst()
  return version === 0 || gone.numDeletedRows === 1n
}

/** Every list of the agency, opened in memory for one comparison; never shown, never passed on. */
export async function listsToTry(
  db: Tx,
  actor: Actor,
): Promise<readonly { readonly accountId: string; readonly names: readonly string[] }[]> {
  const { rows } = await sql<{
    account_id: string
    key_version: number
    body: Buffer
  }>`select * from people.lists_to_try()`.execute(db)
  return rows.map((row) => {
    const opened = openParty(actor, row.key_version, ...column, row.account_id, row.body)
    return { accountId: row.account_id, names: KnownPeople.parse(opened).names }
  })
}
