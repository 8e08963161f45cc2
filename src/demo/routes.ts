import type { Config } from '#platform/config'
import type { Room } from '#platform/http'
import type { OpenPages } from '#survivors'

import { councilList } from './council.ts'
import { type Kept, readKept } from './kept.ts'
import { LookRound } from './look-round.view.tsx'
import { lookPage } from './look.page.tsx'
import { outboxPage } from './outbox.page.tsx'
import { tourPage } from './tour.page.tsx'
import uk from './words.uk.json' with { type: 'json' }

/** The pages beside invented data, and what they add to the first page. */
export interface DemoPages {
  readonly room: Room
  readonly lookRound: NonNullable<OpenPages['lookRound']>
}

/**
 * The demo's pages, or null: they exist only where nobody but this machine can reach them, the database holds the demo and
 * nothing else, and the invented staff's sign-ins lie beside it.
 */
export function demoPages(
  config: Pick<Config, 'loopback' | 'dataDir'>,
  holdsDemo: boolean,
): DemoPages | null {
  const kept = config.loopback && holdsDemo ? readKept(config.dataDir) : null
  return kept === null ? null : pagesOf(kept)
}

function pagesOf(kept: Kept): DemoPages {
  return {
    lookRound: (c) => LookRound({ t: c.var.t }),
    room: {
      words: { uk },
      mount(app) {
        app.route('/', lookPage(kept))
        app.route('/', tourPage())
        app.route('/', outboxPage())
        app.route('/', councilList())
      },
    },
  }
}
