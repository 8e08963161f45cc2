import type { AbuseHistory } from './abuse.ts'
import type { Coercion } from './coercion.ts'
import type { Effect } from './effect.ts'
import type { Progress } from './need-progress.ts'
import type { Pattern } from './pattern.ts'
import type { Strengths } from './strength.ts'

/** What a case tells of the person and of what is done to them: each a page of its own. */
export interface Story {
  readonly strengths: Strengths
  /** Newest first. */
  readonly abuse: AbuseHistory
  readonly effects: readonly Effect[]
  readonly pattern: Pattern
  readonly coercion: Coercion
  /** What the person said of each need, newest first. */
  readonly progress: readonly Progress[]
}

/** Nothing told yet. */
export const emptyStory: Story = {
  strengths: { strengths: [], acts: [] },
  abuse: [],
  effects: [],
  pattern: [],
  coercion: { asked: [], answers: {} },
  progress: [],
}
