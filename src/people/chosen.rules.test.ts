import { describe, expect, test } from 'vitest'

import { type Card, CardBody } from './card.ts'
import { Chosen, ChosenWorker } from './chosen.ts'
import { chosenAfter, chosenPassed, chosenWorker, mustGoThrough, notSafe } from './chosen.rules.ts'
import { Danger } from './danger.ts'

const worker = (over: Partial<ChosenWorker>) =>
  ChosenWorker.parse({
    account: '',
    name: 'Sam Reed',
    agency: 'Hill Clinic',
    reach: '',
    backup: '',
    since: '2026-11-01',
    ...over,
  })
const ours = worker({ account: 'account-1', name: 'Amina Yusuf', agency: '' })
const chosen = (now: ChosenWorker | null) => Chosen.parse({ now, before: [], passed: [] })
const card = (name: string, role: Card['role']): Card => ({
  ...CardBody.parse({ name, role }),
  id: name,
  version: 1,
})
const file = (now: ChosenWorker | null, danger: Partial<Danger> = {}, cards: readonly Card[] = []) => ({
  chosen: chosen(now),
  danger: Danger.parse(danger),
  cards,
})
const how = { today: '2026-11-27', because: 'Moved away' }

describe('the chosen worker is the way for everybody', () => {
  test('everybody else goes through that worker; the worker does not', () => {
    expect(mustGoThrough(file(ours), 'account-2')).toEqual(ours)
    expect(mustGoThrough(file(ours), 'account-1')).toBeNull()
    expect(mustGoThrough(file(worker({})), 'account-1')).toEqual(worker({}))
    expect(mustGoThrough(file(null), 'account-2')).toBeNull()
  })

  test('whoever is named as not safe, or as causing harm, is chosen by nobody, also when that is said later', () => {
    expect(chosenWorker(file(ours, { colleagues: ['account-1'] }))).toBeNull()
    expect(notSafe(file(null, { colleagues: ['account-1'] }), ours)).toBe('chosen-not-safe')
    expect(notSafe(file(null, { names: ['sam reed'] }), worker({}))).toBe('chosen-not-safe')
    expect(chosenWorker(file(worker({}), { notSafeToTalkTo: 'Never Sam Reed at the clinic.' }))).toBeNull()
    const harm = [card('Rowan', 'survivor'), card(' sam REED', 'personCausingHarm')]
    expect(chosenWorker(file(worker({}), {}, harm))).toBeNull()
    expect(notSafe(file(null, {}, harm), worker({}))).toBe('chosen-causes-harm')
    expect(notSafe(file(null, {}, [card('', 'personCausingHarm')]), worker({ name: '' }))).toBeNull()
  })

  test('another choice keeps who was before, from when until when and why', () => {
    const after = chosenAfter(chosen(ours), worker({ since: '2026-11-27' }), how)
    expect(after.now?.name).toBe('Sam Reed')
    expect(after.before).toEqual([{ ...ours, until: '2026-11-27', because: 'Moved away' }])
    const nobody = chosenAfter(after, null, how)
    expect([nobody.now, nobody.before.map(({ name }) => name)]).toEqual([null, ['Sam Reed', 'Amina Yusuf']])
  })

  test('the same worker with another number stays chosen since the first day', () => {
    const after = chosenAfter(chosen(ours), { ...ours, reach: '01632 960001', since: '2026-11-27' }, how)
    expect([after.now?.since, after.now?.reach, after.before]).toEqual(['2026-11-01', '01632 960001', []])
  })

  test('reaching past that worker is kept, newest first', () => {
    const pass = { by: 'Ash', reason: 'children' as const, words: 'Not at school today.' }
    const once = chosenPassed(chosen(ours), { ...pass, at: '2026-11-27T10:00:00Z' })
    const twice = chosenPassed(once, { ...pass, at: '2026-11-27T11:00:00Z' })
    expect(twice.passed.map(({ at }) => at)).toEqual(['2026-11-27T11:00:00Z', '2026-11-27T10:00:00Z'])
  })
})
