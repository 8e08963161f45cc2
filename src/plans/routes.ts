import type { CaseLock } from '#people'
import type { Room } from '#platform/http'

import { childPage } from './child.page.tsx'
import { historyPage } from './history.page.tsx'
import { printPage } from './print.page.tsx'
import { safetyPage } from './safety.page.tsx'
import { suicidePage } from './suicide.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** The three plans of a case: each a page, its versions and its print. `lock` says while nothing of a case may leave. */
export function plansRoom(lock: CaseLock): Room {
  return {
    words: { uk, us },
    nav: [],
    mount(app) {
      for (const page of [safetyPage, suicidePage, childPage, historyPage, printPage(lock)])
        app.route('/', page)
    },
  }
}
