import {
  type HandedKeys,
  handedKeys,
  keysOfPrint,
  knownKeys,
  ownPrint,
  type PartnerKeys,
  type PinRefusal,
} from '#parties'
import { type Actor, caseKey } from '#platform/access'
import { fromText, openBytes, openEnvelope, readHeader } from '#platform/crypto'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { NotOpen, Opened } from './envelope.ts'
import { incoming, outgoing, withdraw, wrapForOpening } from './envelope.store.ts'
import { ownCopyAad } from './send.actions.ts'

/**
 * Opens what another party sent. The row is locked against withdrawal before its wrap is read, and the look is written down
 * in the same transaction: no line, no look.
 */
export async function openIncoming(db: Tx, actor: Actor, id: string): Promise<Opened | NotOpen> {
  const wrap = await wrapForOpening(db, id)
  const row = await incoming(db, actor.partyId, id)
  if (row === undefined) return { refused: 'missing' }
  if (wrap === null) {
    await record(db, actor, { kind: 'envelope.not-open', detail: { envelope: id, thread: row.thread_id } })
    return { refused: 'no-longer-shared' }
  }
  const found = await versionOf(db, actor, wrap.party_version)
  if (found !== null && 'refused' in found) return found
  const sender = await senderOf(db, actor, row, found)
  if ('refused' in sender) return sender
  if (found === null) return { refused: 'no-longer-shared' }
  const { keys } = found
  const opened = openEnvelope({
    header: row.header,
    ciphertext: row.ciphertext,
    signature: row.signature,
    wrap: wrap.wrap,
    senderSignKey: sender.signPublic,
    pair: keys.box,
    expected: {
      id: row.id,
      thread: row.thread_id,
      kind: row.kind,
      from: sender.print,
      to: ownPrint({ keys: { ...actor.keys, party: keys } }),
    },
  })
  const of = row.case_id === null ? null : await caseKey(db, actor, row.case_id)
  await record(db, actor, {
    kind: 'envelope.opened',
    ...(of === null ? {} : { of }),
    detail: { envelope: id, thread: row.thread_id, from: row.from_party },
  })
  return seen(row, row.from_party, row.received_at, opened.body)
}

/** Opens this party's own copy of what it sent: *what was shared*. */
export async function openOutgoing(db: Tx, actor: Actor, id: string): Promise<Opened | NotOpen> {
  const row = await outgoing(db, actor.partyId, id)
  if (row === undefined || row.wrap === null || row.party_version === null) return { refused: 'missing' }
  const found = await versionOf(db, actor, row.party_version)
  if (found === null) return { refused: 'missing' }
  if ('refused' in found) return found
  const { keys } = found
  const of = row.case_id === null ? null : await caseKey(db, actor, row.case_id)
  if (row.case_id !== null && of === null) return { refused: 'missing' }
  const wrap = of === null ? row.wrap : openBytes(of.key, ownCopyAad(id), row.wrap)
  const { header, ciphertext, signature } = row
  const opened = openEnvelope({
    header,
    ciphertext,
    signature,
    wrap,
    senderSignKey: keys.sign.publicKey,
    pair: keys.box,
    expected: { id },
  })
  return seen(row, row.to_party, row.sent_at, opened.body)
}

/** Ends everything sent under a release, at once: how many envelopes opened no more from that moment. */
export async function withdrawRelease(
  db: Tx,
  actor: Actor,
  release: { readonly id: string; readonly of: NonNullable<Awaited<ReturnType<typeof caseKey>>> },
  how: string,
): Promise<number> {
  const ended = await withdraw(db, { releaseId: release.id })
  await record(db, actor, {
    kind: 'envelope.withdrawn',
    of: release.of,
    detail: { release: release.id, ended, how },
  })
  return ended
}

/** Ends one envelope of a case, at once; nothing happens where it has ended already. */
export async function endEnvelope(
  db: Tx,
  actor: Actor,
  envelope: { readonly id: string; readonly of: NonNullable<Awaited<ReturnType<typeof caseKey>>> },
  how: string,
): Promise<number> {
  const ended = await withdraw(db, { envelopeId: envelope.id })
  const detail = { envelope: envelope.id, ended, how }
  await record(db, actor, { kind: 'envelope.withdrawn', of: envelope.of, detail })
  return ended
}

type Found = Pick<HandedKeys, 'keys'> & Partial<HandedKeys>

/** A version of this party's keys: its own, or one of before it had an account, which a partner handed over. */
async function versionOf(db: Tx, actor: Actor, version: number): Promise<Found | PinRefusal | null> {
  const keys = actor.keys.versions.get(version)
  return keys === undefined ? handedKeys(db, actor, version) : { keys }
}

/** Whose signature an envelope must bear. What came before this party had an account is its sender's by what the sender handed over. */
async function senderOf(
  db: Tx,
  actor: Actor,
  row: { readonly from_party: string; readonly header: Uint8Array },
  found: Found | null,
): Promise<PartnerKeys | PinRefusal> {
  const print = fromText(readHeader(row.header).from)
  const known = found?.prints
  if (known === undefined) return keysOfPrint(db, actor, row.from_party, print)
  const partner = { partyId: row.from_party, prints: known }
  return knownKeys(db, { keys: { ...actor.keys, partner } }, row.from_party, print)
}

function seen(
  row: {
    readonly id: string
    readonly thread_id: string
    readonly kind: Opened['kind']
    readonly ends_at: Date | null
  },
  otherParty: string,
  at: Date,
  body: unknown,
): Opened {
  return {
    envelopeId: row.id,
    threadId: row.thread_id,
    kind: row.kind,
    otherParty,
    sentAt: at.toISOString(),
    endsAt: row.ends_at?.toISOString() ?? null,
    body,
  }
}
