import { describe, expect, test } from 'vitest'

import { threadStates } from '#envelopes'
import { reasonCodes } from '#referrals'
import { noReasonIn, noReasonOut } from '../../src/fhir/no-reason.rules.ts'
import {
  businessStatuses,
  type ReferralStatus,
  referralStatuses,
  statusFrom,
} from '../../src/fhir/referral-status.rules.ts'
import { canMove, isOver, moveRefusal, reasonExpected } from '../../src/fhir/task-moves.rules.ts'
import { type TaskStatus, taskStatuses } from '../../src/fhir/task-status.ts'
import { requestStatusOf, tasksOf, type TaskSeen } from '../../src/fhir/task-walk.rules.ts'
import { standardJson, standardsFolder } from '../exchange/standards.ts'
import { everyHistory, seenAfter } from './referral-history.ts'

type Seen = ReturnType<typeof seenAfter>

function statusNow(seen: Seen): ReferralStatus | null {
  const last = tasksOf(seen).at(-1) as TaskSeen
  const { status: task, business, reason } = last
  return statusFrom({ request: requestStatusOf(seen, last), task, business, reason })
}

describe.skipIf(standardsFolder() === null)('conformance: referral-states', () => {
  const guide = (
    standardsFolder() === null ? {} : standardJson('fhir', 'gravity', 'referral-task-status.json')
  ) as {
    readonly statuses: Readonly<Record<string, { setBy: readonly string[]; statusReasonExpected?: boolean }>>
    readonly transitions: Readonly<Record<string, readonly string[]>>
    readonly fromAny: readonly string[]
    readonly terminal: readonly string[]
  }
  const pairs = taskStatuses.flatMap((from) => taskStatuses.map((to) => [from, to] as const))

  test('every pair of statuses and each setter is as the guide says', () => {
    expect(Object.keys(guide.statuses).toSorted()).toEqual([...taskStatuses].toSorted())
    for (const [from, to] of pairs) {
      const arrow =
        (guide.transitions[from] ?? []).includes(to) || (guide.fromAny.includes(to) && from !== to)
      expect([from, to, canMove(from, to)]).toEqual([from, to, arrow])
      for (const by of ['requester', 'target'] as const) {
        const may = arrow && (guide.statuses[to]?.setBy.includes(by) ?? false)
        const refusal = may ? null : { refused: arrow ? 'other-side-moves' : 'no-such-move' }
        expect([from, to, by, moveRefusal(from, to, by)]).toEqual([from, to, by, refusal])
      }
    }
    expect(taskStatuses.filter(isOver).toSorted()).toEqual([...guide.terminal].toSorted())
    for (const status of taskStatuses)
      expect(reasonExpected.has(status)).toBe(guide.statuses[status]?.statusReasonExpected ?? false)
  })

  test('every status of the crosswalk is ours, with the same codes', () => {
    const crosswalk = standardJson('crosswalk', 'referral-status.json') as {
      readonly statuses: readonly Readonly<Record<string, string>>[]
      readonly reasons: readonly { readonly ours: string; readonly gravity?: string }[]
    }
    for (const each of crosswalk.statuses) {
      const row = (referralStatuses as Readonly<Record<string, Readonly<Record<string, string>>>>)[
        each['ours'] ?? ''
      ]
      expect([each['ours'], row?.['request'], row?.['task'], row?.['business'], row?.['setBy']]).toEqual([
        each['ours'],
        each['serviceRequest'],
        each['task'],
        each['businessStatus']?.replace('{own}#', ''),
        each['setBy'],
      ])
      if (each['statusReason'] !== undefined)
        expect(row?.['reason']).toBe(each['statusReason'].replace('{own}#', ''))
      else if (each['reasonRequired'] !== undefined) expect(row?.['reason']).toBeDefined()
    }
    const known = new Map(crosswalk.reasons.map((each) => [each.ours, each.gravity]))
    for (const code of reasonCodes) {
      const out = noReasonOut(code)
      expect([code, known.has(out?.crosswalk ?? ''), out?.gravity]).toEqual([
        code,
        true,
        known.get(out?.crosswalk ?? ''),
      ])
    }
  })
})

test('each status is told from every other one by its codes, there and back', () => {
  for (const [name, row] of Object.entries(referralStatuses)) {
    const { request, task } = row
    const reason = 'reason' in row ? (row.reason === 'any' ? 'no-room' : row.reason) : null
    const business = 'business' in row ? row.business : null
    expect(statusFrom({ request, task, business, reason })).toBe(name)
  }
  expect(statusFrom({ request: 'active', task: 'rejected', business: null, reason: null })).toBeNull()
  expect(statusFrom({ request: 'draft', task: 'completed', business: null, reason: null })).toBeNull()
})

test('a reason for a no comes back as it went', () => {
  for (const code of reasonCodes) {
    const out = noReasonOut(code)
    expect(noReasonIn([code, out?.crosswalk ?? '', out?.gravity ?? ''])).toBe(code)
  }
  expect([noReasonIn(['no-capacity']), noReasonIn(['eligibility-other']), noReasonIn(['banana'])]).toEqual([
    'no-room',
    'other',
    null,
  ])
})

