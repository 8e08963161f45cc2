import { z } from 'zod'

import { dateField } from '#platform/http'

import { keptWord } from './code-word.rules.ts'
import { personOf } from './contact-apart.rules.ts'
import { channelIds, type ContactWay, type SafeContact, type TimeWindow } from './safe-contact.ts'

/** The zones of the two countries; whoever is elsewhere for a while is in one of them by the telephone. */
export const contactZones = [
  'Europe/London',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
] as const

const clock = z.string().regex(/^(([01]?\d|2[0-3]):[0-5]\d)?$/, 'people.contact.clock-wrong')

/** How to be in touch, as one page asks it: one way at a time, and what holds for all of them. */
export const ContactForm = z.object({
  way: z.string().max(50).default(''),
  channel: z.enum([...channelIds, 'none'], 'people.contact.channel-missing'),
  value: z.string().max(200).default(''),
  /** The card of the person who passes things on, or empty. */
  person: z.string().max(100).default(''),
  whoElseSees: z.enum(['nobody', 'maybe', 'yes', 'not-known']).default('not-known'),
  when: z.enum(['whenever', 'only', 'not-known']).default('not-known'),
  days: z.array(z.coerce.number().int().min(1).max(7)).default([]),
  from: clock.default(''),
  to: clock.default(''),
  unsafeDays: z.array(z.coerce.number().int().min(1).max(7)).default([]),
  unsafeFrom: clock.default(''),
  /** One day on which this way is not safe at all, such as a hearing. */
  unsafeOn: dateField({ wrong: 'people.contact.day-wrong' }).optional(),
  zone: z.enum(contactZones).optional(),
  unsafeTo: clock.default(''),
  callAs: z.enum(['agency', 'neutral', 'first-name']).default('neutral'),
  voicemail: z.enum(['no', 'neutral', 'ok']).default('no'),
  ifSomeoneElse: z.enum(['hang-up', 'neutral-script']).default('hang-up'),
  content: z.enum(['none', 'neutral', 'ok']).default('neutral'),
  envelope: z.enum(['no', 'plain', 'substitute-address']).default('no'),
  printing: z.enum(['no', 'neutral', 'ok']).default('no'),
  reminders: z.enum(['no', 'neutral']).default('no'),
  calendar: z.enum(['no', 'neutral']).default('no'),
  /** A new code word; empty keeps the one that was agreed. */
  codeWord: z.string().max(60).default(''),
  forgetCodeWord: z.string().optional(),
  checked: z.string().optional(),
  because: z.string().max(200).default(''),
  version: z.coerce.number().int().min(0).default(0),
  then: z.string().optional(),
})
export type ContactForm = z.infer<typeof ContactForm>

/** What a form is shown with: the way that is being looked at, or an empty one with the safe answers chosen. */
export function contactFormOf(contact: SafeContact | null, wayId: string, version: number): ContactForm {
  const way =
    contact?.ways.find((each) => each.id === wayId) ?? (wayId === 'new' ? undefined : contact?.ways[0])
  const [safe] = way?.safe ?? []
  const unsafe = way?.unsafe.find((each) => each.date === null)
  const onDay = way?.unsafe.find((each) => each.date !== null)
  return ContactForm.parse({
    ...way,
    // The number is shown at the moment of use, and nowhere else; an empty box keeps it.
    value: '',
    zone: contactZones.find((zone) => zone === way?.zone),
    unsafeOn: onDay?.date ?? undefined,
    way: way?.id ?? '',
    person: way === undefined ? '' : (personOf(way) ?? ''),
    channel: contact?.nothingAtAll === true ? 'none' : (way?.channel ?? 'call'),
    when: way === undefined ? 'not-known' : way.whenever ? 'whenever' : safe ? 'only' : 'not-known',
    days: safe?.days,
    from: safe?.from,
    to: safe?.to,
    unsafeDays: unsafe?.days,
    unsafeFrom: unsafe?.from,
    unsafeTo: unsafe?.to,
    printing: contact?.printing,
    reminders: contact?.reminders,
    calendar: contact?.calendar,
    because: '',
    version,
  })
}

