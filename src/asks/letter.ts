import { z } from 'zod'

/** Who may write to ask for records about somebody. */
export const writers = ['parent', 'lawyer', 'relative', 'official', 'other'] as const

const words = z.string().trim().max(2000)

/** A request from outside as it came. Nothing in it was compared with anything. */
export const LetterBody = z.strictObject({
  writer: z.enum(writers),
  from: z.string().trim().max(200),
  about: words,
  answerTo: words,
  takenBy: z.string().max(200),
  answer: words.nullable(),
})
export type LetterBody = Readonly<z.infer<typeof LetterBody>>

/** A letter as the privacy lead reads it. */
export interface StoredLetter extends LetterBody {
  readonly id: string
  readonly receivedOn: string
  readonly dueOn: string
  readonly state: 'open' | 'answered'
  readonly version: number
}
