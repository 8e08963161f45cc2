import type { Room } from '#platform/http'

import { bringSetting } from './here.ts'
import { ownRowPage } from './own-row.page.tsx'
import { rowPage } from './row.page.tsx'
import { tablePage } from './table.page.tsx'
import uk from './words.uk.json' with { type: 'json' }

/** The helper for writing about people. */
export const room: Room = {
  words: { uk },
  before: bringSetting,
  mount(app) {
    app.route('/', tablePage)
    app.route('/', rowPage)
    app.route('/', ownRowPage)
  },
}
