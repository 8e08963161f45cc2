import type { CodeableConcept } from '@medplum/fhirtypes'

import { codeText, ownTermLabel, serviceNeeds } from '#directory'
import type { Words } from '#platform/i18n'
import { answerIn, concept, inWords, ownConcept, said, saidIn, systems } from './fhir-coding.rules.ts'
import { isKept } from './fhir-label.rules.ts'
import type { HsdsService } from './hsds.ts'

const provisions = new Map<string, readonly [code: string, display: string]>([
  ['free', ['free', 'Free']],
  ['sliding-scale', ['disc', 'Discounts Available']],
  ['paid', ['cost', 'Fees apply']],
])

/** What it costs, as FHIR's three codes know it. */
export function costInFhir(service: HsdsService): CodeableConcept[] {
  const given = saidIn(service.attributes, 'anydoor-wish').find((each) => each.code === 'cost')?.value
  const provision = provisions.get(given ?? amountsOf(service) ?? '')
  return provision === undefined ? [] : [concept(systems.provision, ...provision)]
}

/** What helps to get in and be understood, who leads it, how it works. */
export function characteristicsInFhir(t: Words, service: HsdsService): CodeableConcept[] {
  const { attributes } = service
  const wishes = (code: string) =>
    saidIn(attributes, 'anydoor-wish')
      .filter((each) => each.code === code)
      .map((each) => each.value)
  const ledBy = wishes('led-by').map((code) => codeText(t, 'led-by', code))
  const workers = wishes('worker-gender').map((code) => codeText(t, 'gender', code))
  return [
    ...saidIn(attributes, 'anydoor-access').flatMap((each) =>
      ownConcept('anydoor-access', each.value, codeText(t, 'access', each.value)),
    ),
    ...saidIn(attributes, 'anydoor-access-words').flatMap((each) => inWords(each.label)),
    ...accessWordsOf(service).flatMap(inWords),
    ...saidIn(attributes, 'anydoor-term')
      .filter((each) => /^(approach|access)\./.test(each.value))
      .flatMap((each) => ownConcept('anydoor-term', each.value, ownTermLabel(each.value) ?? each.name)),
    ...(ledBy.length === 0 ? [] : inWords(t('exchange.fhir.led-by', { who: t.list(ledBy) }))),
    ...(workers.length === 0 ? [] : inWords(t('exchange.fhir.workers', { who: t.anyOf(workers) }))),
    ...wishes('model').flatMap((code) => inWords(codeText(t, 'model', code))),
    ...(wishes('remote').includes('yes') ? inWords(t('directory.access.remote-support')) : []),
    ...(answerIn(attributes, 'anydoor-survivor-led') === true
      ? inWords(t('directory.offer.survivor-led'))
      : []),
    ...inWords(textAt(service, 'interpretation_services')),
  ]
}

/** What a reader wants to know before they ask for it: how to, what to bring, who pays, when this was checked. */
export function detailsInFhir(t: Words, service: HsdsService): string {
  const { attributes } = service
  const first = serviceNeeds(saidIn(attributes, 'anydoor-after').map((each) => each.value))
  const documents = (service.required_documents ?? []).flatMap(({ document }) =>
    typeof document === 'string' ? (said(document) ?? []) : [],
  )
  const nothing = saidIn(attributes, 'anydoor-documents').some((each) => each.value === 'none')
  const insurers = saidIn(attributes, 'anydoor-insurer').map((each) => each.label)
  const bill = saidIn(attributes, 'anydoor-bill-to')[0]?.value
  const diagnosis = answerIn(attributes, 'anydoor-diagnosis-to-pay')
  const checked = service.assured_date
  const named = (word: string, items: readonly string[]) =>
    items.length === 0 ? null : `${t(word)}: ${t.list(items)}`
  return [
    said(service.application_process),
    named('exchange.fhir.first', first),
    named('directory.offer.bring', documents),
    documents.length === 0 && nothing ? t('directory.offer.bring-none') : null,
    named('directory.offer.insurers', insurers),
    bill !== undefined && t.has(`directory.bill.${bill}`) ? t(`directory.bill.${bill}`) : null,
    diagnosis === null ? null : t(`directory.diagnosis.${diagnosis ? 'yes' : 'no'}`),
    checked !== undefined && /^\d{4}-\d\d-\d\d$/.test(checked)
      ? t('directory.service.checked', { date: t.date(checked) })
      : null,
  ]
    .filter((part) => part !== null)
    .join('\n\n')
}

function amountsOf(service: HsdsService): 'free' | 'paid' | null {
  const amounts = (service.cost_options ?? []).flatMap(({ amount }) =>
    typeof amount === 'number' ? [amount] : [],
  )
  if (amounts.length === 0) return null
  return amounts.every((amount) => amount === 0) ? 'free' : 'paid'
}

/** What places say of getting in, in words. A kept place says nothing. */
function accessWordsOf(service: HsdsService): readonly string[] {
  const all = (service.service_at_locations ?? []).flatMap(({ location }) =>
    location === undefined || isKept(location) ? [] : (location.accessibility ?? []),
  )
  const words = all.map((each) =>
    [textAt(each, 'description'), textAt(each, 'details')].filter((part) => part !== null).join(': '),
  )
  return [...new Set(words)]
}

function textAt(json: object, key: string): string | null {
  const given: unknown = (json as Readonly<Record<string, unknown>>)[key]
  return typeof given === 'string' ? said(given) : null
}
