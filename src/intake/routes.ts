import type { CaseLock } from '#people'
import type { Room } from '#platform/http'

import { aboutPage } from './about.page.tsx'
import { bringPage } from './bring.page.tsx'
import { caseFormsPage } from './case-forms.page.tsx'
import { fillPage } from './fill.page.tsx'
import { filledPage } from './filled.page.tsx'
import { formPage } from './form.page.tsx'
import { formsPage } from './forms.page.tsx'
import { itemPage } from './item.page.tsx'
import { paths } from './paths.ts'
import { previewPage } from './preview.page.tsx'
import { versionPage } from './version.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** Forms that an agency makes itself, and what was answered to them. `lock` keeps data back while a case may not leave. */
export function intakeRoom(lock: CaseLock): Room {
  return {
    words: { uk, us },
    nav: [{ href: paths.forms, word: 'intake.nav.forms', permission: 'case:lead' }],
    mount(app) {
      const pages = [
        formsPage,
        bringPage,
        formPage,
        aboutPage,
        itemPage,
        previewPage,
        versionPage,
        caseFormsPage,
        fillPage,
        filledPage(lock),
      ]
      for (const page of pages) app.route('/', page)
    },
  }
}
