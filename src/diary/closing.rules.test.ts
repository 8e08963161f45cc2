import fc from 'fast-check'
import { expect, test } from 'vitest'

import { afterWays, closingReasons, ClosingSaid, knowing, outcomeWords } from './closing.ts'
import { closingTo, dueAgain, mayConfirm } from './closing.rules.ts'

const spoken = { name: 'Sam Reed', on: '2026-11-20', words: '' }
const saids = fc.record({
  reason: fc.constantFrom(...closingReasons),
  outcome: fc.constantFrom(...outcomeWords),
  outcomeWords: fc.constant(''),
  wayBack: fc.constant('Ring us.'),
  after: fc.constantFrom(...afterWays),
  afterWords: fc.constantFrom('', 'A letter'),
  knows: fc.constantFrom(...knowing),
  knowsWords: fc.constantFrom('', 'The post is read'),
  spoken: fc.constantFrom(null, spoken, { ...spoken, name: 'Somebody else' }),
})
const facts = fc.record({ missed: fc.boolean(), chosen: fc.constantFrom(null, 'Sam Reed') })

test('nobody’s case ends for missed appointments before the chosen worker was spoken to', () => {
  fc.assert(
    fc.property(saids, facts, fc.boolean(), (said, fact, second) => {
      expect(ClosingSaid.safeParse(said).success).toBe(true)
      const to = closingTo(said, fact, second)
      if ('refused' in to) return
      const guarded = fact.missed || said.reason === 'lost-touch'
      if (to.state === 'ended' && guarded)
        expect([said.spoken?.name, fact.chosen]).toEqual(['Sam Reed', 'Sam Reed'])
      // A second lead stands in for nobody who was chosen, and is never asked without need.
      if (to.state === 'asked') expect([guarded, fact.chosen, second]).toEqual([true, null, true])
      if (said.knows !== 'yes') expect(said.knowsWords).not.toBe('')
      if (said.after === 'only') expect(said.afterWords).not.toBe('')
    }),
  )
})

test('a second lead is a lead, and another than whoever asked', () => {
  const asked = { state: 'asked', askedBy: 'a' } as const
  expect(mayConfirm(asked, { accountId: 'b', leads: true })).toBe(true)
  expect(mayConfirm(asked, { accountId: 'a', leads: true })).toBe(false)
  expect(mayConfirm(asked, { accountId: 'b', leads: false })).toBe(false)
  expect(mayConfirm({ ...asked, state: 'taken-back' }, { accountId: 'b', leads: true })).toBe(false)
})

test('what fell due while nobody was to work on it is due today', () => {
  const today = new Date('2026-11-27T12:00:00Z')
  expect(dueAgain(new Date('2026-11-01T12:00:00Z'), today)).toBe(today)
  const later = new Date('2026-12-01T12:00:00Z')
  expect(dueAgain(later, today)).toBe(later)
})
