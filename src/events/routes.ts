import type { Room } from '#platform/http'

import { deliveriesPage } from './deliveries.page.tsx'
import { eventsPage } from './events.page.tsx'
import { eventsApi } from './events.api.ts'
import { paths } from './paths.ts'
import type { Allowed } from './receiver-address.rules.ts'
import uk from './words.uk.json' with { type: 'json' }

/** Where a lead sets what the agency's own system is told: reached from the foot of *My work*. */
export const eventsLink = { href: paths.page, word: 'events.title', permission: 'case:lead' } as const

/** What an agency's own system is told. */
export function eventsRoom(allowed: Allowed): Room {
  return {
    words: { uk },
    mount(app) {
      app.route('/', eventsPage(allowed))
      app.route('/', deliveriesPage)
      app.route('/', eventsApi)
    },
  }
}
