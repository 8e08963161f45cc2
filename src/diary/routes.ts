import type { Room } from '#platform/http'

import { awayPage } from './away.page.tsx'
import { entryCalendarPage } from './calendar.page.tsx'
import { caseDiaryPage } from './case-diary.page.tsx'
import { closingPage } from './closing.page.tsx'
import { diaryPage } from './diary.page.tsx'
import { entryNewPage } from './entry-new.page.tsx'
import { entryPage } from './entry.page.tsx'
import { everyonePage } from './everyone.page.tsx'
import { handingPage } from './handing.page.tsx'
import type { OpenSource } from './open-thing.ts'
import { paths } from './paths.ts'
import { taskPage } from './task.page.tsx'
import { theirsPage } from './theirs.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

/** Daily work: diaries, handing a case over, ending it and taking it up again. `open` is what other rooms have still open in a case. */
export function diaryRoom(open: readonly OpenSource[]): Room {
  return {
    words: { uk, us },
    nav: [{ href: paths.diary, word: 'diary.nav', permission: 'case:read' }],
    mount(app) {
      // The page of one entry comes last: it would answer for the others.
      const pages = [
        diaryPage,
        everyonePage,
        awayPage,
        taskPage,
        caseDiaryPage,
        entryNewPage,
        theirsPage,
        entryCalendarPage,
        handingPage(open),
        closingPage(open),
        entryPage,
      ]
      for (const page of pages) app.route('/', page)
    },
  }
}
