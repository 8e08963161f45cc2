import type {
  ChannelId,
  ContactAct,
  ContactAnswer,
  ContactHow,
  ContactRefusal,
  ContactRule,
  ContactWay,
  SafeContact,
  ScriptId,
  TimeWindow,
} from './safe-contact.ts'

/** Days after which safe contact has to be confirmed before it is used. */
const freshDays = 30

const dayMs = 86_400_000
const quarterMs = 15 * 60_000

/**
 * The one gate: every message, call, letter, calendar entry and print-out passes here, also again when a
 * scheduled one falls due. `now` is the moment at which it would reach the person.
 */
export function mayContact(contact: SafeContact, act: ContactAct, now: Date): ContactAnswer {
  const way = contact.ways.find((each) => each.id === act.wayId && each.channel === channelOf(act)) ?? null
  const never = contact.nothingAtAll
    ? 'contact-none'
    : (refusedAsSuch(contact, act, way) ?? refusedByWords(contact, act, way))
  if (never) return refusal(never, null)
  const notNow = refusedByTime(way, now) ?? refusedByAge(contact, now)
  if (notNow && !isOverridden(act)) {
    return refusal(notNow, way && isAboutTime(notNow) ? nextSafeTime(way, now) : null)
  }
  return { allowed: true, how: howTo(contact, act, way, notNow) }
}

/** Minutes for which a wish to use a way waits for a second person, and for which their agreement holds. */
const overrideMinutes = 60

/** The agreement of two people to use this way now, in the form the gate takes it; null: there is none, or it is over. */
export function overrideNow(
  contact: SafeContact,
  wayId: string,
  now: Date,
): NonNullable<ContactAct['override']> | null {
  const { override } = contact
  if (!override || override.wayId !== wayId || override.second === null || override.agreedAt === null)
    return null
  const age = now.getTime() - Date.parse(override.agreedAt)
  if (age < 0 || age > overrideMinutes * 60_000) return null
  return { by: override.by, second: override.second, reason: override.reason }
}

/** What one person asked for and a second may still agree to; null: nothing, or it was asked too long ago. */
export function waitsForYes(contact: SafeContact, now: Date): NonNullable<SafeContact['override']> | null {
  const { override } = contact
  if (!override || override.second !== null) return null
  const age = now.getTime() - Date.parse(override.askedAt)
  return age < 0 || age > overrideMinutes * 60_000 ? null : override
}

/** Whether paper that tells what it is about may be printed for the person, and the sentence that says why not. */
export function paperAnswer(
  contact: SafeContact | null,
  now: Date,
): { readonly may: boolean; readonly key: string } {
  if (contact === null) return { may: false, key: 'people.print.not-asked' }
  const act = { kind: 'print', wayId: null, namesAgency: true, hasLink: false, tellsMore: true } as const
  const answer = mayContact(contact, { ...act, reminder: false }, now)
  return 'refused' in answer ? { may: false, key: answer.key } : { may: true, key: 'people.print.keep' }
}

/** Whether a time that is agreed fits what was said about safe contact; a sentence's key where it does not. */
export interface MeetingTime {
  readonly fits: boolean
  readonly rule: ContactRule | null
  /** The next time that fits, where there is one. */
  readonly next: Date | null
}

/**
 * Whether a meeting, a joint call or a video call at this time fits the person's safe times: a time that is unsafe on any way to
 * them is an unsafe time, whichever way is used. It refuses nothing: whoever agrees the time asks the person once more.
 */
export function meetingTime(contact: SafeContact | null, at: Date, now: Date): MeetingTime {
  const no = (rule: ContactRule, next: Date | null = null) => ({ fits: false, rule, next })
  if (contact === null) return no('contact-never-checked')
  if (contact.nothingAtAll) return no('contact-none')
  const timed = contact.ways.filter((way) => way.channel !== 'post')
  const answers = timed.map((way) => ({ way, rule: refusedByTime(way, at) }))
  const unsafe = answers.find(({ rule }) => rule === 'contact-unsafe-time')
  if (unsafe !== undefined) return no('contact-unsafe-time', nextSafeTime(unsafe.way, at))
  if (answers.some(({ rule }) => rule === null)) {
    const old = refusedByAge(contact, now)
    return old === null ? { fits: true, rule: null, next: null } : no(old)
  }
  const first = answers.find(({ rule }) => rule === 'contact-outside-safe-time')
  return first === undefined
    ? no('contact-no-safe-time')
    : no('contact-outside-safe-time', nextSafeTime(first.way, at))
}

/** Whether safe contact was confirmed within the last 30 days. */
export function isFresh(contact: SafeContact, now: Date): boolean {
  return refusedByAge(contact, now) === null
}

/** The next quarter of an hour at which this way is safe, within two weeks; null where there is none. */
export function nextSafeTime(way: ContactWay, now: Date): Date | null {
  const start = Math.ceil(now.getTime() / quarterMs) * quarterMs
  for (let time = start; time < start + 14 * dayMs; time += quarterMs) {
    if (refusedByTime(way, new Date(time)) === null) return new Date(time)
  }
  return null
}

function channelOf(act: ContactAct): ChannelId | null {
  if (act.kind === 'calendar' || act.kind === 'print') return null
  if (act.kind === 'voicemail') return 'call'
  return act.kind === 'letter' ? 'post' : act.kind
}

