import { z } from 'zod'

import { AboutText } from '#language'
import { dateField, dateOf, type FormValues, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { DateInput, Radios } from '#platform/ui'

import { type Saying, type Told, toldHow } from './told.ts'

/** The fields of *was the person told?*, for the form of any page. */
export const toldForm = {
  answer: z.enum([...toldHow, 'not-yet'], 'grounds.told.missing'),
  reason: z.string().max(2000).default(''),
  again: dateField({ missing: 'grounds.told.again-missing' }).optional(),
}

/** The same as it was read. */
export interface ToldTyped {
  readonly answer: (typeof toldHow)[number] | 'not-yet'
  readonly reason: string
  readonly again?: string | undefined
}

/** What was answered, or what is missing and at which field. */
export function toldOf(
  t: Words,
  { answer, reason, again }: ToldTyped,
): { readonly told: Saying<Told> } | { readonly errors: Readonly<Record<string, string>> } {
  if (answer !== 'not-yet') return { told: { state: 'told', how: answer } }
  if (reason !== '' && again !== undefined) return { told: { state: 'not-yet', reason, again } }
  return {
    errors: {
      ...(reason === '' ? { reason: t('grounds.told.reason-missing') } : {}),
      ...(again === undefined ? { again: t('grounds.told.again-missing') } : {}),
    },
  }
}

/** The same to show again. */
export function toldValues({ answer, reason, again }: ToldTyped): FormValues {
  return { answer, reason, again: again ?? '' }
}

/** Was the person told: yes and how, or not yet, why, and when to look again. */
export function ToldFields({
  t,
  values,
  errors,
}: {
  readonly t: Words
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
}) {
  const later = (
    <>
      <AboutText
        t={t}
        name="reason"
        label={t('grounds.told.reason')}
        hint={t('grounds.told.reason-hint')}
        rows={3}
        value={textOf(values, 'reason')}
        error={errors['reason']}
      />
      <DateInput
        name="again"
        legend={t('grounds.told.again')}
        value={dateOf(values, 'again')}
        error={errors['again']}
      />
    </>
  )
  return (
    <Radios
      name="answer"
      legend={t('grounds.told.legend')}
      hint={t('grounds.told.hint')}
      items={[
        ...toldHow.map((how) => ({ value: how, text: t(`grounds.told.choice.${how}`) })),
        { divider: t('grounds.or') },
        { value: 'not-yet', text: t('grounds.told.choice.not-yet'), conditional: later },
      ]}
      value={textOf(values, 'answer')}
      error={errors['answer']}
    />
  )
}
