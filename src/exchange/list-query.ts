import { z } from 'zod'

/** The most that one page holds, and what it holds when nobody says. */
export const pageSizes = { most: 500, minimal: 5_000, full: 100, fullService: 25, unsaid: 50 } as const

/** Metres: further than this is no neighbourhood any more, and the work of looking would grow with the square. */
export const furthest = 200_000

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

// PostgreSQL holds no NUL, and no keyboard types one.
const text = (most: number) =>
  z
    .string()
    .max(most)
    .transform((typed) => orAbsent(typed.replaceAll('\0', '').trim()))
const id = z.string().trim().transform(orAbsent).pipe(z.guid().optional())
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
const flag = z.union([z.boolean(), z.enum(['true', '1', '']), z.enum(['false', '0'])]).transform(isYes)
const time = z
  .string()
  .trim()
  .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?Z?$/)
  .transform((at) => at.slice(0, 5))
const moment = z
  .union([z.iso.datetime({ offset: true, local: true }), z.iso.date()])
  .transform((at) => (/[Zz]|[+-]\d\d:\d\d$/.test(at) || at.length === 10 ? at : `${at}Z`))
const day = z
  .string()
  .trim()
  .transform((name) => weekdays.indexOf(name.slice(0, 2).toUpperCase()) + 1)
  .pipe(z.number().min(1))

/** Every parameter that HSDS 3.1 and Open Referral UK 3.0 name for their lists. Values come as texts, or typed in JSON. */
export const ListQuery = z.object({
  search: text(500).optional(),
  page: whole(1, 1_000_000).default(1),
  per_page: whole(1, 1_000_000).optional(),
  format: z.enum(['json', 'ndjson']).default('json'),
  minimal: flag.default(false),
  full: flag.default(false),
  full_service: flag.default(false),
  modified_after: moment.optional(),
  taxonomy_term_id: id.optional(),
  taxonomy_id: id.optional(),
  organization_id: id.optional(),
  postcode: text(60).optional(),
  proximity: whole(1, furthest).optional(),
  minimum_age: z.coerce.number().min(0).max(150).optional(),
  maximum_age: z.coerce.number().min(0).max(150).optional(),
  day: day.optional(),
  start_time: time.optional(),
  end_time: time.optional(),
  top_only: flag.default(false),
  parent_id: id.optional(),
})
export type ListQuery = z.output<typeof ListQuery>
export type ListParameter = keyof ListQuery

const paging = ['page', 'per_page', 'format'] as const
const narrowing = [
  'search',
  'taxonomy_term_id',
  'taxonomy_id',
  'organization_id',
  'modified_after',
  'postcode',
  'proximity',
  'minimum_age',
  'maximum_age',
  'day',
  'start_time',
  'end_time',
] as const

/** Which of them each list reads; others that are sent are let be. */
export const listParameters = {
  services: [...narrowing, 'minimal', 'full', ...paging],
  organizations: [
    'search',
    'taxonomy_term_id',
    'taxonomy_id',
    'modified_after',
    'minimal',
    'full',
    'full_service',
    ...paging,
  ],
  service_at_locations: [...narrowing, 'full', ...paging],
  taxonomies: ['search', ...paging],
  taxonomy_terms: ['search', 'taxonomy_id', 'top_only', 'parent_id', ...paging],
} as const satisfies Readonly<Record<string, readonly ListParameter[]>>
export type ListName = keyof typeof listParameters

/** What was asked for, or which parameters cannot be read. */
export type ReadQuery =
  | { readonly ok: true; readonly query: ListQuery }
  | { readonly ok: false; readonly wrong: readonly ListParameter[] }

/** Reads what was sent for one list. An empty value counts as not said, as forms send it. */
export function readQuery(list: ListName, sent: Readonly<Record<string, unknown>>): ReadQuery {
  const flags: readonly string[] = ['minimal', 'full', 'full_service', 'top_only']
  const read = listParameters[list].flatMap((name) => {
    const value = sent[name]
    const empty = value === undefined || value === null || (value === '' && !flags.includes(name))
    return empty ? [] : [[name, value] as const]
  })
  const checked = ListQuery.safeParse(Object.fromEntries(read))
  if (!checked.success) {
    const wrong = checked.error.issues.map((issue) => issue.path[0] as ListParameter)
    return { ok: false, wrong: [...new Set(wrong)] }
  }
  const { proximity, postcode } = checked.data
  if (proximity !== undefined && postcode === undefined) return { ok: false, wrong: ['postcode'] }
  return { ok: true, query: checked.data }
}

/** How many a page holds: as many as were asked for, up to what the list gives at once. */
export function pageSize(query: Pick<ListQuery, 'per_page' | 'minimal' | 'full' | 'full_service'>): number {
  const { most, minimal, full, fullService, unsaid } = pageSizes
  const limit = query.minimal ? minimal : query.full_service ? fullService : query.full ? full : most
  return Math.min(query.per_page ?? (query.minimal ? minimal : unsaid), limit)
}

function orAbsent(value: string): string | undefined {
  return value === '' ? undefined : value
}

function isYes(value: boolean | string): boolean {
  return value === true || (typeof value === 'string' && ['true', '1', ''].includes(value))
}
