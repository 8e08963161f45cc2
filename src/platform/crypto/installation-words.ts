import { boxPairOf, signPairOf } from './boxes.ts'
import { type Bytes, sameBytes } from './bytes.ts'
import { digest } from './digests.ts'
import { joined } from './frames.ts'
import { type Installation } from './installation.ts'
import { bitsOfWords, fingerprintWords, wordsOfBits } from './words.ts'

const ROWS = 12
const ROW_BYTES = 8
const ROW_WORDS = 7
const CHECK_WORDS = 6
const CHECK_BITS = 13n

/** An installation's secrets to be written on paper: twelve rows of seven words, and six words that check them all. */
export interface PrintedKeys {
  readonly rows: readonly (readonly string[])[]
  readonly check: readonly string[]
}

/** What is wrong with typed rows: the first row that does not hold, or `check` when only the six words differ. */
export type Misread = { readonly misread: number | 'check'; readonly why: 'missing' | 'wrong' }

/**
 * The pepper, the seed that signs and the secret that opens mail, as words; the public halves follow from them. Each row holds
 * 64 bits and 13 to check them with its number, so that a slip is found where it is. Null when the halves do not belong together.
 */
export function printInstallation(at: Installation): PrintedKeys | null {
  const whole = joined(at.pepper, at.sign.secretKey.subarray(0, 32), at.mail.secretKey)
  const again = fromWhole(whole)
  const same = [
    [again.pepper, at.pepper],
    [again.sign.publicKey, at.sign.publicKey],
    [again.sign.secretKey, at.sign.secretKey],
    [again.mail.publicKey, at.mail.publicKey],
  ] as const
  if (whole.length !== ROWS * ROW_BYTES || !same.every(([a, b]) => sameBytes(a, b))) return null
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const data = whole.subarray(row * ROW_BYTES, (row + 1) * ROW_BYTES)
    return wordsOfBits((number(data) << CHECK_BITS) | rowCheck(row, data), ROW_WORDS)
  })
  return { rows, check: checkWords(whole) }
}

/** Reads `printInstallation` again; says the first row that does not hold. */
export function readPrintedInstallation(typed: PrintedKeys): Installation | Misread {
  const parts: Bytes[] = []
  for (let row = 0; row < ROWS; row += 1) {
    const words = typed.rows[row] ?? []
    if (words.length === 0) return { misread: row + 1, why: 'missing' }
    const data = readRow(row, words)
    if (data === null) return { misread: row + 1, why: 'wrong' }
    parts.push(data)
  }
  const whole = joined(...parts)
  if (typed.check.length === 0) return { misread: 'check', why: 'missing' }
  const given = typed.check.length === CHECK_WORDS ? bitsOfWords(typed.check) : null
  if (given === null || given !== bitsOfWords(checkWords(whole))) return { misread: 'check', why: 'wrong' }
  return fromWhole(whole)
}

function readRow(row: number, words: readonly string[]): Bytes | null {
  const bits = words.length === ROW_WORDS ? bitsOfWords(words) : null
  if (bits === null) return null
  const hex = (bits >> CHECK_BITS).toString(16).padStart(ROW_BYTES * 2, '0')
  const data = new Uint8Array(Buffer.from(hex, 'hex'))
  return (bits & ((1n << CHECK_BITS) - 1n)) === rowCheck(row, data) ? data : null
}

function rowCheck(row: number, data: Bytes): bigint {
  const [high = 0, low = 0] = digest('anydoor/keys/row', new Uint8Array([row]), data)
  return BigInt((high << 8) | low) >> 3n
}

function checkWords(whole: Bytes): readonly string[] {
  return fingerprintWords(digest('anydoor/keys/check', whole))
}

function fromWhole(whole: Bytes): Installation {
  return {
    pepper: whole.slice(0, 32),
    sign: signPairOf(whole.subarray(32, 64)),
    mail: boxPairOf(whole.slice(64)),
  }
}

function number(bytes: Bytes): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
}
