import { describe, expect, test } from 'vitest'

import { facetById } from '#directory'

import { AbuseStatus } from './abuse.ts'
import { answerOf, historyAfterDetails, withAbuse, withStatus } from './abuse.rules.ts'
import type { Card } from './card.ts'
import { changedCard } from './card.rules.ts'
import { type Coercion, coercionStates, coercionThemes, healthThemes, useThemes } from './coercion.ts'
import { askedNow, coercionAfter, coercionFrom, privateFor } from './coercion.rules.ts'
import { effectsFrom, hasContext } from './effect.rules.ts'
import { progressAfter, progressFrom } from './need-progress.rules.ts'
import { noteClasses } from './note-class.ts'
import { classesFor, noteClassOf, staysOutOfFile } from './note-class.rules.ts'
import { PatternEntry } from './pattern.ts'
import { adultPages, affectedBy, inTime, mayStandInChildFile, withEntry } from './pattern.rules.ts'
import { openAnswers } from './situation.ts'
import { strengthsAfter, strengthsFrom } from './strength.rules.ts'
import { lastDayOf, rememberedFrom } from './when.rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const posted = (fields: Readonly<Record<string, string>>) =>
  new Map(Object.entries(fields).map(([name, value]) => [name, [value]] as const))

describe('what is remembered of a day', () => {
  test.each([
    ['', '', '', ''],
    ['27', '3', '2026', '2026-03-27'],
    ['', '3', '2026', '2026-03'],
    ['', '', '2026', '2026'],
  ])('%s %s %s', (d, month, year, iso) => {
    expect(rememberedFrom({ day: d, month, year })).toBe(iso)
  })
  test.each([
    ['31', '2', '2026'],
    ['3', '', '2026'],
    ['', '13', '2026'],
    ['', '', '26'],
    ['x', '1', '2026'],
  ])('%s %s %s is no date', (d, month, year) => {
    expect(rememberedFrom({ day: d, month, year })).toEqual({ wrong: true })
  })
  test('counts as its last day, so that nobody is taken to be safe for longer than is known', () => {
    expect(['2024', '2024-02', '2024-02-03'].map((when) => lastDayOf(when).toString())).toEqual([
      '2024-12-31',
      '2024-02-29',
      '2024-02-03',
    ])
  })
})

describe('how the abuse is', () => {
  const status = (more: Partial<AbuseStatus>) =>
    AbuseStatus.parse({ state: 'ongoing', on: '2026-11-01', ...more })

  test.each([
    ['ongoing', {}, '2026-11-27', 'ongoing'],
    ['on-and-off', {}, '2026-11-27', 'on-and-off'],
    ['ended', { until: '2026-10-20' }, '2026-11-27', 'ended-under-3-months'],
    ['ended', { until: '2026-10-20' }, '2027-02-27', 'ended-3-to-12-months'],
    ['ended', { until: '2026-08-28' }, '2026-11-27', 'ended-under-3-months'],
    ['ended', { until: '2026-08-27' }, '2026-11-27', 'ended-3-to-12-months'],
    ['ended', { until: '2025-11-27' }, '2026-11-27', 'ended-over-12-months'],
    ['ended', { until: '2025' }, '2026-11-27', 'ended-3-to-12-months'],
    ['ended', { until: '2024' }, '2026-11-27', 'ended-over-12-months'],
    ['ended', { value: 'ended-3-to-12-months' }, '2026-11-27', 'ended-3-to-12-months'],
  ] as const)('%s %j, looked up on %s, answers %s', (state, more, today, value) => {
    const answer = answerOf(status({ state, ...more }), day(today))
    expect(answer).toEqual({ state: 'known', value, askedOn: '2026-11-01' })
    expect(facetById('abuse', 'uk')?.values.map((each) => each.value)).toContain(value)
  })

  test('what is not known, not said, or ended on no known day answers nothing', () => {
    const stateOf = (state: AbuseStatus['state']) => answerOf(status({ state }), day('2026-11-27')).state
    expect(openAnswers.map(stateOf)).toEqual(openAnswers)
    expect(stateOf('ended')).toBe('unknown')
  })

  test('the newest word stands in for the detail; without one the detail stands', () => {
    const answers = { abuse: { state: 'known', value: 'ongoing', askedOn: '2026-01-01' } } as const
    expect(withAbuse(answers, [], day('2026-11-27'))).toBe(answers)
    const history = withStatus(
      [status({})],
      status({ state: 'ended', until: '2026-11-02', on: '2026-11-20' }),
    )
    expect(withAbuse(answers, history, day('2026-11-27'))['abuse']?.value).toBe('ended-under-3-months')
  })

  test('an answer among the details goes into the history once; the same answer later confirms it with its dates', () => {
    const said = (value: string, askedOn: string) => ({ abuse: { state: 'known' as const, value, askedOn } })
    const today = day('2026-11-27')
    const first = historyAfterDetails([], said('on-and-off', '2026-11-27'), today)
    expect(first).toMatchObject([{ state: 'on-and-off', on: '2026-11-27', source: 'said-so' }])
    expect(historyAfterDetails(first ?? [], said('on-and-off', '2026-11-27'), today)).toBeNull()
    const dated = [status({ state: 'ended', until: '2026-10', on: '2026-11-01' })]
    expect(historyAfterDetails(dated, said('ended-under-3-months', '2026-11-27'), today)).toMatchObject([
      { state: 'ended', until: '2026-10', on: '2026-11-27' },
      { state: 'ended', until: '2026-10', on: '2026-11-01' },
    ])
    expect(historyAfterDetails(dated, said('ongoing', '2026-11-27'), today)).toMatchObject([
      { state: 'ongoing', until: '' },
      { state: 'ended', until: '2026-10' },
    ])
    expect(historyAfterDetails(dated, {}, today)).toBeNull()
  })
})

