import type { Room } from '#platform/http'

import { allPage } from './all.page.tsx'
import { columnsPage } from './columns.page.tsx'
import { linesPage } from './lines.page.tsx'
import { paths } from './paths.ts'
import { runPage } from './run.page.tsx'
import uk from './words.uk.json' with { type: 'json' }

/** The way there from the foot of *My work*. */
export const caseloadLink = { href: paths.all, word: 'caseload.link', permission: 'case:lead' } as const

/** Bringing existing cases along from a spreadsheet. */
export const room: Room = {
  words: { uk },
  mount(app) {
    for (const page of [allPage, columnsPage, linesPage, runPage]) app.route('/', page)
  },
}
