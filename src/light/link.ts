import { z } from 'zod'

/** Where a link to an office stands: `late` nobody opened it in time, `spent` five wrong codes, `left` opened and put away. */
export type LinkState = 'sent' | 'opened' | 'answered' | 'left' | 'late' | 'spent' | 'ended'

/** Why a thread to an office wants a new link; `untold` the time alone, where nothing may come back. */
export type Renewal = 'asked' | 'late' | 'spent' | 'untold'

/** A link as whoever made it sees it. */
export interface Link {
  readonly id: string
  readonly threadId: string
  readonly state: LinkState
  readonly madeAt: Date
  readonly endsAt: Date
  readonly openedAt: Date | null
  readonly askedAt: Date | null
  readonly tries: number
}

/** What lies under token and code: the secret of the thread's key version, and by which prints the sender is known. */
export const LinkSecret = z.strictObject({
  version: z.int().positive(),
  secrets: z.string().max(400),
  partner: z.strictObject({
    partyId: z.uuid(),
    prints: z.array(z.strictObject({ version: z.int().positive(), print: z.string().max(100) })).min(1),
  }),
})
export type LinkSecret = Readonly<z.infer<typeof LinkSecret>>
