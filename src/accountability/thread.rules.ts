import type { Entry, Measure } from './entry.ts'
import type { Thread, ThreadRule } from './thread.ts'

/** What is not planned for anybody under 18: they stay a client, and get help of their own. */
const adultsOnly: readonly Measure[] = [
  'arrest-or-bail',
  'order',
  'order-breach',
  'licence',
  'programme',
  'disruption',
  'tenancy',
]

const dayMs = 86_400_000

/** Whether this may be planned now, or the rule that says no. */
export function mayPlan(thread: Thread, measure: Measure): ThreadRule | null {
  const no = mayWrite(thread)
  if (no !== null) return no
  if (thread.doubt !== null && thread.doubt.review === null) return 'in-doubt'
  return thread.person.age === 'under-18' && adultsOnly.includes(measure) ? 'young-person' : null
}

/** Whether anything may be written into this file. A notice of danger always may: it is about somebody's life. */
export function mayWrite(thread: Thread): ThreadRule | null {
  if (isReversed(thread)) return 'reversed'
  return thread.state === 'ended' ? 'ended' : null
}

/** A specialist found that it was the other way round: the person is nobody who causes harm here. */
export function isReversed(thread: Pick<Thread, 'doubt'>): boolean {
  return thread.doubt?.review?.outcome === 'reversed'
}

/** Whether somebody is at work: an action open and not long overdue, or done, within so many days. */
export function isAtWork(entries: readonly Entry[], days: number, now: Date): boolean {
  const since = now.getTime() - days * dayMs
  return entries.some(({ body, state, dueAt }) => {
    if (body.kind !== 'action') return false
    if (state === 'open') return dueAt !== null && dueAt.getTime() >= since
    return body.result?.outcome === 'done' && Date.parse(body.result.on) >= since - dayMs
  })
}

/** The measures that may be chosen for this person. */
export function measuresFor(thread: Thread, all: readonly Measure[]): readonly Measure[] {
  return all.filter((measure) => mayPlan({ ...thread, doubt: null }, measure) === null)
}

/** What still waits, what is due first; then everything that was, newest first. */
export function inReadingOrder(entries: readonly Entry[]): {
  readonly notices: readonly Entry[]
  readonly open: readonly Entry[]
  readonly past: readonly Entry[]
} {
  const kind = (entry: Entry) => entry.body.kind
  const open = entries.filter((entry) => entry.state === 'open')
  const due = (entry: Entry) => entry.dueAt?.getTime() ?? Number.POSITIVE_INFINITY
  return {
    notices: open.filter((entry) => kind(entry) === 'notice'),
    open: open.filter((entry) => kind(entry) === 'action').toSorted((a, b) => due(a) - due(b)),
    past: entries.filter((entry) => entry.state === 'closed').toSorted((a, b) => (a.id < b.id ? 1 : -1)),
  }
}
