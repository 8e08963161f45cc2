import { type FieldId, fieldIds, type Mapping } from './field.ts'
import headings from './fields.json' with { type: 'json' }

/** A column that is never brought in, and the rule that says so. */
export interface Forbidden {
  readonly column: number
  readonly rule: 'never-asked' | 'address'
}

/** Two columns that would become one field. */
export interface Twice {
  readonly refused: 'twice'
  readonly field: FieldId
}

/**
 * Which column is which, as far as its heading says it: what this agency said last time counts first. A column that no heading
 * explains stays out until somebody says what it is.
 */
export function suggested(
  columns: readonly string[],
  lastTime: Readonly<Record<string, FieldId | 'out'>>,
  isOut: (column: number) => boolean,
): Mapping {
  const mapping: Record<number, FieldId> = {}
  const taken = new Set<FieldId>()
  for (const [at, column] of columns.entries()) {
    if (isOut(at)) continue
    const heading = plain(column)
    const said = lastTime[heading]
    const field = said ?? fieldIds.find((id) => (headings[id] as readonly string[]).includes(heading))
    if (field === undefined || field === 'out' || (taken.has(field) && field !== 'note')) continue
    taken.add(field)
    mapping[at] = field
  }
  return mapping
}

/** What is remembered of a mapping for the next sheet: headings, and nothing that stood under them. */
export function remembered(
  columns: readonly string[],
  mapping: Mapping,
): Readonly<Record<string, FieldId | 'out'>> {
  return Object.fromEntries(columns.map((column, at) => [plain(column), mapping[at] ?? ('out' as const)]))
}

/** The first field that two columns would become; null when each has one. */
export function twice(mapping: Mapping): Twice | null {
  const seen = new Set<FieldId>()
  for (const field of Object.values(mapping)) {
    if (field !== 'note' && seen.has(field)) return { refused: 'twice', field }
    seen.add(field)
  }
  return null
}

/** A heading as it is compared. */
function plain(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * Columns that stay out whatever anybody says: what nobody may ask for, and where somebody lives, which is written into a case by
 * hand and by nobody else. `neverAsked` says of a wording whether it asks for what is never asked.
 */
export function forbiddenColumns(
  columns: readonly string[],
  neverAsked: (heading: string) => string | null,
): readonly Forbidden[] {
  return columns.flatMap((column, at): Forbidden[] => {
    if (neverAsked(column) !== null) return [{ column: at, rule: 'never-asked' }]
    return isAddress(plain(column)) ? [{ column: at, rule: 'address' }] : []
  })
}

const addresses =
  /\b(address|postcode|post code|zip|zip code|street|town|city|refuge|shelter|accommodation|location)\b/

function isAddress(heading: string): boolean {
  return addresses.test(heading) && !/\be ?mail\b/.test(heading)
}
