import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { withoutOwn, withoutRow, withOwn, withRow } from './setting.rules.ts'
import { beginSetting, saveSetting, settingOf } from './setting.store.ts'
import type { OffRow, OwnRow, Setting } from './setting.ts'
import type { Severity } from './table.ts'

/** Sets from which severity on the helper speaks in the agency. */
export function setSeverity(db: Tx, actor: Actor, severity: Severity): Promise<boolean> {
  return change(db, actor, (setting) => ({ ...setting, severity }), {
    what: severity === 1 ? 'wording-soft' : 'wording-clear',
  })
}

/** Switches a row off, with its reason; false where the table has no such row. */
export function switchOff(db: Tx, actor: Actor, row: OffRow): Promise<boolean> {
  const detail = { what: 'wording-off', row: row.id, reason: row.reason }
  return change(db, actor, (setting) => withoutRow(setting, row), detail)
}

/** Lets a row speak again. */
export function switchOn(db: Tx, actor: Actor, id: string): Promise<boolean> {
  return change(db, actor, (setting) => withRow(setting, id), { what: 'wording-on', row: id })
}

/** Keeps wording of the agency's own, new or changed; false where there are as many as there may be. */
export function keepOwn(db: Tx, actor: Actor, row: OwnRow): Promise<boolean> {
  const detail = { what: 'wording-own', row: row.id, phrases: row.phrases, reason: row.why }
  return change(db, actor, (setting) => withOwn(setting, row), detail)
}

/** Ends wording of the agency's own; false where there is none of this id. */
export function dropOwn(db: Tx, actor: Actor, id: string): Promise<boolean> {
  return change(db, actor, (setting) => withoutOwn(setting, id), { what: 'wording-own-gone', row: id })
}

async function change(
  db: Tx,
  actor: Actor,
  next: (setting: Setting) => Setting | null,
  detail: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  await beginSetting(db, actor)
  const setting = next(await settingOf(db, actor, true))
  if (setting === null) return false
  await saveSetting(db, actor, setting)
  await record(db, actor, { kind: 'language.changed', detail })
  return true
}
