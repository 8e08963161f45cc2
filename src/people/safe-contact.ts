import { z } from 'zod'

/** Ways to reach a person; nothing at all is a valid answer and lies in `nothingAtAll`. */
export const channelIds = ['call', 'text', 'email', 'post', 'portal', 'trusted-person', 'in-person'] as const
export type ChannelId = (typeof channelIds)[number]

const line = z.string().trim().max(200)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** A stretch of the day in the person's own zone, on some weekdays (1 Monday to 7 Sunday) or on one date. */
export const TimeWindow = z.strictObject({
  days: z.array(z.int().min(1).max(7)).max(7),
  date: z.iso.date().nullable(),
  from: clock,
  /** Earlier than `from`: past midnight. The same: the whole day. */
  to: clock,
})
export type TimeWindow = Readonly<z.infer<typeof TimeWindow>>

/** One way to reach the person, and what is safe on it. */
export const ContactWay = z.strictObject({
  id: z.string().min(1).max(50),
  channel: z.enum(channelIds),
  /** Number, address, or how to reach the trusted person; shown only when contacting now. */
  value: line,
  whoElseSees: z.enum(['nobody', 'maybe', 'yes', 'not-known']),
  zone: z.string().refine(isZone, 'zone'),
  /** Any time is safe, unsafe times apart. */
  whenever: z.boolean(),
  safe: z.array(TimeWindow).max(20),
  /** Wins over safe. */
  unsafe: z.array(TimeWindow).max(20),
  callAs: z.enum(['agency', 'neutral', 'first-name']).default('neutral'),
  voicemail: z.enum(['no', 'neutral', 'ok']).default('no'),
  ifSomeoneElse: z.enum(['hang-up', 'neutral-script']).default('hang-up'),
  /** What a message, mail or letter may say. */
  content: z.enum(['none', 'neutral', 'ok']).default('neutral'),
  envelope: z.enum(['no', 'plain', 'substitute-address']).default('no'),
  /** Who carries the message, as a reference to a person in the case. */
  trustedPersonRef: z.string().max(100).nullable().default(null),
})
export type ContactWay = Readonly<z.infer<typeof ContactWay>>

/** Two people and a reason, for one way and one hour; any change of the page ends it. */
const ContactOverride = z.strictObject({
  wayId: z.string().max(50),
  by: z.string().max(40),
  reason: z.string().max(500),
  askedAt: z.iso.datetime({ offset: true }),
  second: z.string().max(40).nullable(),
  agreedAt: z.iso.datetime({ offset: true }).nullable(),
})

/** How to be in touch with one person safely; sealed whole in the case. */
export const SafeContact = z.strictObject({
  nothingAtAll: z.boolean(),
  ways: z.array(ContactWay).max(10),
  /** The name that may be said aloud or written; null: no name. */
  nameSafeToSay: line.nullable(),
  /** A code word was agreed. */
  hasCodeWord: z.boolean().default(false),
  /** Its digest, salted; the word itself is kept nowhere. It shows that this is the person, and is no alarm. */
  codeWord: z.string().max(200).nullable().optional(),
  language: z.string().max(35).nullable().default(null),
  interpreter: z.strictObject({ wanted: z.boolean(), note: line }).nullable().default(null),
  reminders: z.enum(['no', 'neutral']).default('no'),
  calendar: z.enum(['no', 'neutral']).default('no'),
  printing: z.enum(['no', 'neutral', 'ok']).default('no'),
  /** People in the case who must never be a contact. */
  notSafe: z.array(z.string().max(100)).default([]),
  verifiedAt: z.iso.datetime({ offset: true }).nullable(),
  verifiedBy: line.nullable(),
  changedBecause: line.nullable().default(null),
  override: ContactOverride.nullable().optional(),
})
export type SafeContact = Readonly<z.infer<typeof SafeContact>>

/** Everything that could tell somebody that the person gets help. */
export const contactActs = [
  'call',
  'voicemail',
  'text',
  'email',
  'letter',
  'portal',
  'trusted-person',
  'in-person',
  'calendar',
  'print',
] as const

/** One message, call, letter, calendar entry or print-out about to happen. */
export interface ContactAct {
  readonly kind: (typeof contactActs)[number]
  /** The way to use; null for calendar and print. */
  readonly wayId: string | null
  /** The words name the agency. */
  readonly namesAgency: boolean
  readonly hasLink: boolean
  /** The words say more than a neutral line such as "Your appointment is tomorrow at 10". */
  readonly tellsMore: boolean
  readonly reminder: boolean
  /** On a call that is going on: somebody else picked up. */
  readonly someoneElseAnswered?: boolean
  /** Two people and a reason open the rules on time and freshness, and no other. */
  readonly override?: { readonly by: string; readonly second: string; readonly reason: string } | null
}

/** Ids of the rules that can refuse a contact. */
export const contactRules = [
  'contact-none',
  'contact-no-way',
  'contact-not-safe-person',
  'contact-seen-by-others',
  'contact-voicemail',
  'contact-post',
  'contact-content',
  'contact-names-agency',
  'contact-link',
  'contact-tells-more',
  'contact-reminder',
  'contact-calendar',
  'contact-printing',
  'contact-unsafe-time',
  'contact-outside-safe-time',
  'contact-no-safe-time',
  'contact-never-checked',
  'contact-stale',
] as const
export type ContactRule = (typeof contactRules)[number]

/** Ids of what a worker says, in the words file under `people.contact.script`. */
export type ScriptId =
  | 'as-agency'
  | 'as-neutral'
  | 'as-first-name'
  | 'someone-else-hang-up'
  | 'someone-else-neutral'
  | 'voicemail-neutral'
  | 'voicemail-open'
  | 'written-neutral'
  | 'written-open'

/** How to do it, once it is allowed. */
export interface ContactHow {
  readonly channel: ChannelId | null
  readonly value: string | null
  /** The name that is safe to say or write; null: none. */
  readonly name: string | null
  readonly script: ScriptId
  readonly ifSomeoneElse: ScriptId
  readonly voicemail: 'no' | 'neutral' | 'ok'
  readonly envelope: 'plain' | 'substitute-address' | null
  readonly askCodeWord: boolean
  /** Ask first who can see or hear this. */
  readonly askWhoIsThere: boolean
  /** Printing takes a second yes and a neutral header. */
  readonly confirmTwice: boolean
  readonly language: string | null
  readonly overridden: ContactRule | null
}

/** A contact that may not happen: the rule, its sentence, and when it would be safe, where that is known. */
export interface ContactRefusal {
  readonly refused: ContactRule
  readonly key: string
  readonly safeFrom: Date | null
  /** Two people with a reason could still do it. */
  readonly overridable: boolean
}

export type ContactAnswer = { readonly allowed: true; readonly how: ContactHow } | ContactRefusal

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return true
  } catch {
    return false
  }
}
