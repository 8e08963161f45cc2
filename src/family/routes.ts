import type { CaseCells, CaseLock, OnNamed } from '#people'
import type { Room } from '#platform/http'

import { familyPage } from './family.page.tsx'
import { linkPage } from './link.page.tsx'
import { ownFilePage } from './own-file.page.tsx'
import { ownWordsPage } from './own-words.page.tsx'
import { paperPage } from './paper.page.tsx'
import { reviewPage } from './review.page.tsx'
import { supportPage } from './support.page.tsx'
import { togetherPage } from './together.page.tsx'
import { whoPage } from './who.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** What the family needs of rooms to the right: their cells where a new file closes, what naming somebody starts, what keeps paper back. */
export interface FamilyParts {
  readonly cells: readonly CaseCells[]
  readonly onNamed: OnNamed
  readonly lock: CaseLock
}

/** The family: files of their own, who is who, own words, support, work together. */
export function familyRoom(parts: FamilyParts): Room {
  return {
    words: { uk, us },
    mount(app) {
      const pages = [
        familyPage,
        paperPage(parts.lock),
        ownFilePage(parts.cells),
        linkPage,
        whoPage(parts.onNamed),
        reviewPage,
        togetherPage,
        supportPage,
        ownWordsPage,
      ]
      for (const page of pages) app.route('/', page)
    },
  }
}
