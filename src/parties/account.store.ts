import { sql } from 'kysely'

import type { SealedUser } from '#platform/crypto'
import type { Pool, Tx } from '#platform/db'

export interface Resealing {
  readonly accountId: string
  readonly oldSecret: Uint8Array
  readonly sealed: SealedUser
  /** A new authenticator, sealed to its owner; null keeps the one there is. */
  readonly totp: Uint8Array | null
  readonly endSessions: boolean
}

/** Puts a new seal in place of exactly the old one; false when somebody was faster. */
export async function reseal(db: Pool | Tx, r: Resealing): Promise<boolean> {
  const { salt, params, sealedSecret, recoverySealed } = r.sealed
  const { rows } = await sql<{
    ok: boolean
  }>`select parties.reseal(${r.accountId}::uuid, ${r.oldSecret}, ${salt}, ${params}, ${sealedSecret},
    ${recoverySealed}, ${r.totp}, ${r.endSessions}) as ok`.execute(db)
  return rows[0]?.ok === true
}

/** The own seal, for a change of password in an open session. */
export async function ownSeal(db: Tx, accountId: string): Promise<SealedUser | null> {
  const row = await db
    .selectFrom('keyring.account_key')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    publicKey: row.public_key,
    salt: row.salt,
    params: row.params,
    sealedSecret: row.secret,
    recoverySealed: row.recovery,
  }
}

/** The own sessions, the newest first: when they began and were last used. */
export async function ownSessions(db: Tx, accountId: string) {
  return db
    .selectFrom('access.session')
    .select(['id_hash', 'started_at', 'seen_at', 'stage'])
    .where('account_id', '=', accountId)
    .orderBy('started_at', 'desc')
    .limit(50)
    .execute()
}

/** Ends every session of the account but the one given. */
export async function endOtherSessions(db: Tx, accountId: string, kept: Uint8Array): Promise<number> {
  const done = await db
    .deleteFrom('access.session')
    .where('account_id', '=', accountId)
    .where('id_hash', '<>', Buffer.from(kept))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}

/** At which hour, in which zone, the one mail of the day comes; null: as it comes. */
export async function mailHour(
  db: Tx,
  accountId: string,
): Promise<{ readonly hour: number; readonly zone: string } | null> {
  const row = await db
    .selectFrom('access.account')
    .select(['mail_hour', 'mail_zone'])
    .where('id', '=', accountId)
    .executeTakeFirst()
  const { mail_hour: hour = null, mail_zone: zone = null } = row ?? {}
  return hour === null || zone === null ? null : { hour, zone }
}

/** Sets it for whoever asks. */
export async function writeMailHour(
  db: Tx,
  set: { readonly hour: number; readonly zone: string } | null,
): Promise<void> {
  await sql`select parties.set_mail_hour(${set?.hour ?? null}::integer, ${set?.zone ?? null}::text)`.execute(
    db,
  )
}

/** The own authenticator's seal, or null. */
export async function ownTotp(
  db: Pool,
  accountId: string,
  loginHash: Uint8Array,
): Promise<Uint8Array | null> {
  const { rows } = await sql<{
    totp: Buffer | null
  }>`select totp from (select parties.totp_for_recovery(${accountId}::uuid, ${loginHash}) as totp) t`.execute(
    db,
  )
  return rows[0]?.totp ?? null
}

/** Asks a colleague to confirm; the print names exactly one recovery code. */
export async function askColleague(db: Pool, loginHash: Uint8Array, print: Uint8Array): Promise<void> {
  await sql`select parties.ask_recovery(${loginHash}, ${print})`.execute(db)
}

/** Whether a colleague confirmed the one who asked with this code. */
export async function confirmedByColleague(
  db: Pool,
  loginHash: Uint8Array,
  print: Uint8Array,
): Promise<boolean> {
  const { rows } = await sql<{
    ok: boolean
  }>`select parties.confirmed_recovery(${loginHash}, ${print}) as ok`.execute(db)
  return rows[0]?.ok === true
}

/** Who in this agency asked a colleague for help and waits. */
export async function recoveriesAsked(db: Tx, partyId: string) {
  return db
    .selectFrom('access.recovery')
    .select(['id', 'account_id', 'fingerprint', 'ends_at'])
    .where('party_id', '=', partyId)
    .where('state', '=', 'asked')
    .where('ends_at', '>', new Date())
    .execute()
}

/** Confirms one request for help, never the asker's own; false when it was over or answered. */
export async function confirmRecovery(db: Tx, partyId: string, id: string, by: string): Promise<boolean> {
  const done = await db
    .updateTable('access.recovery')
    .set({ state: 'confirmed', confirmed_by: by })
    .where('party_id', '=', partyId)
    .where('id', '=', id)
    .where('state', '=', 'asked')
    .where('account_id', '<>', by)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

/** Uses up one step of the authenticator; false when it was used already. */
export async function useTotpStep(db: Pool, accountId: string, step: number): Promise<boolean> {
  const { rows } = await sql<{
    ok: boolean
  }>`select parties.use_totp_step(${accountId}::uuid, ${step}) as ok`.execute(db)
  return rows[0]?.ok === true
}
