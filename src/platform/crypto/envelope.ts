import { openSealed, sealTo, sign, signatureHolds, type BoxPair, type SignPair } from './boxes.ts'
import { type Bytes, forget, newKey, randomBytes, sameBytes, Unopenable } from './bytes.ts'
import { sha256 } from './digests.ts'
import { type EnvelopeHeader, headerBytes, readHeader } from './envelope-header.ts'
import { framed, joined } from './frames.ts'
import { envelopeSize, padded, unpadded } from './padding.ts'
import { openBytes, sealBytes } from './seals.ts'

/** What goes into an envelope; `recipient` and `own` are public sealing keys. */
export interface EnvelopeParts {
  readonly header: EnvelopeHeader
  /** Any JSON value; its length shows only in steps (64, 96, 128, 192 octets and so on). */
  readonly body: unknown
  readonly sender: SignPair
  readonly recipient: Bytes
  readonly own: Bytes
}

/** A sealed envelope: complete in itself, whatever carries it. */
export interface SealedEnvelope {
  readonly header: Bytes
  readonly ciphertext: Bytes
  readonly wrapForRecipient: Bytes
  readonly wrapForSender: Bytes
  readonly signature: Bytes
}

/** What is needed to open one: either side's wrap and pair, and the sender's signing key. */
export interface EnvelopeToOpen {
  readonly header: Bytes
  readonly ciphertext: Bytes
  readonly wrap: Bytes
  readonly signature: Bytes
  readonly senderSignKey: Bytes
  readonly pair: BoxPair
  /** Fields that the header must have, as the reader's own record of the envelope says. */
  readonly expected?: Partial<EnvelopeHeader>
}

/** An opened envelope, every part of it checked. */
export interface OpenedEnvelope {
  readonly header: EnvelopeHeader
  readonly body: unknown
}

const NONCE = 32

/** Seals and signs a copy of `body` for one recipient, and for the sender to look at again. */
export function sealEnvelope({ header, body, sender, recipient, own }: EnvelopeParts): SealedEnvelope {
  const clear = headerBytes(header)
  const content = bodyBytes(body)
  const nonced = joined(randomBytes(NONCE), content)
  const plain = padded(nonced, envelopeSize(nonced.length))
  const contentKey = newKey()
  const ciphertext = sealBytes(contentKey, contentAad(clear), plain)
  const wrapped = joined(contentKey, sha256(clear))
  const signature = sign(sender.secretKey, signedBytes(clear, ciphertext, nonced))
  const wraps = { wrapForRecipient: sealTo(recipient, wrapped), wrapForSender: sealTo(own, wrapped) }
  forget(contentKey, wrapped, plain, nonced, content)
  return { header: clear, ciphertext, ...wraps, signature }
}

/** Opens an envelope; throws Unopenable when anything in it is not exactly what its sender sealed. */
export function openEnvelope(envelope: EnvelopeToOpen): OpenedEnvelope {
  const { header: clear, ciphertext, wrap, signature, senderSignKey, pair, expected = {} } = envelope
  const header = readHeader(clear)
  for (const [field, value] of Object.entries(expected)) {
    if (header[field as keyof EnvelopeHeader] !== value) throw new Unopenable()
  }
  const wrapped = openSealed(pair, wrap)
  if (wrapped.length !== 64 || !sameBytes(wrapped.subarray(32), sha256(clear))) throw new Unopenable()
  const nonced = unpadded(openBytes(wrapped.subarray(0, 32), contentAad(clear), ciphertext))
  forget(wrapped)
  if (!signatureHolds(senderSignKey, signedBytes(clear, ciphertext, nonced), signature))
    throw new Unopenable()
  const body = readBody(nonced.subarray(NONCE))
  forget(nonced)
  return { header, body }
}

/** The plaintext's hash is bound to a nonce inside, so that a guessed content cannot be checked. */
function signedBytes(clear: Bytes, ciphertext: Bytes, nonced: Bytes): Bytes {
  return framed('anydoor/envelope/1', clear, sha256(ciphertext), sha256(nonced))
}

function contentAad(clear: Bytes): Bytes {
  return framed('anydoor/envelope/content/1', clear)
}

function bodyBytes(body: unknown): Bytes {
  const text: string | undefined = JSON.stringify(body)
  if (text === undefined) throw new TypeError('Only a JSON value can be put into an envelope.')
  return new TextEncoder().encode(text)
}

function readBody(content: Bytes): unknown {
  try {
    return JSON.parse(Buffer.from(content).toString('utf8')) as unknown
  } catch {
    throw new Unopenable()
  }
}
