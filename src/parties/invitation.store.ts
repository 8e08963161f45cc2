import { sql } from 'kysely'

import type { Pool, Tx } from '#platform/db'

export interface InvitationRow {
  readonly party_id: string
  readonly id: string
  readonly token_hash: Uint8Array
  readonly login_hash: Uint8Array
  readonly key_version: number
  readonly card: Uint8Array
  readonly roles: string[]
  readonly ends_at: Date
  /** Made with the recovery sheet, which may admit from it. */
  readonly by_sheet?: boolean
}

/** Writes an invitation down. */
export async function keepInvitation(db: Tx, row: InvitationRow): Promise<void> {
  await db
    .insertInto('parties.invitation')
    .values({ ...row, state: 'sent' })
    .execute()
}

/** Invitations that are still to be answered or admitted, newest first. */
export async function openInvitations(db: Tx, partyId: string) {
  return db
    .selectFrom('parties.invitation as i')
    .select([
      'i.id',
      'i.key_version',
      'i.card',
      'i.roles',
      'i.state',
      'i.ends_at',
      'i.account_id',
      sql<Buffer | null>`parties.invitee_key(i.account_id)`.as('public_key'),
    ])
    .where('i.party_id', '=', partyId)
    .where('i.state', 'in', ['sent', 'ready'])
    .orderBy('i.id', 'desc')
    .limit(200)
    .execute()
}

/** One invitation of the party. */
export async function invitation(db: Tx, partyId: string, id: string) {
  return db
    .selectFrom('parties.invitation')
    .selectAll()
    .where('party_id', '=', partyId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Ends an invitation that was not taken up. */
export async function endInvitation(db: Tx, partyId: string, id: string): Promise<void> {
  await db
    .updateTable('parties.invitation')
    .set({ state: 'ended' })
    .where('party_id', '=', partyId)
    .where('id', '=', id)
    .where('state', 'in', ['sent', 'ready'])
    .execute()
}

export interface OpenInvitation {
  readonly party_id: string
  readonly id: string
  readonly agency: string
  readonly pack: 'uk' | 'us'
}

/** The invitation a link stands for, or null. */
export async function invitationFor(db: Pool, tokenHash: Uint8Array) {
  const { rows } = await sql<
    OpenInvitation & { login_hash: Buffer }
  >`select * from parties.invitation_for(${tokenHash})`.execute(db)
  return rows[0] ?? null
}

export interface NewAccount {
  readonly mail: Uint8Array
  readonly publicKey: Uint8Array
  readonly salt: Uint8Array
  readonly params: number
  readonly secret: Uint8Array
  readonly recovery: Uint8Array
}

/** Makes the invitee's account; null when the link is gone or the login is taken. */
export async function answerInvitation(
  db: Pool,
  tokenHash: Uint8Array,
  a: NewAccount,
): Promise<string | null> {
  const { rows } = await sql<{
    account: string | null
  }>`select parties.answer_invitation(${tokenHash}, ${a.mail}, ${a.publicKey}, ${a.salt},
    ${a.params}, ${a.secret}, ${a.recovery}) as account`.execute(db)
  return rows[0]?.account ?? null
}

/** The administrator's half; the new member's account id, or null when the asker is no administrator or nobody is ready. */
export async function admit(db: Tx, invitationId: string): Promise<string | null> {
  const { rows } = await sql<{
    account: string | null
  }>`select parties.admit(${invitationId}::uuid) as account`.execute(db)
  return rows[0]?.account ?? null
}

/** A colleague's public key, or null. */
export async function publicKeyOf(db: Tx, accountId: string): Promise<Uint8Array | null> {
  const row = await db
    .selectFrom('keyring.account_key')
    .select('public_key')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.public_key ?? null
}

/** Keeps the party's secrets as sealed to a member, one row a version. */
export async function keepPartyWraps(
  db: Tx,
  partyId: string,
  accountId: string,
  wraps: readonly { readonly version: number; readonly secrets: Uint8Array }[],
): Promise<void> {
  await db
    .insertInto('keyring.party_wrap')
    .values(
      wraps.map((wrap) => ({
        party_id: partyId,
        account_id: accountId,
        version: wrap.version,
        secrets: wrap.secrets,
      })),
    )
    .execute()
}

/** Keeps a member's sealed card. */
export async function keepMember(
  db: Tx,
  row: {
    readonly party_id: string
    readonly account_id: string
    readonly key_version: number
    readonly card: Uint8Array
  },
): Promise<void> {
  await db.insertInto('parties.member').values(row).execute()
}
