import { createWords, type Words } from '#platform/i18n'

import { SearchBox, uiWords } from './index.ts'

/** What every page of the gallery shares: words, somebody signed in, a menu. */
export const t: Words = createWords([uiWords])({ pack: 'uk' })

export const actor = { agencyName: 'Northmere Advocacy', displayName: 'Ash Merrow' }

export const nav = [
  { href: '/work', text: 'My work', current: true },
  { href: '/people', text: 'People' },
  { href: '/menu', text: 'Services' },
  { href: '/referrals', text: 'Referrals' },
  { href: '/ledger', text: 'Who has seen it' },
]

export const search = <SearchBox action="/people/find" name="name" />
