import type { Extension } from '@medplum/fhirtypes'

import { type CapacityState, capacityText } from '#directory'
import type { Words } from '#platform/i18n'
import { concept, said, saidIn, systems } from './fhir-coding.rules.ts'
import type { HsdsAttribute, HsdsService } from './hsds.ts'

const url =
  'http://hl7.org/fhir/us/sdoh-clinicalcare/StructureDefinition/SDOHCC-ExtensionHealthcareServiceCapacityStatus'

/** Our four states as the four codes of the extension. */
const codes: Readonly<Record<CapacityState, readonly [code: string, display: string]>> = {
  'has-room': ['capacity', 'Has Capacity'],
  none: ['no-capacity', 'No Capacity'],
  'waiting-list': ['waitlist', 'No Capacity - Has Waitlist'],
  'ask-first': ['additional-assessment-required', 'Additional Assessment Required'],
}

/** Room and wait as Gravity's extension has them: a code, and notes with the day they are of. Nothing where nobody has told. */
export function capacityInFhir(t: Words, service: HsdsService): Extension[] {
  const given = service.capacities?.[0]
  const attributes = Array.isArray(given?.['attributes'])
    ? (given['attributes'] as readonly HsdsAttribute[])
    : []
  const state = saidIn(attributes, 'anydoor-capacity')[0]?.value
  if (given === undefined || state === undefined || !isState(state)) return []
  const [code, display] = codes[state]
  const notes = notesOf(t, given, state, attributes)
  return [
    {
      url,
      extension: [
        { url: 'capacityStatus', valueCodeableConcept: concept(systems.gravity, code, display) },
        ...(notes === '' ? [] : [{ url: 'capacityNotes', valueString: notes }]),
      ],
    },
  ]
}

function notesOf(
  t: Words,
  given: Readonly<Record<string, unknown>>,
  state: CapacityState,
  attributes: readonly HsdsAttribute[],
): string {
  const [from = null, to = null] =
    saidIn(attributes, 'anydoor-wait')[0]
      ?.value.split('-')
      .map(Number)
      .filter((weeks) => Number.isFinite(weeks)) ?? []
  const notSaid = saidIn(attributes, 'anydoor-places').length > 0
  const places = typeof given['available'] === 'number' && !notSaid ? given['available'] : null
  const updated = typeof given['updated'] === 'string' ? given['updated'] : null
  const words = capacityText(t, {
    state,
    places,
    waitWeeks: from,
    waitWeeksTo: to,
    note: null,
    asOf: updated ?? '',
  })
  const note = typeof given['description'] === 'string' ? said(given['description']) : null
  const asOf =
    updated !== null && !Number.isNaN(Date.parse(updated))
      ? t('exchange.fhir.as-of', { date: t.date(new Date(updated)) })
      : null
  return [words, note, asOf].filter((part) => part !== null && part !== '').join(' ')
}

function isState(state: string): state is CapacityState {
  return Object.hasOwn(codes, state)
}
