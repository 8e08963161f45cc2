import type { Coding, Meta } from '@medplum/fhirtypes'

import { said, saidIn, systems } from './fhir-coding.rules.ts'
import type { HsdsLocation, HsdsService } from './hsds.ts'

/**
 * What a resource is, for its labels (standards.md 4.5): public; public, but telling that somebody runs a refuge or works with
 * those who need one; the place that is kept secret.
 */
export type Sensitivity = 'open' | 'sensitive' | 'kept-place'

/** What is known of a resource beside what it says. */
export interface AboutResource {
  readonly sensitivity: Sensitivity
  /** Invented data: never to be taken for a real entry. */
  readonly demo: boolean
  readonly lastUpdated?: string | null | undefined
}

const act = (code: string, display: string): Coding => ({ system: systems.actCode, code, display })
const confidentiality = (code: string, display: string): Coding => ({
  system: systems.confidentiality,
  code,
  display,
})
const provider = act('SSP', 'sensitive service provider information sensitivity')
const labels: Readonly<Record<Sensitivity, readonly Coding[]>> = {
  open: [confidentiality('U', 'unrestricted')],
  sensitive: [confidentiality('U', 'unrestricted'), provider],
  'kept-place': [
    confidentiality('V', 'very restricted'),
    act('LOCIS', 'location information sensitivity'),
    provider,
    act('NOLIST', 'no unlisted entity disclosure'),
  ],
}
const testData: Coding = { system: systems.actReason, code: 'HTEST', display: 'test health data' }
const order = ['U', 'L', 'M', 'N', 'R', 'V']

/** The meta of a resource: its labels, the mark of invented data, when it changed. */
export function metaOf({ sensitivity, demo, lastUpdated }: AboutResource): Meta {
  return {
    ...(lastUpdated ? { lastUpdated } : {}),
    security: [...labels[sensitivity], ...(demo ? [testData] : [])],
  }
}

/** The labels of what holds these: the highest confidentiality among them, and every other code. */
export function labelsOfAll(metas: readonly (Meta | undefined)[]): Coding[] {
  const all = metas.flatMap((meta) => meta?.security ?? [])
  const byCode = new Map(all.map((label) => [`${label.system}|${label.code}`, label]))
  const unique = [...byCode.values()]
  const [highest] = unique
    .filter((label) => label.system === systems.confidentiality)
    .toSorted((a, b) => order.indexOf(b.code ?? '') - order.indexOf(a.code ?? ''))
  return [
    ...(highest === undefined ? [] : [highest]),
    ...unique.filter((label) => label.system !== systems.confidentiality),
  ]
}

/** Whether a place is kept secret. */
export function isKept(location: HsdsLocation): boolean {
  return marked(location.attributes)
}

/** Whether the mere fact that this is listed tells of a refuge. */
export function isSensitive(service: HsdsService): boolean {
  const terms = saidIn(service.attributes, 'anydoor-term').map((each) => each.value)
  const needs = saidIn(service.attributes, 'anydoor-need').map((each) => each.value)
  const places = (service.service_at_locations ?? []).flatMap(({ location }) => location ?? [])
  return (
    marked(service.attributes) ||
    places.some(isKept) ||
    terms.includes('kind.refuge') ||
    needs.includes('safe-place') ||
    sensitiveSectors.has(sectorOf(service.organization.attributes))
  )
}

/** Sectors whose every organisation is a provider of sensitive services. */
export const sensitiveSectors: ReadonlySet<string> = new Set(['domestic-abuse'])

/** The sector of an organisation, by its attributes. */
export function sectorOf(attributes: HsdsService['attributes']): string {
  return said(saidIn(attributes, 'anydoor-sector')[0]?.value) ?? 'other'
}

/** In the words of which country an organisation and its services are told. */
export function packOf(attributes: HsdsService['attributes']): 'uk' | 'us' {
  return saidIn(attributes, 'anydoor-pack')[0]?.value.toLowerCase() === 'us' ? 'us' : 'uk'
}

function marked(attributes: HsdsService['attributes']): boolean {
  return [...saidIn(attributes, 'location-privacy'), ...saidIn(attributes, 'anydoor-term')].some((each) =>
    /\baddress-confidential$/.test(each.value),
  )
}