describe('distress', () => {
  test('is not kept without what it follows from', () => {
    const typed = effectsFrom(
      posted({ 'id-0': 'a', 'distress-0': 'Wakes at every car', 'getsThrough-0': 'Sleeps by day' }),
    )
    expect(typed.wrong).toEqual({ 'done-0': 'people.effects.context' })
  })
  test.each([[{ 'done-0': 'Broke the door' }], [{ 'entry-0': 'p1' }], [{ 'unsaid-0': 'yes' }]])(
    'is kept beside %j',
    (context) => {
      const typed = effectsFrom(posted({ 'id-0': 'a', 'distress-0': 'Wakes at every car', ...context }))
      expect(typed.wrong).toEqual({})
      expect(typed.rows.every(hasContext)).toBe(true)
    },
  )
  test('an empty thread is left out, and the errors of the next stand at the place where it is drawn', () => {
    const typed = effectsFrom(
      posted({ 'id-0': 'a', 'unsaid-0': 'yes', 'id-1': 'b', 'distress-1': 'Cannot eat' }),
    )
    expect(typed.rows.map((row) => row.id)).toEqual(['b'])
    expect(typed.wrong).toEqual({ 'done-0': 'people.effects.context' })
  })
})

describe('the pattern of behaviour', () => {
  const entry = (id: string, from: string) => PatternEntry.parse({ id, from, done: 'x', on: '2026-11-01' })

  test('stands in the order of time, and what has no date comes last', () => {
    const pattern = [entry('a', ''), entry('b', '2025'), entry('c', '2024-05')]
    expect(inTime(pattern).map((each) => each.id)).toEqual(['c', 'b', 'a'])
    expect(withEntry(pattern, entry('a', '2023')).map((each) => each.id)).toEqual(['a', 'c', 'b'])
  })

  test('nothing of it, nor of any page about an adult, stands in the file of a child', () => {
    expect(adultPages.map(mayStandInChildFile)).toEqual(adultPages.map(() => false))
    expect(adultPages).toContain('pattern')
  })

  test('is asked about everybody but those who cause harm', () => {
    const cards = (['survivor', 'child', 'other', 'personCausingHarm'] as const).map(
      (role) => ({ id: role, role }) as Card,
    )
    expect(affectedBy(cards).map((card) => card.id)).toEqual(['survivor', 'child', 'other'])
  })
})

describe('how a need is now', () => {
  const needs = [
    { id: 'a', code: '', words: 'To sleep' },
    { id: 'b', code: '', words: 'A job' },
  ]
  const by = { on: '2026-11-27', askedBy: 'w' }

  test('is kept only when they said so', () => {
    const alone = progressFrom(needs, posted({ 'state-0': 'much' }))
    expect(alone.wrong).toEqual({ saidSo: 'people.progress.said-so-missing' })
    expect(progressAfter([], needs, alone, by)).toEqual([])
    const said = progressFrom(needs, posted({ 'state-0': 'much', saidSo: 'yes' }))
    expect(progressAfter([], needs, said, by)).toEqual([{ need: 'a', state: 'much', words: '', ...by }])
  })
  test('words alone are no judgement, and a state that nobody offers is none', () => {
    expect(progressFrom(needs, posted({ 'words-1': 'Better' })).wrong).toHaveProperty('state-1')
    const odd = progressFrom(needs, posted({ 'state-0': 'wonderful', saidSo: 'yes' }))
    expect(progressAfter([], needs, odd, by)).toEqual([])
  })
  test('keeps its history, and goes with a need that is taken away', () => {
    const before = [
      { need: 'a', state: 'a-little' as const, words: '', ...by },
      { need: 'gone', state: 'done' as const, words: '', ...by },
    ]
    const typed = progressFrom(needs, posted({ 'state-0': 'done', saidSo: 'yes' }))
    expect(progressAfter(before, needs, typed, by).map((each) => each.state)).toEqual(['done', 'a-little'])
  })
})

