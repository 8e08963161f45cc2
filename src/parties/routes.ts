import type { Room } from '#platform/http'

import { accountPage } from './account.page.tsx'
import { agencyPage } from './agency.page.tsx'
import { beginPage } from './begin.page.tsx'
import { codeRoutes } from './code.page.tsx'
import { homePage } from './home.page.tsx'
import { installationPage } from './installation.page.tsx'
import { invitePage } from './invite.page.tsx'
import { joinPage } from './join.page.tsx'
import { ledgerPage } from './ledger.page.tsx'
import { mailHourPage } from './mail-hour.page.tsx'
import { memberPage } from './member.page.tsx'
import { partnersPage } from './partners.page.tsx'
import { passwordPage } from './password.page.tsx'
import { recoverPage } from './recover.page.tsx'
import { sheetPage } from './sheet.page.tsx'
import { paths } from './paths.ts'
import { askToSignIn, signInPage } from './sign-in.page.tsx'
import { signOutPage } from './sign-out.page.tsx'
import { wordsPage } from './words.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

export { askToSignIn }

/** Signing in, the account, and an agency's own pages. */
export const room: Room = {
  words: { uk, us },
  nav: [
    { href: paths.home, word: 'parties.nav.home', permission: 'home' },
    { href: paths.agency, word: 'parties.nav.agency', permission: 'agency:admin' },
    { href: paths.partners, word: 'parties.nav.partners', permission: 'agency:admin' },
    { href: paths.ledger, word: 'parties.nav.ledger', permission: 'ledger:read' },
    { href: paths.installation, word: 'parties.nav.installation', permission: 'operate' },
  ],
  mount(app) {
    const pages = [signInPage, codeRoutes, signOutPage, recoverPage, beginPage, joinPage, passwordPage]
    for (const page of pages) app.route('/', page)
    const members = [
      homePage,
      wordsPage,
      accountPage,
      mailHourPage,
      agencyPage,
      invitePage,
      memberPage,
      sheetPage,
      partnersPage,
      installationPage,
      ledgerPage,
    ]
    for (const page of members) app.route('/', page)
  },
}
