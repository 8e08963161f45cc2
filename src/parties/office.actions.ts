import { z } from 'zod'

import {
  type Actor,
  type CaseKey,
  openCase,
  openParty,
  type PartyKeys,
  sealCase,
  sealParty,
} from '#platform/access'
import {
  type Bytes,
  framed,
  fromText,
  newPartySecrets,
  openSealed,
  packPartySecrets,
  partyDataKey,
  partyFingerprint,
  type PartySecrets,
  sealTo,
  sign,
  signatureHolds,
  toText,
  unpackPartySecrets,
} from '#platform/crypto'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import {
  addOfficeKey,
  handRow,
  keepOfficeKey,
  officeKeyRow,
  officeRow,
  officesToHandOver,
  openOffice,
  putHand,
  threadsToHandOver,
  writeAddress,
} from './office.store.ts'
import {
  acceptedKeys,
  acceptVersion,
  keysOfPrint,
  ownPrint,
  type PartnerKeys,
  type PinRefusal,
} from './pin.actions.ts'

const addressTable = 'parties.office_address'
const keyTable = 'parties.office_key'

/** An organisation without an account that this agency writes to: by mail, a link and a code. */
export interface Office {
  readonly officeId: string
  readonly mail: string
}

/** Writes down to which address this agency writes to an organisation without an account; null where it has one. */
export async function writeOffice(
  db: Tx,
  actor: Actor,
  organizationId: string,
  mail: string,
): Promise<Office | null> {
  const officeId = await openOffice(db, organizationId)
  if (officeId === null) return null
  await moveOffice(db, actor, officeId, mail)
  return { officeId, mail }
}

/** The same office at another address. */
export async function moveOffice(db: Tx, actor: Actor, officeId: string, mail: string): Promise<void> {
  await writeAddress(db, {
    party_id: actor.partyId,
    office_id: officeId,
    key_version: actor.keys.party.version,
    mail: sealParty(actor, addressTable, 'mail', officeId, mail),
    written_by: actor.accountId,
  })
  await record(db, actor, { kind: 'office.written', detail: { partner: officeId } })
}

/** The office that this agency writes to, by its organisation or by itself; null for any other, or once it has an account. */
export async function officeOf(
  db: Tx,
  actor: Pick<Actor, 'partyId' | 'keys'>,
  by: { readonly organizationId: string } | { readonly officeId: string },
): Promise<Office | null> {
  const row = await officeRow(db, actor.partyId, by)
  if (row === null || row.state !== 'light') return null
  const mail = openParty(actor, row.keyVersion, addressTable, 'mail', row.officeId, row.mail)
  return { officeId: row.officeId, mail: z.string().parse(mail) }
}

/** Why nothing can be sent there: null where keys are accepted, and for an office, whose keys are made with each thread. */
export async function unreachable(db: Tx, actor: Actor, partyId: string): Promise<PinRefusal | null> {
  if ((await officeOf(db, actor, { officeId: partyId })) !== null) return null
  const keys = await acceptedKeys(db, actor, partyId)
  return 'refused' in keys ? keys : null
}

/** Makes the pair of a thread to an office: the office's next key version, its secret kept under the case's key or our own. */
export async function makeOfficeKey(
  db: Tx,
  actor: Actor,
  of: CaseKey | null,
  at: { readonly officeId: string; readonly threadId: string },
): Promise<void> {
  const secrets = newPartySecrets()
  const keys = { box: secrets.box.publicKey, sign: secrets.sign.publicKey }
  const version = await addOfficeKey(db, at.officeId, at.threadId, keys)
  if (version === null) throw new Error('A thread to an office has its keys already, or is none.')
  await keepOfficeKey(db, {
    party_id: actor.partyId,
    case_id: of?.caseId ?? null,
    thread_id: at.threadId,
    office_id: at.officeId,
    version,
    ...sealOfficeKey(actor, of, at.threadId, packPartySecrets(secrets)),
  })
  await acceptVersion(db, actor, at.officeId, version, partyFingerprint(keys.box, keys.sign))
}

/** A secret as it is kept: under the case's key, else under the agency's. */
export function sealOfficeKey(actor: Actor, of: CaseKey | null, threadId: string, packed: Bytes) {
  const text = toText(packed)
  return of === null
    ? {
        key_version: actor.keys.party.version,
        secrets: sealParty(actor, keyTable, 'secrets', threadId, text),
      }
    : { key_version: of.version, secrets: sealCase(of, keyTable, 'secrets', threadId, text) }
}

