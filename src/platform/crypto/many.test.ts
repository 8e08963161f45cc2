import fc from 'fast-check'
import sodium from 'libsodium-wrappers'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { cryptoReady, newKey, randomBytes, Unopenable } from './bytes.ts'
import { addressBytes, type CellAddress, openCell, sealCell } from './cells.ts'
import { openingPlace, type SealAt } from './many.ts'
import { sealBytes } from './seals.ts'

beforeAll(cryptoReady)

const runs = { seed: 20_261_127, numRuns: 60 }
const address: CellAddress = { party: 'p', table: 't', column: 'c', row: 'r', keyVersion: 1 }
const aad = addressBytes(address)

/** A place of the test's own. */
function taken() {
  const place = openingPlace()
  onTestFinished(place.close)
  return place
}

/** The seal as it lies in a piece, with other octets before and after it. */
function among(seal: Uint8Array, before = 7): SealAt {
  const bytes = Buffer.concat([randomBytes(before), seal, randomBytes(3)])
  return { bytes, from: before, to: before + seal.length }
}

/** How often these octets lie in libsodium's memory now. */
function timesInMemory(octets: Uint8Array | string): number {
  const { HEAPU8 } = (sodium as unknown as { libsodium: { HEAPU8: Uint8Array } }).libsodium
  const memory = Buffer.from(HEAPU8.buffer)
  let times = 0
  for (let at = memory.indexOf(octets); at !== -1; at = memory.indexOf(octets, at + 1)) times += 1
  return times
}

describe('many seals in one place', () => {
  test('each opens to what openCell gives, whatever its length and whatever was opened before', () => {
    const place = taken()
    const lengths = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constant('Ż'.repeat(12_000)))
    fc.assert(
      fc.property(fc.array(lengths, { minLength: 1, maxLength: 5 }), (texts) => {
        const [party, key] = [newKey(), newKey()]
        place.keepSealed(party, aad, among(sealBytes(party, aad, key)))
        for (const text of texts) {
          const sealed = sealCell(key, address, text)
          expect(place.text(aad, among(sealed))).toBe(openCell(key, address, sealed))
        }
      }),
      runs,
    )
  })

  test('another key, another address or one changed bit does not open, and the next still does', () => {
    const place = taken()
    const key = newKey()
    const sealed = sealCell(key, address, 'a name')
    place.keep(newKey())
    expect(() => place.text(aad, among(sealed))).toThrow(Unopenable)
    place.keep(key)
    expect(() => place.text(addressBytes({ ...address, row: 's' }), among(sealed))).toThrow(Unopenable)
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Uint8Array.from(sealed, (octet, i) => (i === at ? octet ^ 1 : octet))
      expect(() => place.text(aad, among(changed))).toThrow(Unopenable)
    }
    expect(() => place.text(aad, among(sealed.subarray(0, 40)))).toThrow(Unopenable)
    expect(place.text(aad, among(sealed))).toBe('a name')
  })

  test('a wrap opens under its own key only, to a key of 32 octets; text without padding is none', () => {
    const place = taken()
    const party = newKey()
    expect(() => place.keepSealed(newKey(), aad, among(sealBytes(party, aad, newKey())))).toThrow(Unopenable)
    expect(() => place.keepSealed(party, aad, among(sealBytes(party, aad, randomBytes(33))))).toThrow(
      Unopenable,
    )
    place.keep(party)
    expect(() => place.text(aad, among(sealBytes(party, aad, new Uint8Array(64))))).toThrow(Unopenable)
  })

  test('a closed place keeps neither keys nor texts', () => {
    const [party, key] = [newKey(), newKey()]
    const wrap = among(sealBytes(party, aad, key))
    const name = `Canary ${'of a long name '.repeat(2_000)}`
    const cell = among(sealCell(key, address, name))
    // What sealing left behind is counted too.
    const found = () => [party, key, 'Canary of a long'].map(timesInMemory)
    const before = found()
    const place = openingPlace()
    place.keepSealed(party, aad, wrap)
    place.text(aad, cell)
    const during = found()
    place.close()
    for (const [at, times] of found().entries()) {
      expect(times).toBeLessThan(during[at] ?? 0)
      expect(times).toBeLessThanOrEqual(before[at] ?? 0)
    }
  })
})
