import { z } from 'zod'

import { KeptRelease } from './kept-release.ts'
import { packIds } from './sharing.ts'

/** Languages in which the person's own page can be read. */
export const visitLanguages = ['en', 'es'] as const
export type VisitLanguage = (typeof visitLanguages)[number]

/** What the person's own page is drawn from: the draft as it stands, and in whose words. */
export const VisitPage = z.strictObject({
  kept: KeptRelease,
  worker: z.string().max(200),
  pack: z.enum(packIds),
  language: z.enum(visitLanguages),
  /** What was read out about the recipient are the usual sentences of its sector, which other languages have too. */
  warnedUsual: z.boolean(),
  /** The agency's box, public: the line of its ledger about the answer is sealed to it. */
  ledger: z.strictObject({ version: z.int().positive(), box: z.string().max(100) }).optional(),
})
export type VisitPage = Readonly<z.infer<typeof VisitPage>>

/** What the person has said so far; `answer` is null until the last button. */
export const VisitAnswer = z.strictObject({
  answer: z.enum(['yes', 'no', 'not-now']).nullable(),
  language: z.enum(visitLanguages),
  struck: z.array(z.string().max(140)).max(100),
  names: z.array(z.string().max(200)).max(4),
  copy: z.enum(['no-copy-for-safety', 'kept-here', 'given']).nullable(),
  /** The digest of exactly what was on the page when the button was pressed. */
  words: z.string().max(64).nullable(),
  at: z.iso.datetime({ offset: true }).nullable(),
})
export type VisitAnswer = Readonly<z.infer<typeof VisitAnswer>>

export type VisitState = 'waiting' | 'opened' | 'answered' | 'over'

/** A visit as the worker sees it. */
export interface Visit {
  readonly id: string
  readonly releaseId: string
  readonly releaseVersion: number
  readonly state: VisitState
  readonly madeBy: string
  readonly endsAt: Date
  readonly tries: number
  readonly hold: Uint8Array
  readonly answer: Uint8Array | null
}
