import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { ChildStep, SafetyPart } from './plan.ts'
import { StoredPlan, stepOwners } from './plan.ts'
import { byDay, childPromptsOf, isDue, placeUp, saysSomething } from './plan.rules.ts'
import { childFrom, dateValue, safetyFrom, suicideFrom } from './plan-typed.ts'

const step = (over: Partial<ChildStep>): ChildStep => ({
  id: 'a',
  owner: 'agency',
  who: 'Northmere Children’s Services',
  what: 'Visits on Tuesdays.',
  by: '2026-12-01',
  done: false,
  ...over,
})

const anyStep = fc.record({
  id: fc.uuid(),
  owner: fc.constantFrom(...stepOwners),
  who: fc.string({ maxLength: 20 }),
  what: fc.string({ maxLength: 20 }),
  by: fc.constantFrom('', '2026-12-01', '2027-01-05'),
  done: fc.boolean(),
})

const posted = (fields: Readonly<Record<string, string>>) =>
  new Map(Object.entries(fields).map(([name, value]) => [name, [value]]))

describe('what a child-welfare plan makes one ask', () => {
  test('every open step is the survivor’s', () => {
    const theirs = [step({ owner: 'survivor' }), step({ owner: 'survivor' })]
    expect(childPromptsOf({ steps: theirs }, false)).toEqual(['all-survivor'])
    expect(childPromptsOf({ steps: [...theirs, step({})] }, false)).toEqual([])
  })

  test('nothing is asked of whoever causes harm, where the case names somebody', () => {
    expect(childPromptsOf({ steps: [step({})] }, true)).toEqual(['none-harm'])
    expect(childPromptsOf({ steps: [step({})] }, false)).toEqual([])
    expect(childPromptsOf({ steps: [step({ owner: 'harm' })] }, true)).toEqual([])
  })

  test('more than three on the survivor, and a step without a day', () => {
    const many = Array.from({ length: 4 }, () => step({ owner: 'survivor' }))
    expect(childPromptsOf({ steps: [...many, step({})] }, false)).toEqual(['many-survivor'])
    expect(childPromptsOf({ steps: [step({ by: '' })] }, false)).toEqual(['no-day'])
  })

  test('what is done counts no more, whoever did it', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 8 }), fc.array(anyStep, { maxLength: 4 }), (open, done) => {
        const steps = [...open, ...done.map((each) => ({ ...each, done: true }))]
        expect(childPromptsOf({ steps }, true)).toEqual(childPromptsOf({ steps: open }, true))
      }),
      { numRuns: 200, seed: 20261127 },
    )
  })
})

