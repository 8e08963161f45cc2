import { type Bytes, randomBytes, sealJson, sealTo, sha256, toText } from '#platform/crypto'
import { randomUUIDv7 } from 'node:crypto'

import { sql } from 'kysely'
import type { Tx } from '#platform/db'

/** Everything the ledger writes down. Adding one is a decision: it names what a party can later be asked about. */
export const ledgerKinds = [
  'session.signed-in',
  'session.signed-out',
  'session.failed',
  'member.invited',
  'member.admitted',
  'member.removed',
  'member.roles',
  'member.password',
  'member.recovered',
  'client.made',
  'client.revoked',
  'client.token',
  'client.failed',
  'party.sheet',
  'party.sheet-used',
  'partner.pinned',
  'case.opened',
  'case.read',
  'case.changed',
  'case.searched',
  'case.closed',
  'case.erased',
  'ask.made',
  'ask.shown',
  'ask.answered',
  'letter.filed',
  'letter.answered',
  'retention.decided',
  'hold.placed',
  'hold.lifted',
  'hold.stopped',
  'conflict.declared',
  'pair.made',
  'pair.read',
  'release.signed',
  'release.withdrawn',
  'release.refused',
  'visit.made',
  'visit.ended',
  'visit.answered',
  'office.written',
  'link.made',
  'link.ended',
  'decision.made',
  'decision.seconded',
  'decision.told',
  'decision.ended',
  'envelope.sent',
  'envelope.received',
  'envelope.opened',
  'envelope.not-open',
  'envelope.withdrawn',
  'envelope.taken',
  'referral.changed',
  'ground.changed',
  'ground.shared',
  'ground.refused',
  'export.made',
  'directory.changed',
  'calendar.changed',
  'agency.law',
  'agency.young',
  'form.changed',
  'language.changed',
  'events.changed',
] as const
export type LedgerKind = (typeof ledgerKinds)[number]

/** Whoever writes: an actor, as far as the ledger needs one. */
export interface LedgerWriter {
  readonly accountId: string
  readonly partyId: string
  readonly keys: { readonly party: { readonly version: number; readonly data: Bytes } }
}

/** A case's opened key, when the line belongs to a case. */
export interface LedgerCase {
  readonly caseId: string
  readonly version: number
  readonly key: Bytes
}

export interface LedgerLine {
  readonly kind: LedgerKind
  readonly of?: LedgerCase
  readonly detail: Readonly<Record<string, unknown>>
}

/**
 * Writes one line of the party's ledger in the caller's transaction: if it cannot be written, nothing of the act happens.
 * The detail is sealed under the case's key, or the party's; the tree holds only a commitment to it.
 */
export async function record(db: Tx, by: LedgerWriter, line: LedgerLine): Promise<void> {
  const id = randomUUIDv7()
  const { nonce, commitment, body } = committed({ by: by.accountId, ...line.detail })
  const scope = line.of ?? { version: by.keys.party.version, key: by.keys.party.data }
  const address = {
    party: by.partyId,
    table: 'ledger.entry',
    column: 'detail',
    row: id,
    keyVersion: scope.version,
  }
  await db
    .insertInto('ledger.entry')
    .values({
      id,
      party_id: by.partyId,
      case_id: line.of?.caseId ?? null,
      kind: line.kind,
      minute: sql<Date>`date_trunc('minute', clock_timestamp())`,
      commitment,
      key_scope: line.of === undefined ? 'party' : 'case',
      key_version: scope.version,
      detail: sealJson(scope.key, address, { nonce, body }),
    })
    .execute()
}

/** The line that another party will find in its own ledger: sealed to its public key, so that only it can read it. */
export function lineFor(
  boxPublic: Bytes,
  detail: Readonly<Record<string, unknown>>,
): { readonly commitment: Bytes; readonly detail: Bytes } {
  const { nonce, commitment, body } = committed(detail)
  return { commitment, detail: sealTo(boxPublic, new TextEncoder().encode(JSON.stringify({ nonce, body }))) }
}

/** A line for a party whose keys the writer does not hold: sealed to its box, as an owner's command at the machine writes it. */
export async function recordToBox(
  db: Tx,
  to: { readonly partyId: string; readonly version: number; readonly boxPublic: Bytes },
  line: Omit<LedgerLine, 'of'>,
): Promise<void> {
  const { commitment, detail } = lineFor(to.boxPublic, line.detail)
  await db
    .insertInto('ledger.entry')
    .values({
      id: randomUUIDv7(),
      party_id: to.partyId,
      kind: line.kind,
      minute: sql<Date>`date_trunc('minute', clock_timestamp())`,
      commitment,
      key_scope: 'box',
      key_version: to.version,
      detail,
    })
    .execute()
}

function committed(detail: Readonly<Record<string, unknown>>) {
  const nonce = randomBytes(32)
  const body = JSON.stringify(detail)
  return { nonce: toText(nonce), body, commitment: sha256(nonce, new TextEncoder().encode(body)) }
}
