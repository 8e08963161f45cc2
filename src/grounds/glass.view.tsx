import { AboutText } from '#language'
import type { CaseFile } from '#people'
import { mayDo } from '#platform/access'
import { type FormValues, textOf } from '#platform/http'
import { InsetText, Radios, type SummaryListRow, SummaryList } from '#platform/ui'
import type { Screen } from '#releases'

import type { Glass } from './glass.ts'
import { glassState } from './glass.rules.ts'
import { StepForm, ToldTag, toldText, TellAgain } from './frame.view.tsx'
import type { StoredGround } from './ground.ts'
import { groundPath } from './paths.ts'

interface GlassProps {
  readonly screen: Screen
  readonly file: CaseFile
  readonly ground: StoredGround
  readonly glass: Glass
  readonly now: Date
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}

/** A case opened in an emergency: by whom, why, until when, whether the person was told, and the look at it afterwards. */
export function GlassView(p: GlassProps) {
  const { t, actor } = p.screen
  const { glass, ground } = p
  const state = glassState(glass, ground.endsAt, p.now)
  const until = ground.endsAt === null ? '' : t.dateTime(ground.endsAt)
  const writes = mayDo(actor.roles, 'case:write')
  const leads = mayDo(actor.roles, 'case:lead') || mayDo(actor.roles, 'privacy:lead')
  return (
    <>
      <p class="govuk-body">{t(`grounds.glass.now.${state}`, { until })}</p>
      <SummaryList title={t('grounds.court.done')} rows={rowsOf(p, until)} />
      {state === 'reviewed' ? null : writes && leads && ground.madeBy !== actor.accountId ? (
        <Review {...p} go={t(`grounds.glass.review-${state}`)} />
      ) : (
        <InsetText>{t('grounds.glass.lead-reviews')}</InsetText>
      )}
      {glass.told?.state === 'told' || !writes ? null : (
        <TellAgain t={t} caseId={p.file.caseId} groundId={ground.id} />
      )}
    </>
  )
}

function Review({ screen: { t }, file, ground, values, errors, go }: GlassProps & { readonly go: string }) {
  return (
    <StepForm t={t} ground={ground} act="review" action={groundPath('one', file.caseId, ground.id)} go={go}>
      <Radios
        name="right"
        legend={t('grounds.glass.right')}
        items={(['yes', 'no'] as const).map((value) => ({ value, text: t(`grounds.glass.${value}`) }))}
        value={textOf(values, 'right')}
        error={errors['right']}
      />
      <AboutText
        t={t}
        name="words"
        label={t('grounds.glass.follows')}
        hint={t('grounds.glass.follows-hint')}
        rows={4}
        value={textOf(values, 'words')}
        error={errors['words']}
      />
    </StepForm>
  )
}

function rowsOf({ screen: { t }, glass }: GlassProps, until: string): readonly SummaryListRow[] {
  const by = (done: { readonly by: string; readonly at: string }) =>
    t('grounds.by', { by: done.by, date: t.dateTime(done.at) })
  const { opened, told, closed, review } = glass
  const rows: SummaryListRow[] = [
    { key: t('grounds.glass.reason'), value: glass.reason },
    { key: t('grounds.glass.opened-by'), value: by(opened) },
    { key: t('grounds.glass.until-title'), value: until },
    {
      key: t('grounds.told.title'),
      value: (
        <>
          <ToldTag t={t} told={told} /> {toldText(t, told)}
        </>
      ),
    },
  ]
  if (closed !== null) rows.push({ key: t('grounds.glass.closed-by'), value: by(closed) })
  if (review !== null) {
    rows.push({ key: t('grounds.glass.right'), value: t(`grounds.glass.${review.right}`) })
    rows.push({ key: t('grounds.glass.follows'), value: `${review.words} · ${by(review)}` })
  }
  return rows
}
