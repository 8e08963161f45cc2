import file from './terms.json' with { type: 'json' }

/** A term of a vocabulary: a stable code, its words, the terms of other taxonomies that say the same. */
export interface Term {
  readonly code: string
  readonly taxonomy: string
  readonly label: string
  readonly parent: string | null
  readonly uri: string | null
  readonly sameAs: readonly string[]
}

interface RawTerm {
  readonly code: string
  readonly label: string
  readonly us?: string
  readonly parent?: string
  readonly sameAs?: readonly string[]
}

/** Our own vocabulary, in the order of the data file. */
export const ownTerms: readonly Term[] = (file.terms as readonly RawTerm[]).map((each) => ({
  code: each.code,
  taxonomy: 'anydoor',
  label: each.label,
  parent: each.parent ?? null,
  uri: null,
  sameAs: each.sameAs ?? [],
}))

const byCode = new Set(ownTerms.map((each) => each.code))
const labels = new Map(ownTerms.map((each) => [each.code, each.label]))
const american = new Map(
  (file.terms as readonly RawTerm[]).flatMap((each) =>
    each.us === undefined ? [] : [[each.code, each.us] as const],
  ),
)
const bySame = new Map(ownTerms.flatMap((each) => each.sameAs.map((code) => [code, each.code] as const)))

/** The words of one of our own terms, or null. */
export function ownTermLabel(code: string): string | null {
  return labels.get(code) ?? null
}

/** A term in the words of a reader's country; one of another list as its list has it. */
export function termText(pack: 'uk' | 'us', term: { readonly code: string; readonly label: string }): string {
  return (pack === 'us' ? american.get(term.code) : undefined) ?? term.label
}

/** Whether a code is one of our own terms that a service can have: a heading is none. */
export function isOwnTerm(code: string): boolean {
  return byCode.has(code) && code.includes('.')
}

/** Our own term that says the same as a term of another taxonomy (`open-eligibility:legal:representation`), or null. */
export function sameTerm(code: string): string | null {
  return bySame.get(code) ?? null
}
