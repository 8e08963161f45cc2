import { ageBand, countNeed, monthNow } from '#directory'
import type { Tx } from '#platform/db'

import type { Actor } from '#platform/access'

import type { CaseFile } from './case.ts'
import { openSheet, sealSheet } from './cells.ts'
import type { Menu } from './menu.ts'
import { sheetRows, writeSheet } from './sheet.store.ts'

/**
 * Counts a need of this case that nobody takes: once a month, whoever looks however often. That it was counted lies sealed in the
 * case; the count itself knows no case. False: it was counted before.
 */
export async function countUnmet(
  db: Tx,
  actor: Actor,
  file: Pick<CaseFile, 'key' | 'caseId' | 'situation'>,
  need: string,
  why: string,
): Promise<boolean> {
  const { key, caseId } = file
  const month = await monthNow(db)
  const row = (await sheetRows(db, key.partyId, caseId)).find((sheet) => sheet.kind === 'counted')
  const counted = row === undefined ? [] : openSheet(key, 'counted', row.body)
  if (counted.some((each) => each.need === need && each.month === month)) return false
  const now = [...counted.filter((each) => each.month === month), { need, month }]
  const at = { partyId: key.partyId, caseId, kind: 'counted' as const }
  // Somebody who looks in the same moment counts it: then it is counted.
  const version = await writeSheet(db, at, row?.version ?? 0, sealSheet(key, 'counted', now), actor.accountId)
  if (version === null) return false
  await countNeed(db, { age: ageBand(file.situation['age']), need, why })
  return true
}

/**
 * Why a menu is empty for a need, as it is counted; null while somebody takes the person, or while an answer is missing that could
 * change it: what is not known yet is nobody's gap.
 */
export function whyEmpty(menu: Pick<Menu, 'takes' | 'asks' | 'depends' | 'possible'>): string | null {
  if (!menu.possible || menu.takes.length + menu.depends.length > 0) return null
  return menu.asks.length === 0 ? 'nobody' : 'only-by-asking'
}
