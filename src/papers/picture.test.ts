import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { cleanPng, cleanWebp } from './chunked.rules.ts'
import { cleanJpeg } from './jpeg.rules.ts'

const canary = 'LARKSPUR-51.5007N'
const latin = (text: string) => Buffer.from(text, 'latin1')

function segment(marker: number, body: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

/** Exif with an orientation in its first table, and words of the camera behind it. */
function exif(turned: number, order: 'II' | 'MM'): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write(order, 'latin1')
  const short = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at)
  const long = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at)
  short(42, 2)
  long(8, 4)
  short(1, 8)
  short(0x0112, 10)
  short(3, 12)
  long(1, 14)
  short(turned, 18)
  return segment(0xe1, Buffer.concat([latin('Exif\0\0'), tiff, latin(canary)]))
}

const table = segment(0xdb, Buffer.alloc(65, 7))
const frame = segment(0xc2, Buffer.from([8, 0, 1, 0, 1, 1, 1, 0x11, 0]))
const scan = (body: readonly number[]) =>
  Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from(body)])
const jpeg = (...between: readonly Buffer[]) =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), ...between, Buffer.from([0xff, 0xd9])])
const jfif = (preview: Buffer) =>
  segment(0xe0, Buffer.concat([latin('JFIF\0'), Buffer.from([1, 2, 0, 0, 1, 0, 1, 1, 1]), preview]))
const colours = segment(0xe2, Buffer.concat([latin('ICC_PROFILE\0'), Buffer.from([1, 1, 9, 9])]))
const picture = [table, frame, scan([1, 0xff, 0, 2, 0xff, 0xd3, 3]), scan([4, 5])]

function chunk(type: string, body: Uint8Array): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body, Buffer.alloc(4)])
}

const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const riffChunk = (type: string, body: Uint8Array) => {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}
const webp = (...chunks: readonly Buffer[]) => {
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(4 + chunks.reduce((sum, each) => sum + each.length, 0), 4)
  return Buffer.concat([head, ...chunks])
}

describe('a JPEG', () => {
  const words = [
    exif(1, 'II'),
    segment(0xe1, latin(`http://ns.adobe.com/xap/1.0/\0${canary}`)),
    segment(0xed, latin(`Photoshop 3.0\0${canary}`)),
    segment(0xfe, latin(canary)),
    segment(0xe2, latin(`MPF\0${canary}`)),
  ]

  test('keeps tables, frames, scans and colours, and nothing that the camera wrote', () => {
    const whole = jpeg(jfif(latin(canary)), colours, ...words, ...picture, segment(0xfe, latin(canary)))
    const clean = Buffer.from(cleanJpeg(Buffer.concat([whole, latin(canary)])) ?? [])
    expect(clean.includes(canary)).toBe(false)
    expect(clean.equals(jpeg(jfif(Buffer.alloc(0)).fill(0, 16, 18), colours, ...picture))).toBe(true)
  })

  test.each(['II', 'MM'] as const)('still says which way is up, byte order %s', (order) => {
    const clean = cleanJpeg(jpeg(exif(6, order), ...picture)) ?? new Uint8Array()
    expect(Buffer.from(clean).includes(canary)).toBe(false)
    expect(Buffer.from(clean).readUInt16BE(2 + 28)).toBe(6)
    expect(cleanJpeg(clean)).toEqual(clean)
  })

  test('that breaks off is none', () => {
    const whole = jpeg(...picture)
    for (let at = 0; at < whole.length; at += 1) expect(cleanJpeg(whole.subarray(0, at))).toBeNull()
  })

  test('never gives back words from any place beside the picture, wherever they stand', () => {
    const marker = fc.constantFrom(0xe0, 0xe1, 0xe2, 0xe5, 0xed, 0xee, 0xef, 0xfe)
    const label = fc.constantFrom(
      '',
      'Exif\0\0',
      'JFXX\0',
      'http://ns.adobe.com/xap/1.0/\0',
      'Ducky',
      'MPF\0',
    )
    const word = fc.tuple(marker, label).map(([at, says]) => segment(at, latin(says + canary)))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), fc.nat(picture.length), (some, at) => {
        const whole = jpeg(...picture.slice(0, at), ...some, ...picture.slice(at))
        const clean = Buffer.from(cleanJpeg(whole) ?? latin(canary))
        expect(clean.includes(canary)).toBe(false)
        for (const part of picture) expect(clean.includes(part)).toBe(true)
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})

test('a PNG keeps its picture and its colours, and no words, times or camera data', () => {
  const stays = [
    chunk('IHDR', Buffer.alloc(13)),
    chunk('iCCP', Buffer.from([1])),
    chunk('IDAT', Buffer.from([1, 2])),
  ]
  const words = ['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'caBX'].map((type) => chunk(type, latin(canary)))
  const end = chunk('IEND', new Uint8Array())
  const clean = cleanPng(Buffer.concat([pngHead, ...stays, ...words, end, latin(canary)]))
  expect(Buffer.from(clean ?? []).equals(Buffer.concat([pngHead, ...stays, end]))).toBe(true)
  expect(cleanPng(Buffer.concat([pngHead, ...stays]))).toBeNull()
})

test('a WebP keeps its picture, promises no camera data and says its new length', () => {
  const extended = riffChunk('VP8X', Buffer.from([0b0010_1100, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
  const plain = riffChunk('VP8X', Buffer.from([0b0010_0000, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
  const shown = [riffChunk('ICCP', Buffer.from([1, 2, 3])), riffChunk('VP8 ', Buffer.from([4, 5]))]
  const words = [riffChunk('EXIF', latin(canary)), riffChunk('XMP ', latin(canary))]
  const clean = cleanWebp(Buffer.concat([webp(extended, ...shown, ...words), latin(canary)]))
  expect(Buffer.from(clean ?? []).equals(webp(plain, ...shown))).toBe(true)
  expect(cleanWebp(webp(extended, ...words))).toBeNull()
})

test('whatever comes in, cleaning ends without a fault, and cleaning twice is cleaning once', () => {
  const start = fc.constantFrom(Buffer.from([0xff, 0xd8]), pngHead, webp())
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 300 }), (head, rest) => {
      const bytes = Buffer.concat([head, rest])
      for (const clean of [cleanJpeg, cleanPng, cleanWebp]) {
        const once = clean(bytes)
        if (once !== null) expect(clean(once)).toEqual(once)
      }
    }),
    { seed: 7, numRuns: 2000 },
  )
})
