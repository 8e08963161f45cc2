import { type Bytes } from './bytes.ts'
import { fingerprintWordList } from './words-list.ts'

const WORD_COUNT = 6
const BITS_PER_WORD = 11
const TELLING_LETTERS = 4

/**
 * Six words for a fingerprint, to compare by telephone. They say its first 66 bits of 256:
 * other keys with the same six words take about 2^66 tries to make.
 */
export function fingerprintWords(fingerprint: Bytes): readonly string[] {
  const bits = BigInt(`0x${Buffer.from(fingerprint.subarray(0, 9)).toString('hex')}`) >> 6n
  return wordsOfBits(bits, WORD_COUNT)
}

/** `count` words of eleven bits each, the highest first. */
export function wordsOfBits(bits: bigint, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => {
    const place = (bits >> BigInt(BITS_PER_WORD * (count - 1 - at))) & 2047n
    return fingerprintWordList[Number(place)] ?? ''
  })
}

/** Reads `wordsOfBits`, by the first four letters, which tell every two words apart; null when one is no word of the list. */
export function bitsOfWords(words: readonly string[]): bigint | null {
  const places = words.map((word) => placeOf().get(telling(word)))
  return places.reduce<bigint | null>(
    (bits, place) => (bits === null || place === undefined ? null : (bits << 11n) | BigInt(place)),
    0n,
  )
}

let places: ReadonlyMap<string, number> | null = null

function placeOf(): ReadonlyMap<string, number> {
  places ??= new Map(fingerprintWordList.map((word, at) => [telling(word), at]))
  return places
}

function telling(word: string): string {
  return word.toLowerCase().slice(0, TELLING_LETTERS)
}
