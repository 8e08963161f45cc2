import { beforeAll, expect, test } from 'vitest'
import { openSealed, sealTo } from './boxes.ts'
import { cryptoReady, sameBytes, Unopenable } from './bytes.ts'
import { sha256 } from './digests.ts'
import { fingerprint, partyFingerprint } from './fingerprints.ts'
import { newPartySecrets, packPartySecrets, partyDataKey, unpackPartySecrets } from './party.ts'
import { fingerprintWordList } from './words-list.ts'
import { fingerprintWords } from './words.ts'

beforeAll(cryptoReady)

test('a party is packed, sealed to a member and unpacked again', () => {
  const secrets = newPartySecrets()
  const member = newPartySecrets().box
  const opened = unpackPartySecrets(openSealed(member, sealTo(member.publicKey, packPartySecrets(secrets))))
  expect(opened).toEqual(secrets)
  expect(partyDataKey(opened)).toEqual(partyDataKey(secrets))
  expect(sameBytes(partyDataKey(secrets), partyDataKey(newPartySecrets()))).toBe(false)
})

test('another shape or version does not unpack', () => {
  const packed = packPartySecrets(newPartySecrets())
  expect(() => unpackPartySecrets(packed.slice(1))).toThrow(Unopenable)
  expect(() => unpackPartySecrets(packed.fill(2, 0, 1))).toThrow(Unopenable)
})

test('fingerprints tell keys and their order apart', () => {
  const { box, sign } = newPartySecrets()
  const own = partyFingerprint(box.publicKey, sign.publicKey)
  expect(own).toHaveLength(32)
  expect(sameBytes(own, fingerprint(box.publicKey, sign.publicKey))).toBe(true)
  expect(sameBytes(own, fingerprint(sign.publicKey, box.publicKey))).toBe(false)
  expect(sameBytes(own, fingerprint(box.publicKey))).toBe(false)
})

test('the word list has 2,048 words, told apart by four letters, and never changes', () => {
  expect(new Set(fingerprintWordList).size).toBe(2048)
  expect(new Set(fingerprintWordList.map((word) => word.slice(0, 4))).size).toBe(2048)
  for (const word of fingerprintWordList) expect(word).toMatch(/^[a-z]{3,8}$/)
  const hash = sha256(Buffer.from(fingerprintWordList.join(' ')))
  expect(Buffer.from(hash).toString('hex')).toBe(
    '7fef222c7a3d38b335ea4e98b37c3091a1edc43efb4a8bce16ca1db36f71635e',
  )
})

test('six words say the first 66 bits, and nothing after them', () => {
  const zeros = new Uint8Array(32)
  expect(fingerprintWords(zeros)).toEqual(Array.from({ length: 6 }, () => fingerprintWordList[0]))
  expect(fingerprintWords(new Uint8Array(32).fill(255))).toEqual(
    Array.from({ length: 6 }, () => fingerprintWordList[2047]),
  )
  for (let bit = 0; bit < 256; bit += 1) {
    const one = zeros.slice()
    one[bit >> 3] = 128 >> (bit & 7)
    const differing = fingerprintWords(one).filter((word) => word !== fingerprintWordList[0])
    expect(differing).toEqual(bit < 66 ? [fingerprintWordList[1 << (10 - (bit % 11))]] : [])
  }
})