/** Opens it again. */
export function openOfficeKey(
  actor: Actor,
  of: CaseKey | null,
  row: { readonly threadId: string; readonly keyVersion: number; readonly secrets: Bytes },
): Bytes {
  const text =
    of === null
      ? openParty(actor, row.keyVersion, keyTable, 'secrets', row.threadId, row.secrets)
      : openCase(of, keyTable, 'secrets', row.threadId, row.secrets)
  return fromText(z.string().parse(text))
}

/** By which versions a party is known: what an office, or an agency that was one, trusts without having compared words. */
const Prints = z.array(z.strictObject({ version: z.int().positive(), print: z.string().max(100) })).max(1000)

/** The fingerprints of every version of this party's keys, oldest first. */
export function ownPrints(actor: Pick<Actor, 'keys'>): z.infer<typeof Prints> {
  return [...actor.keys.versions.values()].map(({ version, box, sign: pair }) => ({
    version,
    print: toText(partyFingerprint(box.publicKey, pair.publicKey)),
  }))
}

const Hand = z.strictObject({
  secrets: z.string().max(400),
  prints: Prints,
  by: z.string().max(100),
  signature: z.string().max(200),
})

/**
 * Threads to an office that has founded its account: their secrets go to it, sealed to the keys that our administrator has
 * accepted, and signed. Whose words were not compared yet gets nothing.
 */
export async function handOver(
  db: Tx,
  actor: Actor,
  keyOf: (caseId: string) => Promise<CaseKey | null>,
): Promise<void> {
  for (const officeId of await officesToHandOver(db)) {
    const to = await acceptedKeys(db, actor, officeId)
    if ('refused' in to) continue
    for (const threadId of await threadsToHandOver(db, officeId))
      await handOne(db, actor, to, threadId, keyOf)
  }
}

async function handOne(
  db: Tx,
  actor: Actor,
  to: PartnerKeys,
  threadId: string,
  keyOf: (caseId: string) => Promise<CaseKey | null>,
): Promise<void> {
  const row = await officeKeyRow(db, actor.partyId, threadId)
  if (row === null) return
  const of = row.caseId === null ? null : await keyOf(row.caseId)
  if (row.caseId !== null && of === null) return
  const packed = openOfficeKey(actor, of, row)
  const prints = ownPrints(actor)
  const by = ownPrint(actor)
  const said = handed(row.officeId, row.version, packed, prints)
  const hand: z.infer<typeof Hand> = {
    secrets: toText(packed),
    prints,
    by,
    signature: toText(sign(actor.keys.party.sign.secretKey, said)),
  }
  const sealed = sealTo(to.boxPublic, new TextEncoder().encode(JSON.stringify(hand)))
  await putHand(db, { threadId, boxVersion: to.version, sealed })
}

/** A version of before this agency had an account: its pairs, and by which prints the sender is known in what came under it. */
export interface HandedKeys {
  readonly keys: PartyKeys
  readonly prints: readonly { readonly version: number; readonly print: string }[]
}

/** What a partner handed over for a version, its signature checked with the partner's accepted keys; null when nothing was. */
export async function handedKeys(
  db: Tx,
  actor: Actor,
  version: number,
): Promise<HandedKeys | PinRefusal | null> {
  const row = await handRow(db, actor.partyId, version)
  const own = row === undefined ? undefined : actor.keys.versions.get(row.toVersion)
  if (row === undefined || own === undefined) return null
  const hand = Hand.parse(JSON.parse(new TextDecoder().decode(openSealed(own.box, row.secrets))))
  const sender = await keysOfPrint(db, actor, row.fromParty, fromText(hand.by))
  if ('refused' in sender) return sender
  const packed = fromText(hand.secrets)
  const said = handed(actor.partyId, version, packed, hand.prints)
  if (!signatureHolds(sender.signPublic, said, fromText(hand.signature)))
    return { refused: 'partner-pin-broken' }
  return { keys: asKeys(version, unpackPartySecrets(packed)), prints: hand.prints }
}

/** A version's secrets as an actor holds them. */
export function asKeys(version: number, secrets: PartySecrets): PartyKeys {
  return { version, ...secrets, data: partyDataKey(secrets) }
}

function handed(officeId: string, version: number, packed: Bytes, prints: z.infer<typeof Prints>): Bytes {
  const text = new TextEncoder()
  return framed(
    'anydoor/office/hand',
    text.encode(`${officeId}|${version}`),
    packed,
    text.encode(JSON.stringify(prints)),
  )
}
