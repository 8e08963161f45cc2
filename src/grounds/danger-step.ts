import type { Context } from 'hono'
import { z } from 'zod'

import { type MemberEnv, readForm } from '#platform/http'

import { confirmDanger, dropDanger, reviewDanger } from './danger.actions.ts'
import type { GroundPlace, Stepped } from './step.ts'

const version = z.coerce.number().int()
const Act = z.object({ version, act: z.enum(['confirm', 'drop', 'review']) })
const Review = z.object({
  words: z.string('grounds.review.missing').min(1, 'grounds.review.missing').max(4000),
})

/** Takes the step that was posted on the page of an imminent danger; null where no such step is. */
export async function postDanger(c: Context<MemberEnv>, place: GroundPlace): Promise<Stepped | null> {
  const form = await readForm(c, Act)
  if (!form.ok) return null
  const { db, actor, t } = c.var
  const at = { ...place, version: form.data.version }
  if (form.data.act === 'confirm')
    return { values: {}, errors: {}, refusal: await confirmDanger(db, actor, t, at) }
  if (form.data.act === 'drop') return { values: {}, errors: {}, refusal: await dropDanger(db, actor, at) }
  const review = await readForm(c, Review)
  if (!review.ok) return { values: review.values, errors: review.errors, refusal: null }
  const { words } = review.data
  return { values: { words }, errors: {}, refusal: await reviewDanger(db, actor, at, words) }
}
