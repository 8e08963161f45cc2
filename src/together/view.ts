import { z } from 'zod'

import data from './views.json' with { type: 'json' }

/** Views of which help comes first, as they are held. That they differ is all that is verified. */
export const viewIds = [
  'safety-first',
  'safeguarding-first',
  'one-at-a-time',
  'stabilise-first',
  'treat-now',
  'parent-first',
  'child-in-own-right',
  'dyadic',
  'not-a-disorder',
  'practical-first',
] as const

const View = z.strictObject({
  id: z.enum(viewIds),
  /** What services that hold it ask for, in a few words. */
  criteria: z.array(z.string().min(1)).min(1),
  known: z.enum(['named in criteria of services', 'named in law', 'general knowledge']),
})

/** Each view with what it asks for and how it is known. None of them is a rule: no page asks them whether help may begin. */
export const views: readonly Readonly<z.infer<typeof View>>[] = z
  .array(View)
  .length(viewIds.length)
  .parse(data)
