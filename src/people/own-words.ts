import { z } from 'zod'

/** How somebody's own words came onto the page. */
export const toldHows = ['said', 'wrote', 'drew', 'shown'] as const

const words = z.string().max(2000).default('')

/** What somebody says for themselves, a child above all: nobody else's words stand here. */
export const OwnWords = z.object({
  want: words,
  trust: words,
  notTold: z
    .array(z.object({ what: z.string().max(500), whom: z.string().max(200) }))
    .max(6)
    .default([]),
  how: z.enum(toldHows).default('said'),
  toldOn: z.string().max(10).default(''),
})
export type OwnWords = Readonly<z.infer<typeof OwnWords>>
