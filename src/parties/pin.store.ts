import { sql } from 'kysely'

import type { Tx } from '#platform/db'

/** The newest public keys of a party: its own, never those that a partner made for one thread. */
export async function newestKeys(db: Tx, partyId: string) {
  return db
    .selectFrom('keyring.party_key')
    .select(['version', 'box_public', 'sign_public'])
    .where('party_id', '=', partyId)
    .where('thread_id', 'is', null)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The public keys that were made for one thread to an office without an account. */
export async function keysOfThread(db: Tx, partyId: string, threadId: string) {
  return db
    .selectFrom('keyring.party_key')
    .select(['version', 'box_public', 'sign_public'])
    .where('party_id', '=', partyId)
    .where('thread_id', '=', threadId)
    .executeTakeFirst()
}

/** One version of a party's public keys. */
export async function keysOf(db: Tx, partyId: string, version: number) {
  return db
    .selectFrom('keyring.party_key')
    .select(['version', 'box_public', 'sign_public'])
    .where('party_id', '=', partyId)
    .where('version', '=', version)
    .executeTakeFirst()
}

/** Whether a pin stands for keys that were made for one thread to an office, and not for the partner's own. */
const ofThread = sql<boolean>`exists (select from keyring.party_key k
  where k.party_id = p.partner_id and k.version = p.partner_version and k.thread_id is not null)`

/** What this party last accepted of a partner's own keys; what was made for one thread is none of them. */
export async function pinOf(db: Tx, partyId: string, partnerId: string) {
  return db
    .selectFrom('parties.pin as p')
    .selectAll('p')
    .where('p.party_id', '=', partyId)
    .where('p.partner_id', '=', partnerId)
    .where(sql<boolean>`not ${ofThread}`)
    .orderBy('partner_version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The acceptance of one fingerprint of a partner, the newest or an earlier one. */
export async function pinOfPrint(db: Tx, partyId: string, partnerId: string, print: Uint8Array) {
  return db
    .selectFrom('parties.pin')
    .selectAll()
    .where('party_id', '=', partyId)
    .where('partner_id', '=', partnerId)
    .where('fingerprint', '=', Buffer.from(print))
    .executeTakeFirst()
}

/** Every partner this party has accepted, with the register's name. */
export async function pinsOf(db: Tx, partyId: string) {
  return db
    .selectFrom('parties.pin as p')
    .innerJoin('parties.agency as a', 'a.party_id', 'p.partner_id')
    .select([
      'p.partner_id',
      'p.partner_version',
      'p.fingerprint',
      'p.pinned_at',
      'a.name',
      'a.sector',
      'a.pack',
      'a.public_phone',
    ])
    .where('p.party_id', '=', partyId)
    .where('a.state', '<>', 'light')
    .where(sql<boolean>`not ${ofThread}`)
    .where((where) =>
      where.not(
        where.exists(
          where
            .selectFrom('parties.pin as later')
            .select('later.partner_version')
            .whereRef('later.party_id', '=', 'p.party_id')
            .whereRef('later.partner_id', '=', 'p.partner_id')
            .whereRef('later.partner_version', '>', 'p.partner_version'),
        ),
      ),
    )
    .orderBy('a.name')
    .limit(500)
    .execute()
}

/** Writes an acceptance; those of earlier versions stay, for what came under them. */
export async function savePin(
  db: Tx,
  pin: {
    readonly party_id: string
    readonly partner_id: string
    readonly partner_version: number
    readonly fingerprint: Uint8Array
    readonly sign_version: number
    readonly signature: Uint8Array
    readonly pinned_by: string
  },
): Promise<void> {
  await db
    .insertInto('parties.pin')
    .values(pin)
    .onConflict((clash) =>
      clash
        .columns(['party_id', 'partner_id', 'partner_version'])
        .doUpdateSet({ ...pin, pinned_at: new Date() }),
    )
    .execute()
}
