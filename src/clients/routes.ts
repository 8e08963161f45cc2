import type { Room } from '#platform/http'

import { clientPage } from './client.page.tsx'
import { listPage } from './list.page.tsx'
import { meApi } from './me.api.ts'
import { metadataApi } from './metadata.api.ts'
import { newPage } from './new.page.tsx'
import { paths } from './paths.ts'
import { tokenApi } from './token.api.ts'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** The systems of an agency that act for it: the administrators' pages, the token endpoint, and what a token stands for. */
export const room: Room = {
  words: { uk, us },
  nav: [{ href: paths.list, word: 'clients.nav', permission: 'agency:admin' }],
  mount(app) {
    for (const api of [tokenApi, metadataApi]) app.route('/', api)
    app.route('/', meApi)
    for (const page of [listPage, newPage, clientPage]) app.route('/', page)
  },
}