describe('a thread as Tasks', () => {
  test.each([
    ['from', [], 'sent'],
    ['to', [], 'seen'],
    ['to', ['question'], 'more-information-asked'],
    ['to', ['question', 'answer'], 'seen'],
    ['to', ['accept'], 'accepted'],
    ['to', ['wait'], 'waiting-list'],
    ['to', ['wait', 'accept'], 'accepted'],
    ['to', ['decline'], 'declined'],
    ['to', ['accept', 'decline'], 'declined-later'],
    ['to', ['decline', 'end'], 'closed-after-a-no'],
    ['to', ['decline', 'reopen'], 'seen'],
    ['to', ['decline', 'reopen', 'accept'], 'accepted'],
    ['to', ['decline', 'undo'], 'seen'],
    ['to', ['unreached'], 'not-reached-yet'],
    ['to', ['accept', 'unreached'], 'paused'],
    ['to', ['accept', 'unreached', 'accept'], 'accepted-again'],
    ['to', ['accept', 'unreached', 'wait'], 'waiting-list-again'],
    ['to', ['accept', 'introduce'], 'in-progress'],
    ['to', ['accept', 'introduce', 'session'], 'session-attended'],
    ['to', ['accept', 'met'], 'met'],
    ['to', ['accept', 'met', 'end'], 'completed'],
    ['to', ['accept', 'met', 'end', 'reopen'], 'seen'],
    ['from', ['accept', 'withdraw'], 'withdrawn-by-person'],
    ['from', ['decline', 'withdraw'], 'closed-after-a-no'],
    ['from', ['accept', 'met', 'end', 'withdraw'], 'ended-when-withdrawn'],
  ] as const)('%s: %j is %s', (side, acts, status) => {
    expect(statusNow(seenAfter(acts, { side }))).toBe(status)
  })

  test('what is taken back and had moved no Task makes no other one', () => {
    const count = (...acts: Parameters<typeof seenAfter>[0]) => tasksOf(seenAfter(acts)).length
    expect([
      count('question', 'undo'),
      count('unreached', 'undo'),
      count('decline', 'end', 'undo'),
      count('accept', 'introduce', 'session', 'undo'),
    ]).toEqual([1, 1, 1, 1])
    expect([count('accept', 'undo'), count('accept', 'unreached', 'undo'), count('decline', 'undo')]).toEqual(
      [2, 2, 2],
    )
  })

  test('every state of a thread is reached, so a new one needs a row here', () => {
    const states = new Set([...everyHistory('to', 3)].map((acts) => seenAfter(acts).file.thread.state))
    expect(states.add('sent')).toEqual(new Set(threadStates))
  })

  test('a late answer, an end of the permission and an end of who was not reached', () => {
    const due = (acts: Parameters<typeof seenAfter>[0]) => {
      const seen = seenAfter(acts)
      const thread = { ...seen.file.thread, dueAt: new Date(0) }
      return statusNow({ ...seen, file: { ...seen.file, thread } })
    }
    expect([due([]), due(['question'])]).toEqual(['no-answer', 'more-information-asked'])
    const over = (acts: Parameters<typeof seenAfter>[0]) => {
      const seen = seenAfter(acts)
      return statusNow({ ...seen, file: { ...seen.file, shared: false } })
    }
    expect([over([]), over(['accept']), over(['decline'])]).toEqual([
      'consent-ended',
      'consent-ended',
      'closed-after-a-no',
    ])
    const notReached = { about: 'ended', outcome: 'not-reached', words: '' } as const
    const ended = seenAfter(['accept', 'end'], { letters: { end: ['outcome', notReached] } })
    expect(statusNow(ended)).toBe('could-not-reach')
  })

  test.each(['from', 'to'] as const)(
    '%s: every history goes by arrows of the guide, and has a word',
    (side) => {
      let histories = 0
      for (const acts of everyHistory(side, 4)) {
        histories++
        const seen = seenAfter(acts, { side })
        const tasks = tasksOf(seen)
        for (const [at, task] of tasks.entries()) {
          const steps = task.went.slice(1).map((to, before) => [task.went[before] as TaskStatus, to] as const)
          const wrong = steps.filter(([from, to]) => !canMove(from, to))
          expect([acts, wrong]).toEqual([acts, []])
          expect([acts, task.went.at(-1)]).toEqual([acts, task.status])
          // Only the last one is open, and a code of our own stands at no other.
          if (at < tasks.length - 1)
            expect([acts, isOver(task.status), task.business]).toEqual([acts, true, null])
          if (task.business !== null) expect(Object.keys(businessStatuses)).toContain(task.business)
        }
        expect([acts, statusNow(seen)]).not.toEqual([acts, null])
      }
      expect(histories).toBeGreaterThan(1000)
    },
  )

  test.each(['from', 'to'] as const)('%s: what a reader has seen of a Task stays true of it', (side) => {
    for (const acts of everyHistory(side, 4)) {
      const before = tasksOf(seenAfter(acts.slice(0, -1), { side }))
      const after = tasksOf(seenAfter(acts, { side }))
      for (const [at, was] of before.entries()) {
        const now = after[at]
        if (now === undefined) throw new Error(`a Task is gone: ${acts.join()}`)
        if (isOver(was.status)) expect([acts, now.status]).toEqual([acts, was.status])
        // It goes on from where it stood, by the arrows.
        expect([acts, now.went.slice(0, was.went.length)]).toEqual([acts, was.went])
      }
    }
  })
})
