import { z } from 'zod'

import { type NoteClass, noteClasses } from './note-class.ts'

/** What is sealed of a note. */
export const NoteBody = z.object({
  words: z.string().min(1).max(8000),
  /** What the note is by law; null where nobody chose, and the default of the place counts. */
  noteClass: z.enum(noteClasses).nullable().default(null),
  /** Who wrote it and when it came, where the note is a referral letter that was kept; it can be read again. */
  letter: z
    .strictObject({ from: z.string().max(120), on: z.string().max(10) })
    .nullable()
    .default(null),
})
export type NoteBody = z.infer<typeof NoteBody>

/** A note of the case: written once, never changed. */
export interface Note {
  readonly id: string
  readonly words: string
  readonly noteClass: NoteClass | null
  readonly letter: NoteBody['letter']
  readonly authorId: string
  readonly writtenAt: Date
}
