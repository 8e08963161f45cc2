import { z } from 'zod'

/** What of an entry somebody can say is wrong. */
export const suggestionAbouts = [
  'phone',
  'email',
  'url',
  'times',
  'how',
  'who',
  'room',
  'closed',
  'other',
] as const
export type SuggestionAbout = (typeof suggestionAbouts)[number]

/** A suggestion as a form sends it. Nobody is asked who they are. */
export const SuggestionForm = z.object({
  about: z.enum(suggestionAbouts, 'directory.suggest.about-missing'),
  words: z
    .string('directory.suggest.words-missing')
    .trim()
    .min(1, 'directory.suggest.words-missing')
    .max(1000, 'directory.suggest.words-long'),
})
export type SuggestionForm = z.output<typeof SuggestionForm>

/** What a reviewer does: write it, say that it is done by hand, or decline with a reason. */
export const ReviewForm = z.object({
  act: z.enum(['write', 'by-hand', 'decline']),
  value: z.string().trim().max(1000, 'directory.suggest.words-long').default(''),
  reason: z.string().trim().max(500, 'directory.review.reason-long').default(''),
})
export type ReviewForm = z.output<typeof ReviewForm>

/** A suggestion that waits, as its reviewer reads it. */
export interface Suggestion {
  readonly id: string
  readonly serviceId: string
  readonly source: 'public' | 'worker'
  readonly byAgency: string | null
  readonly about: SuggestionAbout
  readonly words: string
  readonly madeOn: string
}

/** What became of a colleague's own suggestion. */
export interface OwnSuggestion {
  readonly about: SuggestionAbout
  readonly madeOn: string
  readonly state: 'waiting' | 'accepted' | 'declined'
  readonly reason: string
}

/** Why a suggestion or a review was not done; each but `missing` has a sentence. */
export type SuggestionRefusal = {
  readonly refused: 'missing' | 'full' | 'address' | 'value' | 'reason' | 'already-decided'
}
