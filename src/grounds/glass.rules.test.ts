import { expect, test } from 'vitest'

import { caseIdIn, glassReviewed, glassState } from './glass.rules.ts'
import type { Glass } from './glass.ts'
import { waitsFor } from './waiting.rules.ts'

const missing = '01890000-0000-7000-8000-00000000fffe'
const glass: Glass = {
  kind: 'glass',
  reason: 'Locked out.',
  hours: 4,
  opened: { by: 'Night desk', at: '2026-11-27T03:00:00Z' },
  told: { state: 'told', how: 'by-telephone', by: 'Night desk', at: '2026-11-27T03:00:00Z' },
  closed: null,
  review: null,
}
const review = { right: 'yes' as const, words: 'Right.', by: 'Lead', at: '2026-11-27T09:00:00Z' }

test('it is over by the clock, and reviewed once, by a lead who did not open it', () => {
  const end = new Date('2026-11-27T07:00:00Z')
  expect(glassState(glass, end, new Date('2026-11-27T06:59:59Z'))).toBe('open')
  expect(glassState(glass, end, end)).toBe('over')
  expect(glassState(glass, null, end)).toBe('over')
  expect(glassState({ ...glass, review }, end, new Date('2026-11-27T06:59:59Z'))).toBe('reviewed')
  const lead = { accountId: 'lead', leads: true }
  expect(glassReviewed({ madeBy: 'opener' }, glass, lead, review)).toEqual({ ...glass, review })
  const again = glassReviewed({ madeBy: 'opener' }, { ...glass, review }, lead, review)
  expect(again).toEqual({ refused: 'rule', rule: 'glass-3' })
  for (const by of [
    { accountId: 'opener', leads: true },
    { accountId: 'other', leads: false },
  ])
    expect(glassReviewed({ madeBy: 'opener' }, glass, by, review)).toEqual({
      refused: 'rule',
      rule: 'glass-2',
    })
})

test('it waits for a lead from its first minute, and not for whoever opened it', () => {
  const now = new Date('2026-11-27T03:01:00Z')
  const ground = {
    id: '',
    caseId: '',
    madeBy: 'opener',
    confirmedBy: null,
    endsAt: now,
    version: 1,
    body: glass,
  }
  const by = { accountId: 'lead', leads: true, now, today: '2026-11-27' }
  expect(waitsFor(ground, by)).toBe('look-back')
  expect(waitsFor(ground, { ...by, accountId: 'opener' })).toBeNull()
  expect(waitsFor(ground, { ...by, leads: false })).toBeNull()
  expect(waitsFor({ ...ground, body: { ...glass, review } }, by)).toBeNull()
})

test('a number and a link name a case; a name does not', () => {
  for (const text of [missing, ` ${missing.toUpperCase()} `, `https://example.org/cases/${missing}/notes`])
    expect(caseIdIn(text)).toBe(missing)
  for (const text of ['Rowan Vale', `${missing}0`, `see ${missing}`, '']) expect(caseIdIn(text)).toBeNull()
})
