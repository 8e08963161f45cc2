import { facets, type FacetWords } from '#directory'

import type { Value } from './answer.ts'
import type { Item, ItemKind, Kept, Option } from './form.ts'
import { extensionsOf, marked } from './mark.rules.ts'

/** Our own marks on a question: the detail of a case that it asks, and which of its answers is which value of that detail. */
const urls = { detail: 'urn:anydoor:detail', value: 'urn:anydoor:detail-value' } as const

type Detail = Pick<FacetWords, 'id' | 'unit' | 'values'>

/** The details that a question of this kind can ask: a list for those with values, a number for an age in years or for weeks. */
export function detailsFor(kind: ItemKind, all: readonly FacetWords[]): readonly FacetWords[] {
  if (kind === 'choice') return all.filter((each) => each.unit === null)
  return kind === 'number' ? all.filter((each) => each.unit !== null) : []
}

/** The detail that a question asks; null for a question of its own. */
export function detailOf(item: Pick<Item, 'kept'>): string | null {
  const mark = extensionsOf(item.kept).find((each) => each.url === urls.detail)?.['valueString']
  return typeof mark === 'string' && mark !== '' ? mark : null
}

/** The answers of a list; those of the detail where none was written. */
export function withValues(options: readonly Option[], detail: Detail): readonly Option[] {
  if (options.length > 0) return options
  return detail.values.map(({ value, text }) => ({
    code: value,
    label: text,
    score: null,
    sort: 'coding',
    kept: {},
  }))
}

/**
 * What is kept of a question that asks a detail: an answer in the detail's own words is that value, and stays so when it is worded
 * anew. With null it is a question of its own again.
 */
export function asksDetail(kept: Kept, options: readonly Option[], detail: Detail | null): Kept {
  if (detail === null) return marked(kept, Object.values(urls), [])
  const before = valuesIn(kept)
  const values = options.flatMap(({ code, label }) => {
    const known = before.get(code) ?? detail.values.find(({ text }) => folded(text) === folded(label))?.value
    const valid = detail.values.some(({ value }) => value === known)
    return valid ? [{ url: urls.value, valueString: `${code}=${known}` }] : []
  })
  return marked(kept, Object.values(urls), [{ url: urls.detail, valueString: detail.id }, ...values])
}

/** A value of the detail as an answer to the question; null where the question has no such answer. */
export function answerFor(item: Item, detail: Detail, value: string | number): Value | null {
  if (item.kind === 'number' && typeof value === 'number')
    return detail.unit === 'months' ? Math.floor(value / 12) : value
  if (item.kind !== 'choice') return null
  const codes = valuesIn(item.kept)
  return item.options.find(({ code }) => codes.get(code) === value)?.code ?? null
}

/** An answer to the question as a value of the detail; null where it is none. */
export function valueOfAnswer(item: Item, detail: Detail, answer: Value): string | number | null {
  if (item.kind === 'choice') return valuesIn(item.kept).get(String(answer)) ?? null
  if (item.kind !== 'number' || typeof answer !== 'number') return null
  const value = detail.unit === 'months' ? Math.floor(answer) * 12 : Math.round(answer)
  const range = facets.find(({ id }) => id === detail.id)
  return range?.kind === 'integer' && value >= range.min && value <= range.max ? value : null
}

function valuesIn(kept: Kept): ReadonlyMap<string, string> {
  return new Map(
    extensionsOf(kept).flatMap((each) => {
      const text = each.url === urls.value ? each['valueString'] : undefined
      if (typeof text !== 'string') return []
      const at = text.lastIndexOf('=')
      return [[text.slice(0, at), text.slice(at + 1)] as const]
    }),
  )
}

function folded(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}
