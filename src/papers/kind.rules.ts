import { cleanPng, cleanWebp } from './chunked.rules.ts'
import { cleanJpeg } from './jpeg.rules.ts'

/** A kind of paper that can be kept: what it is served as, the ending of its name, and for a picture how it is cleaned. */
export interface PaperKind {
  readonly id: PaperKindId
  readonly mime: string
  readonly ending: string
  readonly clean: ((bytes: Uint8Array) => Uint8Array | null) | null
}

export const paperKindIds = [
  'jpeg',
  'png',
  'webp',
  'pdf',
  'docx',
  'xlsx',
  'odt',
  'ods',
  'text',
  'mp3',
  'm4a',
  'ogg',
  'wav',
  'mp4',
] as const
export type PaperKindId = (typeof paperKindIds)[number]

const office = 'application/vnd.openxmlformats-officedocument'
const open = 'application/vnd.oasis.opendocument'

const mimes: Readonly<Record<PaperKindId, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  pdf: 'application/pdf',
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
  odt: `${open}.text`,
  ods: `${open}.spreadsheet`,
  text: 'text/plain; charset=utf-8',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
}

/** A kind by its id. */
export function paperKind(id: PaperKindId): PaperKind {
  const clean = { jpeg: cleanJpeg, png: cleanPng, webp: cleanWebp }[id as string] ?? null
  return { id, mime: mimes[id], ending: id === 'text' ? 'txt' : id === 'jpeg' ? 'jpg' : id, clean }
}

/** Why a file cannot be kept; each has its sentence under `papers.refused`. */
export type KindRefused = 'unknown-kind' | 'phone-picture'

/**
 * What a file is, by how it begins; its name only tells apart what begins alike. `phone-picture`: HEIC or AVIF, out of which
 * the place of taking cannot be taken.
 */
export function kindOf(start: Uint8Array, name: string): PaperKindId | KindRefused {
  const head = Buffer.from(start.buffer, start.byteOffset, Math.min(start.length, 1024)).toString('latin1')
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (head.startsWith('RIFF')) return riffKind(head)
  if (head.includes('%PDF-')) return 'pdf'
  if (head.startsWith('PK\x03\x04')) return zipKind(head, ending)
  if (head.slice(4, 8) === 'ftyp') return boxKind(head.slice(8, 12), ending)
  if (head.startsWith('OggS')) return 'ogg'
  if (head.startsWith('ID3') || /^\xff[\xe2-\xe7\xf2-\xf7]/.test(head)) return 'mp3'
  return isText(start) ? 'text' : 'unknown-kind'
}

function riffKind(head: string): PaperKindId | KindRefused {
  const form = head.slice(8, 12)
  return form === 'WEBP' ? 'webp' : form === 'WAVE' ? 'wav' : 'unknown-kind'
}

function zipKind(head: string, ending: string): PaperKindId | KindRefused {
  if (head.includes(`mimetype${open}.text`)) return 'odt'
  if (head.includes(`mimetype${open}.spreadsheet`)) return 'ods'
  const first = head.slice(30, 60)
  if (!/^(\[Content_Types\]\.xml|_rels\/|docProps\/|word\/|xl\/)/.test(first)) return 'unknown-kind'
  return ending === 'docx' || ending === 'xlsx' ? ending : 'unknown-kind'
}

function boxKind(brand: string, ending: string): PaperKindId | KindRefused {
  if (/^(hei[cxms]|hev[cx]|mif1|msf1|avi[fs])/.test(brand)) return 'phone-picture'
  if (brand.startsWith('M4A') || ending === 'm4a') return 'm4a'
  return /^(mp4|iso|avc1|MSNV|M4V|3gp)/.test(brand) ? 'mp4' : 'unknown-kind'
}

function isText(start: Uint8Array): boolean {
  if (start.length === 0) return false
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true })
    return !/(?![\t\n\r])\p{Cc}/u.test(text)
  } catch {
    return false
  }
}
