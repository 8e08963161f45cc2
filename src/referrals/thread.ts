import { z } from 'zod'

import type { BackLevel, SendRefusal, ThreadState } from '#envelopes'
import { channelIds } from '#people'

import type { NoIncomplete, NotAcknowledged, SameDayFirst } from './keeping.ts'
import { KeptWhy } from './introduction.ts'

/** Which end of a referral this party holds: the one that asked, or the one that was asked. */
export type Side = 'from' | 'to'

/** Asking first, without naming anybody; or sending somebody, with their permission. */
export type ThreadKind = 'ask' | 'referral'

/** Somebody to ring, and who stands in. */
export const Contact = z.object({
  name: z.string().max(120),
  phone: z.string().max(60).default(''),
  cover: z.string().max(200).default(''),
})
export type Contact = Readonly<z.infer<typeof Contact>>

/** What came of a try to reach the person. */
export const tryResults = ['no-answer', 'somebody-else', 'neutral-message', 'not-working', 'reached'] as const
export type TryResult = (typeof tryResults)[number]

/** One try: when, by whom, on which way, what came of it. There is no place for a name or for words. */
export const Try = z.object({
  at: z.iso.datetime({ offset: true }),
  by: z.string().max(40),
  channel: z.enum(channelIds),
  came: z.enum(tryResults),
})
export type Try = Readonly<z.infer<typeof Try>>

/** What the other side may hear of how it ended: as much as the permission lets, that it has ended, or nothing. Never more. */
export const endTellings = ['all', 'ended', 'nothing'] as const
export type EndTelling = (typeof endTellings)[number]

/** What this side keeps of a thread, sealed: under the case's key where it comes out of a case, else under the agency's. */
export const ThreadBody = z.object({
  serviceId: z.string().max(60).nullable(),
  serviceName: z.string().max(200),
  /** What the person is called in our own lists; empty while nobody has said a name. */
  who: z.string().max(120).default(''),
  contacts: z.array(Contact).max(4).default([]),
  notes: z.string().max(4000).default(''),
  /** Why an introduction moved or did not happen, where the other side is not to know. */
  keptWhy: z.array(KeptWhy).max(20).default([]),
  tries: z.array(Try).max(60).default([]),
  /** How it ended, as the person judges it, and what they let the other side hear. */
  ended: z
    .object({ outcome: z.string().max(40), words: z.string().max(4000), told: z.enum(endTellings) })
    .nullable()
    .default(null),
  /** What questions to several services that were asked together have in common; nothing where one was asked alone. */
  together: z.string().max(40).optional(),
})
export type ThreadBody = Readonly<z.infer<typeof ThreadBody>>

/** A thread as this side's row has it: clear columns only. */
export interface ThreadRow {
  readonly id: string
  readonly caseId: string | null
  readonly side: Side
  readonly otherParty: string
  readonly kind: ThreadKind
  readonly state: ThreadState
  readonly comesBack: BackLevel
  readonly startedAt: Date
  readonly dueAt: Date | null
  readonly expectedAt: Date | null
  /** When this side looks at it again, where no planned day says so; never told to the other side. */
  readonly askAt: Date | null
  readonly place: number | null
  readonly assigneeId: string | null
  readonly version: number
}

/** A thread as a reader sees it: the row, who is at the other end, and what this side keeps of it. */
export interface Thread extends ThreadRow {
  readonly otherName: string
  readonly otherPhone: string
  readonly body: ThreadBody | null
}

/** One line of the timeline. Who acted is known only on the side that did. */
export interface ThreadEvent {
  readonly id: string
  readonly kind: string
  readonly at: Date
  readonly actorId: string | null
  readonly envelopeId: string | null
  /** The line that this one takes back. */
  readonly undoes: string | null
  /** An act of this side or news of the other that moved the thread, and with it where it stood before. */
  readonly undoable: boolean
  /** Where the thread stood before it; null where it moved nothing. */
  readonly was: ThreadState | null
}

/** Everything that somebody can do to a thread. */
export const threadActs = [
  'question',
  'answer',
  'accept',
  'wait',
  'decline',
  'introduce',
  'met',
  'end',
  'take',
  'withdraw',
  'reopen',
  'undo',
  'session',
  'unreached',
] as const
export type ThreadAct = (typeof threadActs)[number]

/** Why the rules do not let an act happen. */
export interface ActRefusal {
  readonly refused: 'other-side-does-this' | 'not-for-an-ask' | 'not-now'
  readonly state: ThreadState
}

/** Somebody else was first: where the thread stands now, and what happened last. */
export interface ChangedThread {
  readonly refused: 'changed-meanwhile'
  readonly state: ThreadState
  readonly last: ThreadEvent | null
}

/** The thread is missing, or not the actor's to see, which are the same answer. */
export interface NoThread {
  readonly refused: 'no-thread'
}

/** What was shared ended while this side was still deciding. */
export interface NoLongerShared {
  readonly refused: 'no-longer-shared'
}

/** What was done cannot be undone: nothing was, it is too long ago, it was read, or nobody may learn whether it was. */
export interface NotUndone {
  readonly refused: 'nothing-to-undo' | 'undo-too-late' | 'undo-was-read' | 'undo-untold'
}

export type ThreadRefusal =
  | ActRefusal
  | ChangedThread
  | NoThread
  | NoLongerShared
  | SameDayFirst
  | NotAcknowledged
  | NoIncomplete
  | NotUndone
  | SendRefusal

/** An act that happened; 'kept': the other side was told nothing, because nothing of the kind may come back. */
export interface ActDone {
  readonly threadId: string
  readonly state: ThreadState
  readonly reached: 'delivered' | 'kept' | 'own'
}
