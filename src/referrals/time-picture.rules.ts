/** The measures of the picture, in units of its own; narrow enough that a telephone shows it at its size. */
export const strip = { wide: 360, edge: 14, mark: 11, step: 25, head: 20 } as const

/** Whose turn it is from one event to the next; null: nobody is waited for. */
export type Turn = 'ours' | 'theirs' | null

/** Something that happened, as the picture needs it. */
export interface Happened {
  readonly at: Date
  /** This side did it. */
  readonly ours: boolean
  /** What kind of event it was, as the timeline has it. */
  readonly kind: string
}

/** A numbered mark: round in our lane, square in theirs. */
export interface Mark {
  readonly number: number
  readonly x: number
  readonly lane: 'ours' | 'theirs'
  /** Marks that would stand on each other stand in steps. */
  readonly step: number
}

/** A stretch of waiting, in the lane of whoever is waited for. */
export interface Wait {
  readonly from: number
  readonly to: number
  readonly lane: 'ours' | 'theirs'
}

/** A day that the picture names: when an answer is due, when it is expected, today. */
export interface Named {
  readonly kind: 'due' | 'expected' | 'today'
  readonly at: Date
  readonly x: number
}

export interface TimePicture {
  readonly marks: readonly Mark[]
  readonly waits: readonly Wait[]
  readonly named: readonly Named[]
  /** How many steps the fullest place of each lane has. */
  readonly steps: Readonly<Record<'ours' | 'theirs', number>>
  /** After each event, how long nothing happened, in milliseconds; of the last one until now, where something is still to come. */
  readonly lasted: readonly (number | null)[]
}

/** After these the side that was asked is waited for; after a question whoever asked first is. */
const waitsForOther: ReadonlySet<string> = new Set([
  'ask',
  'request',
  'answer',
  'received',
  'correction',
  'reopening',
])

/** Whom an event makes everybody wait for, seen from the side that reads. */
export function turnAfter(side: 'from' | 'to', kind: string): Turn {
  if (waitsForOther.has(kind)) return side === 'from' ? 'theirs' : 'ours'
  if (kind === 'question') return side === 'from' ? 'ours' : 'theirs'
  return null
}

/** Where everything of a thread stands in time, from its first event to the last day that is known. */
export function timePicture(
  side: 'from' | 'to',
  events: readonly Happened[],
  days: {
    readonly now: Date
    readonly open: boolean
    readonly due: Date | null
    readonly expected: Date | null
  },
): TimePicture {
  const named = (
    [
      ['due', days.due],
      ['expected', days.expected],
      ['today', days.open ? days.now : null],
    ] as const
  ).flatMap(([kind, at]) => (at === null ? [] : [{ kind, at }]))
  const all = [...events, ...named].map((each) => each.at.getTime())
  const first = Math.min(...all)
  const length = Math.max(1, Math.max(...all) - first)
  const room = strip.wide - 2 * strip.edge
  const x = (at: Date) => Math.round((strip.edge + ((at.getTime() - first) / length) * room) * 10) / 10
  const marks = stepped(events.map((event) => ({ x: x(event.at), lane: laneOf(event) })))
  const until = (at: number) => events[at + 1]?.at ?? (days.open ? days.now : null)
  const waits = events.flatMap((event, at) => {
    const lane = turnAfter(side, event.kind)
    const end = until(at)
    return lane === null || end === null || end <= event.at ? [] : [{ from: x(event.at), to: x(end), lane }]
  })
  return {
    marks,
    waits,
    named: named.map((each) => ({ ...each, x: x(each.at) })),
    steps: { ours: stepsOf(marks, 'ours'), theirs: stepsOf(marks, 'theirs') },
    lasted: events.map((event, at) => {
      const end = until(at)
      return end === null ? null : Math.max(0, end.getTime() - event.at.getTime())
    }),
  }
}

function laneOf({ ours }: Happened): 'ours' | 'theirs' {
  return ours ? 'ours' : 'theirs'
}

/** Each mark on the lowest step of its lane on which it touches no other. */
function stepped(
  places: readonly { readonly x: number; readonly lane: 'ours' | 'theirs' }[],
): readonly Mark[] {
  const ends = { ours: [] as number[], theirs: [] as number[] }
  return places.map(({ x, lane }, at) => {
    const taken = ends[lane]
    const free = taken.findIndex((end) => end + 2 * strip.mark < x)
    const step = free === -1 ? taken.length : free
    taken[step] = x
    return { number: at + 1, x, lane, step }
  })
}

function stepsOf(marks: readonly Mark[], lane: 'ours' | 'theirs'): number {
  return Math.max(0, ...marks.filter((mark) => mark.lane === lane).map((mark) => mark.step)) + 1
}
