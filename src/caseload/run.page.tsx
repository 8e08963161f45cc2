import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { type MemberEnv, needs, notFound, readForm } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, ButtonGroup, NotificationBanner, SummaryList, WarningText } from '#platform/ui'

import { Frame } from './frame.view.tsx'
import { type LineProblem } from './line.rules.ts'
import { makeNext, takeBackNext } from './make.actions.ts'
import { paths, runPath } from './paths.ts'
import { type Run, undoDays } from './run.ts'
import { deleteRun, outcomesOf, runById } from './run.store.ts'
import { trialOf } from './trial.view.ts'

export const runPage = new Hono<MemberEnv>()

/** Before: what would happen. While: how far it is. After: what happened, and the way back. */
runPage.get(paths.run, needs('case:lead'), (c) => show(c, null))

runPage.post(paths.make, needs('case:lead'), async (c) => {
  const { db, actor, t } = c.var
  const done = await makeNext(db, actor, c.req.param('run'), { zone: t.timeZone, lang: t.lang })
  if (!('refused' in done)) return c.redirect(runPath('run', c.req.param('run')), 303)
  return done.refused === 'missing' ? notFound(c) : show(c, done.refused)
})

const After = z.object({ after: z.coerce.number().int().min(0).default(0) })

runPage.post(paths.back, needs('case:lead'), async (c) => {
  const form = await readForm(c, After)
  const after = form.ok ? form.data.after : 0
  const done = await takeBackNext(c.var.db, c.var.actor, c.req.param('run'), after)
  if ('refused' in done) return done.refused === 'missing' ? notFound(c) : show(c, done.refused)
  const more = done.next === null ? '' : `?after=${done.next}`
  return c.redirect(`${runPath('run', c.req.param('run'))}${more}`, 303)
})

runPage.post(paths.forget, needs('case:lead'), async (c) => {
  const run = await runById(c.var.db, c.var.actor, c.req.param('run'), true)
  if (run === null) return notFound(c)
  await deleteRun(c.var.db, c.var.actor, run.id)
  return c.redirect(paths.all, 303)
})

async function show(c: Context<MemberEnv>, refused: string | null) {
  const { db, actor, t } = c.var
  const run = await runById(db, actor, c.req.param('run') ?? '', false)
  if (run === null) return notFound(c)
  if (run.state === 'columns') return c.redirect(runPath('columns', run.id), 303)
  const counts = await outcomesOf(db, actor, run.id)
  return c.html(
    <Frame screen={c.var} title={t(`caseload.run.title-${run.state}`)} caption={run.name}>
      {refused === null ? null : (
        <WarningText>{t(`caseload.refused.${refused}`, { days: undoDays })}</WarningText>
      )}
      {run.state === 'ready' ? <Trial c={c} run={run} /> : <Progress c={c} run={run} counts={counts} />}
    </Frame>,
    refused === null ? 200 : 409,
  )
}

async function Trial({ c, run }: { readonly c: Context<MemberEnv>; readonly run: Run }) {
  const { db, actor, t } = c.var
  const trial = await trialOf(db, actor, run)
  return (
    <>
      <p class="govuk-body">{t('caseload.run.trial')}</p>
      <SummaryList
        rows={[
          { key: t('caseload.run.makes'), value: t('caseload.run.cases', { count: trial.makes }) },
          { key: t('caseload.run.stops'), value: <Stops t={t} stops={trial.stops} /> },
          { key: t('caseload.run.notices'), value: <Stops t={t} stops={trial.notices} /> },
        ]}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={runPath('lines', run.id)}>
          {t('caseload.run.lines')}
        </a>
      </p>
      <form method="post" action={runPath('make', run.id)}>
        <ButtonGroup>
          {trial.makes === 0 ? null : <Button>{t('caseload.run.make', { count: trial.makes })}</Button>}
          <a class="govuk-link" href={runPath('columns', run.id)}>
            {t('caseload.run.columns')}
          </a>
        </ButtonGroup>
      </form>
      <Forget t={t} run={run} />
    </>
  )
}

function Progress(p: {
  readonly c: Context<MemberEnv>
  readonly run: Run
  readonly counts: Awaited<ReturnType<typeof outcomesOf>>
}) {
  const { t } = p.c.var
  const { run, counts } = p
  const after = p.c.req.query('after')
  const shown = (['made', 'waiting', 'left', 'refused', 'undone'] as const).filter((each) => counts[each] > 0)
  return (
    <>
      {run.state === 'done' ? (
        <NotificationBanner kind="success">
          <p class="govuk-notification-banner__heading">{t('caseload.run.done', { count: counts.made })}</p>
        </NotificationBanner>
      ) : null}
      <SummaryList
        rows={shown.map((each) => ({
          key: t(`caseload.outcome.${each}`),
          value: t('caseload.run.line-count', { count: counts[each] }),
        }))}
      />
      <p class="govuk-body">
        <a class="govuk-link" href={runPath('lines', run.id)}>
          {t('caseload.run.lines')}
        </a>
      </p>
      {run.state === 'bringing' ? (
        <form method="post" action={runPath('make', run.id)}>
          <Button>{t('caseload.run.go-on', { count: counts.waiting })}</Button>
        </form>
      ) : null}
      {run.state === 'undone' && after === undefined ? (
        <p class="govuk-body">{t(counts.made === 0 ? 'caseload.run.all-back' : 'caseload.run.some-back')}</p>
      ) : null}
      {counts.made > 0 && (run.state !== 'undone' || after !== undefined) ? (
        <form method="post" action={runPath('back', run.id)}>
          <h2 class="govuk-heading-m">{t('caseload.run.back-title')}</h2>
          <p class="govuk-body">{t('caseload.run.back-lead', { days: undoDays })}</p>
          {after === undefined ? null : <input type="hidden" name="after" value={after} />}
          <Button variant="warning">
            {t(after === undefined ? 'caseload.run.back' : 'caseload.run.back-on')}
          </Button>
        </form>
      ) : null}
    </>
  )
}

function Stops({
  t,
  stops,
}: {
  readonly t: Words
  readonly stops: ReadonlyMap<LineProblem['rule'], number>
}) {
  if (stops.size === 0) return <>{t('caseload.run.none')}</>
  return (
    <ul class="govuk-list">
      {[...stops].map(([rule, count]) => (
        <li>
          {t('caseload.run.problem', {
            count: t('caseload.run.line-count', { count }),
            why: t(`caseload.problem.${rule}`),
          })}
        </li>
      ))}
    </ul>
  )
}

function Forget({ t, run }: { readonly t: Words; readonly run: Run }) {
  return (
    <form method="post" action={runPath('forget', run.id)}>
      <p class="govuk-body">{t('caseload.run.forget-lead')}</p>
      <Button variant="secondary">{t('caseload.run.forget')}</Button>
    </form>
  )
}
