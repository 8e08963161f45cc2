/** The pages of a case that are saved whole, each with a version of its own. */
export const sheetKinds = [
  'contact',
  'needs',
  'situation',
  'wishes',
  'danger',
  'chosen',
  'access-needs',
  'urgency',
  'strengths',
  'abuse',
  'effects',
  'pattern',
  'coercion',
  'progress',
  'own-words',
  'relationships',
  'support',
  'together',
  'counted',
  'helpers',
] as const
export type SheetKind = (typeof sheetKinds)[number]

/** One page as read: what it says, and the version that a change must name. Version 0: nothing written yet. */
export interface Sheet<T> {
  readonly value: T
  readonly version: number
  readonly updatedAt: Date | null
  readonly updatedBy: string | null
}

/** Somebody else saved the same page in between: nothing was written. */
export interface ChangedMeanwhile {
  readonly refused: 'changed-meanwhile'
}

/** The case is missing or not the actor's to see, which are the same answer. */
export interface NoCase {
  readonly refused: 'no-case'
}

/** What a saving answers. */
export type Saved = { readonly version: number } | ChangedMeanwhile | NoCase
