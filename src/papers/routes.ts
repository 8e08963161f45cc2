import type { Room } from '#platform/http'

import { paperPage } from './paper.page.tsx'
import { papersPage } from './papers.page.tsx'
import uk from './words.uk.json' with { type: 'json' }

/** The longest file in MiB where nobody set another, and the most that can be set: one is held whole while it is opened. */
const usual = 20
const highest = 100

/** Papers and pictures of a case. `mebibytes` is the operator's setting of the longest file; not a number from 1 to 100 is 20. */
export function papersRoom(mebibytes: string | undefined): Room {
  const wanted = Number(mebibytes ?? usual)
  const most = Number.isInteger(wanted) && wanted >= 1 && wanted <= highest ? wanted : usual
  return {
    words: { uk },
    mount(app) {
      app.route('/', papersPage(most * 1024 * 1024))
      app.route('/', paperPage)
    },
  }
}