/** The page of safe contact after this form: the one way is put in its place, every other way stays. */
export function contactAfter(
  before: SafeContact | null,
  form: ContactForm,
  context: {
    readonly zone: string
    readonly nameSafeToSay: string | null
    readonly by: string
    readonly now: string
    readonly newId: string
    /** Cards of people who must never be a contact. */
    readonly notSafe: readonly string[]
  },
): SafeContact {
  const nothingAtAll = form.channel === 'none'
  const way = nothingAtAll ? null : wayOf(form, context, before)
  const others = (before?.ways ?? []).filter((each) => each.id !== form.way)
  return {
    ...codeWordAfter(before, form),
    reminders: form.reminders,
    calendar: form.calendar,
    notSafe: [...new Set([...(before?.notSafe ?? []), ...context.notSafe])],
    nothingAtAll,
    ways: way === null ? (before?.ways ?? []) : [way, ...others],
    nameSafeToSay: context.nameSafeToSay,
    language: before?.language ?? null,
    interpreter: before?.interpreter ?? null,
    printing: form.printing,
    verifiedAt: form.checked === undefined ? (before?.verifiedAt ?? null) : context.now,
    verifiedBy: form.checked === undefined ? (before?.verifiedBy ?? null) : context.by,
    changedBecause: form.because === '' ? (before?.changedBecause ?? null) : form.because,
  }
}

/** A new word, the one that was agreed, or none. */
function codeWordAfter(
  before: SafeContact | null,
  form: ContactForm,
): Pick<SafeContact, 'hasCodeWord' | 'codeWord'> {
  if (form.codeWord !== '') return { hasCodeWord: true, codeWord: keptWord(form.codeWord) }
  if (form.forgetCodeWord !== undefined) return { hasCodeWord: false, codeWord: null }
  return { hasCodeWord: before?.hasCodeWord ?? false, codeWord: before?.codeWord ?? null }
}

function wayOf(
  form: ContactForm,
  context: { readonly newId: string; readonly zone: string },
  before: SafeContact | null,
): ContactWay {
  const old = before?.ways.find((each) => each.id === form.way)
  const { value, whoElseSees, callAs, voicemail, ifSomeoneElse, content, envelope } = form
  return {
    id: old?.id ?? context.newId,
    channel: form.channel === 'none' ? 'call' : form.channel,
    value: value === '' && form.channel === old?.channel ? old.value : value,
    whoElseSees,
    zone: form.zone ?? old?.zone ?? context.zone,
    whenever: form.when === 'whenever',
    safe: form.when === 'only' ? windowOf(form.days, form.from, form.to, old?.safe) : [],
    unsafe: unsafeOf(form, old),
    callAs,
    voicemail,
    ifSomeoneElse,
    content,
    envelope,
    trustedPersonRef: personAfter(form, old, before?.notSafe ?? []),
  }
}

/** Who passes things on. An empty box keeps the number, and whose it is where they are named as not safe and stand in no list. */
function personAfter(
  form: ContactForm,
  old: ContactWay | undefined,
  notSafe: readonly string[],
): string | null {
  if (form.channel !== 'trusted-person') return null
  if (form.person !== '') return form.person
  const kept = form.value === '' && form.channel === old?.channel
  return kept && notSafe.includes(old.trustedPersonRef ?? '') ? personOf(old) : null
}

/** The weekly stretch and the one day that the page asks for; further ones of each sort stay. */
function unsafeOf(form: ContactForm, old: ContactWay | undefined): TimeWindow[] {
  const weekly = old?.unsafe.filter((each) => each.date === null)
  const dated = (old?.unsafe ?? []).filter((each) => each.date !== null).slice(1)
  const days =
    form.unsafeDays.length === 0 ? [] : windowOf(form.unsafeDays, form.unsafeFrom, form.unsafeTo, weekly)
  const day = { days: [], date: form.unsafeOn ?? null, from: '00:00', to: '00:00' }
  return [...days, ...(form.unsafeOn === undefined ? [] : [day]), ...dated]
}

/** The page asks for one stretch of time; any further ones that were kept stay behind it. No days means every day. */
function windowOf(
  days: readonly number[],
  from: string,
  to: string,
  old: readonly TimeWindow[] | undefined,
): TimeWindow[] {
  const every = [1, 2, 3, 4, 5, 6, 7]
  const first = {
    days: days.length === 0 ? every : [...days],
    date: null,
    from: padded(from),
    to: padded(to),
  }
  return [first, ...(old ?? []).slice(1)]
}

function padded(clock: string): string {
  return clock === '' ? '00:00' : clock.padStart(5, '0')
}
