import { derivedId } from './derived-id.rules.ts'
import type { HsdsAttribute, HsdsTaxonomy, HsdsTerm } from './hsds.ts'

/** Taxonomies of our own under which an entry says what HSDS has no field for. The directory's reader knows them by name. */
export const ownTaxonomies = {
  'anydoor-access': 'What helps a person to get in and be understood',
  'anydoor-access-words': 'Getting in, in words',
  'anydoor-after': 'A need that must be met first',
  'anydoor-bill-to': 'Who gets to see a bill',
  'anydoor-capacity': 'Whether there is room',
  'anydoor-consultation': 'Whether a worker may talk it over without a name',
  'anydoor-diagnosis-to-pay': 'Whether a diagnosis is needed for the insurer to pay',
  'anydoor-documents': 'Whether anything must be brought',
  'anydoor-fixed': 'A facet that a service never changes for anybody',
  'anydoor-insurer': 'An insurer that pays',
  'anydoor-kind': 'Who a service is listed for',
  'anydoor-need': 'A need that a service meets',
  'anydoor-pack': 'The words of a country',
  'anydoor-places': 'Whether the number of free places is known',
  'anydoor-region': 'The region of a place',
  'anydoor-report': 'What an agency must report',
  'anydoor-sector': 'The sector of an agency',
  'anydoor-self-referral': 'Whether a person may come by themself',
  'anydoor-source-id': 'The id that an entry has where it came from',
  'anydoor-survivor-led': 'Whether survivors lead it',
  'anydoor-term': 'A term of our vocabulary',
  'anydoor-threshold': 'One clause of who a service is for',
  'anydoor-training': 'Until when the workers are trained about abuse, by their own word',
  'anydoor-wait': 'The wait in weeks',
  'anydoor-wish': 'What a person may prefer',
  'location-privacy': 'Whether a place is confidential',
} as const
export type OwnTaxonomy = keyof typeof ownTaxonomies

/** A taxonomy of our own as HSDS says it. */
export function ownTaxonomy(name: OwnTaxonomy): HsdsTaxonomy {
  return { id: derivedId('taxonomy', name), name, description: ownTaxonomies[name] }
}

/** A term of a taxonomy; its id is made of both names. */
export function termOf(taxonomy: string, code: string, name = code, description = name): HsdsTerm {
  const key = `${taxonomy}\n${code}`
  const id = known.get(key) ?? derivedId('taxonomy_term', taxonomy, code)
  if (known.size < 5_000) known.set(key, id)
  return { id, code, name, description, taxonomy }
}

// The same few hundred terms stand in every entry of a list.
const known = new Map<string, string>()

/** Makes the attributes of one object, each with an id of its own. */
export function attributesFor(entity: string, parentId: string) {
  const make = (term: HsdsTerm, value?: string, label?: string): HsdsAttribute => ({
    id: derivedId('attribute', entity, parentId, term.id, value ?? '', label ?? ''),
    link_entity: entity,
    ...(value === undefined ? {} : { value }),
    ...(label === undefined ? {} : { label }),
    taxonomy_term: term,
  })
  return {
    /** One of our own: the code is the value too, unless another one is given. */
    own: (taxonomy: OwnTaxonomy, code: string, value = code, label?: string): HsdsAttribute =>
      make(termOf(taxonomy, code, code, ownTaxonomies[taxonomy]), value, label),
    /** A term of any vocabulary. */
    term: make,
  }
}
