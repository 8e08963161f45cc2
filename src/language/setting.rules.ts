import { type Reading, usualSeverity } from './hint.rules.ts'
import type { OffRow, Setting } from './setting.ts'
import { type Country, rows } from './table.ts'

/** Where nobody has set anything: only what asks for the behaviour, and the whole table. */
export const usual: Setting = { severity: usualSeverity, off: [] }

/** The setting with one row switched off; null where the table has no such row. A row switched off again has its new reason. */
export function withoutRow(setting: Setting, row: OffRow): Setting | null {
  if (!rows.some((each) => each.id === row.id)) return null
  return { ...setting, off: [...setting.off.filter((each) => each.id !== row.id), row] }
}

/** The setting with one row speaking again. */
export function withRow(setting: Setting, id: string): Setting {
  return { ...setting, off: setting.off.filter((each) => each.id !== id) }
}

/** What is looked for where this setting holds. */
export function readingFor(setting: Setting, country: Country): Reading {
  return { country, severity: setting.severity, off: setting.off.map((row) => row.id) }
}
