import type { Room } from '#platform/http'

import { alertsPage } from './alerts.page.tsx'
import { apartPage } from './apart.page.tsx'
import { copyPage } from './copy.page.tsx'
import { decisionNewPage } from './decision-new.page.tsx'
import { decisionsPage } from './decisions.page.tsx'
import { draftsPage } from './drafts.page.tsx'
import { lawPage } from './law.page.tsx'
import { youngPage } from './young.page.tsx'
import { listPage } from './list.page.tsx'
import { onePage } from './one.page.tsx'
import { paths } from './paths.ts'
import { rulesPage } from './rules.page.tsx'
import { spokenPage } from './spoken.page.tsx'
import { turnPage } from './turn.page.tsx'
import { visitPage } from './visit.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }
import es from './words.es.json' with { type: 'json' }

/** Permissions: the list of a case, each one, the person's own turn and copy, and what the privacy lead looks at. */
export const room: Room = {
  words: { uk, us, es },
  nav: [
    { href: paths.privacy, word: 'releases.nav.privacy', permission: 'privacy:lead' },
    { href: paths.rules, word: 'releases.nav.rules', permission: 'privacy:lead' },
    { href: paths.law, word: 'releases.nav.law', permission: 'agency:admin' },
  ],
  mount(app) {
    const pages = [
      listPage,
      onePage,
      turnPage,
      apartPage,
      spokenPage,
      copyPage,
      alertsPage,
      rulesPage,
      lawPage,
      youngPage,
      decisionsPage,
      decisionNewPage,
      draftsPage,
    ]
    for (const page of pages) app.route('/', page)
    app.route('/', visitPage)
  },
}
