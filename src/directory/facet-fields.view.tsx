import type { Facet } from '#engine/space'
import type { Words } from '#platform/i18n'
import { Checkboxes, Fieldset, Input } from '#platform/ui'
import type { ConditionChoices } from './clause-form.rules.ts'
import { facetById, type Pack } from './facet.ts'

interface FacetProps {
  readonly t: Words
  readonly facet: Facet
  readonly pack: Pack
  readonly choices: ConditionChoices
  readonly errors: Readonly<Record<string, string>>
}

/** One detail as a plain question with its answers. */
export function FacetFields({ t, facet, pack, choices, errors }: FacetProps) {
  const words = facetById(facet.id, pack)
  if (words === null) return null
  if (facet.kind !== 'integer')
    return (
      <Checkboxes
        name={`is-${facet.id}`}
        legend={words.question}
        hint={words.why}
        small
        values={choices.chosen[facet.id] ?? []}
        error={errors[`is-${facet.id}`]}
        items={words.values}
      />
    )
  const typed = choices.ranges[facet.id] ?? { from: '', to: '' }
  const end = (name: 'from' | 'to') => (
    <Input
      name={`${name}-${facet.id}`}
      label={t(`directory.clause.${name}-${facet.id}`)}
      value={typed[name]}
      error={errors[`${name}-${facet.id}`]}
      width={5}
    />
  )
  return (
    <Fieldset legend={words.question} legendSize="s">
      <p class="govuk-hint">{facet.id === 'age' ? t('directory.clause.age-hint') : words.why}</p>
      <div class="app-editor__range">
        {end('from')}
        {end('to')}
      </div>
    </Fieldset>
  )
}
