import { type ThreadState, threadStates } from '#envelopes'
import { isId } from '#platform/access'

import type { Side } from './thread.ts'

/** Where a thread belongs in a working list. */
export const groups = ['ours', 'theirs', 'under-way', 'closed'] as const
export type Group = (typeof groups)[number]

const table: Readonly<Record<Side, Readonly<Record<ThreadState, Group>>>> = {
  from: {
    sent: 'theirs',
    received: 'theirs',
    question: 'ours',
    waiting: 'under-way',
    unreached: 'ours',
    accepted: 'ours',
    declined: 'ours',
    started: 'under-way',
    met: 'closed',
    ended: 'closed',
    withdrawn: 'closed',
  },
  to: {
    sent: 'ours',
    received: 'ours',
    question: 'theirs',
    waiting: 'under-way',
    unreached: 'ours',
    accepted: 'under-way',
    declined: 'closed',
    started: 'under-way',
    met: 'closed',
    ended: 'closed',
    withdrawn: 'closed',
  },
}

/** Whose turn it is, or that it is under way or over. */
export function groupOf(thread: { readonly side: Side; readonly state: ThreadState }): Group {
  return table[thread.side][thread.state]
}

/** The states of one side that belong to a group. */
export function statesOf(group: Group, side: Side): readonly ThreadState[] {
  return threadStates.filter((state) => table[side][state] === group)
}

/** By when an answer is due. */
export const dues = ['late', 'today', 'week', 'none'] as const
export type Due = (typeof dues)[number]

/** What a list shows, as its address says it. `who`: an account, one's own with what nobody has taken up, or nobody's. */
export interface ThreadFilter {
  readonly group: Group | null
  readonly side: Side | null
  readonly state: ThreadState | null
  readonly partner: string | null
  readonly due: Due | null
  readonly who: string | null
}

export const noFilter: ThreadFilter = {
  group: null,
  side: null,
  state: null,
  partner: null,
  due: null,
  who: null,
}

/** Reads an address; what it does not know asks nothing. */
export function filterFrom(query: Readonly<Record<string, string | undefined>>): ThreadFilter {
  const { show, side, state, partner, due, who } = query
  return {
    group: groups.find((each) => each === show) ?? null,
    side: (['from', 'to'] as const).find((each) => each === side) ?? null,
    state: threadStates.find((each) => each === state) ?? null,
    partner: partner !== undefined && isId(partner) ? partner : null,
    due: dues.find((each) => each === due) ?? null,
    who: who !== undefined && (who === 'mine' || who === 'nobody' || isId(who)) ? who : null,
  }
}

/** The address of a list; it holds ids and nothing that tells. */
export function queryOf(filter: Partial<ThreadFilter>, after: string | null = null): string {
  const { group, ...rest } = { ...noFilter, ...filter }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries({ show: group, ...rest, after }))
    if (value !== null) query.set(name, value)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** The days that *due* speaks of, as moments. */
export interface DayMarks {
  readonly now: Date
  readonly tomorrow: Date
  readonly week: Date
}

/** A filter as the database is asked it. */
export interface Narrowed {
  readonly from: readonly ThreadState[]
  readonly to: readonly ThreadState[]
  /** Null asks nothing; false leaves out what opens no more, true adds it. */
  readonly over: boolean | null
  readonly partner: string | null
  readonly workers: readonly string[] | null
  readonly nobodys: boolean
  readonly dueFrom: Date | null
  readonly dueUntil: Date | null
  readonly undated: boolean
  /** Only what needs somebody before this moment. */
  readonly today: Date | null
  /** Only what needs nobody before this moment: the rest of a list whose first part is shown apart. */
  readonly exceptToday: Date | null
  readonly ids: readonly string[] | null
  readonly order: 'due' | 'newest'
}

/** A filter narrowed to states, workers and moments. A state of its own says more than a group, and stands alone. */
export function narrow(filter: ThreadFilter, self: string, at: DayMarks): Narrowed {
  const group = filter.state === null ? filter.group : null
  const over = overOf(group, filter)
  const states = (side: Side) =>
    filter.side !== null && filter.side !== side
      ? []
      : filter.state !== null
        ? [filter.state]
        : group === null
          ? threadStates.filter((state) => filter.due === null || table[side][state] !== 'closed')
          : statesOf(group, side)
  return {
    from: states('from'),
    to: states('to'),
    over,
    partner: filter.partner,
    ...workersOf(filter.who, self),
    ...dueIn(filter.due, at),
    today: null,
    exceptToday: null,
    ids: null,
    order: over === false || filter.due !== null ? 'due' : 'newest',
  }
}

/** Everything open of these workers. */
export function openOf(workers: readonly string[]): Narrowed {
  const open = (side: Side) => threadStates.filter((state) => table[side][state] !== 'closed')
  return {
    from: open('from'),
    to: open('to'),
    over: false,
    partner: null,
    workers,
    nobodys: false,
    dueFrom: null,
    dueUntil: null,
    undated: false,
    today: null,
    exceptToday: null,
    ids: null,
    order: 'due',
  }
}

/** What is due is never over. Only what came in can open no more: on the sending side *closed* is a matter of states. */
function overOf(group: Group | null, { side, state, due }: ThreadFilter): boolean | null {
  if (group === null) return due !== null && state === null ? false : null
  if (group !== 'closed') return false
  return side === 'from' ? null : true
}

function workersOf(who: string | null, self: string): Pick<Narrowed, 'workers' | 'nobodys'> {
  if (who === null) return { workers: null, nobodys: false }
  if (who === 'mine') return { workers: [self], nobodys: true }
  return who === 'nobody' ? { workers: [], nobodys: true } : { workers: [who], nobodys: false }
}

function dueIn(due: Due | null, at: DayMarks): Pick<Narrowed, 'dueFrom' | 'dueUntil' | 'undated'> {
  switch (due) {
    case 'late':
      return { dueFrom: null, dueUntil: at.now, undated: false }
    case 'today':
      return { dueFrom: null, dueUntil: at.tomorrow, undated: false }
    case 'week':
      return { dueFrom: null, dueUntil: at.week, undated: false }
    default:
      return { dueFrom: null, dueUntil: null, undated: due === 'none' }
  }
}

/** The marks of this day in a place. */
export function dayMarks(now: Temporal.Instant, zone: string): DayMarks {
  const today = now.toZonedDateTimeISO(zone).startOfDay()
  const midnight = (days: number) => new Date(today.add({ days }).epochMilliseconds)
  return { now: new Date(now.epochMilliseconds), tomorrow: midnight(1), week: midnight(7) }
}
