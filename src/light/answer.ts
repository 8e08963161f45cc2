import { z } from 'zod'

import { dateField } from '#platform/http'
import { effectAnswers, EndingField, reasonCodes, type ThreadAct } from '#referrals'

/** What an office can say, in the order in which it stands on the page, and which act of the thread each is. */
export const answers = [
  { id: 'yes', act: 'accept' },
  { id: 'wait', act: 'wait' },
  { id: 'no', act: 'decline' },
  { id: 'question', act: 'question' },
  { id: 'met', act: 'met' },
  { id: 'end', act: 'end' },
] as const satisfies readonly { readonly id: string; readonly act: ThreadAct }[]
export type AnswerId = (typeof answers)[number]['id']

const version = z.coerce.number().int()
const words = z.string().max(4000).default('')
const person = {
  name: z.string('light.answer.name-missing').min(1, 'light.answer.name-missing').max(120),
  phone: z.string().max(60).default(''),
}

/** What each asks for. Whoever says something says also whom to ring about it: there is no account to look it up in. */
export const forms = {
  yes: z.object({
    ...person,
    starts: dateField({ missing: 'referrals.act.accept.date-missing' }).optional(),
    how: z.enum(['send', 'phone']).optional(),
    note: words,
    version,
  }),
  wait: z.object({
    ...person,
    place: z.coerce.number().int().min(1).max(9999).optional(),
    expected: dateField().optional(),
    note: words,
    version,
  }),
  no: z.object({
    ...person,
    reason: z.enum(reasonCodes, 'referrals.act.decline.reason-missing'),
    next: z.string('referrals.act.decline.next-missing').max(60),
    who: z.string().trim().max(200).default(''),
    sameDay: z.string().trim().max(200).default(''),
    sameDayPerson: z.string().trim().max(200).default(''),
    'effect-disability': z.enum(effectAnswers).default('not-asked'),
    'effect-diagnosis': z.enum(effectAnswers).default('not-asked'),
    sentence: z.string().max(2000).default(''),
    version,
  }),
  question: z.object({
    ...person,
    text: z.string('referrals.act.text-missing').min(1, 'referrals.act.text-missing').max(4000),
    version,
  }),
  met: z.object({
    says: z.literal('yes', 'referrals.act.met.says-missing'),
    on: dateField(),
    came: z.string().max(200).default(''),
    words,
    version,
  }),
  end: z.object({ outcome: EndingField, words, version }),
} as const satisfies Readonly<Record<AnswerId, z.ZodType>>

/** The answer that an address names; null when there is none. */
export function answerOf(text: string): (typeof answers)[number] | null {
  return answers.find((answer) => answer.id === text) ?? null
}
