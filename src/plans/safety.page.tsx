import { randomUUID } from 'node:crypto'

import { type Context, Hono } from 'hono'

import { type CaseFile, fileOf, savedText, type Screen, TaskFrame } from '#people'
import { type MemberEnv, needs, notFound, readPosted } from '#platform/http'
import { Button, Input, InsetText, Select, TermNotes, TextArea } from '#platform/ui'

import { PlanForm, PlanLinks, RowButtons, savedAt } from './frame.view.tsx'
import { paths } from './paths.ts'
import { type SafetyPart, safetyParts, type SafetyPlan } from './plan.ts'
import { plansOf, savePlan } from './plan.actions.ts'
import { safetyFrom } from './plan-typed.ts'
import { partTitle } from './plan.view.tsx'

export const safetyPage = new Hono<MemberEnv>()

safetyPage.get(paths.safety, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { safety } = await plansOf(c.var.db, file.key)
  return c.html(
    <SafetyTask screen={c.var} file={file} plan={safety?.value ?? none} version={safety?.version ?? 0} />,
  )
})

/** Saves, or gives the page back with a part more, less, or moved: what was typed is on it, and nothing was saved. */
safetyPage.post(paths.safety, needs('case:write'), async (c) => {
  const typed = safetyFrom(await readPosted(c), randomUUID())
  if (typed.onPage && Object.keys(typed.errors).length === 0) return again(c, typed, 200)
  if (Object.keys(typed.errors).length > 0) return again(c, typed, 422)
  const at = { caseId: c.req.param('id'), kind: 'safety' as const, version: typed.version }
  const saved = await savePlan(c.var.db, c.var.actor, at, typed.value)
  if (!('refused' in saved)) return c.redirect(savedAt(at.caseId), 303)
  return saved.refused === 'no-case' ? notFound(c) : again(c, typed, 409)
})

const none: SafetyPlan = { parts: [] }

async function again(c: Context<MemberEnv>, typed: ReturnType<typeof safetyFrom>, status: 200 | 409 | 422) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { t, db } = c.var
  const { safety } = await plansOf(db, file.key)
  const version = status === 409 ? (safety?.version ?? 0) : typed.version
  const errors = Object.fromEntries(Object.entries(typed.errors).map(([field, key]) => [field, t(key)]))
  return c.html(
    <SafetyTask
      screen={c.var}
      file={file}
      plan={typed.value}
      version={version}
      errors={errors}
      now={status === 409 ? (safety?.value ?? none) : undefined}
    />,
    status,
  )
}

function SafetyTask(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly plan: SafetyPlan
  readonly version: number
  readonly errors?: Readonly<Record<string, string>>
  readonly now?: SafetyPlan | undefined
}) {
  const { t } = p.screen
  const { parts } = p.plan
  const left = safetyParts.filter((about) => about === 'own' || parts.every((part) => part.about !== about))
  const now = p.now?.parts.map((part) => `${partTitle(t, part)}: ${part.words}`)
  return (
    <TaskFrame
      screen={p.screen}
      file={p.file}
      title={t('plans.safety.title')}
      lead={t('plans.safety.lead')}
      errors={p.errors}
      conflict={now === undefined ? undefined : savedText(t, now)}
    >
      <PlanLinks screen={p.screen} file={p.file} kind="safety" version={p.version} />
      <PlanForm screen={p.screen} file={p.file} kind="safety" version={p.version}>
        {parts.length === 0 ? <InsetText>{t('plans.safety.empty')}</InsetText> : null}
        {parts.map((part, i) => (
          <Part t={t} part={part} at={i} errors={p.errors ?? {}} />
        ))}
        <Select
          name="part"
          label={t('plans.safety.add-which')}
          hint={t('plans.safety.add-hint')}
          items={left.map((about) => ({ value: about, text: t(`plans.safety.part.${about}`) }))}
        />
        <Button variant="secondary" name="act" value="add">
          {t('plans.safety.add')}
        </Button>
      </PlanForm>
      <p class="govuk-body">{t('plans.safety.stays')}</p>
      <TermNotes t={t} terms={['safety-plan']} />
    </TaskFrame>
  )
}

function Part(p: {
  readonly t: Screen['t']
  readonly part: SafetyPart
  readonly at: number
  readonly errors: Readonly<Record<string, string>>
}) {
  const { t, part, at } = p
  const name = partTitle(t, part)
  const own = part.about === 'own'
  return (
    <div role="group" aria-label={t('plans.safety.group', { number: at + 1 })}>
      <input type="hidden" name={`id-${at}`} value={part.id} />
      <input type="hidden" name={`about-${at}`} value={part.about} />
      {own ? (
        <Input
          name={`title-${at}`}
          label={t('plans.safety.own-title')}
          value={part.title}
          error={p.errors[`title-${at}`]}
        />
      ) : null}
      <TextArea
        name={`words-${at}`}
        label={own ? t('plans.safety.own-words') : name}
        hint={own ? undefined : t(`plans.safety.hint.${part.about}`)}
        value={part.words}
        error={p.errors[`words-${at}`]}
        rows={3}
      />
      <RowButtons t={t} at={at} name={name} />
    </div>
  )
}
