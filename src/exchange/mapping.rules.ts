import { serviceOf } from './csv-service.rules.ts'
import { type Remainder, withRemainder } from './remainder.rules.ts'
import type { CsvField, Mapping, MappingRule } from './mapping.ts'
import { csvFields } from './mapping.ts'
import { readDayOf, readInstantOf, readNumberOf, readPhonesOf, readYesNo } from './csv-value.rules.ts'

/** What is wrong with a cell: the rule, the column or field it is about, a sentence that quotes no value. */
export interface CellProblem {
  readonly rule: string
  readonly at: string
  readonly message: string
}

/** What a row says, field by field. Each value is text; a field that says nothing is not there. */
export type FieldValues = ReadonlyMap<string, readonly string[]>

/** A row by its columns. */
export type CsvCells = Readonly<Record<string, string>>

/** A row as an HSDS service, with what was kept beside its cells, and what is wrong with it. With `more-unreadable` it is not whole. */
export function applyMapping(
  row: CsvCells,
  mapping: Mapping,
): { readonly json: Readonly<Record<string, unknown>>; readonly problems: readonly CellProblem[] } {
  const { fields, problems } = fieldsOf(row, mapping)
  const json = serviceOf(fields)
  const more = fields.get('more')?.[0]
  if (more === undefined) return { json, problems }
  const whole = withMore(json, more)
  if (whole !== null) return { json: whole, problems }
  const message =
    'What was kept beside the columns cannot be read, and without it the entry would lose who it is for; it stays as it was.'
  return { json, problems: [...problems, { rule: 'more-unreadable', at: 'more', message }] }
}

function withMore(
  json: Readonly<Record<string, unknown>>,
  more: string,
): Readonly<Record<string, unknown>> | null {
  try {
    const whole = withRemainder(json, JSON.parse(more) as Remainder)
    return whole === null || typeof whole !== 'object' ? null : (whole as Readonly<Record<string, unknown>>)
  } catch {
    return null
  }
}

/** What a row says in our fields. Nothing is lost in silence: each cell that cannot be used is told. */
function fieldsOf(
  row: CsvCells,
  mapping: Mapping,
): { readonly fields: FieldValues; readonly problems: readonly CellProblem[] } {
  const problems: CellProblem[] = []
  const fields = new Map<string, readonly string[]>()
  for (const field of csvFields) {
    const rule = mapping.fields[field.field]
    if (rule === undefined) continue
    const values = valuesOf(row, field, rule, problems)
    if (values.length > 0) fields.set(field.field, values)
  }
  return { fields, problems }
}

function valuesOf(
  row: CsvCells,
  field: CsvField,
  rule: MappingRule,
  problems: CellProblem[],
): readonly string[] {
  const columns = rule.columns ?? []
  const cells = columns.flatMap((column) => cellOf(row, column, problems))
  const parts = field.kind === 'list' ? cells.flatMap((cell) => cell.split(rule.split ?? ';')) : cells
  const said = parts.flatMap((part) => meantBy(part.trim(), rule)).filter((part) => part !== '')
  const texts = said.length === 0 ? constantOf(rule) : said
  if (texts.length === 0) return []
  const wrong = (what: string, message: string) =>
    void problems.push({ rule: what, at: columns[0] ?? field.field, message })
  switch (field.kind) {
    case 'list':
      return texts
    case 'phones':
      return texts.flatMap((text) => readPhonesOf(text, rule.split ?? null))
    case 'number':
      return once(readNumberOf(texts.join(' '), field.field === 'maximum_age', wrong))
    case 'day':
      return once(readDayOf(texts[0] ?? '', rule.days ?? 'dmy', wrong))
    case 'instant':
      return once(readInstantOf(texts[0] ?? '', rule.days ?? 'dmy', wrong))
    case 'yes-no':
      return once(readYesNo(texts[0] ?? '', wrong))
    case 'text':
      return [texts.join(rule.join ?? ', ')]
  }
}

/** The cell of a column as its writer meant it: without the mark that keeps a spreadsheet from reckoning. */
function cellOf(row: CsvCells, column: string, problems: CellProblem[]): readonly string[] {
  const given = (Object.hasOwn(row, column) ? row[column] : undefined)?.trim() ?? ''
  if (/^=|^[+@-][a-z]+\(/i.test(given)) {
    problems.push({
      rule: 'formula',
      at: column,
      message: 'This cell looks like a formula; it was kept as text.',
    })
  }
  const text = withoutMark(given)
  return text === '' ? [] : [text]
}

/** Takes the one apostrophe away that stands before a sign with which a formula begins. */
function withoutMark(cell: string): string {
  return /^'[=+\-@\t\r＝＋－＠]/u.test(cell) ? cell.slice(1) : cell
}

function meantBy(part: string, { values }: MappingRule): readonly string[] {
  if (values === undefined) return [part]
  const key = Object.keys(values).find((each) => each.trim().toLowerCase() === part.toLowerCase())
  if (key === undefined) return [part]
  const meant = values[key]
  return meant === null || meant === undefined ? [] : [asText(meant)]
}

function constantOf({ constant }: MappingRule): readonly string[] {
  return constant === null || constant === undefined || constant === '' ? [] : [asText(constant)]
}

function asText(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value)
}

function once(value: string | null): readonly string[] {
  return value === null ? [] : [value]
}
