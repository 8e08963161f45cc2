import type { Hono } from 'hono'

import type { AppEnv } from '#platform/http'
import type { RoomWords } from '#platform/i18n'

import { complaintsPage } from './complaints.page.tsx'
import { cookiesPage } from './cookies.page.tsx'
import { everybodyPage } from './everybody.page.tsx'
import { helpPage } from './help.page.tsx'
import { lookingPage } from './looking.page.tsx'
import type { OpenPages } from './open-pages.ts'
import { privacyPage } from './privacy.page.tsx'
import { startPage } from './start.page.tsx'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

export const words: RoomWords = { uk, us }

/** The pages that anybody may read. None of them touches the database. */
export function openRoutes(pages: OpenPages): readonly Hono<AppEnv>[] {
  return [
    startPage(pages),
    helpPage(pages),
    lookingPage(),
    privacyPage(pages),
    complaintsPage(pages),
    cookiesPage(),
    everybodyPage(pages),
  ]
}
