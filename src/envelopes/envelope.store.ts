import { sql } from 'kysely'

import { shareEndingTurn, type Tx } from '#platform/db'

import type { BackLevel, EnvelopeKind, ThreadNews } from './envelope.ts'

export interface OutgoingRow {
  readonly party_id: string
  readonly case_id: string | null
  readonly id: string
  readonly thread_id: string
  readonly to_party: string
  readonly kind: EnvelopeKind
  readonly release_id: string | null
  readonly ends_at: Date | null
  readonly sender_id: string
  readonly size: number
  readonly header: Uint8Array
  readonly ciphertext: Uint8Array
  readonly signature: Uint8Array
}

/** Keeps the sender's side of an envelope, and the sender's own wrap. */
export async function keepOutgoing(
  db: Tx,
  row: OutgoingRow,
  wrap: Uint8Array,
  partyVersion: number,
): Promise<void> {
  await db.insertInto('envelopes.outgoing').values(row).execute()
  await db
    .insertInto('keyring.envelope_wrap')
    .values({ party_id: row.party_id, envelope_id: row.id, party_version: partyVersion, wrap })
    .execute()
}

export interface Delivery {
  readonly envelopeId: string
  readonly wrap: Uint8Array
  readonly recipientVersion: number
  readonly news: ThreadNews
  readonly back: BackLevel
  readonly line: { readonly commitment: Uint8Array; readonly detail: Uint8Array }
  /** Sealed names: of whom it is held from, or only of whom it is about. */
  readonly notFor: Uint8Array | null
  readonly about: Uint8Array | null
}

/** Hands the recipient their copy; the database decides whether anything of this kind may travel. */
export async function deliver(db: Tx, d: Delivery): Promise<'delivered' | 'kept' | null> {
  const { news } = d
  const { rows } = await sql<{
    reached: 'delivered' | 'kept' | null
  }>`select envelopes.deliver(${d.envelopeId}::uuid, ${d.wrap},
    ${d.recipientVersion}, ${news.state ?? null}, ${news.dueAt ?? null}::timestamptz, ${news.expectedAt ?? null}::timestamptz,
    ${news.place ?? null}::integer, ${d.back}, ${d.line.commitment}, ${d.line.detail}, ${d.notFor}::bytea, ${d.about}::bytea) as reached`.execute(
    db,
  )
  return rows[0]?.reached ?? null
}

