import { csvFields, type CsvField, type Mapping, type MappingRule, ownMapping } from './mapping.ts'
import type { CsvCells } from './mapping.rules.ts'

/**
 * The mapping that the names of the columns ask for, and a look at some rows: which words mean active, which comes first in a
 * date. Somebody looks it over before it is used for good.
 */
export function suggestMapping(header: readonly string[], rows: readonly CsvCells[]): Mapping {
  if (csvFields.every(({ field }) => header.includes(field))) return ownMapping
  const fields: Record<string, MappingRule> = {}
  for (const field of csvFields) {
    const columns = columnsFor(field, header)
    if (columns.length > 0) fields[field.field] = ruleFor(field, columns, rows)
  }
  if (fields['status'] === undefined) fields['status'] = { constant: 'active' }
  return { mapping: 1, fields }
}

/** Fields that may stand in several columns; of the others the best one is taken. */
const several = new Set(['phones', 'address_2', 'service_areas', 'languages'])

function columnsFor({ field, known }: CsvField, header: readonly string[]): readonly string[] {
  const names = [field.replaceAll('_', ' '), ...known]
  const ranked = header
    .map((column) => ({ column, rank: rankOf(plain(column), names) }))
    .filter((each) => each.rank < names.length * 2)
    .toSorted((a, b) => a.rank - b.rank)
    .map((each) => each.column)
  return several.has(field) ? header.filter((column) => ranked.includes(column)) : ranked.slice(0, 1)
}

/** How well a name fits; names of the field itself come first, those that only fit without their first word last. */
function rankOf(name: string, names: readonly string[]): number {
  const whole = names.indexOf(name)
  if (whole >= 0) return whole
  const shorter = names.indexOf(name.replace(/^(service|venue|site|main|primary|public|your|contact) /, ''))
  return shorter > 0 || (shorter === 0 && !/^(venue|site|contact) /.test(name))
    ? names.length + shorter
    : Number.POSITIVE_INFINITY
}

function plain(column: string): string {
  return column
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/\(.*?\)/g, ' ')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

function ruleFor(field: CsvField, columns: readonly string[], rows: readonly CsvCells[]): MappingRule {
  const said = [...new Set(rows.flatMap((row) => columns.map((column) => row[column]?.trim() ?? '')))].filter(
    (each) => each !== '',
  )
  const rule: MappingRule = { columns: [...columns] }
  if (field.field === 'status') return { ...rule, ...statusWords(said), constant: 'active' }
  if ((field.kind === 'day' || field.kind === 'instant') && said.some((each) => /^\d{1,2}[/.-]/.test(each)))
    return { ...rule, days: monthFirst(said) ? 'mdy' : 'dmy' }
  if (field.kind === 'list' && said.length > 0 && !said.some((each) => each.includes(';'))) {
    const bar = said.some((each) => each.includes('|'))
    const comma = field.field !== 'schedules' && said.some((each) => /\w, ?\w/.test(each))
    if (bar || comma) return { ...rule, split: bar ? '|' : ',' }
  }
  return rule
}

function statusWords(said: readonly string[]): { readonly values?: Record<string, string> } {
  const meant = said.flatMap((each): readonly (readonly [string, string])[] => {
    if (/^(active|inactive|defunct|temporarily closed)$/i.test(each)) return []
    if (/^(y|yes|true|1|live|published|current|open|approved|ok)$/i.test(each)) return [[each, 'active']]
    if (/temporar|paused|suspend/i.test(each)) return [[each, 'temporarily closed']]
    if (/^(n|no|false|0|closed|expired|archived|deleted|draft|unpublished|withdrawn|ended)$/i.test(each))
      return [[each, 'inactive']]
    return []
  })
  return meant.length === 0 ? {} : { values: Object.fromEntries(meant) }
}

function monthFirst(said: readonly string[]): boolean {
  const parts = said.flatMap((each) => {
    const found = /^(\d{1,2})[/.-](\d{1,2})[/.-]/.exec(each)
    return found === null ? [] : [[Number(found[1]), Number(found[2])] as const]
  })
  return parts.some(([, second]) => second > 12) && !parts.some(([first]) => first > 12)
}
