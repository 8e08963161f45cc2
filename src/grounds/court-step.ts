import type { Context } from 'hono'
import { z } from 'zod'

import { type FormValues, type MemberEnv, readForm } from '#platform/http'

import { stepCourt } from './court.actions.ts'
import type { CourtAct } from './court.rules.ts'
import { endings } from './court.ts'
import type { GroundPlace, Stepped } from './step.ts'

const version = z.coerce.number().int()
const counsel = z.object({
  version,
  who: z.string('grounds.court.counsel.who-missing').min(1, 'grounds.court.counsel.who-missing').max(200),
  advice: z.string().max(4000).default(''),
})
const answer = z.object({
  version,
  made: z.enum(['yes', 'no'], 'grounds.court.answer.missing'),
  words: z
    .string('grounds.court.answer.words-missing')
    .min(1, 'grounds.court.answer.words-missing')
    .max(4000),
})
const end = z.object({ version, why: z.enum(endings, 'grounds.court.end.missing') })

/** Takes the step that was posted on a paper's page; null where no such step is. */
export async function postCourt(c: Context<MemberEnv>, place: GroundPlace): Promise<Stepped | null> {
  const step = await readStep(c)
  if (step === null) return null
  if (!step.ok) return { values: step.values, errors: step.errors, refusal: null }
  const refusal = await stepCourt(c.var.db, c.var.actor, { ...place, version: step.version }, step.act)
  return { values: step.values, errors: {}, refusal }
}

type Step =
  | {
      readonly ok: true
      readonly version: number
      readonly act: Exclude<CourtAct, { readonly act: 'send' }>
      readonly values: FormValues
    }
  | { readonly ok: false; readonly values: FormValues; readonly errors: Readonly<Record<string, string>> }

async function readStep(c: Context<MemberEnv>): Promise<Step | null> {
  const named = await readForm(c, z.object({ act: z.enum(['counsel', 'answer', 'end']) }))
  if (!named.ok) return null
  if (named.data.act === 'counsel') {
    const form = await readForm(c, counsel)
    if (!form.ok) return form
    const { version: read, who, advice } = form.data
    return { ok: true, version: read, act: { act: 'counsel', who, advice }, values: { who, advice } }
  }
  if (named.data.act === 'answer') {
    const form = await readForm(c, answer)
    if (!form.ok) return form
    const { version: read, made, words } = form.data
    const act = { act: 'answer' as const, made: made === 'yes', words }
    return { ok: true, version: read, act, values: { made, words } }
  }
  const form = await readForm(c, end)
  if (!form.ok) return form
  const { version: read, why } = form.data
  return { ok: true, version: read, act: { act: 'end', why }, values: { why } }
}
