import { type Bytes, Unopenable } from './bytes.ts'

/** A copy of `plain` filled up to `size` octets with 0x80 and zeros (ISO/IEC 7816-4). */
export function padded(plain: Bytes, size: number): Bytes {
  const out = new Uint8Array(size)
  out.set(plain)
  out[plain.length] = 0x80
  return out
}

/** What `padded` was given, without a copy; throws Unopenable when there is no padding. */
export function unpadded(bytes: Bytes): Bytes {
  let end = bytes.length - 1
  while (end >= 0 && bytes[end] === 0) end -= 1
  if (bytes[end] !== 0x80) throw new Unopenable()
  return bytes.subarray(0, end)
}

/** Octets that a cell's plaintext of `length` is filled up to: the next multiple of 64. */
export function cellSize(length: number): number {
  return (Math.floor(length / 64) + 1) * 64
}

/** Octets that an envelope's plaintext is filled up to: 64, 96, 128, 192, 256, 384 and so on. */
export function envelopeSize(length: number): number {
  let power = 64
  while (power * 2 <= length) power *= 2
  if (length < power) return power
  return length < power * 1.5 ? power * 1.5 : power * 2
}
