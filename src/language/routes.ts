import type { Room } from '#platform/http'

import { tablePage } from './table.page.tsx'
import uk from './words.uk.json' with { type: 'json' }

/** The helper for writing about people. */
export const room: Room = {
  words: { uk },
  mount(app) {
    app.route('/', tablePage)
  },
}
