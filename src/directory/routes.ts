import type { Room } from '#platform/http'
import { aboutPage } from './about.page.tsx'
import { areaPage } from './area.page.tsx'
import { clausePage } from './clause.page.tsx'
import { contactPage } from './contact.page.tsx'
import { editorPage } from './editor.page.tsx'
import { entryPage } from './entry.page.tsx'
import { firstPage } from './first.page.tsx'
import { heldPage } from './held.page.tsx'
import { historyPage } from './history.page.tsx'
import { listPage } from './list.page.tsx'
import { payingPage } from './paying.page.tsx'
import { placePage, placePrivatePage } from './place.page.tsx'
import { placesPage } from './places.page.tsx'
import { partnersPage } from './partners.page.tsx'
import { pathwaysPage } from './pathways.page.tsx'
import { paths } from './paths.ts'
import { organizationPage } from './organization.page.tsx'
import { ownerPage } from './owner.page.tsx'
import { queuePage } from './queue.page.tsx'
import { reviewPage } from './review.page.tsx'
import { reachPage } from './reach.page.tsx'
import { servicePage } from './service.page.tsx'
import { stillRightPage } from './still-right.page.tsx'
import { trainingPage } from './training.page.tsx'
import { totalsPage } from './totals.page.tsx'
import { suggestPage } from './suggest.page.tsx'
import { wrongPage } from './wrong.page.tsx'
import { timesPage } from './times.page.tsx'
import { detailPage } from './detail.page.tsx'
import { setHerePage } from './set-here.page.tsx'
import { termsPage } from './terms.page.tsx'
import { peoplePage } from './people.page.tsx'
import { visitPage } from './visit.page.tsx'
import { worksPage } from './works.page.tsx'
import { directoryWords } from './words.ts'

/** The open listing, and the pages of its editors. */
export const room: Room = {
  words: directoryWords,
  nav: [
    { href: paths.editor, word: 'directory.nav.editor', permission: 'directory:edit' },
    { href: paths.totals, word: 'directory.nav.totals', permission: 'totals:read' },
    { href: paths.services, word: 'directory.nav.services', permission: 'forum:read' },
  ],
  mount(app) {
    for (const page of [listPage, areaPage, servicePage]) app.route('/', page)
    for (const page of [stillRightPage, wrongPage]) app.route('/', page)
    for (const page of [
      pathwaysPage,
      queuePage,
      reviewPage,
      suggestPage,
      historyPage,
      ownerPage,
      partnersPage,
    ])
      app.route('/', page)
    for (const page of [
      aboutPage,
      worksPage,
      visitPage,
      payingPage,
      contactPage,
      timesPage,
      detailPage,
      termsPage,
      peoplePage,
      setHerePage,
      reachPage,
      placesPage,
      placePage,
      placePrivatePage,
      organizationPage,
    ])
      app.route('/', page)
    // Held records and training first: their addresses would read as an entry's.
    for (const page of [totalsPage, editorPage, heldPage, trainingPage, entryPage, clausePage, firstPage])
      app.route('/', page)
  },
}
