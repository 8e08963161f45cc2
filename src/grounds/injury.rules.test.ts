import { describe, expect, test } from 'vitest'

import { LawPack, lawPackOf, rulesInForce } from '#releases'

import type { Injury } from './injury.ts'
import {
  injuryLaw,
  injuryMade,
  injuryNotMade,
  injuryOffered,
  injuryState,
  injuryVerdict,
} from './injury.rules.ts'

const washington = lawPackOf('us', 'us-wa')

/** A made-up state that asks for such a report, or says no, or says nothing. */
function saying(value: boolean | null) {
  const field = {
    ...washington?.fields['injury-report'],
    value,
    citation: value === null ? null : 'Section 4',
  }
  return LawPack.parse({
    ...washington,
    id: 'us-al',
    version: 'us-al-1',
    sources: { ...washington?.sources, act: { title: 'The Act', standing: 'seen' } },
    fields: {
      ...washington?.fields,
      'injury-report': { ...field, source: value === null ? null : 'act' },
    },
  })
}

const us = (value: boolean | null) => rulesInForce('us', saying(value))
const done = { by: 'Somebody', at: '2026-11-27T10:00:00Z' }
const all = ['adult-injury', 'minimum-only', 'person-told-or-reason', 'safety-plan-first', 'state-allows']

const written: Injury = {
  kind: 'injury',
  rulesVersion: 'us',
  law: 'us-al',
  row: 'us-al:injury-report',
  facts: { who: 'An adult patient', injury: 'A broken wrist', when: 'Today', where: 'The front desk' },
  told: { state: 'told', how: 'face-to-face', ...done },
  planned: done,
  written: done,
  made: null,
  notMade: null,
}
const how = { to: 'Officer Finch', way: 'telephone', reference: '17', rules: ['us-57'], ...done } as const
const made = { ...how, rules: [...how.rules] }

describe('what the rules say', () => {
  test('us-57: only where the pack says so, and only from a health service', () => {
    expect(injuryOffered(us(true), 'primary-care')).toBe(true)
    for (const rules of [us(false), us(null), rulesInForce('us', null), rulesInForce('us', washington)])
      expect(injuryOffered(rules, 'primary-care')).toBe(false)
    for (const sector of ['domestic-abuse', 'mental-health', 'child-welfare', 'substance-use'])
      expect(injuryOffered(us(true), sector)).toBe(false)
    expect(injuryOffered(rulesInForce('uk', lawPackOf('uk', 'uk-eng')), 'primary-care')).toBe(false)
  })
  test('nothing of the file goes beside the facts, and not before the person was told and safety was planned', () => {
    expect(injuryVerdict(us(true), 'primary-care', all, 'R5').outcome).toBe('forbidden')
    for (const left of all.filter((fact) => fact !== 'state-allows')) {
      const rest = all.filter((fact) => fact !== left)
      expect(injuryVerdict(us(true), 'primary-care', rest).outcome).not.toBe('allow')
    }
  })
  test('the row of the law is the one that is kept with it', () => {
    expect(injuryLaw(saying(true))).toMatchObject({ row: 'us-al:injury-report', isSet: true, value: true })
    expect(injuryLaw(null)).toMatchObject({ isSet: false, value: false })
  })
})

describe('where it stands', () => {
  const none = { ...written, notMade: { why: 'Not asked for.', ...done } }

  test('follows from what was done, and what went counts before anything else', () => {
    expect(injuryState(written)).toBe('written')
    expect(injuryState({ ...written, made })).toBe('made')
    expect(injuryState(none)).toBe('not-made')
    expect(injuryState({ ...none, made })).toBe('made')
  })
  test('it is made once, and never after *none is made*; what was written is what went', () => {
    const once = injuryMade(written, made)
    expect(once).toEqual({ ...written, made })
    expect(injuryMade({ ...written, made }, made)).toEqual({ refused: 'rule', rule: 'injury-3' })
    expect(injuryMade(none, made)).toEqual({ refused: 'rule', rule: 'injury-3' })
  })
  test('*none is made* keeps the reason, once, and never writes over what was made', () => {
    expect(injuryNotMade(written, 'Not asked for.', done)).toEqual(none)
    expect(injuryNotMade(none, 'Again', done)).toEqual({ refused: 'rule', rule: 'injury-3' })
    expect(injuryNotMade({ ...written, made }, 'Too late', done)).toEqual({
      refused: 'rule',
      rule: 'injury-3',
    })
  })
})
