import { type Bytes, randomBytes } from './bytes.ts'
import { digest } from './digests.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const CODE_BYTES = 16
const DATA_SYMBOLS = 26

/** A fresh 128-bit recovery code to print once, and its key. */
export function newRecoveryCode(): { readonly code: string; readonly key: Bytes } {
  const bytes = randomBytes(CODE_BYTES)
  return { code: printed(bytes), key: keyOf(bytes) }
}

/** The key of a typed code; null when it has the wrong length or its check character fails. */
export function recoveryKey(code: string): Bytes | null {
  const symbols = readSymbols(code)
  if (symbols === null || symbols.length !== DATA_SYMBOLS + 1) return null
  const data = symbols.slice(0, DATA_SYMBOLS)
  if (symbols[DATA_SYMBOLS] !== checkSymbol(data)) return null
  const bits = data.reduce((sum, symbol) => (sum << 5n) | BigInt(symbol), 0n)
  if ((bits & 3n) !== 0n) return null
  return keyOf(Buffer.from((bits >> 2n).toString(16).padStart(CODE_BYTES * 2, '0'), 'hex'))
}

function keyOf(bytes: Bytes): Bytes {
  return digest('anydoor/recovery', bytes)
}

/** 26 symbols of Crockford's base32 and a check symbol, in groups of four. */
function printed(bytes: Bytes): string {
  const bits = BigInt(`0x${Buffer.from(bytes).toString('hex')}`) << 2n
  const data = Array.from({ length: DATA_SYMBOLS }, (_, at) =>
    Number((bits >> BigInt(5 * (DATA_SYMBOLS - 1 - at))) & 31n),
  )
  const letters = [...data, checkSymbol(data)].map((symbol) => ALPHABET.charAt(symbol)).join('')
  return (letters.match(/.{1,4}/g) ?? []).join('-')
}

function readSymbols(code: string): readonly number[] | null {
  const plain = code
    .toUpperCase()
    .replace(/[\s.\-–—]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const symbols = plain.split('').map((letter) => ALPHABET.indexOf(letter))
  return symbols.includes(-1) ? null : symbols
}

/** A Reed–Solomon check over GF(32): every wrong symbol and every two swapped ones are noticed. */
function checkSymbol(data: readonly number[]): number {
  return data.reduce((sum, symbol) => timesAlpha(sum ^ symbol), 0)
}

function timesAlpha(value: number): number {
  const doubled = value << 1
  return doubled > 31 ? doubled ^ 0b100101 : doubled
}
