import { z } from 'zod'

/** What is sealed of a note. */
export const NoteBody = z.object({ words: z.string().min(1).max(8000) })

/** A note of the case: written once, never changed. */
export interface Note {
  readonly id: string
  readonly words: string
  readonly authorId: string
  readonly writtenAt: Date
}
