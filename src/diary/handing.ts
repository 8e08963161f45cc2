import { z } from 'zod'

/** What is sealed of a handing: what the colleague should know, and who the person would like or not like, in one note. */
export const HandingBody = z.strictObject({
  note: z.string().trim().min(1).max(4000),
  /** Whether the person knows that somebody else will be there for them. */
  knows: z.enum(['yes', 'not-yet']),
  answer: z.string().trim().max(2000),
})
export type HandingBody = Readonly<z.infer<typeof HandingBody>>

/** A case on its way to a colleague, or one that was. */
export interface Handing {
  readonly id: string
  readonly caseId: string
  readonly fromId: string
  readonly toId: string
  readonly state: 'offered' | 'accepted' | 'declined' | 'taken-back'
  readonly offeredAt: Date
  readonly endedAt: Date | null
  readonly body: HandingBody
}
