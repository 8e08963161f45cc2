import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { newSignPair, openSealed, sealTo, sign } from './boxes.ts'
import { type Bytes, cryptoReady, fromText, newKey, toText, Unopenable } from './bytes.ts'
import { type EnvelopeHeader, headerBytes, readHeader } from './envelope-header.ts'
import { openEnvelope, type SealedEnvelope, sealEnvelope } from './envelope.ts'
import { partyFingerprint } from './fingerprints.ts'
import { envelopeSize } from './padding.ts'
import { newPartySecrets, type PartySecrets } from './party.ts'

const runs = { seed: 20_260_805, numRuns: 100 }
let sender: PartySecrets
let recipient: PartySecrets

beforeAll(async () => {
  await cryptoReady()
  sender = newPartySecrets()
  recipient = newPartySecrets()
})

test('recipient and sender both open what was sealed', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ minLength: 1, maxLength: 40 }), (body, basis) => {
      const plain: unknown = JSON.parse(JSON.stringify(body))
      const header = { ...someHeader(), basis }
      const sealed = sealedWith(body, header)
      expect(opened(sealed)).toEqual({ header, body: plain })
      const own = { wrap: sealed.wrapForSender, pair: sender.box }
      expect(openEnvelope({ ...sealed, ...own, senderSignKey: sender.sign.publicKey }).body).toEqual(plain)
    }),
    runs,
  )
})

test('any changed octet anywhere is refused', () => {
  const sealed = sealedWith({ hello: 'there' })
  const parts = ['header', 'ciphertext', 'wrapForRecipient', 'signature'] as const
  for (const part of parts) {
    for (let at = 0; at < sealed[part].length; at += 1) {
      for (const flip of [1, 128, 255]) {
        const changed = sealed[part].slice()
        changed[at] = (changed[at] ?? 0) ^ flip
        expect(() => opened({ ...sealed, [part]: changed }), `${part} ${at}`).toThrow(Unopenable)
      }
    }
    expect(() => opened({ ...sealed, [part]: sealed[part].slice(0, -1) })).toThrow(Unopenable)
    expect(() => opened({ ...sealed, [part]: new Uint8Array(0) })).toThrow(Unopenable)
  }
})

test('parts of two envelopes of the same sender never fit together', () => {
  const one = sealedWith({ n: 1 })
  const two = sealedWith({ n: 2 }, { ...someHeader(), id: 'another' })
  for (const part of ['header', 'ciphertext', 'wrapForRecipient', 'signature'] as const) {
    expect(() => opened({ ...one, [part]: two[part] }), part).toThrow(Unopenable)
  }
})

test('a wrap made for another header is refused, the content key being right', () => {
  const sealed = sealedWith('x')
  const key = openSealed(recipient.box, sealed.wrapForRecipient).slice(0, 32)
  const forged = new Uint8Array(64)
  forged.set(key)
  expect(() => opened({ ...sealed, wrapForRecipient: sealTo(recipient.box.publicKey, forged) })).toThrow(
    Unopenable,
  )
})

test('another sender, another recipient and an unsigned copy are refused', () => {
  const sealed = sealedWith('x')
  const wrap = sealed.wrapForRecipient
  const asked = { ...sealed, wrap, senderSignKey: sender.sign.publicKey, pair: recipient.box }
  expect(() => openEnvelope({ ...asked, senderSignKey: newSignPair().publicKey })).toThrow(Unopenable)
  expect(() => openEnvelope({ ...asked, pair: newPartySecrets().box })).toThrow(Unopenable)
  const signature = sign(newSignPair().secretKey, sealed.header)
  expect(() => openEnvelope({ ...asked, signature })).toThrow(Unopenable)
})

