import type { Room } from '#platform/http'

import { alertsPage } from './alerts.page.tsx'
import { copyPage } from './copy.page.tsx'
import { lawPage } from './law.page.tsx'
import { listPage } from './list.page.tsx'
import { onePage } from './one.page.tsx'
import { paths } from './paths.ts'
import { rulesPage } from './rules.page.tsx'
import { turnPage } from './turn.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** Permissions: the list of a case, each one, the person's own turn and copy, and what the privacy lead looks at. */
export const room: Room = {
  words: { uk, us },
  nav: [
    { href: paths.privacy, word: 'releases.nav.privacy', permission: 'privacy:lead' },
    { href: paths.rules, word: 'releases.nav.rules', permission: 'privacy:lead' },
    { href: paths.law, word: 'releases.nav.law', permission: 'agency:admin' },
  ],
  mount(app) {
    for (const page of [listPage, onePage, turnPage, copyPage, alertsPage, rulesPage, lawPage])
      app.route('/', page)
  },
}
