import type { Installation } from '#platform/crypto'
import type { Pool, Pools } from '#platform/db'
import type { WordsFor } from '#platform/i18n'

import type { Cast } from './cast.ts'
import type { Progress } from './progress.ts'

/** What the making of the demo works with. */
export interface MakingParts {
  readonly owner: Pool
  readonly pools: Pools
  readonly installation: Installation
  readonly dataDir: string
  /** Where the demo will be served. */
  readonly publicUrl: string
  readonly progress: Progress
  readonly wordsFor: WordsFor
  readonly now: Temporal.Instant
  /** Who is to be there. */
  readonly world: Pick<Cast, 'areas' | 'agencies' | 'people'>
}

/** The same, while it goes on: the sessions that it opened are ended when it is over. */
export interface Making extends MakingParts {
  readonly cookies: string[]
  readonly areaName: (id: string) => string
  /** The state's or nation's law of an area. */
  readonly lawOf: (id: string) => string | null
}

/** Days before today, at an hour at which both towns are at work, so that no list shows the middle of a night. */
export function daysAgo(now: Temporal.Instant, days: number): Date {
  if (days === 0) return new Date(now.epochMilliseconds)
  const day = now.toZonedDateTimeISO('UTC').subtract({ days }).with({ hour: 15, minute: 20, second: 0 })
  return new Date(day.epochMilliseconds)
}
