import { type Bytes } from './bytes.ts'

/**
 * Label and parts as one octet string, each preceded by its length (32 bits, big-endian):
 * two different lists can never give the same octets.
 */
export function framed(label: string, ...parts: readonly Bytes[]): Bytes {
  const labelLength = Buffer.byteLength(label)
  const total = parts.reduce((sum, part) => sum + 4 + part.length, 4 + labelLength)
  const out = Buffer.allocUnsafeSlow(total)
  out.writeUInt32BE(labelLength, 0)
  out.write(label, 4, 'utf8')
  let at = 4 + labelLength
  for (const part of parts) {
    out.writeUInt32BE(part.length, at)
    out.set(part, at + 4)
    at += 4 + part.length
  }
  return new Uint8Array(out.buffer, 0, total)
}

/** The octets of several parts, one after another, without lengths. */
export function joined(...parts: readonly Bytes[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
