import { type CsvField, csvFields, type Mapping, type MappingRule } from './mapping.ts'

/** The choice that leaves a field as it was suggested, where that is more than one column. */
export const asSuggested = '='

/** A field of ours with the columns it can be read from. */
export interface MappingLine {
  readonly field: CsvField
  /** The column that stands chosen, `asSuggested`, or nothing. */
  readonly chosen: string
  readonly rule: MappingRule | null
}

/** Every field of ours, in our order, with what is chosen: as typed, else as suggested. */
export function mappingLines(suggested: Mapping, typed: ReadonlyMap<string, string>): readonly MappingLine[] {
  return csvFields.map((field) => {
    const rule = suggested.fields[field.field] ?? null
    return { field, rule, chosen: typed.get(field.field) ?? chosenOf(rule) }
  })
}

/** What a form says: a column gives the field what was found out about that column, or just the column. */
export function mappingFrom(
  suggested: Mapping,
  typed: ReadonlyMap<string, string>,
  header: readonly string[],
): Mapping {
  const fields: Record<string, MappingRule> = {}
  for (const { field, rule, chosen } of mappingLines(suggested, typed)) {
    if (rule !== null && chosen === chosenOf(rule)) fields[field.field] = rule
    else if (header.includes(chosen)) fields[field.field] = { columns: [chosen] }
  }
  return { mapping: 1, fields }
}

/** The columns that a mapping reads. */
export function columnsOf({ fields }: Mapping): readonly string[] {
  return Object.values(fields).flatMap((rule) => rule.columns ?? [])
}

function chosenOf(rule: MappingRule | null): string {
  if (rule === null) return ''
  const [only, ...more] = rule.columns ?? []
  return only === undefined || more.length > 0 ? asSuggested : only
}

/** The columns that a form names, by our field. */
export function columnsTyped(fields: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  return new Map(
    fields.flatMap(([name, value]) =>
      name.startsWith('column.') ? [[name.slice('column.'.length), value] as const] : [],
    ),
  )
}
