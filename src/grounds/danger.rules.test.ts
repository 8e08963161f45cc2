import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { type RoleId, roleIds, rulesInForce } from '#releases'

import { groundWords } from '../../test/world/grounds.ts'
import type { Danger } from './danger.ts'
import {
  dangerHours,
  dangerState,
  dangerStates,
  dangerVerdicts,
  dropped,
  mayConfirm,
  reviewed,
} from './danger.rules.ts'
import { disclosuresOf } from './disclosure.rules.ts'
import { waitsFor } from './waiting.rules.ts'

const done = { by: 'Somebody', at: '2026-11-27T10:00:00Z' }
const told = { state: 'not-yet', reason: 'No way to reach the person', again: '2026-11-28', ...done } as const
const sent = {
  threadId: '0193a000-0000-7000-8000-000000000001',
  envelopeId: '0193a000-0000-7000-8000-000000000002',
  rules: ['us-66'],
  ...done,
}
const asked: Danger = {
  kind: 'danger',
  rulesVersion: 'us',
  why: 'Threats for tonight',
  to: { partyId: '0193a000-0000-7000-8000-000000000003', agency: 'Hill Clinic', role: 'MHC' },
  items: [{ key: 'safe-contact', title: 'Safe contact', text: 'Text only', record: 'R2' }],
  asked: done,
  told,
  sent: null,
  dropped: null,
  review: null,
}
const row = { id: 'g', caseId: 'c', madeBy: 'a', confirmedBy: null, endsAt: null, version: 1 }
const now = new Map([['safe-contact', 'Text only']])
const so = { twoPeople: true, excluded: false }

