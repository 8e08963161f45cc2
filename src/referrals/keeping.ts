import { z } from 'zod'

import type { ThreadState } from '#envelopes'

const line = z.string().trim().max(200)

/** Who has the person now: a service of an own thread, the word of somebody there, or this agency itself. */
export const Settled = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('thread'), service: line }),
  z.strictObject({
    how: z.literal('word'),
    service: line.min(1),
    person: line.min(1),
    at: z.iso.datetime({ offset: true }),
  }),
  z.strictObject({ how: z.literal('own') }),
  z.strictObject({ how: z.literal('not-wanted') }),
])
export type Settled = Readonly<z.infer<typeof Settled>>

/** What there is for the person until somebody takes over, from whom, and when somebody asks how it goes. */
export const Meanwhile = z.strictObject({
  what: z.string().trim().min(1).max(2000),
  who: line.min(1),
  askOn: z.iso.date().nullable(),
})
export type Meanwhile = Readonly<z.infer<typeof Meanwhile>>

/** What is sealed of it. */
export const KeepingBody = z.strictObject({
  settled: Settled.nullable().default(null),
  meanwhile: Meanwhile.nullable().default(null),
})
export type KeepingBody = Readonly<z.infer<typeof KeepingBody>>

/** Who keeps hold of the person of one thread; version 0: nothing is written yet. */
export interface Keeping {
  readonly keptSince: Date | null
  readonly settledAt: Date | null
  readonly nextThread: string | null
  readonly version: number
  readonly body: KeepingBody
}

/** For danger nobody is turned away: a service that acts today says first that it has the person. */
export interface SameDayFirst {
  readonly refused: 'same-day-first' | 'same-day-theirs'
  readonly state: ThreadState
}

/** What a no can lack; each is a field of its form. */
export type NoLacks = 'same-day' | 'same-day-person' | 'sentence' | 'who'

/** A no that lacks something is not said. */
export interface NoIncomplete {
  readonly refused: 'no-incomplete'
  readonly lacks: NoLacks
}

/** What was chosen stands for nobody: the thread named is not open there, or is not one of this case. */
export interface NotAcknowledged {
  readonly refused: 'not-acknowledged'
  readonly state: ThreadState
}
