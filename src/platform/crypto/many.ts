import sodium from 'libsodium-wrappers'
import { type Bytes, Unopenable } from './bytes.ts'
import { NONCE, SEAL_OVERHEAD, SEAL_VERSION, TAG } from './seals.ts'

/** A seal that lies among other octets. */
export interface SealAt {
  readonly bytes: Buffer
  readonly from: number
  readonly to: number
}

/**
 * A place in libsodium's own memory where many seals are opened one after another. A call for each would copy in and out and
 * leave objects behind, which costs several times what opening does. Nothing opened leaves it but by `text`.
 */
export interface OpeningPlace {
  /** Keeps a key for what is opened next. */
  readonly keep: (key: Bytes) => void
  /** Opens a sealed key under `key` and keeps it; throws Unopenable as `openBytes` does. */
  readonly keepSealed: (key: Bytes, aad: Bytes, sealed: SealAt) => void
  /** Opens a cell under the kept key and gives its text; throws Unopenable as `openCell` does. */
  readonly text: (aad: Bytes, sealed: SealAt) => string
  /** Overwrites keys and texts and gives the memory back; afterwards nothing may be opened here. */
  readonly close: () => void
}

/** libsodium as it lies under its wrapper: addresses in one memory, which may be exchanged for a longer one as it grows. */
interface Raw {
  readonly HEAPU8: Uint8Array
  readonly _malloc: (size: number) => number
  readonly _free: (at: number) => void
  readonly _crypto_aead_xchacha20poly1305_ietf_decrypt: (
    plain: number,
    plainLengthAt: number,
    unused: number,
    sealed: number,
    sealedLength: number,
    sealedLengthHigh: number,
    aad: number,
    aadLength: number,
    aadLengthHigh: number,
    nonce: number,
    key: number,
  ) => number
}

const KEY = 32
const longestAad = 1024
const atFirst = 16 * 1024

/** Takes such a place; whoever takes it closes it, whatever happens. */
export function openingPlace(): OpeningPlace {
  const raw = (sodium as unknown as { readonly libsodium: Raw }).libsodium
  const decrypt = raw._crypto_aead_xchacha20poly1305_ietf_decrypt
  let size = 2 * KEY + longestAad + atFirst
  let base = raw._malloc(size)
  let memory = Buffer.from(raw.HEAPU8.buffer)

  const wipe = () => {
    seen().fill(0, base, base + size)
    raw._free(base)
  }
  const seen = () => {
    if (memory.buffer !== raw.HEAPU8.buffer) memory = Buffer.from(raw.HEAPU8.buffer)
    return memory
  }
  /** Room for a longer seal than any before it; the keys move along. */
  const grow = (longest: number) => {
    const kept = Buffer.from(seen().subarray(base, base + 2 * KEY))
    wipe()
    size = 2 * KEY + longestAad + longest * 2
    base = raw._malloc(size)
    kept.copy(seen(), base)
    kept.fill(0)
  }
  /** Opens in place and gives where the plaintext begins and ends. */
  const open = (key: number, aad: Bytes, { bytes, from, to }: SealAt): readonly [number, number] => {
    const length = to - from
    if (length < SEAL_OVERHEAD || bytes[from] !== SEAL_VERSION || aad.length > longestAad)
      throw new Unopenable()
    if (2 * KEY + longestAad + length > size) grow(length)
    const there = seen()
    const [at, sealed] = [base + 2 * KEY, base + 2 * KEY + longestAad]
    there.set(aad, at)
    bytes.copy(there, sealed, from + 1, to)
    const [body, octets] = [sealed + NONCE, length - 1 - NONCE]
    if (decrypt(body, 0, 0, body, octets, 0, at, aad.length, 0, sealed, base + key) !== 0)
      throw new Unopenable()
    return [body, body + octets - TAG]
  }
  const keep = (key: Bytes) => seen().set(key, base)

  return {
    keep,
    keepSealed(key, aad, sealed) {
      seen().set(key, base + KEY)
      const [from, to] = open(KEY, aad, sealed)
      if (to - from !== KEY) throw new Unopenable()
      memory.copyWithin(base, from, to)
    },
    text(aad, sealed) {
      const [from, to] = open(0, aad, sealed)
      let end = to - 1
      while (end >= from && memory[end] === 0) end -= 1
      if (end < from || memory[end] !== 0x80) throw new Unopenable()
      return memory.toString('utf8', from, end)
    },
    close: wipe,
  }
}
