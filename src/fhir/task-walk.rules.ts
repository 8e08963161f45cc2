import type { ThreadState } from '#envelopes'
import { lastLetter, type ReferralSeen } from './seen.ts'
import type { BusinessStatus } from './referral-status.rules.ts'
import { type Station, type Stretch, stretchesOf } from './stretch.rules.ts'
import { canMove, isOver } from './task-moves.rules.ts'
import type { RequestStatus, TaskStatus } from './task-status.ts'

/** One Task of a referral: where it stands, and each status that it went through. */
export interface TaskSeen {
  /** From 1, in the order of the timeline; a later one is made when the one before is over. */
  readonly number: number
  readonly status: TaskStatus
  readonly business: BusinessStatus | null
  /** One of our own reasons or the code of a no. */
  readonly reason: string | null
  readonly went: readonly TaskStatus[]
  readonly startedAt: Date
  readonly changedAt: Date
}

type Watched = Pick<ReferralSeen, 'file' | 'now'>

/** Every Task of a referral; the last one is the one that counts now. */
export function tasksOf(seen: Watched): readonly TaskSeen[] {
  const stretches = stretchesOf(seen.file)
  return stretches.map((stretch, at) => {
    const walked = walk(stretch, seen)
    const last = at === stretches.length - 1
    return {
      number: at + 1,
      ...walked,
      business: last && !isOver(walked.status) ? businessOf(seen, walked.status) : null,
    }
  })
}

/** Where the ServiceRequest of a referral stands; it belongs to whoever asks, and no receiver's system moves it. */
export function requestStatusOf(seen: Watched, last: Pick<TaskSeen, 'status'>): RequestStatus {
  const { thread, shared } = seen.file
  if (thread.state === 'withdrawn' || !shared) return 'revoked'
  if (thread.state !== 'ended') return 'active'
  if (last.status === 'completed') return 'completed'
  // The end of somebody who was not reached leaves the need open; that of a no does not.
  return lastLetter(seen.file, 'ended')?.outcome === 'not-reached' ? 'active' : 'revoked'
}

const wanted: Readonly<Record<ThreadState, TaskStatus>> = {
  sent: 'requested',
  received: 'requested',
  question: 'requested',
  accepted: 'accepted',
  waiting: 'accepted',
  declined: 'rejected',
  unreached: 'on-hold',
  started: 'in-progress',
  met: 'in-progress',
  ended: 'completed',
  withdrawn: 'cancelled',
}

type Walked = Omit<TaskSeen, 'number' | 'business'>

function walk({ stations, closes }: Stretch, seen: Watched): Walked {
  const [first] = stations
  const startedAt = first?.at ?? seen.file.thread.startedAt
  let now: Walked = {
    status: 'requested',
    reason: null,
    went: ['requested'],
    startedAt,
    changedAt: startedAt,
  }
  for (const station of stations) now = stepTo(now, station, seen)
  if (isOver(now.status)) return now
  const at = now.changedAt
  if (closes === 'undone') return over(now, 'cancelled', at, 'undone')
  if (closes === 'renewed') return over(now, 'cancelled', at, 'consent-ended')
  // They met, and it was opened again.
  if (closes === 'reopened') return over(now, 'completed', at, null)
  return seen.file.shared ? now : over(now, 'cancelled', at, 'consent-ended')
}

/** The next status, by arrows of the guide alone: what has no arrow goes by another one, or stays and is said beside. */
function stepTo(now: Walked, { state, at, why }: Station, seen: Watched): Walked {
  const want = wanted[state]
  if (isOver(now.status) || now.status === want) return now
  if (want === 'completed' && lastLetter(seen.file, 'ended')?.outcome === 'not-reached')
    return over(now, 'failed', at, 'unable-to-contact')
  // A no after a yes: the guide has no arrow from there to rejected.
  if (want === 'rejected') return over(now, now.status === 'requested' ? want : 'failed', at, why)
  if (want === 'cancelled') return over(now, want, at, 'withdrawn-by-person')
  if (want === 'completed') return over(now, want, at, null)
  const to = now.status === 'on-hold' && want === 'accepted' ? 'in-progress' : want
  const through = canMove(now.status, to) ? [to] : to === 'in-progress' ? ['accepted' as const, to] : []
  if (through[0] === undefined || !canMove(now.status, through[0])) return now
  const reason = to === 'on-hold' ? 'unable-to-contact' : null
  return { ...now, status: to, reason, went: [...now.went, ...through], changedAt: at }
}

function over(now: Walked, to: TaskStatus, at: Date, reason: string | null): Walked {
  // Nobody ends what nobody accepted: it was told in another way, and is written down as such.
  const through = canMove(now.status, to) ? [to] : ['accepted' as const, to]
  return { ...now, status: to, reason, went: [...now.went, ...through], changedAt: at }
}

function businessOf({ file, now }: Watched, status: TaskStatus): BusinessStatus | null {
  const { state, dueAt } = file.thread
  switch (state) {
    case 'sent':
    case 'received':
      if (dueAt !== null && dueAt.getTime() < now.getTime()) return 'overdue'
      return state === 'received' ? 'seen' : null
    case 'question':
      return 'information-asked'
    case 'waiting':
      return 'waiting-list'
    case 'accepted':
      return status === 'in-progress' ? 'taken-up-again' : null
    case 'unreached':
      return status === 'on-hold' ? null : 'not-reached-yet'
    case 'started': {
      const session = lastLetter(file, 'session')
      return session === null ? null : (`session-${session.went}` as const)
    }
    case 'met':
      return 'met'
    case 'declined':
    case 'ended':
    case 'withdrawn':
      return null
  }
}
