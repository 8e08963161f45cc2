import type { Context } from 'hono'
import { z } from 'zod'

import { type MemberEnv, readForm } from '#platform/http'

import { dropInjury, makeInjury } from './injury.actions.ts'
import { injuryWays } from './injury.ts'
import type { GroundPlace, Stepped } from './step.ts'

const Act = z.object({ version: z.coerce.number().int(), act: z.enum(['none', 'made']) })
const None = z.object({
  why: z.string('grounds.injury.none.missing').min(1, 'grounds.injury.none.missing').max(4000),
})
const Made = z.object({
  way: z.enum(injuryWays, 'grounds.injury.made.way-missing'),
  to: z.string('grounds.injury.made.to-missing').min(1, 'grounds.injury.made.to-missing').max(200),
  reference: z.string().max(200).default(''),
})

/** Takes the step that was posted on the page of such a report; null where no such step is. */
export async function postInjury(c: Context<MemberEnv>, place: GroundPlace): Promise<Stepped | null> {
  const act = await readForm(c, Act)
  if (!act.ok) return null
  const { db, actor } = c.var
  const at = { ...place, version: act.data.version }
  if (act.data.act === 'none') {
    const form = await readForm(c, None)
    if (!form.ok) return { values: form.values, errors: form.errors, refusal: null }
    return { values: form.data, errors: {}, refusal: await dropInjury(db, actor, at, form.data.why) }
  }
  const form = await readForm(c, Made)
  if (!form.ok) return { values: form.values, errors: form.errors, refusal: null }
  return { values: form.data, errors: {}, refusal: await makeInjury(db, actor, at, form.data) }
}
