import { AboutText } from '#language'
import type { CaseFile } from '#people'
import { mayDo } from '#platform/access'
import { type FormValues, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  Details,
  ForOurRecord,
  Input,
  InsetText,
  Radios,
  type SummaryListRow,
  SummaryList,
} from '#platform/ui'
import type { Screen } from '#releases'

import { byRule, StepForm, ToldTag, toldText, TellAgain } from './frame.view.tsx'
import type { StoredGround } from './ground.ts'
import { groundPath } from './paths.ts'
import { type Report, reportFacts, reportWays } from './report.ts'
import { reportLaw, type ReportState, reportState } from './report.rules.ts'

/** What the page of one report is drawn with. */
export interface ReportProps {
  readonly screen: Screen
  readonly file: CaseFile
  readonly ground: StoredGround
  readonly report: Report
  readonly partners: readonly { readonly partyId: string; readonly agency: string }[]
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}

/** A worry about a child: what was asked without names, the facts, whether a report was made and to whom. */
export function ReportView(p: ReportProps) {
  const { t, actor } = p.screen
  const { report, ground, file } = p
  const state = reportState(report)
  const writes = mayDo(actor.roles, 'case:write')
  const exposureOnly = report.sort === 'exposure' && !reportLaw(actor).exposureIsGround
  return (
    <>
      <p class="govuk-body">{t(`grounds.report.now.${state}`)}</p>
      {exposureOnly && state === 'begun' ? (
        <InsetText>{byRule(t, t('grounds.rule.report-2'), 'report-2')}</InsetText>
      ) : null}
      {writes ? <Next {...p} state={state} exposureOnly={exposureOnly} /> : null}
      {report.facts === null ? null : (
        <>
          <SummaryList title={t('grounds.report.facts')} rows={factRows(t, report)} />
          {state === 'written' ? <ForOurRecord t={t} text={plainFacts(t, report)} /> : null}
        </>
      )}
      <SummaryList title={t('grounds.court.done')} rows={doneRows(t, report)} />
      {state === 'begun' || report.told?.state === 'told' || !writes ? null : (
        <TellAgain t={t} caseId={file.caseId} groundId={ground.id} />
      )}
    </>
  )
}

function Next(p: ReportProps & { readonly state: ReportState; readonly exposureOnly: boolean }) {
  const { t } = p.screen
  const { file, ground, state } = p
  if (state === 'made' || state === 'not-made') return null
  const action = groundPath('one', file.caseId, ground.id)
  return (
    <>
      {p.exposureOnly ? (
        <StepForm t={t} ground={ground} act="more" action={action} go={t('grounds.report.more')} quiet />
      ) : (
        <Button
          href={groundPath('facts', file.caseId, ground.id)}
          variant={state === 'written' ? 'secondary' : undefined}
        >
          {t(state === 'written' ? 'grounds.report.change' : 'grounds.report.facts')}
        </Button>
      )}
      {state === 'written' ? <Made {...p} /> : null}
      <Details summary={t('grounds.report.none.summary')} open={p.errors['why'] !== undefined}>
        <StepForm t={t} ground={ground} act="none" action={action} go={t('grounds.report.none.go')}>
          <AboutText
            t={t}
            name="why"
            label={t('grounds.report.none.why')}
            rows={3}
            value={textOf(p.values, 'why')}
            error={p.errors['why']}
          />
        </StepForm>
      </Details>
    </>
  )
}

/** How it was made: by telephone, on their form, on paper, or sealed to a partner here. */
function Made({ screen: { t }, file, ground, partners, values, errors }: ReportProps) {
  const here = (
    <Radios
      name="partner"
      legend={t('grounds.report.made.partner')}
      small
      items={partners.map((each) => ({ value: each.partyId, text: each.agency }))}
      value={textOf(values, 'partner')}
      error={errors['partner']}
    />
  )
  return (
    <StepForm
      t={t}
      ground={ground}
      act="made"
      warning
      action={groundPath('one', file.caseId, ground.id)}
      go={t('grounds.report.made.go')}
    >
      <Radios
        name="way"
        legend={t('grounds.report.made.way')}
        hint={t('grounds.report.made.way-hint')}
        items={reportWays
          .filter((way) => way !== 'here' || partners.length > 0)
          .map((way) => ({
            value: way,
            text: t(`grounds.report.made.ways.${way}`),
            ...(way === 'here' ? { conditional: here } : {}),
          }))}
        value={textOf(values, 'way')}
        error={errors['way']}
      />
      <Input
        name="to"
        label={t('grounds.report.made.to')}
        hint={t('grounds.report.made.to-hint')}
        value={textOf(values, 'to')}
        error={errors['to']}
      />
      <Input
        name="reference"
        label={t('grounds.report.made.reference')}
        hint={t('grounds.report.made.reference-hint')}
        width={20}
        value={textOf(values, 'reference')}
      />
    </StepForm>
  )
}

function factRows(t: Words, { facts }: Report): readonly SummaryListRow[] {
  return reportFacts.map((fact) => ({ key: t(`grounds.report.fact.${fact}`), value: facts?.[fact] ?? '' }))
}

/** The facts as one block of text, for their form or to read out: nothing of the case beside them. */
function plainFacts(t: Words, { facts }: Report): string {
  return reportFacts.map((fact) => `${t(`grounds.report.fact.${fact}`)}\n${facts?.[fact] ?? ''}`).join('\n\n')
}

function doneRows(t: Words, report: Report): readonly SummaryListRow[] {
  const by = (done: { readonly by: string; readonly at: string }) =>
    t('grounds.by', { by: done.by, date: t.dateTime(done.at) })
  const { consulted, told, made, notMade, sort } = report
  const rows: SummaryListRow[] = [
    { key: t('grounds.report.sort'), value: t(`grounds.report.sorts.${sort}`) },
    {
      key: t('grounds.report.consult.title'),
      value:
        consulted.state === 'asked'
          ? [consulted.whom, consulted.question, consulted.answer, by(consulted)].join(' · ')
          : `${t('grounds.report.consult.no-time')} · ${by(consulted)}`,
    },
  ]
  if (report.facts !== null)
    rows.push({
      key: t('grounds.told.title'),
      value: (
        <>
          <ToldTag t={t} told={told} /> {toldText(t, told)}
        </>
      ),
    })
  if (made !== null) {
    const how = [made.to, t(`grounds.report.made.ways.${made.way}`), made.reference, by(made)]
    rows.push({
      key: t('grounds.report.made.title'),
      value: how.filter((part) => part !== '').join(' · '),
    })
    rows.push({ key: t('grounds.rules-title'), value: t.list([...made.rules]) })
  }
  if (notMade !== null)
    rows.push({ key: t('grounds.report.none.title'), value: `${notMade.why} · ${by(notMade)}` })
  return rows
}
