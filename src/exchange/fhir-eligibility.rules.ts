import type { HealthcareServiceEligibility } from '@medplum/fhirtypes'

import { conditionInWords, ownTermLabel } from '#directory'
import type { Words } from '#platform/i18n'
import { ownConcept, said, type Said, saidIn, text } from './fhir-coding.rules.ts'
import type { HsdsService } from './hsds.ts'

/** Who it is for: its own words, its ages, one entry a clause, and our terms. */
export function eligibilityInFhir(t: Words, service: HsdsService): readonly HealthcareServiceEligibility[] {
  const words = said(service.eligibility_description)
  return [
    ...(words === null ? [] : [{ comment: words }]),
    ...agesOf(t, service),
    ...saidIn(service.attributes, 'anydoor-threshold').flatMap((each) => clauseOf(t, each)),
    ...saidIn(service.attributes, 'anydoor-term')
      .filter((each) => each.value.startsWith('eligibility.'))
      .flatMap((each) => ownConcept('anydoor-term', each.value, ownTermLabel(each.value) ?? each.name))
      .map((code) => ({ code })),
    ...fundsOf(t, service),
  ]
}

function agesOf(t: Words, service: HsdsService): HealthcareServiceEligibility[] {
  const { minimum_age: from, maximum_age: to } = service
  const comment =
    from !== undefined && to !== undefined
      ? t('exchange.fhir.age-span', { from: t.number(from), to: t.number(to) })
      : from !== undefined
        ? t('exchange.fhir.age-from', { from: t.number(from) })
        : to !== undefined
          ? t('exchange.fhir.age-to', { to: t.number(to) })
          : ''
  return comment === '' ? [] : [{ code: { text: t('exchange.fhir.age') }, comment }]
}

/** A clause: any one that holds is enough. A soft one means: ask first. */
function clauseOf(t: Words, clause: Said): HealthcareServiceEligibility[] {
  const soft = clause.code === 'soft'
  const comment = said(clause.label) ?? said(conditionText(t, clause.value))
  const words = t(`exchange.fhir.clause-${soft ? 'soft' : 'hard'}`)
  return ownConcept('anydoor-threshold', soft ? 'soft' : 'hard', words).map((code) => ({
    code,
    ...text('comment', comment),
  }))
}

function conditionText(t: Words, value: string): string {
  try {
    const condition: unknown = JSON.parse(value)
    if (typeof condition !== 'object' || condition === null) return ''
    return conditionInWords(condition as Parameters<typeof conditionInWords>[0], t.pack).join('. ')
  } catch {
    return ''
  }
}

function fundsOf(t: Words, service: HsdsService): HealthcareServiceEligibility[] {
  const wish = saidIn(service.attributes, 'anydoor-wish').find(
    (each) => each.code === 'needs-no-public-funds',
  )
  if (wish === undefined) return []
  const comment = t(wish.value === 'yes' ? 'directory.service.funds-yes' : 'directory.service.funds-no')
  return [{ code: { text: t('directory.service.funds') }, comment }]
}
