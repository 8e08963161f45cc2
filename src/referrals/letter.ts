import { z } from 'zod'

import { HelperList } from './who-helps.ts'
import { Introduction, Meeting } from './introduction.ts'
import { NamedContact } from './named-contact.ts'
import { reasonCodes } from './reason.ts'
import { barriers, sessionWays } from './session.ts'
import { Contact } from './thread.ts'

const line = z.string().trim().max(200)
const text = z.string().trim().max(4000)
const day = z.iso.date()
const moment = z.iso.datetime({ offset: true })

const Service = z.object({ id: z.string().max(60).nullable(), name: line })

/** One thing as released: what the person read, what it says, and the same for a program, so that nothing is typed twice. */
export const ReleasedItem = z.object({
  kind: z.string().max(60),
  ref: z.string().max(100).nullable().default(null),
  title: line,
  text,
  data: z.unknown().optional(),
})
export type ReleasedItem = Readonly<z.infer<typeof ReleasedItem>>

/** "Would you take …?": facets and needs by their codes, and whom to ring back. There is no place for a name or for free words. */
export const Ask = z.strictObject({
  about: z.literal('ask'),
  service: Service,
  facets: z.record(z.string().max(60), z.union([z.string().max(60), z.number()])),
  needs: z.array(z.string().max(60)).max(20),
  /** Somebody is in the room: an answer in minutes counts. */
  withSomeone: z.boolean(),
  ringBack: Contact,
})
export type Ask = Readonly<z.infer<typeof Ask>>

/** How a health record has to treat a letter: out of the person's online access, out of a child's record, and who was in the room. */
export const handlingIds = ['hide-online', 'not-in-childs-record', 'note-who-came'] as const

/** A referral: what the release lists, as it was when it was sent. */
export const Request = z.strictObject({
  about: z.literal('request'),
  service: Service,
  items: z.array(ReleasedItem).max(100),
  /** In the person's words. */
  purpose: text,
  /** How to be in touch safely, line by line, as released; empty where nothing was. */
  safeContact: z.array(line).max(30).default([]),
  comesBack: z.enum(['nothing', 'received', 'decision-and-place', 'first-contact', 'outcome']),
  /** When the permission ends; the database closes the envelope then. */
  until: moment.nullable().optional(),
  /** What the recipient may not do with it, in one sentence. */
  redisclosure: text.optional(),
  /** What the law on substance use records makes travel with them: the prescribed statement, and what was agreed to. */
  part2: z.strictObject({ notice: text, consent: text }).optional(),
  /** It came without the person's agreement, by a written decision: why, by which power, and whether the person knows. */
  without: z.strictObject({ why: text, personKnows: z.boolean(), ground: line }).optional(),
  /** For a recipient whose records the person, or somebody with their telephone, reads online. */
  handling: z.array(z.enum(handlingIds)).max(handlingIds.length).default([]),
  /** The ask that this grew out of. */
  ask: z.uuid().nullable().default(null),
  answerTo: Contact,
  /** It went on a ground other than the person's permission: the purpose is the sender's. */
  onGround: z.boolean().optional(),
  /** A change to what was sent before: says what is new. */
  amends: z.boolean().default(false),
  /** What is new or different since then, by its titles. */
  changed: z.array(line).max(100).optional(),
})
export type Request = Readonly<z.infer<typeof Request>>

export const Question = z.strictObject({ about: z.literal('question'), text, ringBack: Contact })
export type Question = Readonly<z.infer<typeof Question>>

/** `unasked`: the one who sent writes first, with no question open. */
export const Answer = z.strictObject({
  about: z.literal('answer'),
  text,
  unasked: z.literal(true).optional(),
})
export type Answer = Readonly<z.infer<typeof Answer>>

/** Another service that could say yes. */
export const NextDoor = z.object({ serviceId: z.string().max(60), name: line, phone: line })
export type NextDoor = Readonly<z.infer<typeof NextDoor>>

const Accepted = z.strictObject({
  about: z.literal('accepted'),
  startsOn: day.nullable(),
  person: Contact,
  first: Meeting.nullable(),
  note: text.default(''),
})

