import { z } from 'zod'
import type { Trouble } from './feed-get.ts'
import { type Pace, paces } from './feed.rules.ts'

/** A feed as its agency follows it. */
export interface Feed {
  readonly partyId: string
  readonly id: string
  readonly name: string
  readonly address: string
  readonly pace: Pace
  readonly keeperId: string | null
  readonly byItself: boolean
  readonly state: 'following' | 'stopped'
  readonly madeAt: string
  readonly trouble: Trouble | null
  readonly troubleSince: string | null
  readonly failures: number
  readonly nextAt: string
  readonly triedAt: string | null
  readonly goodAt: string | null
  readonly records: number | null
  readonly fetching: boolean
  /** Differences that wait for a person. */
  readonly waiting: number
  /** It is a table, and nobody has said yet which column is which. */
  readonly asksColumns: boolean
  readonly hasColumns: boolean
}

/** What an editor says about a feed; the address is looked at on its own. */
export const FeedForm = z.object({
  name: z.string().min(1, 'exchange.feed.name-missing').max(100, 'exchange.feed.name-long'),
  address: z.string().min(1, 'exchange.address.missing'),
  pace: z.enum(paces, 'exchange.feed.pace-missing'),
  keeper: z.union([z.literal(''), z.uuid()]).default(''),
  byItself: z.enum(['yes', 'no']).default('no'),
})
export type FeedForm = z.output<typeof FeedForm>
