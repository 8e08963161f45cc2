import type { CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'

import { cardRows, resealCard } from './card.store.ts'
import { openNote, openSheet, openStoredCard, sealCard, sealNote, sealSheet } from './cells.ts'
import { resealHolds } from './legal-hold.store.ts'
import { noteRows, resealNote } from './note.store.ts'
import { resealSheet, sheetRows } from './sheet.store.ts'

/** Opens every cell of the case in this room and seals it again under another key. The case's row must be held for rekeying. */
export async function resealOwnCells(db: Tx, from: CaseKey, to: CaseKey): Promise<void> {
  const { partyId, caseId } = from
  for (const card of await cardRows(db, partyId, [caseId])) {
    const body = sealCard(to, card.id, openStoredCard(from, card.id, card.body))
    await resealCard(db, partyId, caseId, card.id, body)
  }
  for (const sheet of await sheetRows(db, partyId, caseId)) {
    const { kind } = sheet
    await resealSheet(db, { partyId, caseId, kind }, sealSheet(to, kind, openSheet(from, kind, sheet.body)))
  }
  for (const note of await noteRows(db, partyId, caseId, null)) {
    await resealNote(db, partyId, caseId, note.id, sealNote(to, note.id, openNote(from, note.id, note.body)))
  }
  await resealHolds(db, from, to)
}
