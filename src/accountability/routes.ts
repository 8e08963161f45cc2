import type { Room } from '#platform/http'

import { actionPage } from './action.page.tsx'
import { changePage } from './change.page.tsx'
import { doubtPage } from './doubt.page.tsx'
import { entryPage } from './entry.page.tsx'
import { erasePage } from './erase.page.tsx'
import { inCasePage } from './in-case.page.tsx'
import { listPage } from './list.page.tsx'
import { noticePage } from './notice.page.tsx'
import { paths } from './paths.ts'
import { personPage } from './person.page.tsx'
import { quietPage } from './quiet.page.tsx'
import { teamPage } from './team.page.tsx'
import { threadPage } from './thread.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

// The pages of one file and of one entry come last: they would answer for the others.
const pages = [
  listPage,
  noticePage,
  quietPage,
  inCasePage,
  actionPage,
  changePage,
  personPage,
  teamPage,
  doubtPage,
  erasePage,
  entryPage,
  threadPage,
]

/** What is done about people who cause harm. */
export const room: Room = {
  words: { uk, us },
  nav: [{ href: paths.list, word: 'accountability.title', permission: 'case:read' }],
  mount(app) {
    for (const page of pages) app.route('/', page)
  },
}
