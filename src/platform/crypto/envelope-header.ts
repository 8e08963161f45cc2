import { z } from 'zod'
import { type Bytes, Unopenable } from './bytes.ts'

const reference = z.string().min(1).max(200)
const fingerprintText = z.string().regex(/^[A-Za-z0-9_-]{43}$/)
const instant = z.iso.datetime({ offset: true })

/** What both sides and the machine between them may read of an envelope. Closed: nothing else fits in. */
export const envelopeHeader = z.strictObject({
  version: z.literal(1),
  id: reference,
  thread: reference,
  kind: z.string().regex(/^[A-Za-z0-9._-]{1,60}$/),
  /** The sender's party fingerprint, as base64url. */
  from: fingerprintText,
  /** The recipient's party fingerprint, as base64url. */
  to: fingerprintText,
  /** Names a release or other ground to its owner; opaque to everybody else, never a case id. */
  basis: reference,
  sentAt: instant,
  endsAt: z.union([instant, z.iso.date()]).nullable(),
})

/** The clear part of an envelope. */
export type EnvelopeHeader = Readonly<z.infer<typeof envelopeHeader>>

/** The header's only spelling: JSON with sorted keys (RFC 8785). A header that does not fit is a fault. */
export function headerBytes(header: EnvelopeHeader): Bytes {
  return new TextEncoder().encode(canonical(envelopeHeader.parse(header)))
}

/** Reads `headerBytes`; throws Unopenable for any other spelling or shape. */
export function readHeader(bytes: Bytes): EnvelopeHeader {
  const text = Buffer.from(bytes).toString('utf8')
  const read = envelopeHeader.safeParse(jsonOrNull(text))
  if (!read.success || !Buffer.from(canonical(read.data)).equals(bytes)) throw new Unopenable()
  return read.data
}

function canonical(header: EnvelopeHeader): string {
  return JSON.stringify(header, Object.keys(header).toSorted())
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}
