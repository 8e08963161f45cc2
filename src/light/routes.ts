import { handOver } from '#parties'
import { openForWork } from '#people'
import type { Room } from '#platform/http'

import { answerPage } from './answer.page.tsx'
import { knockPage } from './knock.page.tsx'
import { letterPage } from './letter.page.tsx'
import { linkPage } from './link.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** Offices without an account: a mail that says nothing, a code by telephone, one letter and its answers. */
export const room: Room = {
  words: { uk, us },
  // What was sent to an office that has founded its account since is handed over by whoever at the sender may open it.
  before: (db, actor) =>
    handOver(db, actor, async (caseId) => (await openForWork(db, actor, caseId, 'reading'))?.key ?? null),
  mount(app) {
    for (const page of [knockPage, letterPage, answerPage]) app.route('/', page)
    app.route('/', linkPage)
  },
}
