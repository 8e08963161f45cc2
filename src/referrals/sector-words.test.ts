import { expect, test } from 'vitest'

import { createWords } from '#platform/i18n'

import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

const wordsFor = createWords([{ uk, us }], { strict: true })

test('a referral is called by the reader’s own word, and says what it is not', () => {
  expect(wordsFor({ pack: 'uk', sector: 'domestic-abuse' })('referrals.nav.list')).toBe('Referrals')
  expect(wordsFor({ pack: 'uk', sector: 'child-welfare' })('referrals.nav.list')).toBe('Requests for help')
  expect(wordsFor({ pack: 'us', sector: 'child-welfare' })('referrals.list.means')).toContain('not a report')
  expect(wordsFor({ pack: 'uk', sector: 'primary-care' })('referrals.list.means')).toContain('not an order')
  expect(wordsFor({ pack: 'uk', sector: 'education' })('referrals.list.means')).toContain('safeguarding lead')
  expect(wordsFor({ pack: 'us', sector: 'education' })('referrals.list.means')).toContain('reporting rules')
})
