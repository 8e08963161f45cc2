import type { CaseLock } from '#people'
import type { Room } from '#platform/http'

import { accountPage } from './account.page.tsx'
import { correctionPage } from './correction.page.tsx'
import type { DisclosureSource } from './disclosure.ts'
import { filePage } from './file.page.tsx'
import { givePage } from './give.page.tsx'
import { hubPage } from './hub.page.tsx'
import { letterPage } from './letter.page.tsx'
import { paths } from './paths.ts'
import { retentionPage } from './retention.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/**
 * What a person can ask for. `sources` are all the grounds on which something leaves a case: each room gives its own. `lock` keeps
 * paper and data back while a paper from a court waits for its end.
 */
export function asksRoom(sources: readonly DisclosureSource[], lock: CaseLock): Room {
  return {
    words: { uk, us },
    nav: [
      { href: paths.letters, word: 'asks.nav.letters', permission: 'case:read' },
      { href: paths.due, word: 'asks.nav.due', permission: 'case:keep' },
    ],
    mount(app) {
      const pages = [
        hubPage,
        accountPage(sources, lock),
        filePage(sources),
        givePage(sources, lock),
        correctionPage,
        letterPage,
        retentionPage,
      ]
      for (const page of pages) app.route('/', page)
    },
  }
}
