import type { Context } from 'hono'
import { z } from 'zod'

import { type MemberEnv, readForm } from '#platform/http'

import { reviewGlass } from './glass.actions.ts'
import type { GroundPlace, Stepped } from './step.ts'

const Act = z.object({ version: z.coerce.number().int(), act: z.literal('review') })
const Review = z.object({
  right: z.enum(['yes', 'no'], 'grounds.glass.right-missing'),
  words: z.string('grounds.glass.follows-missing').min(1, 'grounds.glass.follows-missing').max(4000),
})

/** Takes the step that was posted on the page of an opening in an emergency; null where no such step is. */
export async function postGlass(c: Context<MemberEnv>, place: GroundPlace): Promise<Stepped | null> {
  const form = await readForm(c, Act)
  if (!form.ok) return null
  const review = await readForm(c, Review)
  if (!review.ok) return { values: review.values, errors: review.errors, refusal: null }
  const { db, actor } = c.var
  const refusal = await reviewGlass(db, actor, { ...place, version: form.data.version }, review.data)
  return { values: review.data, errors: {}, refusal }
}
