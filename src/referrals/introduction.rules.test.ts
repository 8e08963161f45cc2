import { expect, test } from 'vitest'

import type { IntroductionStepId, Meeting } from './introduction.ts'
import { introductionOf, introductionOpen, isMove } from './introduction.rules.ts'
import type { Letter } from './letter.ts'

const meeting: Meeting = { at: '2026-12-01T10:00:00Z', where: 'North', whoGoesAlong: 'Robin' }
const later: Meeting = { ...meeting, at: '2026-12-03T10:00:00Z' }

const plan = (agreed?: boolean, at = meeting): Letter => ({
  about: 'introduction',
  meeting: at,
  ...(agreed === undefined ? {} : { agreed }),
})
const step = (id: IntroductionStepId, more: object = {}): Letter => ({
  about: 'introduction-step',
  step: id,
  on: '2026-12-01',
  who: '',
  asked: true,
  inTheWay: [],
  words: '',
  ...more,
})
const met: Letter = { about: 'met', on: '2026-12-01', personSaysSo: true, cameAlong: '', words: '' }
const out = (...letters: readonly (Letter | null)[]) =>
  letters.map((letter) => ({ way: 'out' as const, letter }))

test('an introduction is proposed, agreed by the person, happens, and is met when the person says so', () => {
  const states = [
    [],
    [plan()],
    [plan(), step('agreed')],
    [plan(), step('agreed'), step('happened')],
    [plan(), step('agreed'), step('happened'), met],
  ].map((letters) => introductionOf(out(...letters)).state)
  expect(states).toEqual(['none', 'proposed', 'agreed', 'happened', 'met'])
  expect(introductionOf(out(plan(true))).state).toBe('agreed')
})

test('a first meeting named with a yes is a proposal of the side that wrote it', () => {
  const person = { name: 'Kim', phone: '', cover: '' }
  const yes: Letter = { about: 'accepted', startsOn: null, person, first: meeting, note: '' }
  expect(introductionOf([{ way: 'in', letter: yes }])).toMatchObject({
    state: 'proposed',
    by: 'them',
    meeting,
  })
  expect(introductionOf([{ way: 'in', letter: { ...yes, first: null } }]).state).toBe('none')
})

test('another time has to be agreed anew, keeps what got in the way, and is counted', () => {
  const moved: Letter = { about: 'introduction', meeting: later, moved: { inTheWay: ['transport'] } }
  expect(introductionOf(out(plan(true), moved))).toMatchObject({
    state: 'proposed',
    meeting: later,
    moves: 1,
    inTheWay: ['transport'],
  })
  expect(isMove({ state: 'agreed', meeting })).toBe(true)
  expect(isMove({ state: 'agreed', meeting: { ...meeting, at: null } })).toBe(false)
  expect(isMove({ state: 'not-happened', meeting })).toBe(false)
  expect(isMove({ state: 'proposed', meeting })).toBe(false)
})

test('what did not come about stays open: first to ask what got in the way, then to plan again', () => {
  const unasked = introductionOf(out(plan(true), step('not-happened', { asked: false })))
  expect(unasked).toMatchObject({ state: 'not-happened', toAsk: true, inTheWay: [] })
  const asked = introductionOf(
    out(
      plan(true),
      step('not-happened', { asked: false }),
      step('not-happened', { inTheWay: ['childcare'] }),
    ),
  )
  expect(asked).toMatchObject({ state: 'not-happened', toAsk: false, inTheWay: ['childcare'] })
  expect(introductionOpen['not-happened']).toContain('plan')
})

test('after the person’s own word nothing makes it less, and a letter that opens no more says nothing', () => {
  expect(introductionOf(out(plan(), met, step('not-happened'))).state).toBe('met')
  expect(introductionOpen.met).toEqual([])
  expect(introductionOf(out(plan(true), null)).state).toBe('agreed')
  expect(introductionOf([...out(plan()), { way: 'out', letter: step('agreed'), undone: true }]).state).toBe(
    'proposed',
  )
})

test('a referral that is opened again begins with no introduction', () => {
  const again: Letter = { about: 'reopened', why: 'It goes on.' }
  expect(introductionOf(out(plan(true), met, again)).state).toBe('none')
})
