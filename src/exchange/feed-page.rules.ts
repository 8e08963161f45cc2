type Json = Readonly<Record<string, unknown>>

/** One page of a paged list, whichever of the two envelopes it came in. */
export interface FeedPage {
  readonly kind: 'hsds' | 'oruk1'
  readonly number: number | null
  readonly pages: number
  /** How many records there are in all; null where the page does not say. */
  readonly total: number | null
  readonly items: readonly unknown[]
}

/** Reads `contents` (HSDS 3, Open Referral UK 3) or `content` (Open Referral UK 1.0); null when it is no page. */
export function pageOf(json: unknown): FeedPage | null {
  if (!isObject(json)) return null
  if (Array.isArray(json['contents']))
    return {
      kind: 'hsds',
      number: whole(json['page_number']),
      pages: whole(json['total_pages']) ?? 1,
      total: whole(json['total_items']),
      items: json['contents'],
    }
  if (Array.isArray(json['content']))
    return {
      kind: 'oruk1',
      number: whole(json['number']),
      pages: whole(json['totalPages']) ?? 1,
      total: whole(json['totalElements']),
      items: json['content'],
    }
  return null
}

/** What `GET /` of an API says of itself: a version, and where it is described. */
export function isApiRoot(json: unknown): boolean {
  return (
    isObject(json) &&
    typeof json['version'] === 'string' &&
    ('profile' in json || 'openapi_url' in json) &&
    !('services' in json)
  )
}

const parts = [
  'service_at_locations',
  'schedules',
  'regular_schedules',
  'phones',
  'contacts',
  'service_areas',
  'locations',
  'eligibilitys',
]

/** Whether a list tells services in short, so that each has to be asked for by its id. */
export function isMinimal(items: readonly unknown[]): boolean {
  const told = items.filter(isObject)
  return (
    told.length > 0 && told.every((each) => idOf(each) !== null && parts.every((part) => !(part in each)))
  )
}

/** A record's id as text. */
export function idOf(item: unknown): string | null {
  const id = isObject(item) ? item['id'] : undefined
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null
}

/** Each line a record; null when a line is none. */
export function linesAsRecords(text: string): readonly unknown[] | null {
  const found: unknown[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const read = readJson(line)
    if (!isObject(read)) return null
    found.push(read)
  }
  return found.length === 0 ? null : found
}

/** JSON as said, or undefined. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

function whole(value: unknown): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : null
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
