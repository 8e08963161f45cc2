import { z } from 'zod'

import { cardRoles, type CardRole } from './card.ts'
import { noteClasses } from './note-class.ts'

/** The longest letter that is read. */
export const longestLetter = 20_000

export const foundKinds = ['name', 'telephone', 'email', 'age', 'language', 'want', 'date'] as const
export type FoundKind = (typeof foundKinds)[number]

/** One thing that a letter says, as a proposal beside the sentence that it comes from. Nothing of it is kept until somebody chooses it. */
export interface Found {
  /** Where it stands among the proposals of this letter. */
  readonly id: string
  readonly kind: FoundKind
  /** As it stands in the sentence, letter by letter. */
  readonly value: string
  /** The sentence, counted from 0. */
  readonly sentence: number
  /** For a name: who they read like. A guess of a few words around it, never chosen for anybody. */
  readonly readsLike: CardRole | null
  /** For a language: that the sentence asks for an interpreter. */
  readonly interpreter: boolean
}

/** A letter as it was read. */
export interface LetterRead {
  readonly sentences: readonly string[]
  readonly found: readonly Found[]
}

/** What was chosen of a letter. */
export const LetterForm = z.object({
  letter: z.string('people.letter.missing').trim().min(1, 'people.letter.missing').max(longestLetter),
  from: z.string().trim().max(120).default(''),
  step: z.enum(['read', 'save']).default('read'),
  /** Proposals that were ticked. */
  take: z.array(z.string().max(10)).default([]),
  keep: z.enum(['no', 'yes']).default('no'),
  /** What the kept letter is by law. */
  noteClass: z.enum(noteClasses).optional(),
})
export type LetterForm = Readonly<z.infer<typeof LetterForm>>

/** What somebody chose: proposals with a tick, and names with who they are. */
export interface Chosen {
  readonly found: Found
  readonly role: CardRole | null
}

/** Whether a word is one of the roles of a card. */
export function isCardRole(word: string): word is CardRole {
  return cardRoles.some((role) => role === word)
}
