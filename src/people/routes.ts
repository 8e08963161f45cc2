import type { Room } from '#platform/http'

import { abusePage } from './abuse.page.tsx'
import { accessNeedsPage } from './access-needs.page.tsx'
import { callPage } from './call.page.tsx'
import { cardPage } from './card.page.tsx'
import type { OnNamed } from './careful.actions.ts'
import { carefulPage } from './careful.page.tsx'
import { casePage, type CaseSection } from './case.page.tsx'
import { casesPage } from './cases.page.tsx'
import { bringCells, type CaseCells } from './case-cells.ts'
import { chosenPage } from './chosen.page.tsx'
import { coercionPage } from './coercion.page.tsx'
import { contactNowPage } from './contact-now.page.tsx'
import { contactPage } from './contact.page.tsx'
import { effectsPage } from './effects.page.tsx'
import type { BeforeErasing } from './erase.actions.ts'
import { erasePage } from './erase.page.tsx'
import { erasurePage } from './erasure.page.tsx'
import { knownPage } from './known.page.tsx'
import { legalHoldPage } from './legal-hold.page.tsx'
import type { LoosePapers } from './loose-papers.ts'
import { letterPage } from './letter.page.tsx'
import { menuPage, type NamedAgencies, type TriedSource } from './menu.page.tsx'
import { needsPage } from './needs.page.tsx'
import { notesPage } from './notes.page.tsx'
import { pairPage } from './pair.page.tsx'
import { paths } from './paths.ts'
import { patternPage } from './pattern.page.tsx'
import { type CaseLock, printPage } from './print.page.tsx'
import { progressPage } from './progress.page.tsx'
import { repeatPage } from './repeat.page.tsx'
import { sameNamePage } from './same-name.page.tsx'
import { searchPage } from './search.page.tsx'
import { situationPage } from './situation.page.tsx'
import { startPage } from './start.page.tsx'
import { strengthsPage } from './strengths.page.tsx'
import { teamPage } from './team.page.tsx'
import { wishesPage } from './wishes.page.tsx'
import { bringTold } from './told.actions.ts'
import { toldPage } from './told.page.tsx'
import type { ToldSource } from './told.ts'
import { urgencyPage } from './urgency.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }
import { workPage, type WorkParts } from './work.page.tsx'
import { workerPage } from './worker.page.tsx'

/** What rooms to the right bring to casework: sections of *My work* and of a case, and their cells under a case's key. */
export interface PeopleParts extends WorkParts {
  readonly caseSections: readonly CaseSection[]
  /** What happens at once when somebody is named in a case as causing harm, or an agency as not safe. */
  readonly onNamed: OnNamed
  /** Every other room with cells under a case's key. Without one of them, closing a case would lose what it holds. */
  readonly cells: readonly CaseCells[]
  /** What keeps a case from leaving as a whole. */
  readonly lock: CaseLock
  /** Which agencies the person named as not safe, in their own words. */
  readonly namedAgencies: NamedAgencies
  /** What was tried already for a case. */
  readonly tried: TriedSource
  /** What is undone elsewhere while the key of a case that is erased still opens it. */
  readonly beforeErasing: BeforeErasing
  /** What belongs to no case and may tell of the person whose case is erased. */
  readonly loose: LoosePapers
  /** What those rooms can say of a case that was told there, so that nobody is asked twice. */
  readonly told: readonly ToldSource[]
}

/** Casework: *My work*, the case and its pages, the search by name, the menu. */
export function peopleRoom(parts: PeopleParts): Room {
  bringCells(parts.cells)
  bringTold(parts.told)
  return {
    words: { uk, us },
    nav: [{ href: paths.work, word: 'people.nav.work', permission: 'case:read' }],
    mount(app) {
      const pages = [
        workPage(parts),
        casesPage(parts.covered),
        searchPage,
        knownPage,
        pairPage,
        startPage,
        callPage,
        letterPage(parts.onNamed),
        casePage(parts.caseSections),
        cardPage(parts.onNamed),
        sameNamePage,
        contactPage,
        contactNowPage,
        needsPage,
        progressPage,
        strengthsPage,
        abusePage,
        effectsPage,
        patternPage,
        coercionPage,
        situationPage,
        toldPage,
        repeatPage,
        wishesPage,
        accessNeedsPage,
        urgencyPage,
        carefulPage(parts),
        chosenPage(parts),
        notesPage,
        workerPage,
        teamPage(parts.cells),
        erasePage(parts.loose, parts.beforeErasing),
        erasurePage,
        legalHoldPage,
        printPage(parts.lock),
        menuPage(parts.namedAgencies, parts.tried),
      ]
      for (const page of pages) app.route('/', page)
    },
  }
}
