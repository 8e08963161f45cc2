import file from './reply-times.json' with { type: 'json' }
import { type AgreedTime, type RepliedKind, type ReplyLevel, ReplyTimes } from './reply-time.ts'

const times = ReplyTimes.parse(file)
const endOfDay = '17:00'
const minute = 60_000

type Pack = 'uk' | 'us'

/** By when an answer is asked for: what the two agencies agreed, else the country's table. */
export function replyDue(
  pack: Pack,
  asked: { readonly kind: RepliedKind; readonly level: ReplyLevel },
  now: Temporal.Instant,
  zone: string,
  agreed: readonly AgreedTime[] = [],
): Date {
  const own = agreed.find((each) => each.kind === asked.kind && each.level === asked.level)
  if (own !== undefined) return new Date(now.epochMilliseconds + own.hours * 60 * minute)
  return counted(rowOf(pack, asked.kind, asked.level), now, zone)
}

/** By when a question of the other side, or what came back to it, is to be answered. */
export function answerDue(pack: Pack, now: Temporal.Instant, zone: string): Date {
  return counted(rowOf(pack, 'answer', 'any'), now, zone)
}

/** After how many tries somebody counts as not reached for now, where the agency says nothing else. */
export function usualTries(pack: Pack): number {
  return times[pack].tries.count
}

/** After how many days somebody looks again, where the agency says nothing else; `referrals.quiet_for` says the same, and counts. */
export function usualQuiet(pack: Pack, what: 'lookAgain' | 'unreached') {
  return times[pack][what]
}

/** The row of the table that holds for a kind and a level. */
export function rowOf(pack: Pack, kind: RepliedKind | 'answer', level: ReplyLevel | 'any') {
  const { replies } = times[pack]
  const row = replies.find((each) => each.kind === kind && each.level === level)
  // Somebody in the room is told by the question alone; a referral is as urgent as danger now.
  const found = row ?? replies.find((each) => each.kind === kind && each.level === 'now')
  if (found === undefined) throw new Error(`No time for an answer: ${pack}, ${kind}, ${level}.`)
  return found
}

function counted(
  { minutes, workingDays }: ReturnType<typeof rowOf>,
  now: Temporal.Instant,
  zone: string,
): Date {
  if (minutes !== null) return new Date(now.epochMilliseconds + minutes * minute)
  let day = now.toZonedDateTimeISO(zone).toPlainDate()
  for (let left = workingDays ?? 1; left > 0; left -= 1) day = nextWorkingDay(day)
  return new Date(day.toZonedDateTime({ timeZone: zone, plainTime: endOfDay }).epochMilliseconds)
}

function nextWorkingDay(day: Temporal.PlainDate): Temporal.PlainDate {
  let next = day.add({ days: 1 })
  while (next.dayOfWeek > 5) next = next.add({ days: 1 })
  return next
}
