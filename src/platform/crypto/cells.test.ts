import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { cryptoReady, Unopenable } from './bytes.ts'
import { type CellAddress, openCell, openJson, sealCell, sealJson } from './cells.ts'

beforeAll(cryptoReady)

const runs = { seed: 20_260_801, numRuns: 200 }
const text = fc.string({ unit: 'binary', maxLength: 300 })
const part = fc.string({ maxLength: 12 })
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 })
const address: fc.Arbitrary<CellAddress> = fc.record({
  party: part,
  table: part,
  column: part,
  row: part,
  keyVersion: fc.nat(),
})

test('a cell opens to what was sealed', () => {
  fc.assert(
    fc.property(bytes32, address, text, (key, at, plain) => {
      expect(openCell(key, at, sealCell(key, at, plain))).toBe(plain)
    }),
    runs,
  )
})

test('a cell opens at no other address', () => {
  fc.assert(
    fc.property(bytes32, address, address, (key, here, there) => {
      fc.pre(JSON.stringify(here) !== JSON.stringify(there))
      expect(() => openCell(key, there, sealCell(key, here, 'text'))).toThrow(Unopenable)
    }),
    runs,
  )
})

test('each part of the address counts, and so does where one ends and the next begins', () => {
  const key = new Uint8Array(32).fill(7)
  const here = { party: 'ab', table: 'c', column: 'd', row: 'e', keyVersion: 1 }
  const sealed = sealCell(key, here, 'text')
  const others = [
    { ...here, party: 'x' },
    { ...here, table: 'x' },
    { ...here, column: 'x' },
    { ...here, row: 'x' },
    { ...here, keyVersion: 2 },
    { ...here, party: 'a', table: 'bc' },
    { ...here, column: 'de', row: '' },
  ]
  for (const there of others) expect(() => openCell(key, there, sealed)).toThrow(Unopenable)
})

test('a cell opens with no other key and after no change', () => {
  fc.assert(
    fc.property(
      bytes32,
      address,
      text,
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (key, at, plain, where, flip) => {
        const sealed = sealCell(key, at, plain)
        expect(() => openCell(new Uint8Array(32), at, sealed)).toThrow(Unopenable)
        const changed = sealed.slice()
        const index = where % changed.length
        changed[index] = (changed[index] ?? 0) ^ flip
        expect(() => openCell(key, at, changed)).toThrow(Unopenable)
        expect(() => openCell(key, at, sealed.slice(0, index))).toThrow(Unopenable)
      },
    ),
    {
      ...runs,
      examples: [
        [new Uint8Array(32).fill(1), { party: '', table: '', column: '', row: '', keyVersion: 0 }, '', 0, 1],
      ],
    },
  )
})

test('lengths show only in steps of 64', () => {
  const key = new Uint8Array(32)
  const at = { party: 'p', table: 't', column: 'c', row: 'r', keyVersion: 1 }
  const sizes = [0, 1, 63, 64, 127, 128].map((length) => sealCell(key, at, 'x'.repeat(length)).length - 41)
  expect(sizes).toEqual([64, 64, 64, 128, 128, 192])
})

test('the same text never seals to the same octets', () => {
  const at = { party: 'p', table: 't', column: 'c', row: 'r', keyVersion: 1 }
  const seen = new Set<string>()
  for (let round = 0; round < 500; round += 1) {
    seen.add(Buffer.from(sealCell(new Uint8Array(32), at, 'same').subarray(1, 25)).toString('hex'))
  }
  expect(seen.size).toBe(500)
})

test('JSON values keep their shape; what JSON cannot say is a fault', () => {
  const key = new Uint8Array(32)
  const at = { party: 'p', table: 't', column: 'c', row: 'r', keyVersion: 1 }
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value))
      expect(openJson(key, at, sealJson(key, at, value))).toEqual(plain)
    }),
    runs,
  )
  expect(() => sealJson(key, at, undefined)).toThrow(TypeError)
  expect(() => openJson(key, at, sealCell(key, at, 'not json'))).toThrow(Unopenable)
})
