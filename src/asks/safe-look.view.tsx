import { z } from 'zod'

import { type CaseFile, paperAnswer } from '#people'
import type { Words } from '#platform/i18n'
import { Button, type Errors, InsetText, Radios } from '#platform/ui'

/** How the person is to see it, and whether it is safe now (us-T42: the step before the view). */
export const SafeLook = z.object({
  safe: z.enum(['alone', 'with-chosen', 'no'], 'asks.safe.missing'),
  how: z.enum(['show', 'print'], 'asks.safe.how-missing').default('show'),
  sure: z.literal('yes').optional(),
})
export type SafeLook = z.output<typeof SafeLook>

/** What the answers allow: nothing, the screen, a second question before paper, or paper. */
export type LookAllowed = 'not-now' | 'show' | 'ask-again' | 'print' | { readonly refused: string }

/** The one gate before anything of a case is shown or printed for the person. Paper passes safe contact, and is asked for twice. */
export function lookAllowed(file: CaseFile, answers: SafeLook, now: Date): LookAllowed {
  if (answers.safe === 'no') return 'not-now'
  if (answers.how === 'show') return 'show'
  const paper = paperAnswer(file.contact, now)
  if (!paper.may) return { refused: paper.key }
  return answers.sure === 'yes' ? 'print' : 'ask-again'
}

/** The questions before the view. */
export function SafeLookForm(p: {
  readonly t: Words
  readonly action: string
  /** Where the same can be had as data; asked for only after the second question. */
  readonly dataAction?: string
  readonly errors: Errors
  readonly values?: { readonly safe?: string; readonly how?: string }
  readonly again?: boolean
}) {
  const { t } = p
  if (p.again === true)
    return (
      <form method="post" action={p.action}>
        <InsetText>{t('asks.safe.paper')}</InsetText>
        <input type="hidden" name="safe" value={p.values?.safe ?? ''} />
        <input type="hidden" name="how" value="print" />
        <Button name="sure" value="yes" variant="warning">
          {t('asks.safe.print')}
        </Button>
        {p.dataAction === undefined ? null : (
          <button type="submit" class="govuk-button govuk-button--secondary" formaction={p.dataAction}>
            {t('asks.safe.data')}
          </button>
        )}
      </form>
    )
  return (
    <form method="post" action={p.action} novalidate>
      <Radios
        name="safe"
        legend={t('asks.safe.legend')}
        hint={t('asks.safe.hint')}
        value={p.values?.safe ?? ''}
        error={p.errors['safe']}
        items={(['alone', 'with-chosen', 'no'] as const).map((value) => ({
          value,
          text: t(`asks.safe.${value}`),
        }))}
      />
      <Radios
        name="how"
        legend={t('asks.safe.how')}
        value={p.values?.how ?? 'show'}
        error={p.errors['how']}
        small
        items={(['show', 'print'] as const).map((value) => ({ value, text: t(`asks.safe.how-${value}`) }))}
      />
      <Button>{t('asks.safe.go')}</Button>
    </form>
  )
}
