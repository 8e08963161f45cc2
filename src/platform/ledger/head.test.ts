import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { cryptoReady, newSignPair, randomBytes, sameBytes } from '#platform/crypto'
import {
  beforeFirstHead,
  type Head,
  headHash,
  headHolds,
  headText,
  parseHeadText,
  signHead,
  signWitness,
  witnessHolds,
} from './head.ts'

beforeAll(cryptoReady)

const runs = { seed: 20_260_807, numRuns: 100 }
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 })
const head: fc.Arbitrary<Head> = fc.record({
  size: fc.nat(),
  root: hash,
  previous: hash,
  at: fc.constantFrom('2026-11-22T06:17Z', '2027-01-01T00:00Z'),
})

test('a signed head holds for its installation and for no other head', () => {
  const pair = newSignPair()
  fc.assert(
    fc.property(head, head, (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other))
      const signed = signHead(pair.secretKey, one)
      expect(headHolds(pair.publicKey, signed)).toBe(true)
      expect(headHolds(newSignPair().publicKey, signed)).toBe(false)
      expect(headHolds(pair.publicKey, { ...other, signature: signed.signature })).toBe(false)
      expect(sameBytes(headHash(one), headHash(other))).toBe(false)
    }),
    runs,
  )
})

test('a head printed and read again is the same', () => {
  const pair = newSignPair()
  fc.assert(
    fc.property(head, (one) => {
      const signed = signHead(pair.secretKey, one)
      const text = headText(signed)
      expect(parseHeadText(text)).toEqual(signed)
      expect(parseHeadText(`\r\n  ${text.replaceAll('\n', ' \r\n\r\n  ')}`)).toEqual(signed)
    }),
    runs,
  )
})

test('what is no printed head is not read', () => {
  const text = headText(
    signHead(newSignPair().secretKey, {
      size: 3,
      root: randomBytes(32),
      previous: beforeFirstHead,
      at: '2026-11-22T06:17Z',
    }),
  )
  const bad = [
    '',
    'anydoor ledger head',
    text.replace('size: 3', 'size: -3'),
    text.replace('size: 3', 'size: 03'),
    text.replace('root: ', 'root: x'),
    text.replace('06:17Z', '06:17:30Z'),
    text.replace('signature', 'sign'),
    `${text}more: lines\n`,
  ]
  for (const other of bad) expect(parseHeadText(other), other).toBeNull()
})

test('a witness signs one root at one size, and is never taken for a head', () => {
  const pair = newSignPair()
  const seen = { size: 3, root: randomBytes(32) }
  const signature = signWitness(pair.secretKey, seen)
  expect(witnessHolds(pair.publicKey, seen, signature)).toBe(true)
  expect(witnessHolds(pair.publicKey, { ...seen, size: 4 }, signature)).toBe(false)
  expect(witnessHolds(pair.publicKey, { ...seen, root: randomBytes(32) }, signature)).toBe(false)
  expect(witnessHolds(newSignPair().publicKey, seen, signature)).toBe(false)
  expect(headHolds(pair.publicKey, { ...seen, previous: beforeFirstHead, at: '', signature })).toBe(false)
})
