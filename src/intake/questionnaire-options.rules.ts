import type { FormProblem, Option } from './form.ts'
import {
  type CodingIn,
  type Extension,
  type ItemIn,
  knownElements,
  type OptionIn,
  rest,
  scoreUrls,
  type ValueSetIn,
} from './questionnaire.ts'

type Refuse = (rule: string, values?: FormProblem['values']) => void

/** The answers to pick from: beside the question, or in a list that lies in the file. A list elsewhere is refused: nobody fetches it. */
export function optionsFrom(
  from: ItemIn,
  lists: ReadonlyMap<string, ValueSetIn>,
  refuse: Refuse,
): readonly Option[] {
  const options =
    from.answerValueSet === undefined
      ? (from.answerOption ?? []).flatMap((each) => optionFrom(each, refuse))
      : listed(from.answerValueSet, lists, refuse)
  const codes = options.map(({ code }) => code)
  const twice = codes.find((code, at) => codes.indexOf(code) < at)
  if (twice !== undefined) refuse('same-code', { code: twice })
  return options
}

function optionFrom(from: OptionIn, refuse: Refuse): readonly Option[] {
  for (const name of Object.keys(from))
    if (!knownElements.option.has(name.replace(/^_/, ''))) refuse('unknown-element', { name })
  const { score, kept } = scoreIn(from, ['valueCoding', 'valueString'])
  if (from.valueString !== undefined) {
    const text = from.valueString
    if (text === '' || text.length > 500) refuse('option', { name: text.slice(0, 40) })
    return [{ code: text, label: text, score, sort: 'string', kept: asKept('option', kept) }]
  }
  const coding = from.valueCoding
  if (coding?.code === undefined || coding.code === '') {
    refuse('option', { name: coding?.display ?? '' })
    return []
  }
  return [
    { ...codingFrom(coding, coding.code, score), kept: { ...asKept('option', kept), ...codingKept(coding) } },
  ]
}

function codingFrom(coding: CodingIn, code: string, score: number | null): Omit<Option, 'kept'> {
  const inside = scoreOf(coding.extension)
  return { code, label: (coding.display ?? '') || code, score: score ?? inside, sort: 'coding' }
}

function codingKept(coding: CodingIn): Option['kept'] {
  return asKept('coding', scoreIn(coding, ['code', 'display']).kept)
}

function listed(url: string, lists: ReadonlyMap<string, ValueSetIn>, refuse: Refuse): readonly Option[] {
  const list = lists.get(url)
  const includes = list?.compose?.include
  if (includes === undefined || includes.some((each) => each.concept === undefined || 'filter' in each)) {
    refuse('list-elsewhere', { list: url })
    return []
  }
  return includes.flatMap(({ system, concept }) =>
    (concept ?? []).map((each) => ({
      code: each.code,
      label: (each.display ?? '') || each.code,
      score: scoreOf(each.extension),
      sort: 'coding' as const,
      kept: system === undefined ? {} : { coding: { system } },
    })),
  )
}

/** The value of an answer, and what else stands beside it. */
function scoreIn(
  element: Readonly<Record<string, unknown>> & { readonly extension?: readonly Extension[] | undefined },
  read: readonly string[],
): { readonly score: number | null; readonly kept: Readonly<Record<string, unknown>> } {
  const others = (element.extension ?? []).filter(({ url }) => !scoreUrls.includes(url))
  const kept = rest(element, [...read, 'extension'])
  return {
    score: scoreOf(element.extension),
    kept: others.length === 0 ? kept : { ...kept, extension: others },
  }
}

function scoreOf(extension: readonly Extension[] | undefined): number | null {
  const value = extension?.find(({ url }) => scoreUrls.includes(url))
  const number = value?.['valueDecimal'] ?? value?.['valueInteger']
  return typeof number === 'number' ? number : null
}

function asKept(name: 'option' | 'coding', kept: Readonly<Record<string, unknown>>): Option['kept'] {
  return Object.keys(kept).length === 0 ? {} : { [name]: kept }
}
