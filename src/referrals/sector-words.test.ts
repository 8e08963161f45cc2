import { expect, test } from 'vitest'

import { createWords } from '#platform/i18n'

import { recordText } from './letter.view.ts'
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

test('what is pasted into a record is written in the words of the sector that pastes it', () => {
  const pasted = (sector: string, pack: 'uk' | 'us' = 'uk') =>
    recordText(
      wordsFor({ pack, sector }),
      { title: 'Ended', agency: 'Harbour Advocacy', at: new Date('2026-11-22T14:05:00Z') },
      { about: 'ended', outcome: 'helped', words: '' },
    )
  expect(pasted('domestic-abuse')).toMatch(/^Ended, with the way back open \(Harbour Advocacy/)
  expect(pasted('child-welfare')).toMatch(/^Ended here \(not an outcome of the case\)/)
  expect(pasted('primary-care', 'us')).toContain('not a discharge')
  const sent = (sector: string) =>
    recordText(
      wordsFor({ pack: 'uk', sector }),
      { title: 'Referral', agency: 'Harbour Advocacy', at: new Date('2026-11-22T14:05:00Z') },
      {
        about: 'request',
        service: { id: null, name: 'Talking room' },
        items: [],
        safeContact: [],
        purpose: 'To talk',
        comesBack: 'outcome',
        until: null,
        redisclosure: null,
        handling: [],
        answerTo: { name: 'Ash Merrow', phone: '01632 960101', cover: '' },
      } as unknown as Parameters<typeof recordText>[2],
    )
  expect(sent('child-welfare')).toMatch(/^Request for help \(Harbour Advocacy[\s\S]*It is not a report\.$/)
  expect(sent('mental-health')).toMatch(/^Referral \(an introduction, not an order\)/)
  expect(sent('housing')).toMatch(/^Referral \(Harbour Advocacy/)
})
