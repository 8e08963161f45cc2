import type { CodeableConcept, Coding, ContactPoint, Extension, Identifier } from '@medplum/fhirtypes'

import type { HsdsAttribute, HsdsPhone } from './hsds.ts'
import { type OwnTaxonomy, ownTaxonomy } from './taxonomy.rules.ts'

/** Code systems of others that the resources of the directory use. */
export const systems = {
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  actReason: 'http://terminology.hl7.org/CodeSystem/v3-ActReason',
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  gravity: 'http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes',
  language: 'urn:ietf:bcp:47',
  provision: 'http://terminology.hl7.org/CodeSystem/service-provision-conditions',
  uri: 'urn:ietf:rfc:3986',
} as const

/** The code system of one of our own taxonomies: the UUID that the taxonomy has in HSDS. */
export function ownSystem(taxonomy: OwnTaxonomy): string {
  return `urn:uuid:${ownTaxonomy(taxonomy).id}`
}

/** A concept with a code of our own and its words; the words alone where the code is none by FHIR's rules. */
export function ownConcept(taxonomy: OwnTaxonomy, code: string, words: string): CodeableConcept[] {
  const clean = said(code)
  const text = said(words) ?? clean
  if (text === null) return []
  if (clean === null || !/^\S+( \S+)*$/.test(clean)) return [{ text }]
  return [{ coding: [{ system: ownSystem(taxonomy), code: clean, display: text }], text }]
}

/** A concept of a code system of others. */
export function concept(system: string, code: string, display: string): CodeableConcept {
  return { coding: [{ system, code, display } satisfies Coding], text: display }
}

/** A concept in words only; nothing where there are none. */
export function inWords(words: string | null | undefined): CodeableConcept[] {
  const text = said(words)
  return text === null ? [] : [{ text }]
}

/** One attribute of the hub, flattened. */
export interface Said {
  readonly code: string
  readonly value: string
  readonly label: string
  readonly name: string
}

/** What an object says in one of our own taxonomies. */
export function saidIn(
  attributes: readonly HsdsAttribute[] | undefined,
  taxonomy: OwnTaxonomy,
): readonly Said[] {
  return (attributes ?? []).flatMap(({ value, label, taxonomy_term: term }) => {
    const name = term?.taxonomy ?? term?.taxonomy_detail?.name ?? ''
    if (term === undefined || name.toLowerCase() !== taxonomy) return []
    const code = term.code ?? term.name
    return [{ code, value: value ?? code, label: label ?? '', name: term.name }]
  })
}

/** Whether a yes/no taxonomy says yes; null where it says neither. */
export function answerIn(
  attributes: readonly HsdsAttribute[] | undefined,
  taxonomy: OwnTaxonomy,
): boolean | null {
  const given = saidIn(attributes, taxonomy)[0]?.value.toLowerCase()
  return given === 'yes' ? true : given === 'no' ? false : null
}

/** Text as FHIR takes it: without control characters, blanks at the ends or nothing at all. */
export function said(text: string | null | undefined): string | null {
  // What XML forbids; a line end and a tab may stay.
  const clean = (text ?? '')
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\n\r\t]|[\ufffe\uffff]/gu, '')
    .trim()
  return clean === '' ? null : clean
}

/** The key with its text, or nothing. */
export function text<K extends string>(key: K, value: string | null | undefined): { [P in K]?: string } {
  const clean = said(value)
  return (clean === null ? {} : { [key]: clean }) as { [P in K]?: string }
}

/** The key with its list, or nothing: FHIR knows no empty lists. */
export function list<K extends string, V>(key: K, values: readonly V[]): { [P in K]?: V[] } {
  return (values.length === 0 ? {} : { [key]: [...values] }) as { [P in K]?: V[] }
}

/** The id under which a resource stands; letters of ids count in FHIR, so they are all small. */
export function fhirId(id: string): string {
  return id.toLowerCase()
}

/** The id as an identifier, and the one of the source where that is another. */
export function identifiersOf(id: string, attributes: readonly HsdsAttribute[] | undefined): Identifier[] {
  const source = saidIn(attributes, 'anydoor-source-id')
  return [
    { system: systems.uri, value: `urn:uuid:${fhirId(id)}` },
    ...source.flatMap((each): Identifier[] => {
      const value = said(each.value)
      return value === null ? [] : [{ use: 'secondary', value }]
    }),
  ]
}

/** Ways to reach somebody: what is written goes by text message, a video line is something else. */
export function telecomOf(of: {
  readonly phones?: readonly HsdsPhone[] | undefined
  readonly email?: string | undefined
  readonly web?: string | undefined
}): ContactPoint[] {
  const point = (system: ContactPoint['system'], value: string | null): ContactPoint[] =>
    value === null || system === undefined ? [] : [{ system, value }]
  return [
    ...(of.phones ?? []).flatMap(phoneIn),
    ...point('email', said(of.email)),
    ...point('url', said(of.web)),
  ]
}

/** By the kind of a telephone as a file says it, which can be any word. */
const phoneSystems = new Map<string, NonNullable<ContactPoint['system']>>([
  ['fax', 'fax'],
  ['pager', 'pager'],
  ['text', 'sms'],
  ['textphone', 'sms'],
  ['video', 'other'],
])

function phoneIn(phone: HsdsPhone): ContactPoint[] {
  const value = said(phone.number)
  if (value === null) return []
  const type = phone.type?.toLowerCase() ?? 'voice'
  const extension: Extension[] = [
    ...words('http://hl7.org/fhir/StructureDefinition/contactpoint-extension', phone.extension),
    ...words('http://hl7.org/fhir/StructureDefinition/contactpoint-comment', phone.description),
  ]
  return [
    {
      ...list('extension', extension),
      system: phoneSystems.get(type) ?? 'phone',
      value,
      ...(type === 'cell' ? { use: 'mobile' as const } : {}),
    },
  ]
}

function words(url: string, value: string | number | undefined): Extension[] {
  const valueString = said(value === undefined ? null : String(value))
  return valueString === null ? [] : [{ url, valueString }]
}
