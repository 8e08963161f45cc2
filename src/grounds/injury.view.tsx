import { AboutText } from '#language'
import { mayDo } from '#platform/access'
import { type FormValues, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Details, ForOurRecord, Input, Radios, SummaryList, type SummaryListRow } from '#platform/ui'
import type { CaseFile } from '#people'
import type { Screen } from '#releases'

import { StepForm, ToldTag, toldText, TellAgain } from './frame.view.tsx'
import type { StoredGround } from './ground.ts'
import { type Injury, injuryFacts, injuryWays } from './injury.ts'
import { injuryState } from './injury.rules.ts'
import { groundPath } from './paths.ts'

/** What the page of one such report is drawn with. */
interface InjuryProps {
  readonly screen: Screen
  readonly file: CaseFile
  readonly ground: StoredGround
  readonly injury: Injury
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}

/** A report of an adult's injury: its four facts, whether it was made and to whom, whether the person was told. */
export function InjuryView(p: InjuryProps) {
  const { t, actor } = p.screen
  const { injury, ground, file } = p
  const state = injuryState(injury)
  const writes = mayDo(actor.roles, 'case:write')
  const facts = injuryFacts.map((fact) => ({
    key: t(`grounds.injury.fact.${fact}`),
    value: injury.facts[fact],
  }))
  return (
    <>
      <p class="govuk-body">{t(`grounds.injury.now.${state}`)}</p>
      {state === 'written' && writes ? <Made {...p} /> : null}
      <SummaryList title={t('grounds.injury.facts')} rows={facts} />
      {state === 'written' ? (
        <ForOurRecord t={t} text={facts.map(({ key, value }) => `${key}\n${value}`).join('\n\n')} />
      ) : null}
      <SummaryList title={t('grounds.court.done')} rows={doneRows(t, injury)} />
      {injury.told.state === 'told' || !writes ? null : (
        <TellAgain t={t} caseId={file.caseId} groundId={ground.id} />
      )}
    </>
  )
}

/** How it was made, or that none is. */
function Made({ screen: { t }, file, ground, values, errors }: InjuryProps) {
  const action = groundPath('one', file.caseId, ground.id)
  return (
    <>
      <StepForm t={t} ground={ground} act="made" warning action={action} go={t('grounds.injury.made.go')}>
        <Radios
          name="way"
          legend={t('grounds.injury.made.way')}
          hint={t('grounds.injury.made.way-hint')}
          items={injuryWays.map((way) => ({ value: way, text: t(`grounds.report.made.ways.${way}`) }))}
          value={textOf(values, 'way')}
          error={errors['way']}
        />
        <Input
          name="to"
          label={t('grounds.report.made.to')}
          value={textOf(values, 'to')}
          error={errors['to']}
        />
        <Input
          name="reference"
          label={t('grounds.report.made.reference')}
          width={20}
          value={textOf(values, 'reference')}
        />
      </StepForm>
      <Details summary={t('grounds.report.none.summary')} open={errors['why'] !== undefined}>
        <StepForm t={t} ground={ground} act="none" action={action} go={t('grounds.report.none.go')}>
          <AboutText
            t={t}
            name="why"
            label={t('grounds.report.none.why')}
            rows={3}
            value={textOf(values, 'why')}
            error={errors['why']}
          />
        </StepForm>
      </Details>
    </>
  )
}

function doneRows(t: Words, { told, planned, made, notMade, row }: Injury): readonly SummaryListRow[] {
  const by = (done: { readonly by: string; readonly at: string }) =>
    t('grounds.by', { by: done.by, date: t.dateTime(done.at) })
  const rows: SummaryListRow[] = [
    {
      key: t('grounds.told.title'),
      value: (
        <>
          <ToldTag t={t} told={told} /> {toldText(t, told)}
        </>
      ),
    },
    { key: t('grounds.injury.planned'), value: by(planned) },
    { key: t('grounds.rules-title'), value: t.list([row, ...(made?.rules ?? [])]) },
  ]
  if (made !== null) {
    const how = [made.to, t(`grounds.report.made.ways.${made.way}`), made.reference, by(made)]
    rows.push({
      key: t('grounds.report.made.title'),
      value: how.filter((part) => part !== '').join(' · '),
    })
  }
  if (notMade !== null)
    rows.push({ key: t('grounds.report.none.title'), value: `${notMade.why} · ${by(notMade)}` })
  return rows
}
