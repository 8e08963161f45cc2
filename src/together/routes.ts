import type { Room } from '#platform/http'

import { introductionPage } from './introduction.page.tsx'
import { pickPage } from './pick.page.tsx'
import { sessionPage } from './session.page.tsx'
import { stepPage } from './step.page.tsx'
import { stepsPage } from './steps.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** Help for several people of a family in one act: each a permission and a thread of their own, in an order that can be seen. */
export const room: Room = {
  words: { uk, us },
  mount(app) {
    // The page for picking comes before that of one step, which would answer for it.
    for (const page of [stepsPage, pickPage, introductionPage, sessionPage, stepPage]) app.route('/', page)
  },
}
