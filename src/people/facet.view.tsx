import type { FacetWords } from '#directory'
import type { Words } from '#platform/i18n'
import { Fieldset, Input, Radios } from '#platform/ui'

import { openAnswers } from './situation.ts'
import type { FacetTyped } from './situation.rules.ts'

interface Props {
  readonly t: Words
  readonly facet: FacetWords
  readonly typed: FacetTyped | undefined
  readonly error: string | undefined
}

/** One question: its listed answers or a number, and always *not known*, *not now*, *not asked: not private* and *prefers not to say* beside them. */
export function FacetFields(p: Props) {
  const { t, facet } = p
  const typed = p.typed ?? { value: '', months: '', state: '' }
  return (
    <>
      <input type="hidden" name="asks" value={facet.id} />
      {facet.unit === null ? (
        <Radios
          name={`f-${facet.id}`}
          legend={facet.question}
          hint={facet.why}
          value={typed.state === '' ? typed.value : typed.state}
          error={p.error}
          small
          items={[
            ...facet.values.map(({ value, text }) => ({ value, text })),
            { divider: t('people.details.or') },
            ...states(t),
          ]}
        />
      ) : (
        <NumberFields {...p} typed={typed} />
      )}
    </>
  )
}

function NumberFields({ t, facet, typed, error }: Props & { readonly typed: FacetTyped }) {
  const age = facet.unit === 'months'
  return (
    <Fieldset legend={facet.question} legendSize="s">
      <p class="govuk-hint">{facet.why}</p>
      <Input
        name={`f-${facet.id}`}
        label={t(age ? 'people.details.years' : 'people.details.weeks-label')}
        value={typed.value}
        error={error}
        width={3}
        inputmode="numeric"
      />
      {age ? (
        <Input
          name={`m-${facet.id}`}
          label={t('people.details.months')}
          hint={t('people.details.months-hint')}
          value={typed.months}
          width={2}
          inputmode="numeric"
        />
      ) : null}
      <Radios
        name={`s-${facet.id}`}
        legend={t('people.details.or-say')}
        value={typed.state}
        small
        items={states(t)}
      />
    </Fieldset>
  )
}

function states(t: Words) {
  return openAnswers.map((value) => ({ value, text: t(`people.details.${value}`) }))
}
