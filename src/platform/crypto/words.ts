import { type Bytes } from './bytes.ts'
import { fingerprintWordList } from './words-list.ts'

const WORD_COUNT = 6
const BITS_PER_WORD = 11

/**
 * Six words for a fingerprint, to compare by telephone. They say its first 66 bits of 256:
 * other keys with the same six words take about 2^66 tries to make.
 */
export function fingerprintWords(fingerprint: Bytes): readonly string[] {
  const bits = BigInt(`0x${Buffer.from(fingerprint.subarray(0, 9)).toString('hex')}`) >> 6n
  return Array.from({ length: WORD_COUNT }, (_, at) => {
    const place = (bits >> BigInt(BITS_PER_WORD * (WORD_COUNT - 1 - at))) & 2047n
    return fingerprintWordList[Number(place)] ?? ''
  })
}
