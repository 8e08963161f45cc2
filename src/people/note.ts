import { z } from 'zod'

import { type NoteClass, noteClasses } from './note-class.ts'

/** What is sealed of a note. */
export const NoteBody = z.object({
  words: z.string().min(1).max(8000),
  /** What the note is by law; null where nobody chose, and the default of the place counts. */
  noteClass: z.enum(noteClasses).nullable().default(null),
})
export type NoteBody = z.infer<typeof NoteBody>

/** A note of the case: written once, never changed. */
export interface Note {
  readonly id: string
  readonly words: string
  readonly noteClass: NoteClass | null
  readonly authorId: string
  readonly writtenAt: Date
}
