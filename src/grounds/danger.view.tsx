import { AboutText } from '#language'
import type { CaseFile } from '#people'
import { mayDo } from '#platform/access'
import { type FormValues, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { InsetText, type SummaryListRow, SummaryList, WarningText, Lines } from '#platform/ui'
import type { Screen } from '#releases'

import type { Danger } from './danger.ts'
import { dangerState } from './danger.rules.ts'
import { StepForm, ToldTag, toldText, TellAgain } from './frame.view.tsx'
import type { StoredGround } from './ground.ts'
import { groundPath } from './paths.ts'

/** What the page of one imminent danger is drawn with. */
export interface DangerProps {
  readonly screen: Screen
  readonly file: CaseFile
  readonly ground: StoredGround
  readonly danger: Danger
  readonly now: Date
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}

/** Imminent danger: what would go, who confirms, how long it can be read, and the look at it afterwards. */
export function DangerView(p: DangerProps) {
  const { t, actor } = p.screen
  const { danger, ground } = p
  const state = dangerState(danger, ground.endsAt, p.now)
  const writes = mayDo(actor.roles, 'case:write')
  const until = ground.endsAt === null ? '' : t.dateTime(ground.endsAt)
  const leads = mayDo(actor.roles, 'case:lead') || mayDo(actor.roles, 'privacy:lead')
  return (
    <>
      <p class="govuk-body">{t(`grounds.danger.now.${state}`, { to: danger.to.agency, until })}</p>
      {state === 'asked' && writes ? <Asked {...p} /> : null}
      {(state === 'sent' || state === 'over') && writes ? (
        leads && ground.madeBy !== actor.accountId ? (
          <Review {...p} go={t(`grounds.danger.review-${state}`)} />
        ) : (
          <InsetText>{t('grounds.danger.lead-reviews')}</InsetText>
        )
      ) : null}
      <SummaryList title={t('grounds.danger.goes', { to: danger.to.agency })} rows={itemRows(danger)} />
      <SummaryList title={t('grounds.court.done')} rows={doneRows(t, p)} />
      {danger.told?.state === 'told' || !writes ? null : (
        <TellAgain t={t} caseId={p.file.caseId} groundId={ground.id} />
      )}
    </>
  )
}

/** Before it goes: somebody else confirms; either of the two can say that it does not go. */
function Asked({ screen: { t, actor }, file, ground, danger }: DangerProps) {
  const action = groundPath('one', file.caseId, ground.id)
  return (
    <>
      {ground.madeBy === actor.accountId ? (
        <WarningText>{t('grounds.danger.wait-for-second')}</WarningText>
      ) : (
        <>
          <p class="govuk-body">{t('grounds.danger.look-first')}</p>
          <StepForm
            t={t}
            ground={ground}
            act="confirm"
            action={action}
            go={t('grounds.danger.confirm', { to: danger.to.agency })}
            warning
          />
        </>
      )}
      <StepForm t={t} ground={ground} act="drop" action={action} go={t('grounds.danger.drop')} quiet />
    </>
  )
}

function Review({ screen: { t }, file, ground, values, errors, go }: DangerProps & { readonly go: string }) {
  return (
    <StepForm t={t} ground={ground} act="review" action={groundPath('one', file.caseId, ground.id)} go={go}>
      <AboutText
        t={t}
        name="words"
        label={t('grounds.review.words')}
        hint={t('grounds.review.hint')}
        rows={4}
        value={textOf(values, 'words')}
        error={errors['words']}
      />
    </StepForm>
  )
}

function itemRows({ items }: Danger): readonly SummaryListRow[] {
  return items.map((item) => ({
    key: item.title,
    value: <Lines text={item.text} />,
  }))
}

function doneRows(t: Words, { danger, ground }: DangerProps): readonly SummaryListRow[] {
  const by = (done: { readonly by: string; readonly at: string }) =>
    t('grounds.by', { by: done.by, date: t.dateTime(done.at) })
  const { sent, dropped, review, told } = danger
  const rows: SummaryListRow[] = [
    { key: t('grounds.danger.why'), value: danger.why },
    { key: t('grounds.danger.asked-by'), value: by(danger.asked) },
    {
      key: t('grounds.told.title'),
      value: (
        <>
          <ToldTag t={t} told={told} /> {toldText(t, told)}
        </>
      ),
    },
  ]
  if (sent !== null) {
    const until = ground.endsAt === null ? '' : t.dateTime(ground.endsAt)
    rows.push({ key: t('grounds.danger.confirmed-by'), value: by(sent) })
    rows.push({ key: t('grounds.danger.until'), value: until })
    rows.push({ key: t('grounds.rules-title'), value: t.list([...sent.rules]) })
  }
  if (dropped !== null) rows.push({ key: t('grounds.danger.dropped-by'), value: by(dropped) })
  if (review !== null) rows.push({ key: t('grounds.review.title'), value: `${review.words} · ${by(review)}` })
  return rows
}
