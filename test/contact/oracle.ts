import type { ContactAct, ContactWay, SafeContact } from '../../src/people/safe-contact.ts'

/**
 * What the table of safe contact forbids, written down a second time and another way: each row of the table by itself, on minutes of
 * the person's own clock. The sentence says which row; null: nothing does.
 */
export function forbidden(contact: SafeContact, act: ContactAct, now: Date): string | null {
  const never = rows(contact, act).find(([broken]) => broken)
  if (never !== undefined) return never[1]
  const way = wayOf(contact, act)
  const late = timed(contact, way, now).find(([broken]) => broken)
  if (late === undefined || agreedByTwo(act)) return null
  return late[1]
}

const written = ['text', 'email', 'letter', 'portal']
const channels: Readonly<Record<string, string>> = { voicemail: 'call', letter: 'post' }

function wayOf(contact: SafeContact, act: ContactAct): ContactWay | undefined {
  if (act.kind === 'calendar' || act.kind === 'print') return undefined
  const channel = channels[act.kind] ?? act.kind
  return contact.ways.find((way) => way.id === act.wayId && way.channel === channel)
}

type Row = readonly [boolean, string]

function rows(contact: SafeContact, act: ContactAct): readonly Row[] {
  if (contact.nothingAtAll) return [[true, 'none: nothing else is sent']]
  const silent = speaksFreely(contact, act)
    ? [[act.kind === 'letter' && act.namesAgency, 'post is never branded'] as const]
    : [[act.namesAgency || act.hasLink || act.tellsMore, 'neutral, no links'] as const]
  if (act.kind === 'calendar') return [[contact.calendar === 'no', 'calendar off'], ...silent]
  if (act.kind === 'print') return [[contact.printing === 'no', 'paper off'], ...silent]
  const way = wayOf(contact, act)
  if (way === undefined) return [[true, 'no such way']]
  return [
    [way.trustedPersonRef !== null && contact.notSafe.includes(way.trustedPersonRef), 'not safe'],
    [way.whoElseSees === 'yes', 'somebody else sees it'],
    [act.kind === 'voicemail' && way.voicemail === 'no', 'voicemail default no'],
    [act.kind === 'letter' && way.envelope === 'no', 'no post'],
    [act.reminder && contact.reminders === 'no', 'reminders default off'],
    [written.includes(act.kind) && way.content === 'none', 'no written words'],
    ...silent,
  ]
}

function speaksFreely(contact: SafeContact, act: ContactAct): boolean {
  if (act.kind === 'print') return contact.printing === 'ok'
  const way = wayOf(contact, act)
  if (way === undefined || act.reminder || act.someoneElseAnswered === true || act.kind === 'trusted-person')
    return false
  if (act.kind === 'voicemail') return way.whoElseSees === 'nobody' && way.voicemail === 'ok'
  if (written.includes(act.kind)) return way.whoElseSees === 'nobody' && way.content === 'ok'
  return !act.namesAgency || way.callAs === 'agency'
}

function timed(contact: SafeContact, way: ContactWay | undefined, now: Date): readonly Row[] {
  const days =
    contact.verifiedAt === null ? Infinity : (now.getTime() - Date.parse(contact.verifiedAt)) / 86_400_000
  const stale: Row = [days > 30, 'stale after 30 days']
  if (way === undefined || way.channel === 'post') return [stale]
  const within = (spans: ContactWay['safe']) => spans.some((span) => holds(span, way.zone, now))
  return [
    [within(way.unsafe), 'unsafe wins'],
    [!way.whenever && !within(way.safe), 'outside the safe times'],
    stale,
  ]
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
  clocks.set(zone, clock)
  return clock
}

/** By the person's clock as the browser's own tables tell it. */
function holds(span: ContactWay['safe'][number], zone: string, now: Date): boolean {
  const parts = clockOf(zone).formatToParts(now)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  const at = `${part('hour')}:${part('minute')}`
  const date = `${part('year')}-${part('month')}-${part('day')}`
  const yesterday = new Date(Date.parse(`${date}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  const on = (day: string) =>
    span.date === null ? span.days.includes(new Date(`${day}T12:00:00Z`).getUTCDay() || 7) : span.date === day
  if (span.from === span.to) return on(date)
  if (span.from < span.to) return on(date) && at >= span.from && at < span.to
  return (on(date) && at >= span.from) || (on(yesterday) && at < span.to)
}

function agreedByTwo(act: ContactAct): boolean {
  const { override } = act
  if (override === undefined || override === null) return false
  const [first, second, reason] = [override.by, override.second, override.reason].map((each) => each.trim())
  return Boolean(first && second && reason) && override.by !== override.second
}
