import type { Barrier, Came, Doer, Entry, EntryBody, EntryKind, Outcome } from './entry.ts'

/** What somebody typed of a new entry. */
export interface EntrySaid {
  readonly kind: EntryKind
  readonly words: string
  readonly doer: Doer
  readonly minutes: number | null
  readonly place: string
  readonly theirWords: string
}

/** What an entry holds when it begins. */
export function begun(said: EntrySaid, earlier: string | null = null): EntryBody {
  return { ...said, came: null, earlier, told: [] }
}

/**
 * Whether every next step of the case would be the person's own to do: work that is parked on whoever was hurt. It is asked about
 * before saving and never refused (Safe and Well 2019: "actions not parked on the survivor"; local practice, not law).
 */
export function allTheirs(open: readonly Entry[], adding: EntrySaid | null): boolean {
  const steps = open.filter((entry) => entry.state === 'open' && entry.body.kind === 'step')
  const doers = steps.map((entry) => entry.body.doer.is)
  if (adding?.kind === 'step') doers.push(adding.doer.is)
  return doers.length > 0 && doers.every((is) => is === 'person')
}

/** What was said of how it went. */
export interface CameSaid {
  readonly outcome: Outcome
  readonly words: string
  readonly barriers: readonly Barrier[]
  /** Nobody could ask yet what got in the way. */
  readonly notAsked: boolean
  /** The new time of what was moved. */
  readonly to: Date | null
}

export interface CameRefusal {
  readonly refused:
    | 'diary-over'
    | 'diary-not-yet'
    | 'diary-way'
    | 'diary-moved-when'
    | 'diary-moved-why'
    | 'diary-steps'
}

/** What an outcome makes of an entry: the entry as it ends, when it stands again, and whether somebody has still to ask. */
export interface CameOf {
  readonly body: EntryBody
  readonly again: Date | null
  readonly askLater: boolean
}

/**
 * *Did not come* is never kept alone: what got in the way was asked, or a next step to ask it begins (trauma-informed working:
 * "what we tried, what got in the way"; appointments missed: was abuse considered as the reason?).
 */
export function cameOf(
  entry: Pick<Entry, 'state' | 'body' | 'dueAt'>,
  said: CameSaid,
  by: { readonly name: string; readonly now: Date },
): CameOf | CameRefusal {
  if (entry.state === 'over') return { refused: 'diary-over' }
  if (said.outcome === 'missed' && entry.body.kind === 'step') return { refused: 'diary-steps' }
  if (!outcomesAt(entry, by.now).includes(said.outcome)) return { refused: 'diary-not-yet' }
  if (said.outcome === 'missed' && said.barriers.length === 0 && !said.notAsked)
    return { refused: 'diary-way' }
  if (said.outcome === 'moved' && said.to === null) return { refused: 'diary-moved-when' }
  if (said.outcome === 'moved' && said.words.trim() === '') return { refused: 'diary-moved-why' }
  const missed = said.outcome === 'missed'
  const came: Came = {
    outcome: said.outcome,
    at: by.now.toISOString(),
    by: by.name,
    words: said.words,
    barriers: missed ? [...said.barriers] : [],
  }
  return {
    body: { ...entry.body, came },
    again: said.outcome === 'moved' ? said.to : null,
    askLater: missed && said.barriers.length === 0,
  }
}

/** How long before its time an appointment can already be said to have happened: some begin early. */
const early = 2 * 3_600_000

/** What can be said of an entry now: a step is done at any time; an appointment has not happened, nor been missed, before its time. */
export function outcomesAt(entry: Pick<Entry, 'body' | 'dueAt'>, now: Date): readonly Outcome[] {
  if (entry.body.kind === 'step') return ['happened', 'moved', 'cancelled']
  const ahead = entry.dueAt.getTime() - now.getTime() > early
  return ahead ? ['moved', 'cancelled'] : ['happened', 'moved', 'cancelled', 'missed']
}

/** Whether the last appointment that had its time was missed, and nothing that happened came after it. */
export function lastWasMissed(entries: readonly Entry[]): boolean {
  const last = entries
    .filter(
      ({ body }) => body.kind === 'appointment' && ['happened', 'missed'].includes(body.came?.outcome ?? ''),
    )
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    .at(-1)
  return last?.body.came?.outcome === 'missed'
}

/** Where an entry stands in a diary that is looked at now. An appointment waits for what happened once its time has come. */
export function standsAt(
  entry: { readonly dueAt: Date; readonly kind: EntryKind | 'task' },
  now: Date,
  zone: string,
): 'late' | 'today' | 'later' {
  const today = dayOf(now, zone)
  const day = dayOf(entry.dueAt, zone)
  if (entry.kind === 'appointment' && entry.dueAt < now) return 'late'
  return day < today ? 'late' : day === today ? 'today' : 'later'
}

/** The day of a moment, as `2026-11-27`, on the calendar of a place. */
export function dayOf(at: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString()
}

/** The moment of a day and a time in a place; steps fall due at noon. */
export function momentOf(day: string, time: string, zone: string): Date {
  const at = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: time })
  return new Date(at.epochMilliseconds)
}

/** Whether a text is a time of day, as a field for one posts it. */
export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}
