import { expect, test } from 'vitest'

import type { CaseFile, Note } from '#people'
import { rulesInForce } from '#releases'

import { itemWords } from '../../test/world/grounds.ts'
import { caseItems, verdictByOrder } from './items.rules.ts'

const rules = rulesInForce('us')
const after = [
  'judges-order',
  'exact-items',
  'protective-steps',
  'counsel-reviewed',
  'person-told-or-reason',
] as const
const card = {
  id: 'c1',
  name: 'Rowan Vale',
  role: 'survivor' as const,
  sayAloud: [],
  pronoun: '',
  roleSource: 'said-so' as const,
  roleSince: '',
  note: '',
  version: 1,
}
const file = {
  caseId: 'case',
  cards: [card],
  survivor: card,
  personsCausingHarm: [],
  contact: null,
  needs: [],
  situation: {},
  answers: {},
  wishes: { lines: [] },
  danger: null,
} as unknown as CaseFile
const note = { id: 'n1', words: 'Came in the rain.', writtenAt: new Date('2026-11-20T10:00:00Z') } as Note

test('a note is named one by one, as what it is at this agency', () => {
  const at = (sector: string) => caseItems(itemWords, file, [note], sector)
  const [first, ...rest] = at('domestic-abuse').filter((item) => item.key.startsWith('note~'))
  expect([first?.key, first?.text, rest]).toEqual(['note~n1', 'Came in the rain.', []])
  expect(at('domestic-abuse').every((item) => /^R\d+$/.test(item.record))).toBe(true)
  expect(at('substance-use').find((item) => item.key === 'note~n1')?.record).toBe('R8')
})

test('the class of a note decides what kind of record a judge would name', () => {
  const recordAt = (noteClass: Note['noteClass'], sector: string) =>
    caseItems(itemWords, file, [{ ...note, noteClass }], sector).find((item) => item.key === 'note~n1')
      ?.record
  expect([recordAt(null, 'mental-health'), recordAt('therapy-notes', 'mental-health')]).toEqual(['R6', 'R7'])
  expect(recordAt('counselling-notes', 'substance-use')).toBe('R9')
  expect(recordAt('advocate-privilege', 'domestic-abuse')).toBe('R5')
})

test('us-26: nothing goes by order until the order, what it names, counsel and the person’s turn are there', () => {
  const asked = (facts: readonly string[]) =>
    verdictByOrder(rules, { sector: 'domestic-abuse', to: 'LEG', facts }, 'R5').outcome
  expect(asked(after)).toBe('allow')
  for (const left of after) expect(asked(after.filter((fact) => fact !== left))).not.toBe('allow')
})
