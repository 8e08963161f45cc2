import { sql } from 'kysely'

import type { Bytes } from '#platform/crypto'
import type { Tx } from '#platform/db'

/** The office of an organisation of the directory, made at the first need; null where it has an account, or is not there. */
export async function openOffice(db: Tx, organizationId: string): Promise<string | null> {
  const { rows } = await sql<{
    id: string | null
  }>`select parties.open_office(${organizationId}::uuid) as id`.execute(db)
  return rows[0]?.id ?? null
}

/** An office that this party writes to, by organisation or by itself; null for any other. */
export async function officeRow(
  db: Tx,
  partyId: string,
  by: { readonly organizationId: string } | { readonly officeId: string },
) {
  const row = await db
    .selectFrom('parties.office as o')
    .innerJoin('parties.office_address as d', 'd.office_id', 'o.office_id')
    .innerJoin('parties.agency as a', 'a.party_id', 'o.office_id')
    .select(['o.office_id as officeId', 'd.key_version as keyVersion', 'd.mail', 'a.state'])
    .where('d.party_id', '=', partyId)
    .where((where) =>
      'officeId' in by
        ? where('o.office_id', '=', by.officeId)
        : where('o.organization_id', '=', by.organizationId),
    )
    .executeTakeFirst()
  return row ?? null
}

/** The organisations of the directory that this party writes to by mail and link. */
export async function officesWrittenTo(db: Tx, partyId: string) {
  return db
    .selectFrom('parties.office as o')
    .innerJoin('parties.office_address as d', 'd.office_id', 'o.office_id')
    .innerJoin('parties.agency as a', 'a.party_id', 'o.office_id')
    .select(['o.office_id as officeId', 'o.organization_id as organizationId'])
    .where('d.party_id', '=', partyId)
    .where('a.state', '=', 'light')
    .orderBy('a.name')
    .limit(500)
    .execute()
}

/** Writes down to which address this party writes there; the one before is gone. */
export async function writeAddress(
  db: Tx,
  row: {
    readonly party_id: string
    readonly office_id: string
    readonly key_version: number
    readonly mail: Bytes
    readonly written_by: string
  },
): Promise<void> {
  const { key_version, mail, written_by } = row
  await db
    .insertInto('parties.office_address')
    .values(row)
    .onConflict((clash) =>
      clash
        .columns(['party_id', 'office_id'])
        .doUpdateSet({ key_version, mail, written_by, written_at: sql<Date>`clock_timestamp()` }),
    )
    .execute()
}

/** Writes the public half of a thread's pair as the office's next key version; null when there is one for it already. */
export async function addOfficeKey(
  db: Tx,
  officeId: string,
  threadId: string,
  keys: { readonly box: Bytes; readonly sign: Bytes },
): Promise<number | null> {
  const { rows } = await sql<{
    version: number | null
  }>`select parties.add_office_key(${officeId}::uuid, ${threadId}::uuid, ${keys.box}, ${keys.sign}) as version`.execute(
    db,
  )
  return rows[0]?.version ?? null
}

/** Keeps the secret half for whoever made it. */
export async function keepOfficeKey(
  db: Tx,
  row: {
    readonly party_id: string
    readonly case_id: string | null
    readonly thread_id: string
    readonly office_id: string
    readonly version: number
    readonly key_version: number
    readonly secrets: Bytes
  },
): Promise<void> {
  await db.insertInto('parties.office_key').values(row).execute()
}

const held = [
  'thread_id as threadId',
  'case_id as caseId',
  'office_id as officeId',
  'version',
  'key_version as keyVersion',
  'secrets',
] as const

/** The secret of one thread, as this party holds it; null when there is none, or it is not the asker's to see. */
export async function officeKeyRow(db: Tx, partyId: string, threadId: string) {
  const row = await db
    .selectFrom('parties.office_key')
    .select(held)
    .where('party_id', '=', partyId)
    .where('thread_id', '=', threadId)
    .executeTakeFirst()
  return row ?? null
}

/** The secrets that lie under a case's key, held for the new one. */
export async function officeKeysOfCase(db: Tx, partyId: string, caseId: string) {
  return db
    .selectFrom('parties.office_key')
    .select(held)
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .forUpdate()
    .execute()
}

/** Puts a secret back under another key. */
export async function resealOfficeKey(
  db: Tx,
  partyId: string,
  threadId: string,
  to: { readonly keyVersion: number; readonly secrets: Bytes; readonly caseId: string | null },
): Promise<void> {
  await db
    .updateTable('parties.office_key')
    .set({ secrets: to.secrets, key_version: to.keyVersion, case_id: to.caseId })
    .where('party_id', '=', partyId)
    .where('thread_id', '=', threadId)
    .execute()
}

/** Former offices whose own keys were accepted, and to which something is to be handed over. */
export async function officesToHandOver(db: Tx): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`select office_id as id from parties.to_hand_over()`.execute(db)
  return rows.map((row) => row.id)
}

/** Some threads to one of them whose secret was not handed over yet. */
export async function threadsToHandOver(db: Tx, officeId: string): Promise<readonly string[]> {
  const { rows } = await sql<{
    id: string
  }>`select thread_id as id from parties.threads_to_hand_over(${officeId}::uuid)`.execute(db)
  return rows.map((row) => row.id)
}

/** Hands a secret over, sealed; false when that was done already or the agency is not there yet. */
export async function putHand(
  db: Tx,
  hand: { readonly threadId: string; readonly boxVersion: number; readonly sealed: Bytes },
): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select parties.hand_over(${hand.threadId}::uuid, ${hand.boxVersion}, ${hand.sealed}) as done`.execute(db)
  return rows[0]?.done === true
}

/** A version of before this party had an account, as its partner handed it over. */
export async function handRow(db: Tx, partyId: string, version: number) {
  return db
    .selectFrom('keyring.office_hand')
    .select(['from_party as fromParty', 'to_version as toVersion', 'secrets'])
    .where('party_id', '=', partyId)
    .where('version', '=', version)
    .executeTakeFirst()
}
