import { Hono } from 'hono'

import { colleaguesOf, fileOf, TaskFrame } from '#people'
import { type MemberEnv, needs, notFound } from '#platform/http'
import { Details, TermNotes } from '#platform/ui'

import { kindNamed, paths, planPath } from './paths.ts'
import { versionsOf } from './plan.actions.ts'
import { PlanText } from './plan.view.tsx'

export const historyPage = new Hono<MemberEnv>()

/** Every version of one plan, newest first, as it was saved. */
historyPage.get(paths.history, needs('case:read'), async (c) => {
  const kind = kindNamed(c.req.param('plan'))
  const file = kind === null ? null : await fileOf(c)
  if (file === null || kind === null) return notFound(c)
  const { db, actor, t } = c.var
  const versions = await versionsOf(db, file.key, kind)
  const names = new Map((await colleaguesOf(db, actor)).map((each) => [each.accountId, each.name]))
  return c.html(
    <TaskFrame
      screen={c.var}
      file={file}
      title={t(`plans.${kind}.history`)}
      lead={t('plans.history.lead')}
      back={{ href: planPath(file.caseId, kind), text: t(`plans.${kind}.title`) }}
    >
      {versions.length === 0 ? <p class="govuk-body app-muted">{t('plans.none')}</p> : null}
      {versions.map((plan, i) => (
        <Details
          open={i === 0}
          summary={t('plans.history.version', {
            number: plan.version,
            when: t.dateTime(plan.savedAt),
            who: names.get(plan.savedBy) ?? t('plans.history.gone'),
          })}
        >
          <PlanText t={t} plan={plan} />
        </Details>
      ))}
      {kind === 'safety' ? <TermNotes t={t} terms={['safety-plan']} /> : null}
    </TaskFrame>,
  )
})
