import { z } from 'zod'

export const supportKinds = ['school', 'health', 'advocacy', 'child-welfare', 'group', 'other'] as const

/** Somebody outside the family who stands beside the person, from when, until when, and whether they know how things are. */
export const Support = z.object({
  id: z.string().min(1).max(40),
  kind: z.enum(supportKinds),
  /** The school, service or group. */
  name: z.string().max(160),
  worker: z.string().max(120).default(''),
  from: z.string().max(10).default(''),
  until: z.string().max(10).default(''),
  knows: z.enum(['yes', 'no', 'not-asked']).default('not-asked'),
})
export type Support = Readonly<z.infer<typeof Support>>

export const Supports = z.array(Support).max(30)
export type Supports = readonly Support[]
