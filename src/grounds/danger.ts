import { z } from 'zod'

import { recordIds, roleIds } from '#releases'

import { Done, Told } from './told.ts'

const line = z.string().trim().max(200)

/** The only things that can go in imminent danger: whom to reach, how, and who must not hear of it. */
export const dangerItems = ['name-to-use', 'safe-contact', 'people-not-safe'] as const

/** Imminent danger: one worker asks, another confirms, the least goes to one agency, for 24 hours. */
export const Danger = z.strictObject({
  kind: z.literal('danger'),
  rulesVersion: z.string().max(100),
  /** Why waiting for the person's permission could cost life or health. Stays with us. */
  why: z.string().trim().min(1).max(4000),
  to: z.strictObject({ partyId: z.uuid(), agency: line, role: z.enum(roleIds) }),
  items: z
    .array(
      z.strictObject({
        key: z.enum(dangerItems),
        title: line,
        text: z.string().max(4000),
        record: z.enum(recordIds),
      }),
    )
    .min(1)
    .max(dangerItems.length),
  asked: Done,
  told: Told.nullable(),
  sent: z
    .strictObject({ threadId: z.uuid(), envelopeId: z.uuid(), rules: z.array(z.string()), ...Done.shape })
    .nullable(),
  dropped: Done.nullable(),
  review: z.strictObject({ words: z.string().trim().min(1).max(4000), ...Done.shape }).nullable(),
})
export type Danger = Readonly<z.infer<typeof Danger>>
