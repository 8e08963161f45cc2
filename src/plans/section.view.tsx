import type { CaseFile } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { type Content, SummaryList } from '#platform/ui'

import { planPath } from './paths.ts'
import { type Plan, planKinds } from './plan.ts'
import { plansOf } from './plan.actions.ts'
import { isDue, saysSomething } from './plan.rules.ts'

/** The part of a case's page that leads to the three plans. It says that there is one and of when, never what it says. */
export async function plansSection(db: Tx, actor: Actor, t: Words, file: CaseFile): Promise<Content> {
  const plans = await plansOf(db, file.key)
  const writes = mayDo(actor.roles, 'case:write')
  const today = Temporal.Now.plainDateISO(t.timeZone).toString()
  const rows = planKinds.map((kind) => {
    const plan = plans[kind]
    const due = kind !== 'safety' && isDue(plans, kind, today)
    const page = writes ? 'plan' : 'history'
    const title = t(`plans.${kind}.title`)
    return {
      key: title,
      value: plan === null ? <span class="app-muted">{t('plans.none')}</span> : kept(t, plan, due),
      ...(plan === null && !writes
        ? {}
        : {
            action: {
              href: planPath(file.caseId, kind, page),
              text: t(plan === null ? 'plans.start' : 'plans.open'),
              hidden: title,
            },
          }),
    }
  })
  return (
    <section>
      <h2 class="govuk-heading-m">{t('plans.title')}</h2>
      <SummaryList rows={rows} />
    </section>
  )
}

function kept(t: Words, plan: Plan, due: boolean): string {
  const when = t('plans.kept', { date: t.date(plan.savedAt) })
  const count =
    plan.kind === 'safety'
      ? t('plans.safety.count', { count: plan.value.parts.filter(saysSomething).length })
      : plan.kind === 'child'
        ? t('plans.child.count', { count: plan.value.steps.filter((step) => !step.done).length })
        : ''
  return [count, when, due ? t('plans.due') : ''].filter((part) => part !== '').join(' ')
}
