import {
  constraintOf,
  normalRuns,
  otherRuns,
  readCondition,
  sizeOf,
  type Condition,
  type Facet,
  type Runs,
} from '#engine/space'
import { facetById, facets, type FacetWords, type Pack } from './facet.ts'
import { runFromWords, runInWords, type Span } from './number-words.rules.ts'

/** What the sentence of a condition without details says. */
const EVERYBODY = 'Everybody.'
const NOTHING_FITS = 'no answer fits'
const BUT = 'anything but '

/**
 * The sentence a condition makes: a short one for each detail that counts, in the order of the details. Read back by
 * `conditionSaid` it is the same condition. What lies outside the facets' limits is left out.
 */
export function sentenceOf(condition: Condition, pack: Pack): string {
  const said = facets.flatMap((facet, number) => {
    const runs = runsOf(condition, number)
    const words = facetById(facet.id, pack)
    return runs === null || words === null ? [] : [phraseOf(facet, words, runs)]
  })
  return said.length === 0 ? EVERYBODY : said.join(' ')
}

/** Whom a condition shuts out, a phrase for each detail: what a person would hear as the reason for a no. */
export function exclusionsOf(condition: Condition, pack: Pack): readonly { facet: string; words: string }[] {
  return facets.flatMap((facet, number) => {
    const runs = runsOf(condition, number)
    const words = facetById(facet.id, pack)
    if (runs === null || words === null) return []
    const others = constraintOf(facet, otherRuns(runs, sizeOf(facet)))
    const shut = runsOf({ [facet.id]: others }, number)
    return shut === null
      ? []
      : [{ facet: facet.id, words: `${words.label}: ${answersIn(facet, words, shut)}` }]
  })
}

/** The condition that a made sentence says; null when the words were not made from choices. */
export function conditionSaid(sentence: string, pack: Pack): Condition | null {
  const text = sentence.trim().replaceAll(/\s+/g, ' ')
  if (text === EVERYBODY) return {}
  const read: Record<string, Condition[string]> = {}
  for (const phrase of text.split(/(?<=\.) /)) {
    const found = facets.find((facet) => {
      if (facet.id in read) return false
      const words = facetById(facet.id, pack)
      const runs = words === null ? null : runsSaid(facet, words, phrase)
      if (runs === null) return false
      read[facet.id] = runs.length === 0 ? [] : constraintOf(facet, runs)
      return true
    })
    if (found === undefined) return null
  }
  return read
}

/** The steps that a condition leaves of a facet; null where the facet does not count. */
function runsOf(condition: Condition, number: number): Runs | null {
  const facet = facets[number]
  const constraint = facet === undefined ? undefined : condition[facet.id]
  if (facet === undefined || constraint === undefined) return null
  const read = readCondition(facets, { [facet.id]: constraint })
  const runs = read.ok ? read.value.find((limit) => limit.facet === number)?.runs : undefined
  if (runs === undefined) return null
  const [low, high] = runs
  return runs.length === 2 && low === 0 && high === sizeOf(facet) - 1 ? null : runs
}

function phraseOf(facet: Facet, words: FacetWords, runs: Runs): string {
  if (typeof words.says === 'string') return words.says.replace('{}', answersIn(facet, words, runs))
  const [value] = stepsIn(runs).map((step) => words.values[step]?.value)
  return value === 'yes'
    ? words.says.yes
    : value === 'no'
      ? words.says.no
      : `${words.label}: ${NOTHING_FITS}.`
}

function answersIn(facet: Facet, words: FacetWords, runs: Runs): string {
  if (runs.length === 0) return NOTHING_FITS
  if (facet.kind === 'integer') {
    return joined(
      pairsOf(runs).map(([low, high]) => runInWords(words.unit ?? 'weeks', facet, spanAt(facet, low, high))),
    )
  }
  const steps = stepsIn(runs)
  const rest = words.values.filter((_, step) => !steps.includes(step))
  const texts = (list: FacetWords['values']) => joined(list.map((each) => each.text))
  if (facet.kind === 'choice' && words.values.length > 3 && rest.length * 2 < words.values.length)
    return BUT + texts(rest)
  return texts(words.values.filter((_, step) => steps.includes(step)))
}

function runsSaid(facet: Facet, words: FacetWords, phrase: string): Runs | null {
  if (typeof words.says !== 'string') {
    const value = phrase === words.says.yes ? 'yes' : phrase === words.says.no ? 'no' : null
    if (value !== null) return stepsOf(words, [value])
    return phrase === `${words.label}: ${NOTHING_FITS}.` ? [] : null
  }
  const [before = '', after = ''] = words.says.split('{}')
  if (!phrase.startsWith(before) || !phrase.endsWith(after)) return null
  const answers = phrase.slice(before.length, phrase.length - after.length)
  if (answers === NOTHING_FITS) return []
  if (facet.kind === 'integer') return numbersSaid(facet, words, answers)
  const but = answers.startsWith(BUT)
  const listed = valuesSaid(words.values, but ? answers.slice(BUT.length) : answers, true)
  if (listed === null) return null
  const chosen = words.values.map((each) => each.value).filter((value) => listed.includes(value) !== but)
  return stepsOf(words, chosen)
}

function numbersSaid(facet: Extract<Facet, Span>, words: FacetWords, answers: string): Runs | null {
  const pairs: [number, number][] = []
  for (const part of answers.split(/, or |, /)) {
    const run = runFromWords(words.unit ?? 'weeks', facet, part)
    if (run === null || run.min > run.max || run.min < facet.min || run.max > facet.max) return null
    pairs.push([run.min - facet.min, run.max - facet.min])
  }
  return normalRuns(pairs)
}

/** Answers in their order; why not split at commas: some answers hold one. */
function valuesSaid(values: FacetWords['values'], text: string, first: boolean): readonly string[] | null {
  for (const [i, { value, text: said }] of values.entries()) {
    if (text === (first ? said : `, or ${said}`)) return [value]
    const start = first ? said : `, ${said}`
    if (!text.startsWith(start)) continue
    const rest = valuesSaid(values.slice(i + 1), text.slice(start.length), false)
    if (rest !== null) return [value, ...rest]
  }
  return null
}

function stepsOf(words: FacetWords, chosen: readonly string[]): Runs {
  return normalRuns(words.values.flatMap(({ value }, step) => (chosen.includes(value) ? [[step, step]] : [])))
}

function spanAt(facet: Span, low: number, high: number): Span {
  return { min: facet.min + low, max: facet.min + high }
}

function pairsOf(runs: Runs): readonly (readonly [number, number])[] {
  return runs.flatMap((low, i) => (i % 2 === 0 ? [[low, runs[i + 1] ?? low] as const] : []))
}

function stepsIn(runs: Runs): readonly number[] {
  return pairsOf(runs).flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, i) => low + i))
}

function joined(words: readonly string[]): string {
  return words.length <= 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')}, or ${words.at(-1)}`
}
