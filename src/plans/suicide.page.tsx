import { type Context, Hono } from 'hono'

import { type CaseFile, fileOf, savedText, type Screen, TaskFrame } from '#people'
import { type MemberEnv, needs, notFound, readPosted } from '#platform/http'
import { DateInput, Input, InsetText, TextArea } from '#platform/ui'

import { PlanForm, PlanLinks, savedAt } from './frame.view.tsx'
import { paths } from './paths.ts'
import { type Plan, suicideTexts } from './plan.ts'
import { plansOf, savePlan } from './plan.actions.ts'
import { dateValue, suicideFrom, type SuicideTyped } from './plan-typed.ts'

export const suicidePage = new Hono<MemberEnv>()

suicidePage.get(paths.suicide, needs('case:write'), async (c) => {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { suicide } = await plansOf(c.var.db, file.key)
  return c.html(
    <SuicideTask screen={c.var} file={file} plan={typedOf(suicide)} version={suicide?.version ?? 0} />,
  )
})

suicidePage.post(paths.suicide, needs('case:write'), async (c) => {
  const typed = suicideFrom(await readPosted(c))
  if (Object.keys(typed.errors).length > 0) return again(c, typed, 422)
  const at = { caseId: c.req.param('id'), kind: 'suicide' as const, version: typed.version }
  const saved = await savePlan(c.var.db, c.var.actor, at, typed.plan)
  if (!('refused' in saved)) return c.redirect(savedAt(at.caseId), 303)
  return saved.refused === 'no-case' ? notFound(c) : again(c, typed, 409)
})

async function again(c: Context<MemberEnv>, typed: ReturnType<typeof suicideFrom>, status: 409 | 422) {
  const file = await fileOf(c)
  if (file === null) return notFound(c)
  const { t, db } = c.var
  const { suicide } = await plansOf(db, file.key)
  const version = status === 409 ? (suicide?.version ?? 0) : typed.version
  const errors = Object.fromEntries(Object.entries(typed.errors).map(([field, key]) => [field, t(key)]))
  return c.html(
    <SuicideTask
      screen={c.var}
      file={file}
      plan={typed.value}
      version={version}
      errors={errors}
      now={status === 409 ? suicide : null}
    />,
    status,
  )
}

/** What is kept, as the boxes of the page show it. */
function typedOf(plan: Plan<'suicide'> | null): SuicideTyped {
  const texts = Object.fromEntries(suicideTexts.map((name) => [name, plan?.value[name] ?? '']))
  return {
    ...(texts as Record<(typeof suicideTexts)[number], string>),
    agreed: plan?.value.agreed ?? '',
    reviewedOn: dateValue(plan?.value.reviewedOn ?? ''),
    reviewOn: dateValue(plan?.value.reviewOn ?? ''),
  }
}

function SuicideTask(p: {
  readonly screen: Screen
  readonly file: CaseFile
  readonly plan: SuicideTyped
  readonly version: number
  readonly errors?: Readonly<Record<string, string>>
  readonly now?: Plan<'suicide'> | null
}) {
  const { t } = p.screen
  const { plan, errors = {}, now } = p
  return (
    <TaskFrame
      screen={p.screen}
      file={p.file}
      title={t('plans.suicide.title')}
      lead={t('plans.suicide.lead')}
      errors={p.errors}
      conflict={
        now
          ? savedText(
              t,
              suicideTexts.map((name) => now.value[name]),
            )
          : undefined
      }
    >
      <InsetText>{t('plans.suicide.now')}</InsetText>
      <PlanLinks screen={p.screen} file={p.file} kind="suicide" version={p.version} />
      <PlanForm screen={p.screen} file={p.file} kind="suicide" version={p.version}>
        {suicideTexts.map((name) => (
          <TextArea
            name={name}
            label={t(`plans.suicide.${name}`)}
            hint={t(`plans.suicide.${name}-hint`)}
            value={plan[name]}
            error={errors[name]}
            rows={3}
          />
        ))}
        <Input
          name="agreed"
          label={t('plans.suicide.agreed')}
          hint={t('plans.suicide.agreed-hint')}
          value={plan.agreed}
          error={errors['agreed']}
        />
        <DateInput
          name="reviewedOn"
          legend={t('plans.suicide.reviewedOn')}
          value={plan.reviewedOn}
          error={errors['reviewedOn']}
          legendSize="s"
        />
        <DateInput
          name="reviewOn"
          legend={t('plans.suicide.reviewOn')}
          hint={t('plans.suicide.reviewOn-hint')}
          value={plan.reviewOn}
          error={errors['reviewOn']}
          legendSize="s"
        />
      </PlanForm>
      <p class="govuk-body">{t('plans.suicide.stays')}</p>
    </TaskFrame>
  )
}
