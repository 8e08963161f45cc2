import { AboutText } from '#language'
import { type FieldErrors, type FormValues, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, Radios, Timeline } from '#platform/ui'

import type { DuePart } from './retention.rules.ts'
import type { RetentionDecision } from './retention.ts'

/** The decision about one part that is due: nothing is chosen beforehand. */
export function DecideForm(p: {
  readonly t: Words
  readonly action: string
  readonly part: DuePart
  readonly errors: FieldErrors
  readonly values: FormValues
}) {
  const { t, part, errors, values } = p
  const { field, id } = part.rule
  const title = t(`asks.retention.field-${field}`)
  return (
    <form method="post" action={p.action} novalidate>
      <h2 class="govuk-heading-m">{title}</h2>
      <p class="govuk-body">{t('asks.retention.due', { date: t.date(part.since), rule: id })}</p>
      <input type="hidden" name="field" value={field} />
      <Radios
        name={`decision-${field}`}
        legend={t('asks.retention.decision', { part: title })}
        value={textOf(values, `decision-${field}`)}
        error={errors[`decision-${field}`]}
        small
        items={(['keep', 'destroy'] as const).map((value) => ({
          value,
          text: t(`asks.retention.decision-${value}`),
        }))}
      />
      <AboutText
        t={t}
        name={`reason-${field}`}
        label={t('asks.retention.reason', { part: title })}
        rows={2}
        value={textOf(values, `reason-${field}`)}
        error={errors[`reason-${field}`]}
      />
      <Button>{t('asks.retention.decide', { part: title })}</Button>
    </form>
  )
}

/** What was decided before. */
export function Decisions({
  t,
  decisions,
}: {
  readonly t: Words
  readonly decisions: readonly RetentionDecision[]
}) {
  if (decisions.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t('asks.retention.before')}</h2>
      <Timeline
        items={decisions.map((each) => ({
          when: t.dateTime(each.decidedAt),
          machineTime: each.decidedAt.toISOString(),
          what: t(`asks.retention.was-${each.decision}`, {
            part: t(`asks.retention.field-${each.field}`),
            date: each.keepUntil === null ? '' : t.date(each.keepUntil),
            reason: each.reason,
          }),
          who: each.rule,
        }))}
      />
    </>
  )
}
