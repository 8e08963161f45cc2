import { facetById } from '#directory'
import type { Value } from '#engine/space'
import type { Words } from '#platform/i18n'

import type { Answer } from './situation.ts'

/** An answer in plain words; *not known* and *not now* are answers too. */
export function answerText(t: Words, facet: string, answer: Answer | undefined): string {
  if (answer === undefined) return t('people.details.not-asked')
  if (answer.state !== 'known' || answer.value === null) return t(`people.details.${answer.state}`)
  return valueText(t, facet, answer.value)
}

/** A value in the words of the reader's country. */
export function valueText(t: Words, facet: string, value: Value): string {
  const words = facetById(facet, t.pack)
  if (words?.unit === 'months') return ageText(t, Number(value))
  if (words?.unit === 'weeks') return t('people.details.weeks', { count: Number(value) })
  return words?.values.find((each) => each.value === value)?.text ?? String(value)
}

/** What a facet is called. */
export function facetLabel(t: Words, facet: string): string {
  return facetById(facet, t.pack)?.label ?? facet
}

/** The question that settles a facet, as a worker asks it. */
export function facetQuestion(t: Words, facet: string): string {
  return facetById(facet, t.pack)?.question ?? facet
}

/** An age as it is said: months alone under one year, years, or both. */
function ageText(t: Words, months: number): string {
  const years = Math.floor(months / 12)
  const rest = months % 12
  const parts = [
    ...(years > 0 ? [t('people.details.age-years', { count: years })] : []),
    ...(rest > 0 || years === 0 ? [t('people.details.age-months', { count: rest })] : []),
  ]
  return t.list(parts)
}
