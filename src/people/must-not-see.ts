import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'

import { everyName } from './card.rules.ts'
import { cardRows } from './card.store.ts'
import { openSheet, openStoredCard } from './cells.ts'
import { colleaguesOf } from './colleague.store.ts'
import { answersTo, whoAnswers } from './known.rules.ts'
import { listsToTry } from './known.store.ts'
import { sheetRows } from './sheet.store.ts'

/**
 * Whom the case itself says it must be closed for: who was named by the person, as somebody of the agency or by a name that fits
 * one, and whose own list of people they know fits a name in the case, an old one and the one on papers too. The lists are opened for this alone.
 */
export async function mustNotSee(db: Tx, actor: Actor, key: CaseKey): Promise<readonly string[]> {
  const sheet = (await sheetRows(db, key.partyId, key.caseId)).find((each) => each.kind === 'danger')
  const danger = sheet === undefined ? null : openSheet(key, 'danger', sheet.body)
  const named = danger === null ? [] : [...danger.colleagues, ...(await calledSo(db, actor, danger.names))]
  const cards = await cardRows(db, key.partyId, [key.caseId])
  const names = cards.flatMap((row) => {
    const card = openStoredCard(key, row.id, row.body)
    return everyName(card)
  })
  return [...new Set([...named, ...(await whoKnows(db, actor, names))])]
}

/** Whose list of people they know has one of these names. */
export async function whoKnows(db: Tx, actor: Actor, names: readonly string[]): Promise<readonly string[]> {
  const lists = await listsToTry(db, actor)
  return lists
    .filter((list) => list.names.some((name) => answersTo(name, names)))
    .map((list) => list.accountId)
}

/** Who of the agency is called by one of these names. */
export async function calledSo(db: Tx, actor: Actor, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return []
  const fit = whoAnswers(names, await colleaguesOf(db, actor), (each) => [each.name])
  return fit.map((each) => each.accountId)
}
