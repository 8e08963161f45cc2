import type { Room } from '#platform/http'

import { againPage } from './again.page.tsx'
import { afterDeathPage } from './after-death.page.tsx'
import { threadCalendarPage } from './calendar.page.tsx'
import { callOffPage } from './call-off.page.tsx'
import { chasePage } from './chase.page.tsx'
import { chasingPage } from './chasing.page.tsx'
import { decidePage } from './decide.page.tsx'
import { declinePage } from './decline.page.tsx'
import { flowPage } from './flow.page.tsx'
import { keepingPage } from './keeping.page.tsx'
import { introductionPage } from './introduction.page.tsx'
import { listPage } from './list.page.tsx'
import { meanwhilePage } from './meanwhile.page.tsx'
import { givePage } from './give.page.tsx'
import { loadPage } from './load.page.tsx'
import { meetPage } from './meet.page.tsx'
import { namedContactPage } from './named-contact.page.tsx'
import { newAskPage } from './new-ask.page.tsx'
import { newOfficePage } from './new-office.page.tsx'
import { newPickPage } from './new-pick.page.tsx'
import { newSendPage } from './new-send.page.tsx'
import { newTalkPage } from './new-talk.page.tsx'
import { notMePage } from './not-me.page.tsx'
import { nowherePage } from './nowhere.page.tsx'
import { nowPage } from './now.page.tsx'
import { paths } from './paths.ts'
import { renewPage } from './renew.page.tsx'
import { ringPage } from './ring.page.tsx'
import { sessionPage } from './session.page.tsx'
import { shareDecisionPage } from './share-decision.page.tsx'
import { takeBackPage } from './take-back.page.tsx'
import { takePage } from './take.page.tsx'
import { talkPage } from './talk.page.tsx'
import { threadPage } from './thread.page.tsx'
import { unmetPage } from './unmet.page.tsx'
import { triesPage } from './tries.page.tsx'
import { unreachedPage } from './unreached.page.tsx'
import { viewAsPage } from './view-as.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** Where a lead sets by when answers are due: reached from the foot of *My work*. */
export const chasingLink = {
  href: paths.chasing,
  word: 'referrals.chasing.title',
  permission: 'case:lead',
} as const

/** Asking, sending, deciding, introducing, closing; and somebody in the room, without a name. */
export const room: Room = {
  words: { uk, us },
  nav: [
    { href: paths.now, word: 'referrals.nav.now', permission: 'referral:write' },
    { href: paths.list, word: 'referrals.nav.list', permission: 'referral:read' },
  ],
  mount(app) {
    const pages = [
      nowPage,
      ringPage,
      flowPage,
      listPage,
      loadPage,
      givePage,
      chasingPage,
      chasePage,
      triesPage,
      unreachedPage,
      threadPage,
      threadCalendarPage,
      talkPage,
      keepingPage,
      meanwhilePage,
      nowherePage,
      unmetPage,
      decidePage,
      declinePage,
      callOffPage,
      takePage,
      meetPage,
      introductionPage,
      namedContactPage,
      notMePage,
      newAskPage,
      newTalkPage,
      newSendPage,
      newOfficePage,
      newPickPage,
      takeBackPage,
      renewPage,
      afterDeathPage,
      shareDecisionPage,
      viewAsPage,
      sessionPage,
      againPage,
    ]
    for (const page of pages) app.route('/', page)
  },
}
