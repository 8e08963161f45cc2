import { sql } from 'kysely'

import type { Tx } from '#platform/db'

export interface SheetRow {
  readonly party_id: string
  readonly agency: string
  readonly version: number
  readonly secrets: Buffer
  readonly used: boolean
}

/** What is sealed to a sheet, oldest version first, and whose it is; its agency's members stay as they are until the end. */
export async function sheetRows(owner: Tx, sheetPublic: Uint8Array): Promise<readonly SheetRow[]> {
  const { rows } = await sql<SheetRow>`select * from parties.open_sheet(${sheetPublic})`.execute(owner)
  return rows
}

/** Every version of a party's public keys, oldest first. */
export async function publicKeysOf(owner: Tx, partyId: string) {
  return owner
    .selectFrom('keyring.party_key')
    .select(['version', 'box_public', 'sign_public'])
    .where('party_id', '=', partyId)
    .orderBy('version')
    .execute()
}

/** Whether somebody signs in with this login already. */
export async function loginTaken(owner: Tx, loginHash: Uint8Array): Promise<boolean> {
  const row = await owner
    .selectFrom('access.account')
    .select('id')
    .where('login_hash', '=', Buffer.from(loginHash))
    .executeTakeFirst()
  return row !== undefined
}

/** Ends what the sheet made before and nobody was admitted from. */
export async function endSheetInvitations(owner: Tx, partyId: string): Promise<void> {
  await owner
    .updateTable('parties.invitation')
    .set({ state: 'ended' })
    .where('party_id', '=', partyId)
    .where('by_sheet', '=', true)
    .where('state', 'in', ['sent', 'ready'])
    .execute()
}

/** Whoever answered a link of the sheet and is not admitted yet. */
export async function answeredBySheet(owner: Tx, partyId: string) {
  return owner
    .selectFrom('parties.invitation as i')
    .innerJoin('keyring.account_key as k', 'k.account_id', 'i.account_id')
    .select(['i.id', 'i.key_version', 'i.card', 'k.public_key'])
    .where('i.party_id', '=', partyId)
    .where('i.by_sheet', '=', true)
    .where('i.state', '=', 'ready')
    .execute()
}

/** Admits from a link of the sheet and ends the sheet; the new member's account, or null when nobody was ready. */
export async function admitFromSheet(owner: Tx, partyId: string, id: string): Promise<string | null> {
  const { rows } = await sql<{
    account: string | null
  }>`select parties.admit_by_sheet(${partyId}::uuid, ${id}::uuid) as account`.execute(owner)
  return rows[0]?.account ?? null
}
