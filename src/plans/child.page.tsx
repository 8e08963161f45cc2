import { randomUUID } from 'node:crypto'

import { type Context, Hono } from 'hono'

import { AboutText, askOnce } from '#language'
import { type CaseFile, fileOf, savedText, type Screen, TaskFrame } from '#people'
import { type MemberEnv, needs, notFound, readPosted } from '#platform/http'
import { Button, Checkboxes, DateInput, Fieldset, Input, InsetText, Select, TextArea } from '#platform/ui'

import { PlanForm, PlanLinks, RowButtons, savedAt } from './frame.view.tsx'
import { paths } from './paths.ts'
import { type ChildPlan, type Plan, stepOwners } from './plan.ts'
import { plansOf, savePlan } from './plan.actions.ts'
import { childPromptsOf } from './plan.rules.ts'
import { childFrom, type ChildTyped, dateValue, emptyStep, type StepTyped } from './plan-typed.ts'
import { childLines } from './plan.view.tsx'

export const childPage = new Hono<MemberEnv>()

childPage.get(paths.child, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { child } = await plansOf(c.var.db, file.key)
  const plan = child === null ? blank(randomUUID()) : typedOf(child.value)
  const kept = child?.value ?? null
  return c.html(
    <ChildTask screen={c.var} file={file} plan={plan} kept={kept} version={child?.version ?? 0} />,
  )
})

/** Saves, or gives the page back with a step more, less, or moved: what was typed is on it, and nothing was saved. */
childPage.post(paths.child, needs('case:write'), askOnce, async (c) => {
  const typed = childFrom(await readPosted(c), randomUUID())
  if (typed.onPage && Object.keys(typed.errors).length === 0) return again(c, typed, 200)
  if (Object.keys(typed.errors).length > 0) return again(c, typed, 422)
  const at = { caseId: c.req.param('id'), kind: 'child' as const, version: typed.version }
  const saved = await savePlan(c.var.db, c.var.actor, at, typed.plan)
  if ('refused' in saved) return saved.refused === 'no-case' ? notFound(c) : again(c, typed, 409)
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  // What the plan makes one ask is shown once it is saved: on the page itself, so that it can be changed at once.
  const asked = childPromptsOf(typed.plan, file.personsCausingHarm.length > 0)
  return c.redirect(asked.length === 0 ? savedAt(at.caseId) : paths.child.replace(':id', at.caseId), 303)
})

async function again(c: Context<MemberEnv>, typed: ReturnType<typeof childFrom>, status: 200 | 409 | 422) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { t, db } = c.var
  const { child } = await plansOf(db, file.key)
  const version = status === 409 ? (child?.version ?? 0) : typed.version
  const errors = Object.fromEntries(Object.entries(typed.errors).map(([field, key]) => [field, t(key)]))
  return c.html(
    <ChildTask
      screen={c.var}
      file={file}
      plan={typed.value}
      kept={typed.plan}
      version={version}
      errors={errors}
      now={status === 409 ? child : null}
    />,
    status,
  )
}

function blank(id: string): ChildTyped {
  return { whose: '', different: '', survivorSays: '', steps: [emptyStep(id)], reviewOn: {} }
}

/** What is kept, as the boxes of the page show it. */
function typedOf(plan: ChildPlan): ChildTyped {
  const steps = plan.steps.map((step) => ({ ...step, by: dateValue(step.by) }))
  return { ...plan, steps, reviewOn: dateValue(plan.reviewOn) }
}

function ChildTask(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly plan: ChildTyped
  /** The steps that the prompts are about. */
  readonly kept: Pick<ChildPlan, 'steps'> | null
  readonly version: number
  readonly errors?: Readonly<Record<string, string>>
  readonly now?: Plan<'child'> | null
}) {
  const { t } = p.screen
  const { plan, errors = {}, now } = p
  return (
    <TaskFrame
      screen={p.screen}
      file={p.file}
      title={t('plans.child.title')}
      lead={t('plans.child.lead')}
      errors={p.errors}
      conflict={now ? savedText(t, childLines(t, now.value)) : undefined}
    >
      <Prompts t={t} plan={p.kept} file={p.file} />
      <PlanLinks screen={p.screen} file={p.file} kind="child" version={p.version} />
      <PlanForm screen={p.screen} file={p.file} kind="child" version={p.version}>
        <Input
          name="whose"
          label={t('plans.child.whose')}
          hint={t('plans.child.whose-hint')}
          value={plan.whose}
          error={errors['whose']}
        />
        <AboutText
          t={t}
          name="different"
          label={t('plans.child.different')}
          hint={t('plans.child.different-hint')}
          value={plan.different}
          error={errors['different']}
          rows={3}
        />
        {plan.steps.map((step, i) => (
          <Step t={t} step={step} at={i} errors={errors} />
        ))}
        <Button variant="secondary" name="act" value="add">
          {t('plans.child.add')}
        </Button>
        <TextArea
          name="survivorSays"
          label={t('plans.child.survivorSays')}
          hint={t('plans.child.survivorSays-hint')}
          value={plan.survivorSays}
          error={errors['survivorSays']}
          rows={3}
        />
        <DateInput
          name="reviewOn"
          legend={t('plans.child.reviewOn')}
          value={plan.reviewOn}
          error={errors['reviewOn']}
          legendSize="s"
        />
      </PlanForm>
      <p class="govuk-body">{t('plans.child.stays')}</p>
    </TaskFrame>
  )
}

/** What the steps make one ask; nothing here keeps anybody from saving. */
function Prompts(p: {
  readonly t: Screen['t']
  readonly plan: Pick<ChildPlan, 'steps'> | null
  readonly file: CaseFile
}) {
  const prompts = p.plan === null ? [] : childPromptsOf(p.plan, p.file.personsCausingHarm.length > 0)
  if (prompts.length === 0) return null
  return (
    <InsetText>
      {prompts.map((prompt) => (
        <p class="govuk-body">{p.t(`plans.child.prompt.${prompt}`)}</p>
      ))}
    </InsetText>
  )
}

function Step(p: {
  readonly t: Screen['t']
  readonly step: StepTyped
  readonly at: number
  readonly errors: Readonly<Record<string, string>>
}) {
  const { t, step, at } = p
  const name = t('plans.child.step', { number: at + 1 })
  return (
    <Fieldset legend={name} legendSize="s">
      <input type="hidden" name={`id-${at}`} value={step.id} />
      <Select
        name={`owner-${at}`}
        label={t('plans.child.owner')}
        value={step.owner}
        items={stepOwners.map((owner) => ({ value: owner, text: t(`plans.child.owner-${owner}`) }))}
      />
      <Input
        name={`who-${at}`}
        label={t('plans.child.who')}
        value={step.who}
        error={p.errors[`who-${at}`]}
        width="two-thirds"
      />
      <AboutText
        t={t}
        name={`what-${at}`}
        label={t('plans.child.what')}
        value={step.what}
        error={p.errors[`what-${at}`]}
        rows={2}
      />
      <DateInput
        name={`by-${at}`}
        legend={t('plans.child.by')}
        value={step.by}
        error={p.errors[`by-${at}`]}
        legendSize="s"
      />
      <Checkboxes
        name={`done-${at}`}
        legend={t('plans.child.done-legend', { number: at + 1 })}
        legendHidden
        small
        items={[{ value: 'yes', text: t('plans.child.done') }]}
        values={step.done ? ['yes'] : []}
      />
      <RowButtons t={t} at={at} name={name} />
    </Fieldset>
  )
}
