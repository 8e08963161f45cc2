import { z } from 'zod'

/** Every field as posted, in order; files stay files. */
export type Posted = ReadonlyMap<string, readonly (string | File)[]>

interface DateMessages {
  /** Word key for a date left empty. */
  readonly missing: string
  /** Word key for a date that no calendar has. */
  readonly wrong: string
}

const defaults: DateMessages = { missing: 'http.form.missing', wrong: 'http.form.date' }
const dates = new WeakSet<object>()

/** A date asked for in three boxes, `name-day`, `name-month`, `name-year`; gives `2026-03-27`. */
export function dateField(messages: Partial<DateMessages> = {}) {
  const { missing, wrong } = { ...defaults, ...messages }
  const field = z
    .string(missing)
    .min(1, missing)
    .transform((text, context) => {
      const day = readDay(text)
      if (day === null) context.addIssue({ code: 'custom', message: wrong })
      return day ?? ''
    })
  dates.add(field)
  return field
}

/** Arranges what was posted as the schema expects it: arrays, dates of three boxes, empty optional fields left out. */
export function gather(
  posted: Posted,
  schema: z.ZodType,
  asTyped: readonly string[],
): Record<string, unknown> {
  const fields: [string, unknown][] = []
  for (const [name, field] of Object.entries(shapeOf(schema))) {
    const value = valueFor(name, field, posted, asTyped)
    if (value !== undefined) fields.push([name, value])
  }
  return Object.fromEntries(fields)
}

function valueFor(name: string, field: z.ZodType, posted: Posted, asTyped: readonly string[]): unknown {
  const kind = unwrapped(field)
  const given = (posted.get(name) ?? []).map((value) =>
    typeof value === 'string' && !asTyped.includes(name) ? value.trim() : value,
  )
  if (dates.has(kind.field)) return orAbsent(dayText(name, posted), kind.mayBeAbsent)
  if (kind.field instanceof z.ZodArray) return given.filter((value) => value !== '')
  const value = given.length > 1 && !kind.single ? given : given[0]
  // An empty box is no number; coerced it would be nought.
  return orAbsent(value, kind.mayBeAbsent || kind.field instanceof z.ZodNumber || isEmptyFile(value))
}

function orAbsent(value: unknown, mayBeAbsent: boolean): unknown {
  return mayBeAbsent && (value === '' || isEmptyFile(value)) ? undefined : value
}

// A file input left alone posts a nameless file of nothing.
function isEmptyFile(value: unknown): boolean {
  return value instanceof File && value.size === 0 && value.name === ''
}

function dayText(name: string, posted: Posted): string {
  const parts = ['year', 'month', 'day'].map((part) => {
    const [text] = posted.get(`${name}-${part}`) ?? []
    return typeof text === 'string' ? text.trim() : ''
  })
  return parts.every((part) => part === '') ? '' : parts.join('-')
}

function readDay(text: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? []
  if (year === undefined || month === undefined || day === undefined) return null
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  try {
    return Temporal.PlainDate.from(iso).toString()
  } catch {
    return null
  }
}

interface Unwrapped {
  readonly field: z.ZodType
  readonly mayBeAbsent: boolean
  readonly single: boolean
}

function unwrapped(field: z.ZodType, mayBeAbsent = false): Unwrapped {
  if (dates.has(field)) return { field, mayBeAbsent, single: true }
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault || field instanceof z.ZodPrefault) {
    return unwrapped(field.def.innerType as z.ZodType, true)
  }
  if (field instanceof z.ZodNullable || field instanceof z.ZodReadonly || field instanceof z.ZodCatch) {
    return unwrapped(field.def.innerType as z.ZodType, mayBeAbsent)
  }
  if (field instanceof z.ZodPipe) {
    const inner = field.def.in instanceof z.ZodTransform ? field.def.out : field.def.in
    return unwrapped(inner as z.ZodType, mayBeAbsent)
  }
  return { field, mayBeAbsent, single: !(field instanceof z.ZodUnion) && !(field instanceof z.ZodUnknown) }
}

function shapeOf(schema: z.ZodType): Readonly<Record<string, z.ZodType>> {
  if (schema instanceof z.ZodObject) return schema.shape as Record<string, z.ZodType>
  if (schema instanceof z.ZodUnion) {
    return Object.assign({}, ...schema.options.map((option) => shapeOf(option as z.ZodType)))
  }
  if (schema instanceof z.ZodIntersection) {
    return { ...shapeOf(schema.def.left as z.ZodType), ...shapeOf(schema.def.right as z.ZodType) }
  }
  if (schema instanceof z.ZodPipe) {
    const inner = schema.def.in instanceof z.ZodTransform ? schema.def.out : schema.def.in
    return shapeOf(inner as z.ZodType)
  }
  return {}
}
