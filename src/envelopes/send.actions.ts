import { randomUUIDv7 } from 'node:crypto'

import { acceptedKeys, ownPrint } from '#parties'
import type { Actor, CaseKey } from '#platform/access'
import { type Bytes, framed, sealBytes, sealEnvelope } from '#platform/crypto'
import type { Tx } from '#platform/db'
import { lineFor, record, witnessHead } from '#platform/ledger'

import type { BackLevel, EnvelopeKind, SendRefusal, Sent, ThreadNews } from './envelope.ts'
import { deliver, keepOutgoing } from './envelope.store.ts'
import { type HeldNames, sealHeldNames } from './held-names.ts'

/** What is sent: a copy as it is now, sealed to one recipient, on one ground. */
export interface Sending {
  readonly kind: EnvelopeKind
  readonly threadId: string
  readonly toParty: string
  /** The sender's case, when the envelope comes out of one; its id never leaves. */
  readonly ofCase: CaseKey | null
  readonly releaseId: string | null
  /** A ground other than a release; its own room keeps what it is. */
  readonly groundId?: string
  readonly endsAt: Date | null
  readonly body: unknown
  readonly news: ThreadNews
  readonly back: BackLevel
  /** Who at the recipient must not be shown it, and whom it is about: tried there, then gone. */
  readonly held?: HeldNames
}

/**
 * Sends one envelope. The sender's row, both wraps, the recipient's row, both timelines and both ledger lines are one act.
 * The thread must already be in the sender's own list.
 */
export async function sendEnvelope(db: Tx, actor: Actor, s: Sending): Promise<Sent | SendRefusal> {
  const partner = await acceptedKeys(db, actor, s.toParty, s.threadId)
  if ('refused' in partner) return partner
  const id = randomUUIDv7()
  const sealed = sealEnvelope({
    header: headerOf(actor, s, id, partner.print),
    body: s.body,
    sender: actor.keys.party.sign,
    recipient: partner.boxPublic,
    own: actor.keys.party.box.publicKey,
  })
  const own =
    s.ofCase === null ? sealed.wrapForSender : sealBytes(s.ofCase.key, ownCopyAad(id), sealed.wrapForSender)
  await keepOutgoing(
    db,
    {
      party_id: actor.partyId,
      case_id: s.ofCase?.caseId ?? null,
      id,
      thread_id: s.threadId,
      to_party: s.toParty,
      kind: s.kind,
      release_id: s.releaseId,
      ends_at: s.endsAt,
      sender_id: actor.accountId,
      size: sealed.ciphertext.length,
      header: sealed.header,
      ciphertext: sealed.ciphertext,
      signature: sealed.signature,
    },
    own,
    actor.keys.party.version,
  )
  const line = lineFor(partner.boxPublic, {
    envelope: id,
    thread: s.threadId,
    from: actor.partyId,
    what: s.kind,
  })
  const reached = await deliver(db, {
    envelopeId: id,
    wrap: sealed.wrapForRecipient,
    recipientVersion: partner.version,
    news: s.news,
    back: s.back,
    line,
    ...heldPart(partner.boxPublic, id, s.held),
  })
  if (reached === null) return { refused: 'thread-gone' }
  await record(db, actor, {
    kind: 'envelope.sent',
    ...(s.ofCase === null ? {} : { of: s.ofCase }),
    detail: {
      envelope: id,
      thread: s.threadId,
      to: s.toParty,
      what: s.kind,
      release: s.releaseId,
      ...(s.groundId === undefined ? {} : { ground: s.groundId }),
      reached,
    },
  })
  // An office without an account is there for an hour: its signature would witness nothing afterwards.
  if (actor.keys.partner === undefined) await witnessHead(db, actor)
  return { envelopeId: id, reached }
}

/** The names as they travel: always where somebody is named, else only where the other side keeps lists to try them against. */
function heldPart(to: Bytes, id: string, held: HeldNames | undefined) {
  if (held === undefined || held.notFor.length + held.about.length === 0) return { notFor: null, about: null }
  const sealed = sealHeldNames(to, id, held)
  return held.notFor.length > 0 ? { notFor: sealed, about: null } : { notFor: null, about: sealed }
}

/** Binds the sender's own copy to its envelope. */
export function ownCopyAad(envelopeId: string): Bytes {
  return framed('anydoor/envelope/own-copy', new TextEncoder().encode(envelopeId))
}

function headerOf(actor: Actor, s: Sending, id: string, to: string) {
  return {
    version: 1 as const,
    id,
    thread: s.threadId,
    kind: s.kind,
    from: ownPrint(actor),
    to,
    basis: basisOf(s),
    sentAt: new Date().toISOString(),
    endsAt: s.endsAt?.toISOString() ?? null,
  }
}

/** Opaque to everybody but the sender: it names the release or the ground, and never a case. */
function basisOf({ releaseId, groundId }: Pick<Sending, 'releaseId' | 'groundId'>): string {
  if (releaseId !== null) return `release:${releaseId}`
  return groundId === undefined ? 'own-disclosure' : `ground:${groundId}`
}
