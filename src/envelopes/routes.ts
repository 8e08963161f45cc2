import type { Room } from '#platform/http'

import { tryArrivals } from './arrive.actions.ts'
import { crossedPage } from './crossed.page.tsx'
import { envelopePage, type LetterRows } from './envelope.page.tsx'
import { seenPage } from './seen.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** *What was shared* and *who has seen it*. `rowsOf` tells what a letter says: the room that writes letters knows. */
export function envelopesRoom(rowsOf: LetterRows): Room {
  return {
    words: { uk, us },
    before: tryArrivals,
    mount(app) {
      for (const page of [crossedPage, envelopePage(rowsOf), seenPage]) app.route('/', page)
    },
  }
}