describe('a page of a plan', () => {
  test('a line moved up changes places with the one above, and nothing is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 6 }), fc.integer({ min: -2, max: 8 }), (rows, at) => {
        expect([...placeUp(rows, at)].toSorted()).toEqual(rows.toSorted())
      }),
      { numRuns: 200, seed: 20261127 },
    )
    expect(placeUp(['a', 'b', 'c'], 2)).toEqual(['a', 'c', 'b'])
  })

  test('adding, moving and taking out keep every word, and save nothing', () => {
    const fields = {
      'id-0': 'one',
      'about-0': 'leaving',
      'words-0': 'By the back door.',
      'id-1': 'two',
      'about-1': 'own',
      'title-1': 'The song',
      'words-1': 'Hum it.',
      version: '3',
    }
    const moved = safetyFrom(posted({ ...fields, act: 'up-1' }), 'new')
    expect(moved.onPage).toBe(true)
    expect(moved.value.parts.map((part) => part.title || part.words)).toEqual([
      'The song',
      'By the back door.',
    ])
    const more = safetyFrom(posted({ ...fields, act: 'add', part: 'people' }), 'new')
    expect(more.value.parts.map((part) => part.about)).toEqual(['leaving', 'own', 'people'])
    expect(safetyFrom(posted({ ...fields, act: 'out-0' }), 'new').value.parts.map(({ id }) => id)).toEqual([
      'two',
    ])
    const saved = safetyFrom(posted({ ...fields, then: 'case' }), 'new')
    expect([saved.onPage, saved.version, saved.value.parts.length]).toEqual([false, 3, 2])
  })

  test('a day that no calendar has is told at its field, and stands as it was typed', () => {
    const typed = childFrom(
      posted({
        'id-0': 'a',
        'what-0': 'Moves out',
        'by-0-day': '31',
        'by-0-month': '2',
        'by-0-year': '2027',
      }),
      'new',
    )
    expect(typed.errors).toEqual({ 'by-0': 'plans.date-wrong' })
    expect(typed.value.steps[0]?.by).toEqual({ day: '31', month: '2', year: '2027' })
    const hard = suicideFrom(posted({ 'reviewOn-day': '3', ownWays: 'Walk.' }))
    expect(hard.errors).toEqual({ reviewOn: 'plans.date-wrong' })
    expect(hard.value.ownWays).toBe('Walk.')
  })

  test('a step without a name and words is left out when it is saved', () => {
    const typed = childFrom(posted({ 'id-0': 'a', 'owner-0': 'harm', whose: 'Northmere' }), 'new')
    expect([typed.plan.steps, typed.value.steps.length]).toEqual([[], 1])
  })

  test('a kept day comes back in three boxes', () => {
    expect(dateValue('2027-03-07')).toEqual({ year: '2027', month: '3', day: '7' })
    expect(dateValue('')).toEqual({})
  })
})

test('steps are read in the order in which they fall due, done ones last', () => {
  const steps = [
    step({ id: 'done', done: true }),
    step({ id: 'some', by: '' }),
    step({ id: 'late', by: '2027-01-01' }),
    step({ id: 'soon' }),
  ]
  expect(byDay(steps).map(({ id }) => id)).toEqual(['soon', 'late', 'some', 'done'])
})

test('an empty part says nothing; a title of their own does', () => {
  const part = (over: Partial<SafetyPart>): SafetyPart => ({
    id: 'a',
    about: 'people',
    title: '',
    words: '',
    ...over,
  })
  expect(
    [part({}), part({ words: 'Ash' }), part({ about: 'own', title: 'The song' })].map(saysSomething),
  ).toEqual([false, true, true])
})

test('a plan is due on the day that was set', () => {
  const value = {
    worthLiving: '',
    warningSigns: '',
    ownWays: '',
    peopleAndPlaces: '',
    peopleToAsk: '',
    whomToRing: '',
    saferPlace: '',
    agreed: '',
    reviewedOn: '',
    reviewOn: '2026-12-01',
  }
  const saved = { id: 'a', savedAt: new Date(0), savedBy: 'b' }
  const suicide = { kind: 'suicide' as const, version: 1, beside: [], value, ...saved }
  const plans = { safety: null, suicide, child: null }
  expect(['2026-11-30', '2026-12-01'].map((day) => isDue(plans, 'suicide', day))).toEqual([false, true])
  expect(isDue(plans, 'child', '2026-12-01')).toBe(false)
})

test('one version holds one plan: what belongs to another plan is no part of it', () => {
  const whole = { parts: [], whose: 'x', steps: [step({})], ownWays: 'y', different: 'z' }
  for (const kind of ['safety', 'suicide', 'child'] as const) {
    const texts = {
      worthLiving: '',
      warningSigns: '',
      peopleAndPlaces: '',
      peopleToAsk: '',
      whomToRing: '',
      saferPlace: '',
    }
    const more = { agreed: '', reviewedOn: '', reviewOn: '', survivorSays: '' }
    const { value } = StoredPlan.parse({ kind, version: 1, value: { ...whole, ...texts, ...more } })
    expect(['parts' in value, 'ownWays' in value, 'steps' in value]).toEqual([
      kind === 'safety',
      kind === 'suicide',
      kind === 'child',
    ])
  }
})
