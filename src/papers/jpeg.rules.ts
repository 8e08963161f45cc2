/**
 * A JPEG without what the camera wrote beside the picture: place, time, device, comments, previews, and whatever lies behind its
 * end. Which way is up stays, and the colours stay true. Null when it cannot be read as a JPEG.
 * Source: ITU-T T.81, annex B; JFIF 1.02; the orientation tag is 0x0112 of Exif 2.32.
 */
export function cleanJpeg(bytes: Uint8Array): Uint8Array | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (data.length < 4 || data.readUInt16BE(0) !== 0xffd8) return null
  const kept: Uint8Array[] = [data.subarray(0, 2)]
  let turned = 1
  let at = 2
  while (at + 1 < data.length) {
    if (data[at] !== 0xff) return null
    const marker = data[at + 1] ?? 0
    if (marker === 0xff) at += 1
    else if (marker === END) return finished(kept, data.subarray(at, at + 2), turned)
    else {
      const next = segmentEnd(data, at)
      if (next === null) return null
      const segment = data.subarray(at, next)
      turned = orientationOf(segment) ?? turned
      const stays = whatStays(marker, segment)
      if (stays !== null) kept.push(stays)
      at = next
      if (marker === SCAN) {
        const end = scanEnd(data, at)
        kept.push(data.subarray(at, end))
        at = end
      }
    }
  }
  return null
}

const END = 0xd9
const SCAN = 0xda
const COMMENT = 0xfe

function finished(kept: readonly Uint8Array[], end: Uint8Array, turned: number): Uint8Array {
  const [start = new Uint8Array(), ...rest] = kept
  const way = turned > 1 && turned < 9 ? [uprightOnly(turned)] : []
  return new Uint8Array(Buffer.concat([start, ...way, ...rest, end]))
}

function segmentEnd(data: Buffer, at: number): number | null {
  if (at + 4 > data.length) return null
  const end = at + 2 + data.readUInt16BE(at + 2)
  return end > data.length || end < at + 4 ? null : end
}

/** What stays of a segment: tables and frames whole, of the others only what the colours need. */
function whatStays(marker: number, segment: Buffer): Uint8Array | null {
  if (marker === COMMENT || (marker >= 0xf0 && marker < 0xfe)) return null
  if (marker < 0xe0 || marker > 0xef) return segment
  if (marker === 0xe0 && says(segment, 'JFIF\0')) return withoutPreview(segment)
  if (marker === 0xe2 && says(segment, 'ICC_PROFILE\0')) return segment
  return marker === 0xee && says(segment, 'Adobe') ? segment : null
}

/** JFIF may carry a small picture of its own, of what was later cut away. */
function withoutPreview(segment: Buffer): Uint8Array | null {
  if (segment.length < 18) return null
  const head = Buffer.from(segment.subarray(0, 18))
  head.writeUInt16BE(16, 2)
  head[16] = 0
  head[17] = 0
  return head
}

/** Where the coded picture after a scan's head ends: at the next marker that is neither stuffing nor a restart. */
function scanEnd(data: Buffer, from: number): number {
  let at = data.indexOf(0xff, from)
  while (at >= 0 && at + 1 < data.length) {
    const next = data[at + 1] ?? 0
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at
    at = data.indexOf(0xff, at + 2)
  }
  return data.length
}

function says(segment: Buffer, label: string): boolean {
  return segment.subarray(4, 4 + label.length).toString('latin1') === label
}

function orientationOf(segment: Buffer): number | null {
  if (segment[1] !== 0xe1 || !says(segment, 'Exif\0\0') || segment.length < 18) return null
  const tiff = segment.subarray(10)
  const order = tiff.subarray(0, 2).toString('latin1')
  if (order !== 'II' && order !== 'MM') return null
  const short = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const long = (at: number) => (order === 'II' ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  const table = long(4)
  if (table + 2 > tiff.length) return null
  for (let i = 0; i < short(table); i += 1) {
    const entry = table + 2 + i * 12
    if (entry + 12 > tiff.length) return null
    if (short(entry) === 0x0112) return short(entry + 8)
  }
  return null
}

/** An Exif segment that says which way is up and nothing else. */
function uprightOnly(turned: number): Uint8Array {
  const segment = Buffer.alloc(36)
  segment.set([0xff, 0xe1, 0, 34], 0)
  segment.write('Exif\0\0MM\0*', 4, 'latin1')
  segment.writeUInt32BE(8, 14)
  segment.writeUInt16BE(1, 18)
  segment.writeUInt16BE(0x0112, 20)
  segment.writeUInt16BE(3, 22)
  segment.writeUInt32BE(1, 24)
  segment.writeUInt16BE(turned, 28)
  return segment
}
