import type { Room } from '#platform/http'

import { copyPage } from './copy.page.tsx'
import { courtNewPage } from './court-new.page.tsx'
import { dangerNewPage } from './danger-new.page.tsx'
import { factsPage } from './facts.page.tsx'
import { glassPage } from './glass.page.tsx'
import { injuryNewPage } from './injury-new.page.tsx'
import { listPage } from './list.page.tsx'
import { onePage } from './one.page.tsx'
import { orderPage } from './order.page.tsx'
import { paths } from './paths.ts'
import { reportNewPage } from './report-new.page.tsx'
import { throughPage } from './through.page.tsx'
import { toldPage } from './told.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

// The page of one ground comes last: it would answer for the others.
const pages = [
  listPage,
  courtNewPage,
  dangerNewPage,
  reportNewPage,
  injuryNewPage,
  glassPage,
  throughPage,
  factsPage,
  toldPage,
  orderPage,
  copyPage,
  onePage,
]

/** What is shared on grounds other than a release. */
export const room: Room = {
  words: { uk, us },
  nav: [{ href: paths.glass, word: 'grounds.nav.glass', permission: 'case:glass' }],
  mount(app) {
    for (const page of pages) app.route('/', page)
  },
}
