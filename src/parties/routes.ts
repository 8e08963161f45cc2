import type { Room } from '#platform/http'

import { codeRoutes } from './code.page.tsx'
import { homePage } from './home.page.tsx'
import { paths } from './paths.ts'
import { askToSignIn, signInPage } from './sign-in.page.tsx'
import { signOutPage } from './sign-out.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

export { askToSignIn }

/** Signing in, the account, and an agency's own pages. */
export const room: Room = {
  words: { uk, us },
  nav: [{ href: paths.home, word: 'parties.nav.home', permission: 'home' }],
  mount(app) {
    app.route('/', signInPage)
    app.route('/', codeRoutes)
    app.route('/', signOutPage)
    app.route('/', homePage)
  },
}
