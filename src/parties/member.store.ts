import { sql } from 'kysely'

import type { Tx } from '#platform/db'

/** Everyone who is a member now, with their sealed card. */
export async function membersOf(db: Tx, partyId: string) {
  return db
    .selectFrom('access.membership as m')
    .innerJoin('parties.member as p', (join) =>
      join.onRef('p.party_id', '=', 'm.party_id').onRef('p.account_id', '=', 'm.account_id'),
    )
    .select(['m.account_id', 'm.roles', 'p.key_version', 'p.card'])
    .where('m.party_id', '=', partyId)
    .where(sql<boolean>`m.valid @> clock_timestamp()`)
    .orderBy('m.account_id')
    .limit(2_000)
    .execute()
}

/** Ends a membership with everything that hangs on it; false when the asker is no administrator or nobody was there. */
export async function removeMember(db: Tx, accountId: string): Promise<boolean> {
  const { rows } = await sql<{ ok: boolean }>`select parties.remove_member(${accountId}::uuid) as ok`.execute(
    db,
  )
  return rows[0]?.ok === true
}

/** Makes changes of membership wait for one another; held until the transaction ends. */
export async function lockMembers(db: Tx): Promise<void> {
  await sql`select parties.lock_members()`.execute(db)
}

/** Changes a member's roles; false when the asker is no administrator or nobody was there. */
export async function changeRoles(db: Tx, accountId: string, roles: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{
    ok: boolean
  }>`select parties.change_roles(${accountId}::uuid, ${[...roles]}::text[]) as ok`.execute(db)
  return rows[0]?.ok === true
}

/** Writes the next version of the party's public keys. */
export async function keepPartyKey(
  db: Tx,
  row: {
    readonly party_id: string
    readonly version: number
    readonly box_public: Uint8Array
    readonly sign_public: Uint8Array
  },
): Promise<void> {
  await db.insertInto('keyring.party_key').values(row).execute()
}

/** When a recovery sheet that is still good was last printed for the newest version, or null. */
export async function newestSheet(db: Tx, partyId: string) {
  return db
    .selectFrom('keyring.party_sheet')
    .select(['version', 'printed_at'])
    .where('party_id', '=', partyId)
    .where('used_at', 'is', null)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Keeps a recovery sheet's public half and what is sealed to it, a row for each version, in place of every older sheet. */
export async function keepSheet(
  db: Tx,
  partyId: string,
  rows: readonly {
    readonly party_id: string
    readonly version: number
    readonly sheet_public: Uint8Array
    readonly secrets: Uint8Array
  }[],
): Promise<void> {
  await db.deleteFrom('keyring.party_sheet').where('party_id', '=', partyId).execute()
  await db
    .insertInto('keyring.party_sheet')
    .values([...rows])
    .execute()
}

/** Whether a closed case hangs on this member alone. */
export async function onlyHolder(db: Tx, accountId: string): Promise<boolean> {
  const { rows } = await sql<{
    only: boolean
  }>`select parties.only_holder(${accountId}::uuid) as only`.execute(db)
  return rows[0]?.only === true
}
