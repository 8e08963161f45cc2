import type { Context } from 'hono'
import { z } from 'zod'

import { type MemberEnv, readForm } from '#platform/http'

import { makeReport, stepReport } from './report.actions.ts'
import { reportWays } from './report.ts'
import { heardMore, notMade } from './report.rules.ts'
import type { GroundPlace, Stepped } from './step.ts'

const version = z.coerce.number().int()
const Act = z.object({ version, act: z.enum(['more', 'none', 'made']) })
const None = z.object({
  why: z.string('grounds.report.none.missing').min(1, 'grounds.report.none.missing').max(4000),
})
const Made = z.object({
  way: z.enum(reportWays, 'grounds.report.made.way-missing'),
  to: z.string().max(200).default(''),
  reference: z.string().max(200).default(''),
  partner: z.string().max(40).default(''),
})

/** Takes the step that was posted on a report's page; null where no such step is. */
export async function postReport(c: Context<MemberEnv>, place: GroundPlace): Promise<Stepped | null> {
  const form = await readForm(c, Act)
  if (!form.ok) return null
  const { db, actor } = c.var
  const at = { ...place, version: form.data.version }
  if (form.data.act === 'more')
    return { values: {}, errors: {}, refusal: await stepReport(db, actor, at, 'more', heardMore) }
  return form.data.act === 'none' ? postNone(c, at) : postMade(c, at)
}

async function postNone(
  c: Context<MemberEnv>,
  at: GroundPlace & { readonly version: number },
): Promise<Stepped> {
  const form = await readForm(c, None)
  if (!form.ok) return { values: form.values, errors: form.errors, refusal: null }
  const { why } = form.data
  const refusal = await stepReport(c.var.db, c.var.actor, at, 'none', (report, { done }) =>
    notMade(report, why, done),
  )
  return { values: { why }, errors: {}, refusal }
}

async function postMade(
  c: Context<MemberEnv>,
  at: GroundPlace & { readonly version: number },
): Promise<Stepped> {
  const { t, db, actor } = c.var
  const form = await readForm(c, Made)
  if (!form.ok) return { values: form.values, errors: form.errors, refusal: null }
  const { way, to, reference, partner } = form.data
  const values = { way, to, reference, partner }
  const here = way === 'here'
  if (here && partner === '')
    return { values, errors: { partner: t('grounds.report.made.partner-missing') }, refusal: null }
  if (!here && to === '')
    return { values, errors: { to: t('grounds.report.made.to-missing') }, refusal: null }
  const how = { to: here ? '-' : to, way, reference, partyId: here ? partner : null }
  return { values, errors: {}, refusal: await makeReport(db, actor, t, at, how) }
}
