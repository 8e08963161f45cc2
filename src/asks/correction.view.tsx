import { AboutText } from '#language'
import { type FieldErrors, type FormValues, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, Checkboxes, Radios, TextArea } from '#platform/ui'

import type { CorrectionBody } from './ask.ts'

/** The answer and the statement as rows; nothing while nobody answered. */
export function answerRows(t: Words, { answer, statement }: CorrectionBody) {
  if (answer === null) return []
  return [
    {
      key: t('asks.correction.answer'),
      value: t(answer.agreed ? 'asks.correction.agreed' : 'asks.correction.refused'),
    },
    { key: t('asks.correction.reason'), value: answer.reason },
    ...(statement === '' ? [] : [{ key: t('asks.correction.statement'), value: statement }]),
  ]
}

/** Agree or refuse, why, and what the person says about it. */
export function AnswerForm(p: {
  readonly t: Words
  readonly action: string
  readonly errors: FieldErrors
  readonly values: FormValues
}) {
  const { t, errors, values } = p
  return (
    <form method="post" action={p.action} novalidate>
      <Radios
        name="answer"
        legend={t('asks.correction.answer')}
        value={textOf(values, 'answer')}
        error={errors['answer']}
        items={[
          { value: 'agreed', text: t('asks.correction.agreed') },
          { value: 'refused', text: t('asks.correction.refused') },
        ]}
      />
      <AboutText
        t={t}
        name="reason"
        label={t('asks.correction.reason')}
        rows={3}
        value={textOf(values, 'reason')}
        error={errors['reason']}
      />
      <TextArea
        name="statement"
        label={t('asks.correction.statement')}
        hint={t('asks.correction.statement-hint')}
        rows={3}
        value={textOf(values, 'statement')}
        error={errors['statement']}
      />
      <Button>{t('asks.correction.save')}</Button>
    </form>
  )
}

/** Who was told, and who may still be told: recipients of a release that stands and lists this. */
export function TellForm(p: {
  readonly t: Words
  readonly action: string
  readonly waiting: readonly { readonly id: string; readonly agency: string }[]
  readonly told: CorrectionBody['told']
}) {
  const { t } = p
  return (
    <>
      <h2 class="govuk-heading-m">{t('asks.correction.tell')}</h2>
      {p.told.map((each) => (
        <p class="govuk-body">
          {t('asks.correction.was-told', { agency: each.agency, date: t.date(each.at) })}
        </p>
      ))}
      {p.waiting.length === 0 ? (
        <p class="govuk-body">{t('asks.correction.nobody')}</p>
      ) : (
        <form method="post" action={p.action}>
          <Checkboxes
            name="tell"
            legend={t('asks.correction.who')}
            hint={t('asks.correction.who-hint')}
            small
            values={p.waiting.map((each) => each.id)}
            items={p.waiting.map((each) => ({ value: each.id, text: each.agency }))}
          />
          <Button>{t('asks.correction.send')}</Button>
        </form>
      )}
    </>
  )
}
