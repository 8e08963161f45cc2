import type { CaseCells } from '#people'

import { resealClosings } from './closing.store.ts'
import { resealEntries } from './entry.store.ts'
import { resealHandings } from './handing.store.ts'

/** What the diary keeps under a case's key, put under a new one when the case closes for its team. */
export const diaryCells: CaseCells = {
  async reseal(db, _actor, from, to) {
    await resealEntries(db, from, to)
    await resealHandings(db, from, to)
    await resealClosings(db, from, to)
  },
}