const WouldTake = z.strictObject({
  about: z.literal('would-take'),
  how: z.enum(['send', 'phone']),
  person: Contact,
})

const Waiting = z.strictObject({
  about: z.literal('waiting'),
  place: z.number().int().min(1).max(9999).nullable(),
  expectedOn: day.nullable(),
  person: Contact,
  note: text.default(''),
})

export const effectAnswers = ['not-asked', 'no', 'yes'] as const

const Declined = z.strictObject({
  about: z.literal('declined'),
  reason: z.enum(reasonCodes),
  sentence: text,
  /** For danger: the service that acts today, and who there said so. */
  sameDay: z.strictObject({ service: line, person: line.default('') }).optional(),
  /** For a disability or a diagnosis: whether anybody asked if it is an effect of the abuse. */
  effectOfAbuse: z.enum(effectAnswers).optional(),
  next: z.array(NextDoor).max(5),
  person: Contact,
})

/** Yes, wait or no; a no always says why and where to knock next. */
export const Decision = z.discriminatedUnion('about', [Accepted, WouldTake, Waiting, Declined])
export type Decision = Readonly<z.infer<typeof Decision>>

/** What can be said of an end, each as the person judges it. */
export const endings = [
  'helped',
  'partly',
  'not-helped',
  'went-elsewhere',
  'person-stopped',
  'not-said',
] as const

/** How an end is chosen. That somebody was not reached ends nothing: it has a sentence of its own, with the way on. */
export const EndingField = z.enum(endings, {
  error: ({ input }) =>
    input === 'not-reached' ? 'referrals.act.end.not-reached' : 'referrals.act.end.outcome-missing',
})

/** What letters of an end can hold: those written before also that somebody was not reached. */
const outcomes = [...endings, 'not-reached'] as const

/** How it ended, as the person judges it. */
export const Outcome = z.strictObject({
  about: z.literal('ended'),
  /** Null: the person lets the other side hear that it has ended, and no more. */
  outcome: z.enum(outcomes).nullable(),
  words: text.default(''),
})
export type Outcome = Readonly<z.infer<typeof Outcome>>

/** It goes on after a no, a meeting or an end: why. */
export const Reopening = z.strictObject({ about: z.literal('reopened'), why: text.min(1) })
export type Reopening = Readonly<z.infer<typeof Reopening>>

/** What could help to reach the person. */
export const unreachedHelps = ['another-way', 'another-time', 'chosen-worker', 'introduction'] as const

/** The person could not be reached for now: how often it was tried, and what the other side could help with. */
export const Unreached = z.strictObject({
  about: z.literal('unreached'),
  tries: z.int().min(1).max(1000),
  helps: z.array(z.enum(unreachedHelps)).max(unreachedHelps.length),
})
export type Unreached = Readonly<z.infer<typeof Unreached>>
/** A question of ours needs no answer any more. It says neither why nor who answered it. */
export const NotNeeded = z.strictObject({ about: z.literal('not-needed') })
export type NotNeeded = Readonly<z.infer<typeof NotNeeded>>

/** How a session went. What got in the way travels only where the person wants that. */
const SessionLetter = z.strictObject({
  about: z.literal('session'),
  went: z.enum(sessionWays),
  on: day,
  movedTo: day.nullable(),
  barriers: z.array(z.enum(barriers)).max(barriers.length),
  words: text,
})

/** Something that was sent was wrong and is put right, or the person disputes it and this agency keeps its words. */
export const Correction = z.strictObject({
  about: z.literal('correction'),
  changed: z.boolean(),
  says: text,
  should: text,
  /** What the person says about it; stays beside. */
  statement: text.default(''),
})
export type Correction = Readonly<z.infer<typeof Correction>>

/** Everything that an envelope of this room can hold. */
export const Letter = z.union([
  Ask,
  Request,
  Question,
  Answer,
  Decision,
  Introduction,
  Outcome,
  Correction,
  Reopening,
  NamedContact,
  HelperList,
  Unreached,
  SessionLetter,
  NotNeeded,
])
export type Letter = z.infer<typeof Letter>
