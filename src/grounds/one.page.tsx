import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { openFile } from '#people'
import { type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'

import { stepCourt } from './court.actions.ts'
import type { CourtAct } from './court.rules.ts'
import { endings } from './court.ts'
import { CourtView } from './court.view.tsx'
import { GroundFrame } from './frame.view.tsx'
import type { GroundRefusal } from './ground.ts'
import { groundOf } from './ground.store.ts'
import { groundPath, paths } from './paths.ts'

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

export const onePage = new Hono<MemberEnv>()

/** One ground: where it stands, what was done, and what comes next. */
onePage.get(paths.one, needs('case:read'), (c) => show(c, {}, {}, null))

onePage.post(paths.one, needs('case:write'), async (c) => {
  const step = await readStep(c)
  if (step === null) return notFound(c)
  if (!step.ok) return show(c, step.values, step.errors, null)
  const caseId = c.req.param('id')
  const id = c.req.param('ground')
  const at = { caseId, id, version: step.version }
  const refused = await stepCourt(c.var.db, c.var.actor, at, step.act)
  if (refused === null) return c.redirect(groundPath('one', caseId, id), 303)
  return refused.refused === 'missing' ? notFound(c) : show(c, step.values, {}, refused)
})

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

async function show(
  c: Context<MemberEnv>,
  values: FormValues,
  errors: Readonly<Record<string, string>>,
  refusal: GroundRefusal | null,
) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const ground = file === null ? null : await groundOf(db, file.key, c.req.param('ground') ?? '')
  if (file === null || ground === null) return notFound(c)
  const { body } = ground
  const wrong = Object.keys(errors).length > 0
  return c.html(
    <GroundFrame
      screen={c.var}
      file={file}
      title={t(`grounds.kind.${body.kind}`)}
      errors={errors}
      refusal={refusal}
    >
      <CourtView screen={c.var} file={file} ground={ground} court={body} values={values} errors={errors} />
    </GroundFrame>,
    refusal === null ? (wrong ? 422 : 200) : 409,
  )
}
