import type { CaseLock } from '#people'
import type { Room } from '#platform/http'

import { linePage } from './line.page.tsx'
import { listPage } from './list.page.tsx'
import { offPage } from './off.page.tsx'
import { printPage } from './print.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** Who is helping: the person's list, who may see which line of it, and the list on paper. */
export function helpingRoom(lock: CaseLock): Room {
  return {
    words: { uk, us },
    nav: [],
    mount(app) {
      for (const page of [listPage, printPage(lock), linePage, offPage]) app.route('/', page)
    },
  }
}
