const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const pngStays = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB cICP iCCP sBIT bKGD pHYs acTL fcTL fdAT'.split(' '),
)

/**
 * A PNG without texts, times, camera data and whatever lies behind its end; null when it cannot be read as a PNG.
 * Source: W3C PNG specification, third edition, chunk types of section 11.
 */
export function cleanPng(bytes: Uint8Array): Uint8Array | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (!data.subarray(0, 8).equals(pngStart)) return null
  const kept: Uint8Array[] = [pngStart]
  for (let at = 8; at + 12 <= data.length;) {
    const end = at + 12 + data.readUInt32BE(at)
    if (end > data.length) return null
    const type = data.subarray(at + 4, at + 8).toString('latin1')
    if (pngStays.has(type)) kept.push(data.subarray(at, end))
    if (type === 'IEND') return new Uint8Array(Buffer.concat(kept))
    at = end
  }
  return null
}

const webpStays = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
/** The bits of an extended header that promise camera data. */
const promised = 0b0000_1100

/**
 * A WebP without camera data and whatever lies behind its end; null when it cannot be read as a WebP.
 * Source: RFC 9649, section 2.
 */
export function cleanWebp(bytes: Uint8Array): Uint8Array | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (data.length < 20 || data.subarray(0, 4).toString('latin1') !== 'RIFF') return null
  if (data.subarray(8, 12).toString('latin1') !== 'WEBP') return null
  const whole = 8 + data.readUInt32LE(4)
  if (whole > data.length) return null
  const kept: Buffer[] = []
  for (let at = 12; at + 8 <= whole;) {
    const size = data.readUInt32LE(at + 4)
    const end = at + 8 + size + (size % 2)
    if (end > whole) return null
    const type = data.subarray(at, at + 4).toString('latin1')
    if (webpStays.has(type))
      kept.push(type === 'VP8X' ? unpromised(data.subarray(at, end)) : data.subarray(at, end))
    at = end
  }
  if (!kept.some((chunk) => /^(VP8 |VP8L|ANMF)/.test(chunk.subarray(0, 4).toString('latin1')))) return null
  const body = Buffer.concat(kept)
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(body.length + 4, 4)
  return new Uint8Array(Buffer.concat([head, body]))
}

function unpromised(chunk: Buffer): Buffer {
  const copy = Buffer.from(chunk)
  copy[8] = (copy[8] ?? 0) & ~promised
  return copy
}
