import type { CaseCells } from '#people'

import { closingsOf, resealClosings } from './closing.store.ts'
import { entriesOf, resealEntries } from './entry.store.ts'
import { handingsOf, resealHandings } from './handing.store.ts'

const compared = 1000

/** What the diary keeps under a case's key, put under a new one when the case closes for its team. */
export const diaryCells: CaseCells = {
  async reseal(db, _actor, from, to) {
    await resealEntries(db, from, to)
    await resealHandings(db, from, to)
    await resealClosings(db, from, to)
  },
  async told(db, key) {
    const open = await entriesOf(db, key, 'open', compared)
    const over = await entriesOf(db, key, 'over', compared)
    const handings = await handingsOf(db, key)
    const closings = await closingsOf(db, key)
    return [
      ...[...open, ...over].map(({ body }) => body),
      ...handings.map(({ body }) => body),
      // What was still open stands there in our own sentences.
      ...closings.map(({ body }) => body.said),
    ]
  },
}
