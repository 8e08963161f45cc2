import { z } from 'zod'

import type { CaseKey } from '#platform/access'

/** How old the person is, as far as it changes what may be planned: whoever is under 18 stays a client. */
export const ages = ['adult', 'under-18', 'not-known'] as const

/** What a specialist said after looking at who harms whom. */
export const outcomes = ['stands', 'reversed'] as const

/** The person, as the agencies that deal with them know them. Never taken from a survivor's case. */
export const ThreadPerson = z.strictObject({
  name: z.string().trim().min(1).max(120),
  age: z.enum(ages),
})
export type ThreadPerson = Readonly<z.infer<typeof ThreadPerson>>

/** Somebody says it may be the other way round. Nothing new is planned until a named specialist has looked. */
export const Doubt = z.strictObject({
  why: z.string().max(1000),
  since: z.iso.date(),
  review: z
    .strictObject({ outcome: z.enum(outcomes), specialist: z.string().max(120), on: z.iso.date() })
    .nullable(),
})
export type Doubt = Readonly<z.infer<typeof Doubt>>

/** The sealed cell of a file about a person causing harm. */
export const ThreadBody = z.strictObject({
  person: ThreadPerson,
  doubt: Doubt.nullable(),
  /** Accounts of the agency that are on no team of this file. Why, and by which case, is not said. */
  out: z.array(z.uuid()).readonly().default([]),
})
export type ThreadBody = Readonly<z.infer<typeof ThreadBody>>

/** A file about a person causing harm as somebody on its team reads it. `key` opens its entries. */
export interface Thread extends ThreadBody {
  readonly id: string
  readonly key: CaseKey
  readonly ownerId: string
  readonly state: 'active' | 'ended'
  readonly version: number
}

/** What marks the ledger's lines of such a file, so that they lead to it. */
export const aFile = { file: 'accountability' } as const

/** Rules that can refuse something about such a file; each has its sentence in the words file. */
export const threadRules = [
  'held-back-names',
  'held-back-contact',
  'held-back-words',
  'young-person',
  'in-doubt',
  'reversed',
  'ended',
] as const
export type ThreadRule = (typeof threadRules)[number]

/** A refusal: missing and not yours are one answer; everything else names its rule or what stands in the way. */
export type ThreadRefusal =
  | { readonly refused: 'missing' | 'changed-meanwhile' | 'nobody-left' | 'legal-hold' }
  | { readonly refused: 'rule'; readonly rule: ThreadRule }