describe('imminent danger', () => {
  test('us-T40, us-rule-66: two workers, contact only: allowed for one day', () => {
    const [verdict] = dangerVerdicts(rulesInForce('us'), 'domestic-abuse', asked, so)
    expect(verdict).toMatchObject({ outcome: 'allow', rules: ['us-66'], maxDays: 1 })
    expect(dangerHours).toBe(24)
  })

  test('one worker alone, or nothing said about telling the person: it names what is missing', () => {
    for (const [pack, rule] of [
      ['us', 'us-66'],
      ['uk', 'uk-50'],
    ] as const) {
      const rules = rulesInForce(pack)
      const missing = (danger: Danger, twoPeople: boolean) =>
        dangerVerdicts(rules, 'domestic-abuse', danger, { ...so, twoPeople })[0]?.missing.map((each) => [
          each.need,
          each.rule,
        ])
      expect(missing(asked, false)).toEqual([['two-people', rule]])
      expect(missing({ ...asked, told: null }, true)).toEqual([['person-told-or-reason', rule]])
    }
  })

  test('us-101, uk-12: never to an agency that the case keeps out, and to no role that no rule names', () => {
    for (const pack of ['us', 'uk'] as const) {
      const rules = rulesInForce(pack)
      const out = dangerVerdicts(rules, 'domestic-abuse', asked, { ...so, excluded: true })
      expect(out[0]?.outcome).toBe('forbidden')
      const open = roleIds.filter((role: RoleId) => {
        const danger = { ...asked, to: { ...asked.to, role } }
        return dangerVerdicts(rules, 'domestic-abuse', danger, so)[0]?.outcome === 'allow'
      })
      const wanted = pack === 'us' ? ['DVA', 'COA', 'MHC'] : ['DVA', 'COA', 'MHC', 'PCP', 'CW', 'POL']
      expect(open).toEqual(wanted)
    }
  })

  test('a record that is not contact has no way out in danger in the us pack', () => {
    const notes = {
      ...asked,
      items: [...asked.items, { ...asked.items[0], record: 'R5' as const }],
    } as Danger
    const [worst] = dangerVerdicts(rulesInForce('us'), 'domestic-abuse', notes, so)
    expect(worst?.outcome).toBe('forbidden')
  })

  test('whoever asked cannot confirm; nobody confirms what changed meanwhile', () => {
    expect(mayConfirm(row, asked, { accountId: 'a', now })).toEqual({ refused: 'rule', rule: 'danger-1' })
    expect(
      mayConfirm(row, asked, { accountId: 'b', now: new Map([['safe-contact', 'Ring the door']]) }),
    ).toEqual({
      refused: 'rule',
      rule: 'danger-2',
    })
    expect(mayConfirm(row, asked, { accountId: 'b', now: new Map() })).toEqual({
      refused: 'rule',
      rule: 'danger-2',
    })
    expect(mayConfirm(row, asked, { accountId: 'b', now })).toBeNull()
    expect(mayConfirm(row, { ...asked, sent }, { accountId: 'b', now })).toEqual({
      refused: 'rule',
      rule: 'danger-3',
    })
  })

  test('what was stopped never goes, and left nothing', () => {
    const stopped = dropped(asked, done)
    if ('refused' in stopped) throw new Error('refused')
    expect(mayConfirm(row, stopped, { accountId: 'b', now })).toMatchObject({ rule: 'danger-3' })
    expect(disclosuresOf(groundWords, [{ ...row, body: stopped }])).toEqual([])
    expect(disclosuresOf(groundWords, [{ ...row, body: { ...asked, sent } }])).toMatchObject([
      { to: 'Hill Clinic', items: ['Safe contact'], rules: ['us-66'] },
    ])
  })

  test('is reviewed once, by a lead who did not ask', () => {
    const gone = { ...asked, sent }
    const review = { words: 'It was right.', ...done }
    expect(reviewed(row, gone, { accountId: 'a', leads: true }, review)).toMatchObject({ rule: 'danger-4' })
    expect(reviewed(row, gone, { accountId: 'b', leads: false }, review)).toMatchObject({ rule: 'danger-4' })
    const after = reviewed(row, gone, { accountId: 'b', leads: true }, review)
    if ('refused' in after) throw new Error('refused')
    expect(reviewed(row, after, { accountId: 'b', leads: true }, review)).toMatchObject({ rule: 'danger-3' })
    expect(reviewed(row, asked, { accountId: 'b', leads: true }, review)).toMatchObject({ rule: 'danger-3' })
  })

  test('at every time and after every act: readable only between the second yes and the end, and never again', () => {
    const end = new Date('2026-11-28T10:00:00Z')
    fc.assert(
      fc.property(
        fc.record({ sent: fc.boolean(), dropped: fc.boolean(), review: fc.boolean(), ms: fc.integer() }),
        (was) => {
          const danger: Danger = {
            ...asked,
            sent: was.sent ? sent : null,
            dropped: was.dropped && !was.sent ? done : null,
            review: was.review && was.sent ? { words: 'x', ...done } : null,
          }
          const at = new Date(end.getTime() + was.ms)
          const state = dangerState(danger, was.sent ? end : null, at)
          expect(dangerStates).toContain(state)
          expect(state === 'sent').toBe(danger.sent !== null && danger.review === null && was.ms < 0)
          const later = dangerState(danger, was.sent ? end : null, new Date(at.getTime() + 1000))
          if (state !== 'sent') expect(later).toBe(state)
        },
      ),
      { numRuns: 2000, seed: 6 },
    )
  })

  test('is over at the minute of its end, and where no end stands', () => {
    const end = new Date('2026-11-28T10:00:00Z')
    const gone = { ...asked, sent }
    expect(dangerState(gone, end, new Date(end.getTime() - 1))).toBe('sent')
    expect(dangerState(gone, end, end)).toBe('over')
    expect(dangerState(gone, null, end)).toBe('over')
    expect(dangerState({ ...asked, dropped: done }, null, end)).toBe('dropped')
  })

  test('waits in the list of whoever can act: a second person, a lead, and on the day to look again anybody', () => {
    const at = { now: new Date('2026-11-27T12:00:00Z'), today: '2026-11-27' }
    const stored = { ...row, body: asked }
    expect(waitsFor(stored, { ...at, accountId: 'a', leads: true })).toBeNull()
    expect(waitsFor(stored, { ...at, accountId: 'b', leads: false })).toBe('confirm')
    const over = { ...row, endsAt: new Date('2026-11-27T11:00:00Z'), body: { ...asked, sent } }
    expect(waitsFor(over, { ...at, accountId: 'b', leads: true })).toBe('review')
    expect(waitsFor(over, { ...at, accountId: 'b', leads: false })).toBeNull()
    expect(waitsFor(over, { ...at, today: '2026-11-28', accountId: 'a', leads: false })).toBe('tell')
  })
})
