import type { Room } from '#platform/http'
import { bounds, gateOf } from './api-gate.ts'
import { dataPage } from './data.page.tsx'
import { dialects } from './dialect.ts'
import { directoryApi } from './directory.api.ts'
import { changesPage } from './changes.page.tsx'
import { feedPage } from './feed.page.tsx'
import { fhirApi } from './fhir.api.ts'
import { filePage } from './file.page.tsx'
import { filesPage } from './files.page.tsx'
import { problemsPage } from './problems.page.tsx'
import { exchangeWords } from './words.ts'

/** The open interfaces that other systems read, and the pages of directory editors for files and feeds. */
export const room: Room = {
  words: exchangeWords,
  mount(app) {
    const gate = gateOf(bounds)
    for (const dialect of dialects) app.route('/', directoryApi(dialect, { bounds, gate }))
    app.route('/', fhirApi({ bounds, gate }))
    app.route('/', dataPage)
    for (const page of [filesPage, feedPage, filePage, changesPage, problemsPage]) app.route('/', page)
  },
}
