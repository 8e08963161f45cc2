import { z } from 'zod'

import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import type { CaseFile } from './case.ts'
import type { SafeContact } from './safe-contact.ts'

/** Where something was told before: how it reached this agency, who wrote or asked, on which day. */
export const ToldFrom = z.object({
  how: z.enum(['letter', 'agency', 'form']),
  who: z.string().max(200),
  /** ISO date. */
  on: z.string().max(10),
})
export type ToldFrom = Readonly<z.infer<typeof ToldFrom>>

/** What somebody said already, as an answer to a question of this case. */
export type ToldAnswer =
  | { readonly about: 'detail'; readonly facet: string; readonly value: string | number }
  | { readonly about: 'language'; readonly language: string; readonly interpreter: boolean }
  | { readonly about: 'contact'; readonly contact: SafeContact }

/** One thing that this agency may read already; `source` finds it again when somebody uses it. */
export interface Told {
  readonly source: string
  readonly from: ToldFrom
  readonly answer: ToldAnswer
}

/** What a room can say of a case that was told there. It reads only what the actor may open, and changes nothing. */
export type ToldSource = (db: Tx, actor: Actor, file: CaseFile) => Promise<readonly Told[]>

/** Questions by group, as repeats are counted: so few and so wide that a count tells of nobody. */
export const questionGroups = [
  'person',
  'abuse',
  'health',
  'home',
  'children',
  'language',
  'contact',
  'forms',
] as const
export type QuestionGroup = (typeof questionGroups)[number]
