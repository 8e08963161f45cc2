import { z } from 'zod'

import type { Kept } from './kept.ts'
import tourData from './tour.json' with { type: 'json' }

const schema = z.array(
  z.strictObject({
    id: z.string(),
    as: z.string(),
    /** `:case` and `:thread` stand for those of the person named in `of`. */
    path: z.string().startsWith('/'),
    of: z.string().optional(),
  }),
)

/** The seven stops, in order; what to look at lies in the words under each id. */
export const stops = schema.readonly().parse(tourData)

/** A stop with the address of its live page. */
export interface Stop {
  readonly id: string
  readonly as: string
  readonly path: string
}

/** The stop of this number, counted from 1; null where there is none. */
export function stopAt(kept: Kept, number: number): Stop | null {
  const stop = stops[number - 1]
  if (stop === undefined) return null
  const places = { ':case': kept.cases[stop.of ?? ''], ':thread': kept.threads[stop.of ?? ''] }
  const path = stop.path.replace(/:case|:thread/, (place) => places[place as keyof typeof places] ?? '')
  return { id: stop.id, as: stop.as, path }
}