describe('coercion', () => {
  const none: Coercion = { asked: [], answers: {} }
  const now = new Date('2026-11-27T10:00:00Z')

  test('has fourteen themes: whether it is private, nine about mental health, four about substances', () => {
    expect([1 + coercionThemes.length, healthThemes.length, useThemes.length]).toEqual([14, 9, 4])
  })
  test('is asked only by whoever heard in this talk that it is private', () => {
    expect(privateFor(none, 'w', now)).toBe(false)
    const yes = askedNow(none, true, 'w', now)
    expect([privateFor(yes, 'w', now), privateFor(yes, 'another', now)]).toEqual([true, false])
    expect(privateFor(yes, 'w', new Date('2026-11-27T11:00:00Z'))).toBe(false)
    expect(privateFor(askedNow(yes, false, 'w', now), 'w', now)).toBe(false)
  })
  test.each(coercionStates)('%s is an answer to each question, and what is left alone is none', (state) => {
    const typed = coercionFrom('use', posted({ 'state-withdrawal': state }))
    expect(typed.wrong).toEqual({})
    expect(coercionAfter(none, typed, '2026-11-27').answers).toEqual({
      withdrawal: { state, words: '', on: '2026-11-27' },
    })
  })
  test('words without an answer are asked about; an answer that did not change keeps its day', () => {
    expect(coercionFrom('health', posted({ 'words-spoken-for': 'Sits in' })).wrong).toHaveProperty(
      'state-spoken-for',
    )
    const before = coercionAfter(
      none,
      coercionFrom('health', posted({ 'state-spoken-for': 'yes' })),
      '2026-11-01',
    )
    const after = coercionAfter(
      before,
      coercionFrom('health', posted({ 'state-spoken-for': 'yes' })),
      '2026-11-27',
    )
    expect(after.answers['spoken-for']?.on).toBe('2026-11-01')
  })
})

describe('the class of a note', () => {
  const us = { pack: 'us', sector: 'domestic-abuse' } as const
  test('is the one chosen, else the default of the place, for old notes too', () => {
    expect(noteClassOf({ noteClass: null }, us)).toBe('advocate-privilege')
    expect(noteClassOf({ noteClass: 'ordinary' }, us)).toBe('ordinary')
    expect(noteClassOf({ noteClass: null }, { pack: 'uk', sector: 'domestic-abuse' })).toBe('ordinary')
    expect(noteClassOf({ noteClass: null }, { pack: 'us', sector: 'housing' })).toBe('ordinary')
  })
  test('the default is among what is offered, and every class is offered somewhere', () => {
    const offered = (['uk', 'us'] as const).flatMap((pack) =>
      ['domestic-abuse', 'mental-health', 'substance-use', 'other'].flatMap((sector) => {
        const classes = classesFor({ pack, sector })
        expect(classes.offered).toContain(classes.default)
        return classes.offered
      }),
    )
    expect(new Set(offered)).toEqual(new Set(noteClasses))
  })
  test('therapy notes stay out of a file in the United States and are given in the United Kingdom', () => {
    expect([staysOutOfFile('therapy-notes', 'us'), staysOutOfFile('therapy-notes', 'uk')]).toEqual([
      true,
      false,
    ])
    expect(staysOutOfFile('advocate-privilege', 'us')).toBe(false)
  })
})

test('strengths: a line that stays keeps its day, an empty one goes', () => {
  const before = {
    strengths: [{ words: 'Laughs', on: '2026-01-01' }],
    acts: [{ words: 'A bag', on: '2026-01-01' }],
  }
  const typed = strengthsFrom(posted({ 'strengths-0': 'Laughs', 'strengths-1': 'Sings', 'acts-0': '' }))
  expect(strengthsAfter(before, typed.lines, '2026-11-27')).toEqual({
    strengths: [
      { words: 'Laughs', on: '2026-01-01' },
      { words: 'Sings', on: '2026-11-27' },
    ],
    acts: [],
  })
})

test('us-U15: a name on papers that changes is sealed away like any other', () => {
  const card = {
    name: 'Ash',
    sayAloud: [],
    pronoun: '',
    role: 'survivor',
    roleSource: 'said-so',
    roleSince: '',
    note: '',
  } as const
  const body = { ...card, sayAloud: [], legalName: 'Ashley Old' }
  const first = changedCard(null, body, '2026-11-01')
  expect(changedCard(first, { ...body, legalName: 'Ashley New' }, '2026-11-27').formerNames).toEqual([
    'Ashley Old',
  ])
})
