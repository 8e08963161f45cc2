import { z } from 'zod'

import { channelIds } from './safe-contact.ts'
import { urgencyIds } from './urgency.ts'

const clock = z.string().regex(/^(([01]?\d|2[0-3]):[0-5]\d)?$/, 'people.contact.clock-wrong')

/** Who is on the telephone. */
export const callers = ['self', 'near', 'professional'] as const

/** A first call as one page asks it: twelve boxes at most, every one of which may stay empty. */
export const CallForm = z.object({
  name: z.string().trim().max(120).default(''),
  caller: z.enum(callers).default('self'),
  channel: z.enum(channelIds).default('call'),
  value: z.string().trim().max(200).default(''),
  whoElseSees: z.enum(['nobody', 'maybe', 'yes', 'not-known']).default('not-known'),
  voicemail: z.enum(['no', 'neutral', 'ok']).default('no'),
  when: z.enum(['whenever', 'except', 'not-known']).default('not-known'),
  days: z.array(z.coerce.number().int().min(1).max(7)).default([]),
  from: clock.default(''),
  to: clock.default(''),
  words: z.string().trim().max(2000).default(''),
  urgency: z.enum(urgencyIds).optional(),
  language: z.string().trim().max(35).default(''),
  access: z.string().trim().max(500).default(''),
  then: z.string().optional(),
})
export type CallForm = Readonly<z.infer<typeof CallForm>>
