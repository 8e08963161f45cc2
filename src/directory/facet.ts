import type { Condition, Facet } from '#engine/space'
import file from './facets.json' with { type: 'json' }
import needsFile from './needs.json' with { type: 'json' }

/** The wording pack: the words of a country. */
export type Pack = 'uk' | 'us'

/** A facet with the words a worker asks with. */
export interface FacetWords {
  readonly id: string
  readonly label: string
  readonly question: string
  readonly why: string
  /** How a sentence says it: a frame with `{}` for the answers, or a sentence each for yes and no. */
  readonly says: string | { readonly yes: string; readonly no: string }
  readonly unit: 'months' | 'weeks' | null
  /** Whose questions it belongs to: values of `who`; null means everyone's. */
  readonly asks: readonly string[] | null
  /** Listed values with their plain words, in order; empty for whole numbers. */
  readonly values: readonly { readonly value: string; readonly text: string }[]
}

/** What a person may want help with. */
export interface Need {
  readonly id: string
  readonly label: string
  readonly openEligibility: string | null
  readonly arises: readonly Condition[] | null
}

interface RawFacet {
  readonly id: string
  readonly kind: string
  readonly label: string
  readonly question: string
  readonly why: string
  readonly says: FacetWords['says']
  readonly unit?: string
  readonly min?: number
  readonly max?: number
  readonly for?: readonly string[]
  readonly values?: Readonly<Record<string, string>>
  readonly us?: { readonly values?: Readonly<Record<string, string>> }
}

interface RawNeed {
  readonly id: string
  readonly label: string
  readonly openEligibility?: string
  readonly arises?: readonly Condition[]
}

const rawFacets = file.facets as readonly RawFacet[]

/** Every facet as the engine reads it, in the order of the data file. */
export const facets: readonly Facet[] = rawFacets.map(facetOf)

/** The combinations of facets that can be: a child is under 18, and so on. */
export const possible = file.possible as readonly Condition[]

/** Every need, in the order of the data file. */
export const needs: readonly Need[] = (needsFile.needs as readonly RawNeed[]).map((need) => ({
  id: need.id,
  label: need.label,
  openEligibility: need.openEligibility ?? null,
  arises: need.arises ?? null,
}))

const wordsByPack: Readonly<Record<Pack, ReadonlyMap<string, FacetWords>>> = {
  uk: new Map(rawFacets.map((raw) => [raw.id, wordsOf(raw, {})])),
  us: new Map(rawFacets.map((raw) => [raw.id, wordsOf(raw, raw.us?.values ?? {})])),
}
const needById = new Map(needs.map((need) => [need.id, need]))

/** The words of every facet, in the order of the data file. */
export function facetWords(pack: Pack): readonly FacetWords[] {
  return [...wordsByPack[pack].values()]
}

/** The words of one facet, or null when there is no such facet. */
export function facetById(id: string, pack: Pack): FacetWords | null {
  return wordsByPack[pack].get(id) ?? null
}

/** A need by its code, or null when there is none. */
export function needByCode(code: string): Need | null {
  return needById.get(code) ?? null
}

function facetOf(raw: RawFacet): Facet {
  if (raw.kind === 'integer') {
    return { id: raw.id, label: raw.label, kind: 'integer', min: raw.min ?? 0, max: raw.max ?? 0 }
  }
  const kind = raw.kind === 'ordered' ? 'ordered' : 'choice'
  return { id: raw.id, label: raw.label, kind, values: Object.keys(raw.values ?? {}) }
}

function wordsOf(raw: RawFacet, own: Readonly<Record<string, string>>): FacetWords {
  return {
    id: raw.id,
    label: raw.label,
    question: raw.question,
    why: raw.why,
    says: raw.says,
    unit: raw.unit === 'months' || raw.unit === 'weeks' ? raw.unit : null,
    asks: raw.for ?? null,
    values: Object.entries(raw.values ?? {}).map(([value, text]) => ({ value, text: own[value] ?? text })),
  }
}
