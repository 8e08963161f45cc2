import type { Room } from '#platform/http'

import { calendarPage } from './calendar.page.tsx'
import { readApi } from './read.api.ts'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** A worker's own calendar: the page, and what calendar programs read. */
export const room: Room = {
  words: { uk, us },
  nav: [],
  mount(app) {
    app.route('/', calendarPage)
    app.route('/', readApi())
  },
}
