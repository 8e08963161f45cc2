import { AboutText } from '#language'
import { dateOf, type FieldErrors, type FormValues, textOf } from '#platform/http'
import type { Words } from '#platform/i18n'
import { Button, DateInput, Details, Select } from '#platform/ui'

import { afterRef, lineOf } from './order.actions.ts'
import { waitStates } from './step.ts'
import type { SeenStep } from './steps.actions.ts'
import { viewIds } from './view.ts'

/** What a step comes after, why, and what of that the service is told. */
export function OrderForm(p: {
  readonly t: Words
  readonly path: string
  readonly at: string
  readonly choices: readonly { readonly value: string; readonly text: string }[]
  readonly values: FormValues
  readonly errors: FieldErrors
}) {
  const { t, values, errors } = p
  return (
    <form method="post" action={p.path} novalidate>
      <input type="hidden" name="version" value={p.at} />
      <Select
        name="for"
        label={t('together.step.for')}
        value={textOf(values, 'for')}
        error={errors['for']}
        items={[{ value: '', text: t('together.step.for-none') }, ...p.choices]}
      />
      <Select
        name="state"
        label={t('together.step.state')}
        value={textOf(values, 'state') || 'started'}
        items={waitStates.map((value) => ({ value, text: t(`together.state.${value}`) }))}
      />
      <DateInput
        name="on"
        legend={t('together.step.on')}
        hint={t('together.step.on-hint')}
        value={dateOf(values, 'on')}
        error={errors['on']}
      />
      <Reason t={t} values={values} errors={errors} />
      <AboutText
        t={t}
        name="words"
        label={t('together.step.words')}
        hint={t('together.step.words-hint')}
        value={textOf(values, 'words')}
        error={errors['words']}
        rows={2}
      />
      <Button>{t('together.step.save')}</Button>
    </form>
  )
}

function Reason(p: { readonly t: Words; readonly values: FormValues; readonly errors: FieldErrors }) {
  const { t, values } = p
  const [view, why] = [textOf(values, 'view'), textOf(values, 'why')]
  return (
    <Details summary={t('together.step.reason')} open={view + why !== ''}>
      <Select
        name="view"
        label={t('together.step.view')}
        hint={t('together.step.view-hint')}
        value={view}
        items={[
          { value: '', text: t('together.step.view-none') },
          ...viewIds.map((value) => ({ value, text: t(`together.view.${value}`) })),
        ]}
      />
      <AboutText
        t={t}
        name="why"
        label={t('together.step.why')}
        value={why}
        error={p.errors['why']}
        rows={2}
      />
    </Details>
  )
}

/** The order as it is kept, for the form. */
export function orderNow({ step, release }: SeenStep): FormValues {
  const { wait } = step
  const ref = wait?.step ?? wait?.thread ?? null
  return {
    for: ref === null ? '' : `${wait?.step === null ? 'thread' : 'step'}~${ref}`,
    state: wait?.state ?? 'started',
    on: wait?.on ?? '',
    view: step.view ?? '',
    why: step.why,
    words: release === null ? '' : lineOf(release.kept, afterRef),
  }
}
