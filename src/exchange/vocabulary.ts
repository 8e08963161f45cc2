import { accessFeatures, billed, capacityStates, facets, kinds, needs, ownTerms } from '#directory'
import { sectors } from '#platform/access'
import type { HsdsTaxonomy, HsdsTerm } from './hsds.ts'
import { derivedId } from './derived-id.rules.ts'
import { type OwnTaxonomy, ownTaxonomies, ownTaxonomy, termOf } from './taxonomy.rules.ts'

const yesNo = ['yes', 'no']

/** The codes of each of our own taxonomies, as entries go out with them. Those of `anydoor-term` are in the database. */
const codes: Readonly<Record<Exclude<OwnTaxonomy, 'anydoor-term'>, readonly string[]>> = {
  'anydoor-access': accessFeatures.map((each) => each.code),
  'anydoor-access-words': ['words'],
  'anydoor-after': needs.map((each) => each.id),
  'anydoor-bill-to': billed,
  'anydoor-capacity': capacityStates,
  'anydoor-consultation': yesNo,
  'anydoor-diagnosis-to-pay': yesNo,
  'anydoor-documents': ['none'],
  'anydoor-fixed': facets.map((each) => each.id),
  'anydoor-insurer': ['insurer'],
  'anydoor-kind': kinds,
  'anydoor-need': needs.map((each) => each.id),
  'anydoor-pack': ['uk', 'us'],
  'anydoor-places': ['not-said'],
  'anydoor-region': ['region'],
  'anydoor-report': ['must-report'],
  'anydoor-sector': sectors,
  'anydoor-self-referral': yesNo,
  'anydoor-source-id': ['source-id'],
  'anydoor-survivor-led': yesNo,
  'anydoor-threshold': ['hard', 'soft'],
  'anydoor-training': ['until'],
  'anydoor-wait': ['weeks'],
  'anydoor-wish': ['led-by', 'worker-gender', 'model', 'remote', 'cost', 'needs-no-public-funds'],
  'location-privacy': ['address-confidential'],
}

/** The other taxonomy of which our own terms name codes. */
const openEligibility = 'Open Eligibility'

/** A taxonomy that was brought in, or another's, by its name. */
export function taxonomyNamed(name: string): HsdsTaxonomy {
  return { id: derivedId('taxonomy', name), name, description: name }
}

/** The taxonomies that every installation has. */
export const fixedTaxonomies: readonly HsdsTaxonomy[] = [
  ...(Object.keys(ownTaxonomies) as OwnTaxonomy[]).map(ownTaxonomy),
  taxonomyNamed(openEligibility),
]

/** The terms that every installation has, besides those of the database, in the order of their ids. */
export const fixedTerms: readonly HsdsTerm[] = [
  ...Object.entries(codes).flatMap(([taxonomy, list]) =>
    list.map((code) => termOf(taxonomy, code, code, ownTaxonomies[taxonomy as OwnTaxonomy])),
  ),
  ...[...new Set(ownTerms.flatMap((each) => each.sameAs))]
    .filter((same) => same.startsWith('open-eligibility:'))
    .map((same) => termOf(openEligibility, same.slice('open-eligibility:'.length))),
].toSorted((a, b) => (a.id < b.id ? -1 : 1))

const byId = new Map(fixedTerms.map((each) => [each.id, each]))

/** One of those, by its id. */
export function fixedTerm(id: string): HsdsTerm | null {
  return byId.get(id.toLowerCase()) ?? null
}
