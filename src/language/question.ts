import type { Advice } from './hint.rules.ts'

/** A field whose text comes back with suggestions. */
export interface AskedField {
  readonly name: string
  readonly label: string
  readonly text: string
  readonly advice: readonly Advice[]
}

/** A form that comes back: where it was going, everything in it in order, and what is suggested. */
export interface Question {
  readonly action: string
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly flagged: readonly AskedField[]
}
