import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce } from '#language'
import { openFile } from '#people'
import { type FormValues, type MemberEnv, needs, notFound, readForm, textOf } from '#platform/http'
import { Button, ButtonGroup, Input, InsetText, Radios } from '#platform/ui'
import { warningSentences } from '#releases'

import { byRule, GroundFrame } from './frame.view.tsx'
import { groundPath, paths } from './paths.ts'
import { beginReport } from './report.actions.ts'
import { concernSorts } from './report.ts'
import { reportLaw } from './report.rules.ts'

const Form = z.object({
  sort: z.enum(concernSorts, 'grounds.report.sort-missing'),
  state: z.enum(['asked', 'no-time'], 'grounds.report.consult.missing'),
  whom: z.string().max(200).default(''),
  question: z.string().max(4000).default(''),
  said: z.string().max(4000).default(''),
})

export const reportNewPage = new Hono<MemberEnv>()

/** A worry about a child: first what this agency must report, then somebody asked without names, then perhaps a report. */
reportNewPage.get(paths.report, needs('case:write'), (c) => show(c, {}, {}))

reportNewPage.post(paths.report, needs('case:write'), askOnce, async (c) => {
  const form = await readForm(c, Form)
  if (!form.ok) return show(c, form.values, form.errors)
  const { t, db, actor } = c.var
  const { sort, state, whom, question, said: answer } = form.data
  const values = { sort, state, whom, question, said: answer }
  if (state === 'asked') {
    const missing = (['whom', 'question', 'said'] as const).filter((field) => values[field] === '')
    if (missing.length > 0) {
      const errors = missing.map((field) => [field, t(`grounds.report.consult.${field}-missing`)])
      return show(c, values, Object.fromEntries(errors))
    }
  }
  const consulted = state === 'asked' ? { state, whom, question, answer } : { state }
  const caseId = c.req.param('id')
  const done = await beginReport(db, actor, caseId, { sort, consulted })
  if (!('refused' in done)) return c.redirect(groundPath('one', caseId, done.id), 303)
  if (done.refused !== 'names') return notFound(c)
  const sentence = t('grounds.report.consult.names', { word: done.word })
  const field = question.toLowerCase().includes(done.word.toLowerCase()) ? 'question' : 'said'
  return show(c, values, { [field]: byRule(t, sentence, 'report-3') })
})

async function show(c: Context<MemberEnv>, values: FormValues, errors: Readonly<Record<string, string>>) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  if (file === null) return notFound(c)
  const law = reportLaw(actor)
  const must =
    law.mustReport === null ? 'grounds.report.law.not-read' : `grounds.report.law.must-${law.mustReport}`
  return c.html(
    <GroundFrame screen={c.var} file={file} title={t('grounds.report.new')} errors={errors}>
      <InsetText>
        <p class="govuk-body">
          {t('grounds.report.law.said', { sentence: warningSentences(t, actor.sector, null)[0] ?? '' })}
        </p>
        <p class="govuk-body">{t(must)}</p>
        <p class="govuk-body">{clockText(c)}</p>
        {law.exposureIsGround ? null : (
          <p class="govuk-body">{byRule(t, t('grounds.rule.report-2'), 'report-2')}</p>
        )}
      </InsetText>
      <form method="post" action={groundPath('report', file.caseId)} novalidate>
        <Radios
          name="sort"
          legend={t('grounds.report.sort')}
          items={concernSorts.map((sort) => ({ value: sort, text: t(`grounds.report.sorts.${sort}`) }))}
          value={textOf(values, 'sort')}
          error={errors['sort']}
        />
        <Radios
          name="state"
          legend={t('grounds.report.consult.legend')}
          hint={t('grounds.report.consult.hint')}
          items={[
            {
              value: 'asked',
              text: t('grounds.report.consult.asked'),
              conditional: <Asked c={c} values={values} errors={errors} />,
            },
            { value: 'no-time', text: t('grounds.report.consult.no-time') },
          ]}
          value={textOf(values, 'state')}
          error={errors['state']}
        />
        <ButtonGroup>
          <Button>{t('grounds.report.begin')}</Button>
          <a class="govuk-link" href={groundPath('list', file.caseId)}>
            {t('people.leave-it')}
          </a>
        </ButtonGroup>
      </form>
    </GroundFrame>,
    Object.keys(errors).length > 0 ? 422 : 200,
  )
}

function clockText(c: Context<MemberEnv>): string {
  const { clockHours } = reportLaw(c.var.actor)
  return clockHours === 0
    ? c.var.t('grounds.report.law.at-once')
    : c.var.t('grounds.report.law.clock', { count: clockHours })
}

function Asked({
  c,
  values,
  errors,
}: {
  readonly c: Context<MemberEnv>
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}) {
  const { t } = c.var
  return (
    <>
      <Input
        name="whom"
        label={t('grounds.report.consult.whom')}
        hint={t('grounds.report.consult.whom-hint')}
        value={textOf(values, 'whom')}
        error={errors['whom']}
      />
      <AboutText
        t={t}
        name="question"
        label={t('grounds.report.consult.question')}
        hint={t('grounds.report.consult.question-hint')}
        rows={3}
        value={textOf(values, 'question')}
        error={errors['question']}
      />
      <AboutText
        t={t}
        name="said"
        label={t('grounds.report.consult.said')}
        rows={3}
        value={textOf(values, 'said')}
        error={errors['said']}
      />
    </>
  )
}
