import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { newBoxPair, newSignPair, openSealed, sealTo, sign, signatureHolds } from './boxes.ts'
import { cryptoReady, Unopenable } from './bytes.ts'

beforeAll(cryptoReady)

const runs = { seed: 20_260_802, numRuns: 100 }

test('a sealed box opens for its pair, for no other, and after no change', () => {
  const pair = newBoxPair()
  const other = newBoxPair()
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (plain, where, flip) => {
        const sealed = sealTo(pair.publicKey, plain)
        expect(openSealed(pair, sealed)).toEqual(plain)
        expect(() => openSealed(other, sealed)).toThrow(Unopenable)
        const index = where % sealed.length
        sealed[index] = (sealed[index] ?? 0) ^ flip
        expect(() => openSealed(pair, sealed)).toThrow(Unopenable)
      },
    ),
    runs,
  )
})

test('a signature holds for its key and its octets only', () => {
  const pair = newSignPair()
  const other = newSignPair()
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.nat(), (bytes, where) => {
      const signature = sign(pair.secretKey, bytes)
      expect(signatureHolds(pair.publicKey, bytes, signature)).toBe(true)
      expect(signatureHolds(other.publicKey, bytes, signature)).toBe(false)
      expect(signatureHolds(pair.publicKey, bytes.slice(1), signature)).toBe(false)
      const index = where % signature.length
      signature[index] = (signature[index] ?? 0) ^ 1
      expect(signatureHolds(pair.publicKey, bytes, signature)).toBe(false)
    }),
    runs,
  )
})

test('malformed keys and signatures are refused, not thrown', () => {
  const pair = newSignPair()
  const signature = sign(pair.secretKey, new Uint8Array(3))
  expect(signatureHolds(new Uint8Array(5), new Uint8Array(3), signature)).toBe(false)
  expect(signatureHolds(pair.publicKey, new Uint8Array(3), new Uint8Array(2))).toBe(false)
})

test('Ed25519 gives the first vector of RFC 8032', () => {
  const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'
  const publicKey = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'
  const signature = sign(Buffer.from(seed + publicKey, 'hex'), new Uint8Array(0))
  expect(Buffer.from(signature).toString('hex')).toBe(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  )
})
