import { expect, test } from 'vitest'

import { createWords } from '#platform/i18n'

import { handlingAt } from './handling.ts'
import { Introduction } from './introduction.ts'
import { handlingIds, Letter, Request } from './letter.ts'
import { letterRows, recordText } from './letter.view.ts'
import { room } from './routes.ts'

const wordsFor = createWords([room.words])
const at = { title: 'They have met', agency: 'Harbour Advocacy', at: new Date('2026-11-22T10:00:00Z') }
const gp = (pack: 'uk' | 'us') => wordsFor({ pack, sector: 'primary-care' })
const met = Introduction.parse({
  about: 'met',
  on: '2026-11-22',
  personSaysSo: true,
  cameAlong: 'Canary Linden, a friend',
})

test('health agencies are asked to hide it online, to keep it out of a child’s record, and to write down who came', () => {
  for (const sector of ['primary-care', 'mental-health', 'child-mental-health'])
    expect(handlingAt(sector)).toEqual(handlingIds)
  for (const sector of ['housing', 'police', 'child-welfare', 'abuse-intervention', undefined])
    expect(handlingAt(sector)).toEqual([])
})

test('a letter to a GP carries all three, and so does the block for the record', () => {
  const letter = Request.parse({
    about: 'request',
    service: { id: null, name: 'Quayside Surgery' },
    items: [],
    purpose: 'Sleep',
    comesBack: 'nothing',
    handling: handlingIds,
    answerTo: { name: 'Ash', phone: '', cover: '' },
  })
  for (const pack of ['uk', 'us'] as const) {
    const t = gp(pack)
    const sentences = handlingIds.map((each) => t(`referrals.handling.${each}`))
    const row = letterRows(t, Letter.parse(letter)).find(
      (each) => each.key === t('referrals.letter.handling'),
    )
    expect(row?.value.split('\n')).toEqual(sentences)
    const block = recordText(t, at, letter)
    for (const sentence of sentences) expect(block.split(sentence)).toHaveLength(2)
  }
  expect(gp('uk')('referrals.handling.hide-online')).toContain('online access')
  expect(gp('us')('referrals.handling.hide-online')).toContain('patient portal')
})

test('who came along to the appointment is in the letter that says so, and the block of a GP carries how to keep it', () => {
  const t = gp('uk')
  expect(letterRows(t, met)).toContainEqual({ key: 'Who came along', value: 'Canary Linden, a friend' })
  const block = recordText(t, at, met)
  expect(block).toContain('Who came along: Canary Linden, a friend')
  for (const each of handlingIds) expect(block).toContain(t(`referrals.handling.${each}`))
  const housing = recordText(wordsFor({ pack: 'uk', sector: 'housing' }), at, met)
  expect(housing).not.toContain(t('referrals.handling.hide-online'))
})

test('a question that names nobody asks for nothing of the kind', () => {
  const ask = Letter.parse({
    about: 'ask',
    service: { id: null, name: 'Quayside Surgery' },
    facets: {},
    needs: [],
    withSomeone: false,
    ringBack: { name: 'Ash', phone: '', cover: '' },
  })
  expect(recordText(gp('uk'), at, ask)).not.toContain(gp('uk')('referrals.letter.handling'))
})
