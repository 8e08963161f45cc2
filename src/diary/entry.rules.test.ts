import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { barriers, type Doer, type Entry, EntryBody, outcomes } from './entry.ts'
import { allTheirs, begun, cameOf, type EntrySaid, lastWasMissed, momentOf, standsAt } from './entry.rules.ts'

const now = new Date('2026-11-27T10:00:00Z')
const by = { name: 'Amina', now }

function said(kind: 'step' | 'appointment', doer: Doer = { is: 'member' }): EntrySaid {
  return { kind, words: 'Ring the school', doer, minutes: null, place: '', theirWords: '' }
}

function entry(kind: 'step' | 'appointment', doer?: Doer, at = '2026-11-27T09:00:00Z'): Entry {
  const body = begun(said(kind, doer))
  return { id: at, caseId: '', ownerId: '', state: 'open', dueAt: new Date(at), version: 1, body }
}

const doers: fc.Arbitrary<Doer> = fc.oneof(
  fc.constant({ is: 'member' } as const),
  fc.record({ is: fc.constant('agency' as const), name: fc.constant('Housing') }),
  fc.constant({ is: 'person' } as const),
)

describe('who does it', () => {
  test('no entry without somebody who does it can be sealed or opened', () => {
    const body = begun(said('step'))
    expect(EntryBody.safeParse(body).success).toBe(true)
    for (const doer of [undefined, null, {}, { is: 'nobody' }, { is: 'agency' }, { is: 'agency', name: ' ' }])
      expect(EntryBody.safeParse({ ...body, doer }).success).toBe(false)
  })

  test('is asked about when, and only when, every open step would be the person’s', () => {
    fc.assert(
      fc.property(fc.array(doers), doers, (before, adding) => {
        const open = before.map((doer) => entry('step', doer))
        const all = [...before, adding].every((doer) => doer.is === 'person')
        expect(allTheirs(open, said('step', adding))).toBe(all)
      }),
    )
  })

  test('an appointment is no step, and what is over does not count', () => {
    expect(allTheirs([], said('appointment'))).toBe(false)
    const over: Entry = { ...entry('step', { is: 'member' }), state: 'over' }
    expect(allTheirs([over, entry('appointment')], said('step', { is: 'person' }))).toBe(true)
  })
})

describe('how it went', () => {
  const how = { words: '', barriers: [], notAsked: false, to: null } as const

  test('that somebody did not come is never kept without what got in the way, or a step to ask', () => {
    const missed = { ...how, outcome: 'missed' } as const
    expect(cameOf(entry('appointment'), missed, by)).toEqual({ refused: 'diary-way' })
    expect(cameOf(entry('appointment'), { ...missed, notAsked: true }, by)).toMatchObject({ askLater: true })
    const asked = cameOf(entry('appointment'), { ...missed, barriers: ['interference'] }, by)
    expect(asked).toMatchObject({ askLater: false, body: { came: { barriers: ['interference'] } } })
  })

  test('every outcome is refused or leaves something that can be sealed, and missed always names its way or asks', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('step' as const, 'appointment' as const),
        fc.record({
          outcome: fc.constantFrom(...outcomes),
          words: fc.constantFrom('', 'Snow'),
          barriers: fc.subarray([...barriers]),
          notAsked: fc.boolean(),
          to: fc.constantFrom(null, now),
        }),
        (kind, given) => {
          const done = cameOf(entry(kind), given, by)
          if ('refused' in done) return
          expect(EntryBody.safeParse(done.body).success).toBe(true)
          const missed = done.body.came?.outcome === 'missed'
          expect(missed ? done.body.came.barriers.length > 0 || done.askLater : !done.askLater).toBe(true)
          if (missed) expect(kind).toBe('appointment')
          expect(done.again !== null).toBe(given.outcome === 'moved')
        },
      ),
    )
  })

  test('what is moved has a new time and a reason, and what is over stays as it was said', () => {
    const move = { ...how, outcome: 'moved', words: 'Snow', to: now } as const
    expect(cameOf(entry('appointment'), { ...move, to: null }, by)).toEqual({ refused: 'diary-moved-when' })
    expect(cameOf(entry('appointment'), { ...move, words: ' ' }, by)).toEqual({ refused: 'diary-moved-why' })
    expect(cameOf({ ...entry('appointment'), state: 'over' }, move, by)).toEqual({ refused: 'diary-over' })
    expect(cameOf(entry('step'), { ...how, outcome: 'missed' }, by)).toEqual({ refused: 'diary-steps' })
  })

  test('that an appointment happened, or that nobody came, is not said before its time', () => {
    const ahead = entry('appointment', undefined, '2026-11-27T12:01:00Z')
    const happened = { ...how, outcome: 'happened' } as const
    expect(cameOf(ahead, happened, by)).toEqual({ refused: 'diary-not-yet' })
    expect(cameOf(ahead, { ...how, outcome: 'missed', notAsked: true }, by)).toEqual({
      refused: 'diary-not-yet',
    })
    expect(cameOf(ahead, { ...how, outcome: 'cancelled' }, by)).toHaveProperty('body')
    expect(cameOf(entry('step', undefined, '2026-12-27T12:00:00Z'), happened, by)).toHaveProperty('body')
  })

  test('the last appointment counts: one that happened since makes a missed one part of the past', () => {
    const came = (at: string, outcome: 'happened' | 'missed' | 'moved' | 'cancelled'): Entry => {
      const done = cameOf(
        entry('appointment', undefined, at),
        { ...how, outcome, words: 'x', barriers: ['health'], to: now },
        by,
      )
      if ('refused' in done) throw new Error(done.refused)
      return { ...entry('appointment', undefined, at), state: 'over', body: done.body }
    }
    const missed = came('2026-11-02T09:00:00Z', 'missed')
    expect(lastWasMissed([])).toBe(false)
    expect(lastWasMissed([missed])).toBe(true)
    expect(lastWasMissed([missed, came('2026-11-03T09:00:00Z', 'cancelled')])).toBe(true)
    expect(lastWasMissed([came('2026-11-03T09:00:00Z', 'happened'), missed])).toBe(false)
  })
})

test('an appointment waits for its telling when its time is past, a step when its day is', () => {
  const zone = 'Europe/London'
  const at = (time: string) => new Date(time)
  expect(standsAt({ dueAt: at('2026-11-27T09:59:00Z'), kind: 'appointment' }, now, zone)).toBe('late')
  expect(standsAt({ dueAt: at('2026-11-27T09:59:00Z'), kind: 'step' }, now, zone)).toBe('today')
  expect(standsAt({ dueAt: at('2026-11-26T23:59:00Z'), kind: 'step' }, now, zone)).toBe('late')
  expect(standsAt({ dueAt: at('2026-11-28T00:01:00Z'), kind: 'task' }, now, zone)).toBe('later')
})

test('a time on the clock stays that time when summer time ends or begins', () => {
  expect(momentOf('2026-10-25', '14:30', 'Europe/London').toISOString()).toBe('2026-10-25T14:30:00.000Z')
  expect(momentOf('2026-10-24', '14:30', 'Europe/London').toISOString()).toBe('2026-10-24T13:30:00.000Z')
})
