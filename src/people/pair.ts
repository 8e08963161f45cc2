import { z } from 'zod'

/** Two files of one relationship: both people are clients of this agency. */
export const Pair = z.object({ one: z.uuid(), other: z.uuid() })
export type Pair = z.infer<typeof Pair>

/** Why two files were not paired. */
export type NotPaired =
  | { readonly refused: 'no-case' }
  | { readonly refused: 'same-case' }
  | { readonly refused: 'paired-already' }
  | { readonly refused: 'nobody-left' }
  /** The lead who pairs them is on one of the teams: nobody may be on a team and know of the pair. */
  | { readonly refused: 'works-with-one' }
  /** Somebody works with both: one of the two has to go to somebody else first. */
  | { readonly refused: 'team-shared'; readonly accounts: readonly string[] }
