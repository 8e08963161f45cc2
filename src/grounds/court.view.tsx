import { AboutText } from '#language'
import type { CaseFile } from '#people'
import { mayDo } from '#platform/access'
import { type FormValues, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import {
  Button,
  type Content,
  Details,
  Input,
  InsetText,
  Radios,
  StepList,
  type SummaryListRow,
  SummaryList,
  WarningText,
} from '#platform/ui'
import type { Screen } from '#releases'

import { type Court, endings } from './court.ts'
import { courtActs, courtState, type CourtState, locksExport } from './court.rules.ts'
import { CourtLaw, mustTell } from './court-law.view.tsx'
import { byRule, StepForm, ToldTag, toldText } from './frame.view.tsx'
import type { StoredGround } from './ground.ts'
import { groundPath } from './paths.ts'

/** What the page of one paper is drawn with. */
export interface CourtProps {
  readonly screen: Screen
  readonly file: CaseFile
  readonly ground: StoredGround
  readonly court: Court
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}

/** A paper from a court: where it stands, what it says, and the one thing to do next. */
export function CourtView(p: CourtProps) {
  const { t, actor } = p.screen
  const { court } = p
  const state = courtState(court)
  return (
    <>
      <Steps t={t} court={court} state={state} />
      <p class="govuk-body">{t(`grounds.court.now.${state}`)}</p>
      {locksExport(court) ? <InsetText>{byRule(t, t('grounds.rule.court-4'), 'court-4')}</InsetText> : null}
      {locksExport(court) ? <CourtLaw screen={p.screen} /> : null}
      {state === 'ordered' && mustTell(actor) && court.told?.state !== 'told' ? (
        <WarningText>{byRule(t, t('grounds.rule.court-5'), 'court-5')}</WarningText>
      ) : null}
      {mayDo(actor.roles, 'case:write') ? <Next {...p} state={state} /> : null}
      <SummaryList title={t('grounds.court.paper')} rows={paperRows(t, court)} />
      <SummaryList title={t('grounds.court.done')} rows={doneRows(t, p)} />
    </>
  )
}

const line = ['received', 'counsel', 'told', 'answered', 'ordered', 'sent'] as const

function Steps({
  t,
  court,
  state,
}: {
  readonly t: Words
  readonly court: Court
  readonly state: CourtState
}) {
  const doneParts: Readonly<Record<(typeof line)[number], boolean>> = {
    received: true,
    counsel: court.counsel !== null,
    told: court.told !== null,
    answered: court.objection !== null,
    ordered: court.order !== null,
    sent: court.gone !== null,
  }
  const current = state === 'ended' ? undefined : line.find((each) => !doneParts[each])
  return (
    <StepList
      label={t('grounds.court.steps')}
      steps={line.map((each) => ({
        text: t(`grounds.court.step.${each}`),
        state: doneParts[each]
          ? ('done' as const)
          : each === current
            ? ('current' as const)
            : ('next' as const),
      }))}
    />
  )
}

/** The step that comes next, and the one that is always there: nothing is asked for any more. */
function Next(p: CourtProps & { readonly state: CourtState }) {
  const { t, actor } = p.screen
  const acts = courtActs(p.court)
  const at = (page: 'told' | 'order' | 'copy') => groundPath(page, p.file.caseId, p.ground.id)
  const decides = mayDo(actor.roles, 'privacy:lead')
  const main: Readonly<Record<CourtState, Content>> = {
    received: <Counsel {...p} />,
    counsel: <Button href={at('told')}>{t('grounds.told.title')}</Button>,
    told: <Answer {...p} />,
    answered: decides ? (
      <Button href={at('order')}>{t('grounds.court.order.title')}</Button>
    ) : (
      <p class="govuk-body">{t('grounds.court.lead-decides')}</p>
    ),
    ordered: decides ? (
      <Button href={at('order')}>{t('grounds.court.send.title')}</Button>
    ) : (
      <p class="govuk-body">{t('grounds.court.lead-decides')}</p>
    ),
    sent: <Button href={at('copy')}>{t('grounds.court.copy.title')}</Button>,
    ended: null,
  }
  return (
    <>
      {main[p.state]}
      {acts.includes('tell') && p.state !== 'counsel' ? (
        <p class="govuk-body">
          <a class="govuk-link" href={at('told')}>
            {t('grounds.told.again-link')}
          </a>
        </p>
      ) : null}
      {acts.includes('end') ? <End {...p} /> : null}
    </>
  )
}

function Counsel({ screen: { t }, file, ground, values, errors }: CourtProps) {
  return (
    <StepForm
      t={t}
      ground={ground}
      act="counsel"
      action={groundPath('one', file.caseId, ground.id)}
      go={t('grounds.court.counsel.go')}
    >
      <Input
        name="who"
        label={t('grounds.court.counsel.who')}
        hint={t('grounds.court.counsel.who-hint')}
        value={textOf(values, 'who')}
        error={errors['who']}
      />
      <AboutText
        t={t}
        name="advice"
        label={t('grounds.court.counsel.advice')}
        hint={t('grounds.court.counsel.advice-hint')}
        rows={3}
        value={textOf(values, 'advice')}
        error={errors['advice']}
      />
    </StepForm>
  )
}

function Answer({ screen: { t }, file, ground, values, errors }: CourtProps) {
  return (
    <StepForm
      t={t}
      ground={ground}
      act="answer"
      action={groundPath('one', file.caseId, ground.id)}
      go={t('grounds.court.answer.go')}
    >
      <Radios
        name="made"
        legend={t('grounds.court.answer.legend')}
        hint={t('grounds.court.answer.hint')}
        items={(['yes', 'no'] as const).map((each) => ({
          value: each,
          text: t(`grounds.court.answer.${each}`),
        }))}
        value={textOf(values, 'made')}
        error={errors['made']}
      />
      <AboutText
        t={t}
        name="words"
        label={t('grounds.court.answer.words')}
        hint={t('grounds.court.answer.words-hint')}
        rows={3}
        value={textOf(values, 'words')}
        error={errors['words']}
      />
    </StepForm>
  )
}

function End({ screen: { t }, file, ground, values, errors }: CourtProps) {
  return (
    <Details summary={t('grounds.court.end.summary')} open={errors['why'] !== undefined}>
      <StepForm
        t={t}
        ground={ground}
        act="end"
        action={groundPath('one', file.caseId, ground.id)}
        go={t('grounds.court.end.go')}
      >
        <Radios
          name="why"
          legend={t('grounds.court.end.legend')}
          items={endings.map((why) => ({ value: why, text: t(`grounds.court.end.${why}`) }))}
          value={textOf(values, 'why')}
          error={errors['why']}
        />
      </StepForm>
    </Details>
  )
}

function paperRows(t: Words, { request, rule }: Court): readonly SummaryListRow[] {
  return [
    { key: t('grounds.court.sort'), value: t(`grounds.court.sorts.${request.sort}`) },
    { key: t('grounds.court.from'), value: request.from },
    { key: t('grounds.court.names'), value: request.names },
    { key: t('grounds.court.came'), value: t.date(request.came) },
    { key: t('grounds.court.due'), value: t.date(request.due) },
    { key: t('grounds.rule-title'), value: byRule(t, t(`releases.rule.${rule}`), rule) },
  ]
}

function doneRows(t: Words, { court, ground, file, screen }: CourtProps): readonly SummaryListRow[] {
  const by = (done: { readonly by: string; readonly at: string }) =>
    t('grounds.by', { by: done.by, date: t.dateTime(done.at) })
  const { counsel, objection, order, ended, gone } = court
  const rows: SummaryListRow[] = [{ key: t('grounds.court.step.received'), value: by(court.received) }]
  if (counsel !== null) {
    const value = [counsel.who, counsel.advice, by(counsel)].filter((part) => part !== '').join(' · ')
    rows.push({ key: t('grounds.court.step.counsel'), value })
  }
  rows.push({
    key: t('grounds.told.title'),
    value: (
      <>
        <ToldTag t={t} told={court.told} /> {toldText(t, court.told)}
      </>
    ),
  })
  if (objection !== null) {
    const made = t(`grounds.court.answer.${objection.made ? 'yes' : 'no'}`)
    rows.push({
      key: t('grounds.court.step.answered'),
      value: `${made} · ${objection.words} · ${by(objection)}`,
    })
  }
  if (order !== null) {
    const value = t('grounds.court.order.said', {
      judge: order.judge,
      court: order.court,
      date: t.date(order.dated),
      to: order.recipient.name,
    })
    rows.push({ key: t('grounds.court.step.ordered'), value: `${value} ${by(order)}` })
  }
  if (ended !== null) {
    rows.push({
      key: t('grounds.court.step.ended'),
      value: `${t(`grounds.court.end.${ended.why}`)} · ${by(ended)}`,
    })
  }
  if (gone !== null) {
    const reads = mayDo(screen.actor.roles, 'privacy:lead')
    const link = { href: groundPath('copy', file.caseId, ground.id), text: t('grounds.court.copy.title') }
    rows.push({
      key: t('grounds.court.step.sent'),
      value: `${t.list(gone.items.map((item) => item.title))} · ${by(gone)}`,
      ...(reads ? { action: link } : {}),
    })
  }
  return rows
}