/** The recipient's row as it is now; null when it is missing or held from the reader. */
export async function incoming(db: Tx, partyId: string, id: string) {
  return db
    .selectFrom('envelopes.incoming')
    .selectAll()
    .where('party_id', '=', partyId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** The recipient's wrap, its row marked as opened and share-locked first; null once the envelope has ended. */
export async function wrapForOpening(db: Tx, id: string) {
  const { rows } = await sql<{
    wrap: Buffer
    party_version: number
  }>`select * from envelopes.wrap_for_opening(${id}::uuid)`.execute(db)
  return rows[0] ?? null
}

/** The sender's own row with its own wrap; null when missing or not the reader's to see. */
export async function outgoing(db: Tx, partyId: string, id: string) {
  return db
    .selectFrom('envelopes.outgoing as o')
    .leftJoin('keyring.envelope_wrap as w', (join) =>
      join.onRef('w.party_id', '=', 'o.party_id').onRef('w.envelope_id', '=', 'o.id'),
    )
    .selectAll('o')
    .select(['w.wrap', 'w.party_version'])
    .where('o.party_id', '=', partyId)
    .where('o.id', '=', id)
    .executeTakeFirst()
}

/** Ends every envelope of a release, or a single one: how many were ended. */
export async function withdraw(
  db: Tx,
  what: { readonly releaseId?: string; readonly envelopeId?: string },
): Promise<number> {
  await shareEndingTurn(db)
  const { rows } = await sql<{
    ended: number
  }>`select envelopes.withdraw(${what.releaseId ?? null}::uuid, ${what.envelopeId ?? null}::uuid) as ended`.execute(
    db,
  )
  return rows[0]?.ended ?? 0
}

/** What was sent in a case, newest first: for *what was shared*. */
export async function sentInCase(db: Tx, partyId: string, caseId: string, limit = 100) {
  return db
    .selectFrom('envelopes.outgoing')
    .select(['id', 'thread_id', 'to_party', 'kind', 'release_id', 'sent_at', 'ends_at', 'state'])
    .where('party_id', '=', partyId)
    .where('case_id', '=', caseId)
    .orderBy('sent_at', 'desc')
    .limit(limit)
    .execute()
}

/** Both directions of a thread as this party has them, oldest first. */
export async function envelopesOfThread(db: Tx, partyId: string, threadId: string) {
  const sent = await db
    .selectFrom('envelopes.outgoing')
    .select(['id', 'kind', 'sent_at as at', 'ends_at', 'state'])
    .where('party_id', '=', partyId)
    .where('thread_id', '=', threadId)
    .execute()
  const received = await db
    .selectFrom('envelopes.incoming')
    .select(['id', 'kind', 'received_at as at', 'ends_at', 'state'])
    .where('party_id', '=', partyId)
    .where('thread_id', '=', threadId)
    .execute()
  const all = [
    ...sent.map((row) => ({ ...row, way: 'out' as const })),
    ...received.map((row) => ({ ...row, way: 'in' as const })),
  ]
  return all.toSorted((a, b) => a.at.getTime() - b.at.getTime())
}

/** Attaches what arrived in a thread to the recipient's own case: the act of taking it into the record. */
export async function attachToCase(db: Tx, partyId: string, threadId: string, caseId: string): Promise<void> {
  await db
    .updateTable('envelopes.incoming')
    .set({ case_id: caseId })
    .where('party_id', '=', partyId)
    .where('thread_id', '=', threadId)
    .execute()
}

/** The ground on which this party last sent a request in a thread; null when it sent none. */
export async function groundOf(db: Tx, partyId: string, threadId: string) {
  const row = await db
    .selectFrom('envelopes.outgoing')
    .select([
      'release_id as releaseId',
      'ends_at as endsAt',
      sql<boolean>`state = 'sent' and (ends_at is null or ends_at > clock_timestamp())`.as('holds'),
    ])
    .where('party_id', '=', partyId)
    .where('thread_id', '=', threadId)
    .where('kind', 'in', ['ask', 'request'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Whether what began a thread still opens here; if so it is held against withdrawal until the transaction ends. */
export async function stillShared(db: Tx, partyId: string, threadId: string): Promise<boolean> {
  const row = await db
    .selectFrom('envelopes.incoming')
    .select('id')
    .where('party_id', '=', partyId)
    .where('thread_id', '=', threadId)
    .where('kind', 'in', ['ask', 'request'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined && (await wrapForOpening(db, row.id)) !== null
}

/** The threads in which something was sent under a release, in the order of their ids. */
export async function threadsUnder(db: Tx, partyId: string, releaseId: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('envelopes.outgoing')
    .select('thread_id')
    .distinct()
    .where('party_id', '=', partyId)
    .where('release_id', '=', releaseId)
    .orderBy('thread_id')
    .execute()
  return rows.map((row) => row.thread_id)
}

/** The wraps of a party's own copies of what a case sent. */
export async function ownCopies(db: Tx, partyId: string, caseId: string) {
  return db
    .selectFrom('envelopes.outgoing as o')
    .innerJoin('keyring.envelope_wrap as w', (join) =>
      join.onRef('w.party_id', '=', 'o.party_id').onRef('w.envelope_id', '=', 'o.id'),
    )
    .select(['o.id', 'w.wrap'])
    .where('o.party_id', '=', partyId)
    .where('o.case_id', '=', caseId)
    .execute()
}

/** Puts an own copy's wrap back under another seal. */
export async function resealOwnCopy(db: Tx, partyId: string, id: string, wrap: Uint8Array): Promise<void> {
  await db
    .updateTable('keyring.envelope_wrap')
    .set({ wrap })
    .where('party_id', '=', partyId)
    .where('envelope_id', '=', id)
    .execute()
}
