import { type Reading, usualSeverity } from './hint.rules.ts'
import { most, rowOf } from './own-row.rules.ts'
import type { OffRow, OwnRow, Setting } from './setting.ts'
import { type Country, rows } from './table.ts'

/** Where nobody has set anything: only what asks for the behaviour, and the whole table. */
export const usual: Setting = { severity: usualSeverity, off: [], own: [] }

/** The setting with one row switched off; null where the table has no such row. A row switched off again has its new reason. */
export function withoutRow(setting: Setting, row: OffRow): Setting | null {
  if (!rows.some((each) => each.id === row.id)) return null
  return { ...setting, off: [...setting.off.filter((each) => each.id !== row.id), row] }
}

/** The setting with one row speaking again. */
export function withRow(setting: Setting, id: string): Setting {
  return { ...setting, off: setting.off.filter((each) => each.id !== id) }
}

/** The setting with wording of the agency's own in it; null where there are as many as there may be. */
export function withOwn(setting: Setting, row: OwnRow): Setting | null {
  const others = setting.own.filter((each) => each.id !== row.id)
  return others.length >= most.rows ? null : { ...setting, own: [...others, row] }
}

/** The setting without it; null where there is none of this id. */
export function withoutOwn(setting: Setting, id: string): Setting | null {
  const own = setting.own.filter((each) => each.id !== id)
  return own.length === setting.own.length ? null : { ...setting, own }
}

/** What is looked for where this setting holds. */
export function readingFor(setting: Setting, country: Country): Reading {
  return {
    country,
    severity: setting.severity,
    off: setting.off.map((row) => row.id),
    own: setting.own.map(rowOf),
  }
}
