import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { AboutText, askOnce, wordingFields } from '#language'
import { openFile } from '#people'
import {
  type FormValues,
  type MemberEnv,
  needs,
  notFound,
  readForm,
  readPosted,
  textOf,
} from '#platform/http'
import { InsetText } from '#platform/ui'

import { byRule, GroundFrame, StepForm } from './frame.view.tsx'
import type { GroundRefusal } from './ground.ts'
import { groundOf } from './ground.store.ts'
import { groundPath, paths } from './paths.ts'
import { stepReport } from './report.actions.ts'
import { reportFacts } from './report.ts'
import { reportLaw, reportState, written } from './report.rules.ts'
import { ToldFields, toldForm, toldOf, toldValues } from './told.view.tsx'

const fact = (name: string) =>
  z.string(`grounds.report.missing.${name}`).min(1, `grounds.report.missing.${name}`).max(4000)
const Form = z.object({
  version: z.coerce.number().int(),
  child: fact('child'),
  where: fact('where'),
  what: fact('what'),
  when: fact('when'),
  who: fact('who'),
  now: fact('now'),
  ...toldForm,
})
/** Everything the form can post; whatever comes beside it is more than a report. */
const fields = new Set([
  ...Object.keys(Form.shape),
  ...wordingFields,
  'act',
  'again-day',
  'again-month',
  'again-year',
])

export const factsPage = new Hono<MemberEnv>()

/** The facts of a report: six, and nothing of the case is put in for the worker. */
factsPage.get(paths.facts, needs('case:write'), (c) => show(c, null, {}, null))

factsPage.post(paths.facts, needs('case:write'), askOnce, async (c) => {
  const beside = [...(await readPosted(c)).keys()].filter((name) => !fields.has(name))
  const form = await readForm(c, Form)
  const typed = form.ok ? valuesFrom(form.data) : form.values
  if (beside.length > 0) return show(c, typed, {}, { refused: 'rule', rule: 'report-1' })
  if (!form.ok) return show(c, form.values, form.errors, null)
  const { version, child, where, what, when, who, now, ...said } = form.data
  const told = toldOf(c.var.t, said)
  if ('errors' in told) return show(c, typed, told.errors, null)
  const at = { caseId: c.req.param('id'), id: c.req.param('ground'), version }
  const { db, actor } = c.var
  const facts = { child, where, what, when, who, now }
  const refused = await stepReport(db, actor, at, 'written', (report, { done }) =>
    written(report, reportLaw(actor), { facts, told: { ...told.told, ...done } }, done),
  )
  if (refused === null) return c.redirect(groundPath('one', at.caseId, at.id), 303)
  return refused.refused === 'missing' ? notFound(c) : show(c, typed, {}, refused)
})

function valuesFrom({
  version: _version,
  answer,
  reason,
  again,
  ...facts
}: z.output<typeof Form>): FormValues {
  return { ...facts, ...toldValues({ answer, reason, again }) }
}

async function show(
  c: Context<MemberEnv>,
  typed: FormValues | null,
  errors: Readonly<Record<string, string>>,
  refusal: GroundRefusal | null,
) {
  const { db, actor, t } = c.var
  const file = await openFile(db, actor, c.req.param('id') ?? '')
  const ground = file === null ? null : await groundOf(db, file.key, c.req.param('ground') ?? '')
  if (file === null || ground?.body.kind !== 'report') return notFound(c)
  const report = ground.body
  const back = groundPath('one', file.caseId, ground.id)
  const open = ['begun', 'written'].includes(reportState(report))
  const may = open && (report.sort === 'harm' || reportLaw(actor).exposureIsGround)
  if (!may && refusal === null) return c.redirect(back, 303)
  const values = typed ?? { ...report.facts }
  return c.html(
    <GroundFrame
      screen={c.var}
      file={file}
      title={t('grounds.report.facts')}
      back={{ href: back, text: t('grounds.kind.report') }}
      errors={errors}
      refusal={refusal}
    >
      <p class="govuk-body">{t('grounds.report.facts-lead')}</p>
      <InsetText>{byRule(t, t('grounds.rule.report-1'), 'report-1')}</InsetText>
      <StepForm
        t={t}
        ground={ground}
        act="facts"
        action={groundPath('facts', file.caseId, ground.id)}
        go={t('grounds.report.write')}
        cancel={back}
      >
        {reportFacts.map((name) => (
          <AboutText
            t={t}
            name={name}
            label={t(`grounds.report.fact.${name}`)}
            hint={t(`grounds.report.fact-hint.${name}`)}
            rows={2}
            value={textOf(values, name)}
            error={errors[name]}
          />
        ))}
        <ToldFields t={t} values={values} errors={errors} />
      </StepForm>
    </GroundFrame>,
    refusal === null ? (Object.keys(errors).length > 0 ? 422 : 200) : 409,
  )
}
