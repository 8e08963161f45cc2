import { z } from 'zod'

import { urgencyIds } from '#people'
import { dateField } from '#platform/http'
import { comesBackIds, identities, itemKindIds, releaseKindIds, saidHow } from '#releases'

import { handlingIds } from './letter.ts'

const version = z.coerce.number().int().default(0)

/** Page one: to whom, and what goes along. One service: a second one in the form is refused. */
export const PickForm = z.object({
  service: z
    .array(z.uuid('releases.sending.one-service'), 'releases.sending.one-service')
    .length(1, 'releases.sending.one-service')
    .transform(([one = '']) => one),
  version,
  ask: z.uuid().optional(),
  renew: z.uuid().optional(),
  /** An earlier permission of the same talk: what was said then is filled in. */
  like: z.uuid().optional(),
  pick: z.array(z.string().max(140)).max(100),
  /** The second list of the same page: what the person can add. */
  more: z.array(z.string().max(140)).max(100),
  /** Which kind of permission; left out, it stays what it is. */
  kind: z.enum(releaseKindIds).optional(),
  person: z.string().max(120).default(''),
  /** The part of our agency that shares, and of theirs that receives. */
  unit: z.string().max(120).default(''),
  'to-unit': z.string().max(120).default(''),
  // Who else helps comes from the person's list alone, so that it can change and end.
  'add-kind': z.enum(itemKindIds).exclude(['helper-pointer']).optional(),
  'add-words': z.string().max(4000).default(''),
  'add-reason': z.string().max(1000).default(''),
  step: z.enum(['on', 'add']).default('on'),
})
export type PickForm = z.output<typeof PickForm>

/** What is read out and done together before anybody signs. */
export const talkedSteps = ['read-out', 'risks', 'other-ways', 'signer-safe'] as const

/** Page two: what it is for, until when, what may come back, what was talked about. */
export const TalkForm = z.object({
  version,
  purpose: z.string().max(4000).default(''),
  until: dateField({ missing: 'releases.sending.until-missing' }),
  work: z.enum(['hand-over', 'joint-work']).default('hand-over'),
  back: z.enum(comesBackIds),
  talked: z.array(z.enum(talkedSteps)),
  steps: z.array(z.string().max(60)).max(40),
  interpreter: z.string().max(200).default(''),
  /** Family and friends never interpret. */
  relation: z.enum(['none', 'family']).default('none'),
  identity: z.enum(identities).default('known-to-us'),
  language: z.string().max(35).default('en'),
  reading: z.enum(['read-themself', 'read-aloud', 'read-with-support']).default('read-aloud'),
  young: z.enum(['signs', 'too-young']).optional(),
  guardian: z.string().max(100).default(''),
  authority: z.string().max(200).default(''),
  /** Where the person is: here at the screen, or on the telephone. */
  next: z.enum(['turn', 'apart', 'spoken']).default('turn'),
})
export type TalkForm = z.output<typeof TalkForm>

/** Who works there and must not be shown it, one name a line. */
export const notForField = z.string().max(2500, 'releases.sending.send.not-for-long').default('')

/** Page four: the last look. */
export const SendForm = z.object({
  version,
  step: z.enum(['send', 'drop']).default('send'),
  'not-for': notForField,
  /** How soon an answer is asked for. */
  soon: z.enum(urgencyIds).optional(),
  /** What the letter asks of the recipient's records, beside what it always asks of such a recipient. */
  handling: z.array(z.enum(handlingIds)).max(handlingIds.length).default([]),
})

/** Taking a permission back, or putting all on hold: how it was said. */
export const SaidForm = z.object({
  how: z.enum(saidHow, 'releases.withdraw.how-missing'),
})