/** What no time and no second person makes safe: this act, on this way, at all. */
function refusedAsSuch(contact: SafeContact, act: ContactAct, way: ContactWay | null): ContactRule | null {
  if (act.kind === 'calendar') return contact.calendar === 'no' ? 'contact-calendar' : null
  if (act.kind === 'print') return contact.printing === 'no' ? 'contact-printing' : null
  if (!way) return 'contact-no-way'
  if (way.trustedPersonRef !== null && contact.notSafe.includes(way.trustedPersonRef))
    return 'contact-not-safe-person'
  if (way.whoElseSees === 'yes') return 'contact-seen-by-others'
  if (act.kind === 'voicemail' && way.voicemail === 'no') return 'contact-voicemail'
  if (act.kind === 'letter' && way.envelope === 'no') return 'contact-post'
  if (act.reminder && contact.reminders === 'no') return 'contact-reminder'
  return isWritten(act) && way.content === 'none' ? 'contact-content' : null
}

/** What the words themselves may not do (us-U19). */
function refusedByWords(contact: SafeContact, act: ContactAct, way: ContactWay | null): ContactRule | null {
  // What lies on a mat is seen by everybody: a letter is never branded, also where it may speak.
  if (act.kind === 'letter' && act.namesAgency) return 'contact-names-agency'
  if (opennessOf(contact, act, way) === 'ok') return null
  if (act.namesAgency) return 'contact-names-agency'
  if (act.hasLink) return 'contact-link'
  return act.tellsMore ? 'contact-tells-more' : null
}

/** How freely this act may speak; spoken words to the person themself are theirs to hear. */
function opennessOf(contact: SafeContact, act: ContactAct, way: ContactWay | null): 'neutral' | 'ok' {
  if (act.kind === 'print') return contact.printing === 'ok' ? 'ok' : 'neutral'
  if (!way || act.reminder) return 'neutral'
  if (act.someoneElseAnswered) return 'neutral'
  const seen = way.whoElseSees === 'nobody'
  if (act.kind === 'voicemail') return seen && way.voicemail === 'ok' ? 'ok' : 'neutral'
  if (act.kind === 'trusted-person') return 'neutral'
  if (!isWritten(act)) return act.namesAgency && way.callAs !== 'agency' ? 'neutral' : 'ok'
  return seen && way.content === 'ok' ? 'ok' : 'neutral'
}

function isWritten(act: ContactAct): boolean {
  return ['text', 'email', 'letter', 'portal'].includes(act.kind)
}

function refusedByTime(way: ContactWay | null, now: Date): ContactRule | null {
  // A letter or a calendar entry is read when it is read; only what rings or knocks has an hour.
  if (!way || way.channel === 'post') return null
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(way.zone)
  if (way.unsafe.some((each) => covers(each, local))) return 'contact-unsafe-time'
  if (way.whenever) return null
  if (way.safe.length === 0) return 'contact-no-safe-time'
  return way.safe.some((each) => covers(each, local)) ? null : 'contact-outside-safe-time'
}

function covers(window: TimeWindow, local: Temporal.ZonedDateTime): boolean {
  const minute = local.hour * 60 + local.minute
  const from = minutesOf(window.from)
  const to = minutesOf(window.to)
  const today = onDay(window, local)
  if (from === to) return today
  if (from < to) return today && minute >= from && minute < to
  return (today && minute >= from) || (onDay(window, local.subtract({ days: 1 })) && minute < to)
}

function onDay(window: TimeWindow, local: Temporal.ZonedDateTime): boolean {
  if (window.date !== null) return local.toPlainDate().toString() === window.date
  return window.days.includes(local.dayOfWeek)
}

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return hours * 60 + minutes
}

function refusedByAge(contact: SafeContact, now: Date): ContactRule | null {
  if (contact.verifiedAt === null) return 'contact-never-checked'
  return now.getTime() - Date.parse(contact.verifiedAt) > freshDays * dayMs ? 'contact-stale' : null
}

function isAboutTime(rule: ContactRule): boolean {
  return rule === 'contact-unsafe-time' || rule === 'contact-outside-safe-time'
}

function isOverridden(act: ContactAct): boolean {
  const { by = '', second = '', reason = '' } = act.override ?? {}
  return by.trim() !== '' && second.trim() !== '' && by !== second && reason.trim() !== ''
}

function refusal(rule: ContactRule, safeFrom: Date | null): ContactRefusal {
  const late: readonly ContactRule[] = [
    'contact-unsafe-time',
    'contact-outside-safe-time',
    'contact-no-safe-time',
    'contact-never-checked',
    'contact-stale',
  ]
  return { refused: rule, key: `people.contact.rule.${rule}`, safeFrom, overridable: late.includes(rule) }
}

function howTo(
  contact: SafeContact,
  act: ContactAct,
  way: ContactWay | null,
  overridden: ContactRule | null,
): ContactHow {
  const ifSomeoneElse =
    way?.ifSomeoneElse === 'neutral-script' ? 'someone-else-neutral' : 'someone-else-hang-up'
  return {
    channel: way?.channel ?? null,
    value: way?.value ?? null,
    name: act.someoneElseAnswered ? null : contact.nameSafeToSay,
    script: act.someoneElseAnswered ? ifSomeoneElse : scriptOf(contact, act, way),
    ifSomeoneElse,
    voicemail: way?.voicemail ?? 'no',
    envelope: act.kind === 'letter' && way && way.envelope !== 'no' ? way.envelope : null,
    askCodeWord: contact.hasCodeWord && act.kind === 'call',
    askWhoIsThere: way !== null && way.whoElseSees !== 'nobody',
    confirmTwice: act.kind === 'print',
    language: contact.language,
    overridden,
  }
}

function scriptOf(contact: SafeContact, act: ContactAct, way: ContactWay | null): ScriptId {
  const open = opennessOf(contact, act, way) === 'ok'
  if (act.kind === 'voicemail') return open ? 'voicemail-open' : 'voicemail-neutral'
  if (isWritten(act) || act.kind === 'calendar' || act.kind === 'print')
    return open ? 'written-open' : 'written-neutral'
  return `as-${way?.callAs ?? 'neutral'}`
}
