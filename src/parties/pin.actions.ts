import type { Actor } from '#platform/access'
import {
  type Bytes,
  fingerprintWords,
  framed,
  fromText,
  partyFingerprint,
  sameBytes,
  sign,
  signatureHolds,
  toText,
} from '#platform/crypto'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { keysOf, keysOfThread, newestKeys, pinOf, pinOfPrint, savePin } from './pin.store.ts'

/** A partner's keys as this party accepted them. */
export interface PartnerKeys {
  readonly partyId: string
  readonly version: number
  readonly boxPublic: Bytes
  readonly signPublic: Bytes
  /** The fingerprint as it stands in envelope headers. */
  readonly print: string
}

/** Why nothing can be sealed to a partner: never accepted, its key changed, or our own note of it does not hold. */
export interface PinRefusal {
  readonly refused: 'partner-not-accepted' | 'partner-key-changed' | 'partner-pin-broken'
}

/** The six words both sides read to each other over the telephone before a key is accepted; null for no such party. */
export async function partnerWords(db: Tx, partnerId: string): Promise<readonly string[] | null> {
  const keys = await newestKeys(db, partnerId)
  return keys === undefined ? null : fingerprintWords(partyFingerprint(keys.box_public, keys.sign_public))
}

/** Accepts a partner's newest key: its fingerprint, signed by this party. */
export async function acceptPartner(db: Tx, actor: Actor, partnerId: string): Promise<boolean> {
  const keys = await newestKeys(db, partnerId)
  if (keys === undefined || partnerId === actor.partyId) return false
  const print = partyFingerprint(keys.box_public, keys.sign_public)
  await acceptVersion(db, actor, partnerId, keys.version, print)
  await record(db, actor, { kind: 'partner.pinned', detail: { partner: partnerId, version: keys.version } })
  return true
}

/** Writes down one version of a partner's keys as accepted, signed by this party. */
export async function acceptVersion(
  db: Tx,
  actor: Actor,
  partnerId: string,
  version: number,
  print: Bytes,
): Promise<void> {
  await savePin(db, {
    party_id: actor.partyId,
    partner_id: partnerId,
    partner_version: version,
    fingerprint: print,
    sign_version: actor.keys.party.version,
    signature: sign(actor.keys.party.sign.secretKey, pinned(actor.partyId, partnerId, version, print)),
    pinned_by: actor.accountId,
  })
}

/**
 * A partner's accepted keys, their signature checked; or why nothing may be sealed to it. An office without an account has keys
 * for each thread only. Who acts for such an office knows one partner, by what came to it under token and code.
 */
export async function acceptedKeys(
  db: Tx,
  actor: Pick<Actor, 'partyId' | 'keys'>,
  partnerId: string,
  threadId?: string,
): Promise<PartnerKeys | PinRefusal> {
  const known = actor.keys.partner?.prints.at(-1)
  if (known !== undefined) return knownKeys(db, actor, partnerId, fromText(known.print))
  if (threadId !== undefined && (await newestKeys(db, partnerId)) === undefined) {
    const keys = await keysOfThread(db, partnerId, threadId)
    if (keys === undefined) return { refused: 'partner-not-accepted' }
    return keysOfPrint(db, actor, partnerId, partyFingerprint(keys.box_public, keys.sign_public))
  }
  const pin = await pinOf(db, actor.partyId, partnerId)
  if (pin === undefined) return { refused: 'partner-not-accepted' }
  if (!pinHolds(actor, pin)) return { refused: 'partner-pin-broken' }
  return sameKeys(partnerId, pin, await newestKeys(db, partnerId)) ?? { refused: 'partner-key-changed' }
}

/**
 * The keys that a fingerprint in an envelope's header stands for, if this party ever accepted them: what came before a
 * partner's keys changed is still theirs.
 */
export async function keysOfPrint(
  db: Tx,
  actor: Pick<Actor, 'partyId' | 'keys'>,
  partnerId: string,
  print: Bytes,
): Promise<PartnerKeys | PinRefusal> {
  if (actor.keys.partner !== undefined) return knownKeys(db, actor, partnerId, print)
  const pin = await pinOfPrint(db, actor.partyId, partnerId, print)
  if (pin === undefined) {
    const some = await pinOf(db, actor.partyId, partnerId)
    return { refused: some === undefined ? 'partner-not-accepted' : 'partner-key-changed' }
  }
  if (!pinHolds(actor, pin)) return { refused: 'partner-pin-broken' }
  const keys = await keysOf(db, partnerId, pin.partner_version)
  return sameKeys(partnerId, pin, keys) ?? { refused: 'partner-pin-broken' }
}

/** The keys of the one partner that an office knows, if this is it and the print is one of its own. */
export async function knownKeys(
  db: Tx,
  actor: Pick<Actor, 'keys'>,
  partnerId: string,
  print: Bytes,
): Promise<PartnerKeys | PinRefusal> {
  const { partner } = actor.keys
  const text = toText(print)
  const known = partner?.prints.find((each) => each.print === text)
  if (partner?.partyId !== partnerId || known === undefined) return { refused: 'partner-not-accepted' }
  const keys = await keysOf(db, partnerId, known.version)
  if (keys === undefined || !sameBytes(partyFingerprint(keys.box_public, keys.sign_public), print))
    return { refused: 'partner-pin-broken' }
  const { version, box_public: boxPublic, sign_public: signPublic } = keys
  return { partyId: partnerId, version, boxPublic, signPublic, print: text }
}

type Pin = NonNullable<Awaited<ReturnType<typeof pinOf>>>

/**
 * Whether an acceptance was signed by this party, and not written by somebody else. The key comes from the actor's own opened
 * secrets: whoever can write to the database could put another public key beside another pin.
 */
function pinHolds(actor: Pick<Actor, 'keys'>, pin: Pin): boolean {
  const own = actor.keys.versions.get(pin.sign_version)
  const message = pinned(pin.party_id, pin.partner_id, pin.partner_version, pin.fingerprint)
  return own !== undefined && signatureHolds(own.sign.publicKey, message, pin.signature)
}

function sameKeys(partyId: string, pin: Pin, keys: Awaited<ReturnType<typeof keysOf>>): PartnerKeys | null {
  if (keys === undefined) return null
  const print = partyFingerprint(keys.box_public, keys.sign_public)
  if (!sameBytes(print, pin.fingerprint)) return null
  const { version, box_public: boxPublic, sign_public: signPublic } = keys
  return { partyId, version, boxPublic, signPublic, print: toText(print) }
}

/** The fingerprint that stands for this party in envelope headers. */
export function ownPrint(actor: Pick<Actor, 'keys'>): string {
  const { box, sign: pair } = actor.keys.party
  return toText(partyFingerprint(box.publicKey, pair.publicKey))
}

function pinned(partyId: string, partnerId: string, version: number, print: Uint8Array): Bytes {
  const text = new TextEncoder()
  return framed(
    'anydoor/pin',
    text.encode(partyId),
    text.encode(partnerId),
    new Uint8Array([version >> 8, version & 255]),
    print,
  )
}
