import { randomUUID } from 'node:crypto'

import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { askOnce } from '#language'
import {
  fileOf,
  readSheet,
  Refused,
  saveSheet,
  type Together,
  TaskFrame,
  workKinds,
  WorkStep,
  workStates,
} from '#people'
import { type FieldErrors, type FormValues, type MemberEnv, needs, notFound, readForm } from '#platform/http'

import { familyOf } from './family.actions.ts'
import { familyPath, paths } from './paths.ts'
import { planRefused } from './together.rules.ts'
import { peopleOf, Plan, StepForm } from './together.view.tsx'
import { typedAgain } from './typed.view.ts'

const version = z.coerce.number().int().min(0).default(0)
const Add = z.object({
  words: z
    .string('family.together.words-missing')
    .min(1, 'family.together.words-missing')
    .max(500, 'family.ownWords.too-long'),
  kind: z.enum(workKinds, 'family.together.kind-missing'),
  who: z.array(z.string().max(45)).max(12).default([]),
  service: z.string().max(160, 'family.ownWords.too-long').default(''),
  order: z.enum(['after', 'beside']).default('after'),
  version,
})
const Change = z.object({ step: z.string().max(40), to: z.enum([...workStates, 'away']), version })

/** Work with more than one person of a family, planned: safety first, then what follows, and what may run side by side. */
export const togetherPage = new Hono<MemberEnv>()

togetherPage.get(paths.together, needs('case:write'), (c) => show(c, {}, {}, null))

togetherPage.post(paths.together, needs('case:write'), askOnce, async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const before = (await readSheet(c.var.db, file.key, 'together')) ?? []
  const change = await readForm(c, Change)
  if (change.ok) {
    const { step, to } = change.data
    const after =
      to === 'away'
        ? before.filter((each) => each.id !== step)
        : before.map((each) => (each.id === step ? { ...each, state: to } : each))
    return save(c, after, change.data.version, {})
  }
  const form = await readForm(c, Add)
  if (!form.ok) return show(c, form.errors, form.values, null)
  const { version: at, order, ...said } = form.data
  const added = WorkStep.parse({ ...said, id: randomUUID(), beside: order === 'beside' })
  if (before.length >= 30)
    return show(c, { words: c.var.t('family.together.too-many') }, typedAgain(form.data), null)
  return save(c, [...before, added], at, typedAgain(form.data))
})

async function save(c: Context<MemberEnv>, steps: Together, at: number, typed: FormValues) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const harm = file.personsCausingHarm.map((card) => card.id)
  const refused = planRefused(steps, harm)
  if (refused?.refused === 'who-missing' || refused?.refused === 'joint-two')
    return show(c, { who: t(`family.refused.${refused.refused}`) }, typed, null)
  if (refused !== null) return show(c, {}, typed, t(`family.refused.${refused.refused}`))
  const saved = await saveSheet(db, actor, { caseId: file.caseId, version: at }, 'together', [...steps])
  if (!('refused' in saved)) return c.redirect(familyPath('together', file.caseId), 303)
  return saved.refused === 'no-case' ? notFound(c) : show(c, {}, typed, t('family.list-changed'))
}

async function show(c: Context<MemberEnv>, errors: FieldErrors, values: FormValues, refused: string | null) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { db, actor, t } = c.var
  const family = await familyOf(db, actor, file)
  const steps = (await readSheet(db, file.key, 'together')) ?? []
  const harm = file.personsCausingHarm.map((card) => card.id)
  const now = planRefused(steps, harm)
  const at = String(file.sheets.together.version)
  const people = peopleOf(t, family)
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t('family.together.title')}
      lead={t('family.together.lead')}
      back={{ href: familyPath('family', file.caseId), text: t('family.title') }}
      errors={errors}
    >
      {refused === null ? null : <Refused>{refused}</Refused>}
      {refused === null && now !== null ? (
        <Refused>{t('family.together.no-longer', { why: t(`family.refused.${now.refused}`) })}</Refused>
      ) : null}
      {steps.length === 0 ? null : <Plan t={t} caseId={file.caseId} at={at} steps={steps} people={people} />}
      <StepForm t={t} caseId={file.caseId} at={at} people={people} values={values} errors={errors} />
    </TaskFrame>,
    refused !== null ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  )
}
