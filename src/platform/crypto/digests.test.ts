import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { cryptoReady, fromText, sameBytes, toText, Unopenable } from './bytes.ts'
import { blake2b, digest, keyedDigest, sha256 } from './digests.ts'
import { framed } from './frames.ts'

beforeAll(cryptoReady)

const runs = { seed: 20_260_803, numRuns: 300 }
const parts = fc.array(fc.uint8Array({ maxLength: 6 }), { maxLength: 4 })

test('BLAKE2b gives the vector of RFC 7693 and the keyed ones of its authors', () => {
  expect(hex(blake2b(Buffer.from('abc'), 64))).toBe(
    'ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923',
  )
  const key = Uint8Array.from({ length: 64 }, (_, at) => at)
  expect(hex(blake2b(new Uint8Array(0), 64, key))).toBe(
    '10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786b5e996e8f0f4eb981fc214b005f42d2ff4233499391653df7aefcbc13fc51568',
  )
  expect(hex(blake2b(new Uint8Array([0]), 64, key))).toBe(
    '961f6dd1e4dd30f63901690c512e78e4b45e4742ed197c3c5e45c549fd25f2e4187b0bc9fe30492b16b0d0bc4ef9b0f34c7003fac09a5ef1532e69430234cebd',
  )
})

test('SHA-256 gives the vector of FIPS 180-4, in one part or several', () => {
  const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
  expect(hex(sha256(Buffer.from('abc')))).toBe(abc)
  expect(hex(sha256(Buffer.from('a'), Buffer.from('bc')))).toBe(abc)
})

test('a digest is told apart by its label, its parts and where they end', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 4 }),
      parts,
      fc.string({ maxLength: 4 }),
      parts,
      (label, list, otherLabel, otherList) => {
        const same = JSON.stringify([label, list]) === JSON.stringify([otherLabel, otherList])
        expect(sameBytes(digest(label, ...list), digest(otherLabel, ...otherList))).toBe(same)
      },
    ),
    runs,
  )
  const [a, b, ab] = ['a', 'b', 'ab'].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer]
  expect(hex(framed('x', a, b))).not.toBe(hex(framed('x', ab)))
  expect(hex(digest('x', a))).not.toBe(hex(keyedDigest(new Uint8Array(32), 'x', a)))
})

test('a digest stays what it was, since stored values depend on it', () => {
  expect(hex(framed('ab', new Uint8Array([9])))).toBe('0000000261620000000109')
  expect(hex(digest('anydoor/test', Buffer.from('one'), Buffer.from('two')))).toBe(
    '340058e766fa657b39d0d3f0d2c56a3d5c1bc940883e4a81f72063f38c4190c1',
  )
})

test('text and octets go to and fro, and one value has one text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(fromText(toText(bytes))).toEqual(bytes)
    }),
    runs,
  )
  for (const other of ['AA==', 'AB', 'A', 'a b', '+/8', 'é'])
    expect(() => fromText(other)).toThrow(Unopenable)
})

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
