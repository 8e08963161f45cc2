import { z } from 'zod'

import given from './csv-fields.json' with { type: 'json' }

/** What one cell of ours can say. A list has several values, `phones` are numbers with what they are for. */
export type FieldKind = 'text' | 'number' | 'day' | 'instant' | 'yes-no' | 'list' | 'phones'

/** A field of our own CSV, and the names under which others have it. */
export interface CsvField {
  readonly field: string
  readonly kind: FieldKind
  readonly known: readonly string[]
}

/** Our fields, in the order of the columns that we write. */
export const csvFields: readonly CsvField[] = given as readonly CsvField[]

const names = new Set(csvFields.map((each) => each.field))

const Said = z.union([z.string().max(4_000), z.number(), z.boolean(), z.null()])

const Rule = z.strictObject({
  /** Columns of the file; several are put together. */
  columns: z.array(z.string().min(1).max(300)).max(20).optional(),
  /** Stands between the cells of several columns; a comma and a blank when it is left out. */
  join: z.string().max(20).optional(),
  /** What stands between the parts of one cell; a semicolon when it is left out. */
  split: z.string().min(1).max(20).optional(),
  /** What a cell says and what that means here: { "Y": true }. Capitals do not matter; anything else stays as it is. */
  values: z.record(z.string().max(1_000), Said).optional(),
  /** Holds where the columns say nothing. */
  constant: Said.optional(),
  /** How days are written: day or month first. */
  days: z.enum(['dmy', 'mdy']).optional(),
})

/** Where one of our fields comes from. */
export type MappingRule = z.infer<typeof Rule>

/** Which column of somebody's CSV says what: kept by name, edited as a file or on a page. */
export const Mapping = z.strictObject({
  mapping: z.literal(1),
  fields: z
    .record(
      z.string(),
      z.union([
        z
          .string()
          .min(1)
          .max(300)
          .transform((column): MappingRule => ({ columns: [column] })),
        Rule,
      ]),
    )
    .refine((fields) => Object.keys(fields).every((name) => names.has(name)), {
      error: (issue) =>
        `There is no field ${Object.keys(issue.input ?? {}).find((name) => !names.has(name)) ?? ''}.`,
    }),
})
export type Mapping = z.infer<typeof Mapping>

/** The name of the mapping that reads what we write. It always exists. */
export const ownMappingName = 'anydoor'

/** Each of our columns is the field of the same name. */
export const ownMapping: Mapping = {
  mapping: 1,
  fields: Object.fromEntries(csvFields.map(({ field }) => [field, { columns: [field], split: ';' }])),
}

/** A mapping out of a file or a form, or the sentence that says what is wrong with it. */
export function readMapping(
  text: string,
): { readonly ok: true; readonly mapping: Mapping } | { readonly ok: false; readonly wrong: string } {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return { ok: false, wrong: 'The mapping is not JSON.' }
  }
  const read = Mapping.safeParse(json)
  if (read.success) return { ok: true, mapping: read.data }
  const issue = read.error.issues[0]
  const at = (issue?.path ?? []).map(String).join('.')
  return { ok: false, wrong: `The mapping cannot be read${at === '' ? '' : ` at ${at}`}: ${issue?.message}` }
}

/** What a mapping may be called. */
export function isMappingName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,59}$/.test(name)
}