test('the header must be what the reader expects', () => {
  const sealed = sealedWith('x')
  const asked = {
    ...sealed,
    wrap: sealed.wrapForRecipient,
    senderSignKey: sender.sign.publicKey,
    pair: recipient.box,
  }
  const { to, id } = someHeader()
  expect(openEnvelope({ ...asked, expected: { to, id } }).body).toBe('x')
  expect(() => openEnvelope({ ...asked, expected: { to: fingerprintOf(newPartySecrets()) } })).toThrow(
    Unopenable,
  )
})

test('the header is closed and has one spelling', () => {
  const header = someHeader()
  expect(readHeader(headerBytes(header))).toEqual(header)
  const spellings = [
    JSON.stringify({ ...header, caseId: 'x' }),
    JSON.stringify(header),
    JSON.stringify(header, null, 1),
    JSON.stringify({ ...header, version: 2 }),
    '',
    'null',
    '[]',
  ]
  for (const text of spellings) expect(() => readHeader(Buffer.from(text)), text).toThrow(Unopenable)
  expect(() => headerBytes({ ...header, caseId: 'x' } as EnvelopeHeader)).toThrow('caseId')
  expect(() => headerBytes({ ...header, from: 'A Name' })).toThrow('from')
  expect(Buffer.from(headerBytes(header)).toString('utf8')).toMatch(/^\{"basis":.*"version":1\}$/)
})

test('sizes show only in steps, and never fall short', () => {
  fc.assert(
    fc.property(fc.nat({ max: 5_000_000 }), (length) => {
      const size = envelopeSize(length)
      expect(size).toBeGreaterThan(length)
      expect(size <= 64 || size <= (length + 1) * 1.5).toBe(true)
    }),
    runs,
  )
  const lengthsAndSizes = [
    [0, 64],
    [63, 64],
    [64, 96],
    [95, 96],
    [96, 128],
    [127, 128],
    [128, 192],
    [192, 256],
    [256, 384],
  ] as const
  for (const [length, size] of lengthsAndSizes) expect(envelopeSize(length)).toBe(size)
  const lengths = new Set([1, 2, 3, 10, 20].map((n) => sealedWith('x'.repeat(n)).ciphertext.length))
  expect(lengths.size).toBe(1)
})

test('the same content never seals to the same octets, and shows in none of them', () => {
  const [one, two] = [sealedWith('canary'), sealedWith('canary')]
  expect(toText(one.ciphertext)).not.toBe(toText(two.ciphertext))
  expect(toText(one.signature)).not.toBe(toText(two.signature))
  for (const part of Object.values(one)) expect(Buffer.from(part as Bytes).includes('canary')).toBe(false)
})

test('an envelope of 256 KiB goes through; what JSON cannot say is a fault', () => {
  const body = { text: toText(newKey()).repeat(6000) }
  expect(opened(sealedWith(body)).body).toEqual(body)
  expect(() => sealedWith(undefined)).toThrow(TypeError)
})

function someHeader(): EnvelopeHeader {
  return {
    version: 1,
    id: '019f0000-0000-7000-8000-000000000001',
    thread: '019f0000-0000-7000-8000-000000000002',
    kind: 'referral.request',
    from: fingerprintOf(sender),
    to: fingerprintOf(recipient),
    basis: 'r-1',
    sentAt: '2026-08-01T09:30:00Z',
    endsAt: null,
  }
}

function fingerprintOf({ box, sign: { publicKey } }: PartySecrets): string {
  const text = toText(partyFingerprint(box.publicKey, publicKey))
  expect(fromText(text)).toHaveLength(32)
  return text
}

function sealedWith(body: unknown, header: EnvelopeHeader = someHeader()): SealedEnvelope {
  return sealEnvelope({
    header,
    body,
    sender: sender.sign,
    recipient: recipient.box.publicKey,
    own: sender.box.publicKey,
  })
}

function opened(sealed: SealedEnvelope): ReturnType<typeof openEnvelope> {
  const { header, ciphertext, wrapForRecipient: wrap, signature } = sealed
  return openEnvelope({
    header,
    ciphertext,
    wrap,
    signature,
    senderSignKey: sender.sign.publicKey,
    pair: recipient.box,
  })
}
