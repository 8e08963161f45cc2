import type { FacetWords } from '#directory'

import {
  type Condition,
  Condition as ConditionIn,
  type FormBody,
  type Item,
  longestWording,
  type Option,
} from './form.ts'
import { fits } from './check.rules.ts'
import { asksDetail, detailsFor, withValues } from './detail.rules.ts'
import { askedEachTime } from './each-time.rules.ts'
import { freeId, hasOptions, isQuestion, itemOf, placedIn, type Placed } from './form.rules.ts'

/** What a page about one question posts, field by field as typed. */
export type ItemTyped = Readonly<Record<string, string>>

/** The most answers a question may have on the page. */
const mostOptions = 100

/** An item as its page says it, or the fields that need another look. */
export function itemFrom(
  body: FormBody,
  base: Item,
  typed: ItemTyped,
  details: readonly FacetWords[],
): { readonly item: Item } | { readonly errors: Readonly<Record<string, string>> } {
  const errors: Record<string, string> = {}
  const text = (typed['text'] ?? '').trim()
  if (text === '' && base.kind !== 'section') errors['text'] = 'intake.item.text-missing'
  if (text.length > longestWording) errors['text'] = 'intake.item.text-long'
  const detail = detailsFor(base.kind, details).find(({ id }) => id === typed['detail']) ?? null
  const written = hasOptions(base) ? optionsFrom(base, typed, errors) : base.options
  const options = detail === null ? written : withValues(written, detail)
  const when = whenFrom(body, base, typed)
  if (Object.keys(errors).length > 0) return { errors }
  const { _text, ...kept } = base.kept
  // A translation that lay beside the wording says something else once the wording has changed.
  const worded = text === base.text ? base.kept : kept
  const each = isQuestion(base) ? askedEachTime(worded, typed['eachTime'] === 'yes') : worded
  const own = asksDetail(each, options, detail)
  const items = isQuestion(base) ? hinted(body, base, (typed['hint'] ?? '').trim()) : base.items
  return { item: { ...base, text, options: [...options], when, kept: own, items: [...items] } }
}

function optionsFrom(base: Item, typed: ItemTyped, errors: Record<string, string>): readonly Option[] {
  const codes = new Set(base.options.map(({ code }) => code))
  const options: Option[] = []
  for (let at = 0; at < mostOptions && typed[`option-${at}`] !== undefined; at += 1) {
    const label = (typed[`option-${at}`] ?? '').trim()
    if (label === '') continue
    if (label.length > 500) errors[`option-${at}`] = 'intake.item.option-long'
    const score = scoreFrom(typed[`score-${at}`] ?? '')
    if (score === undefined) errors[`score-${at}`] = 'intake.item.score-wrong'
    const before = base.options.find(({ code }) => code === typed[`code-${at}`])
    const option = before ?? { code: newCode(codes), sort: 'coding' as const, kept: {} }
    codes.add(option.code)
    // Plain text that is worded anew keeps its code, so that conditions still find it.
    const sort = before !== undefined && before.label !== label ? ('coding' as const) : option.sort
    options.push({ ...option, sort, label, score: score ?? null })
  }
  const twice = options.findIndex(({ label }, at) => options.findIndex((each) => each.label === label) < at)
  if (twice !== -1) errors['option-0'] ??= 'intake.item.option-twice'
  return options
}

function newCode(taken: ReadonlySet<string>): string {
  let next = taken.size + 1
  while (taken.has(`a${next}`)) next += 1
  return `a${next}`
}

function scoreFrom(text: string): number | null | undefined {
  const plain = text.trim().replace('−', '-').replace(',', '.')
  if (plain === '') return null
  return /^-?\d{1,6}(\.\d{1,4})?$/.test(plain) ? Number(plain) : undefined
}

function whenFrom(body: FormBody, base: Item, typed: ItemTyped): Item['when'] {
  const conditions: Condition[] = []
  for (let at = 0; at < 20 && typed[`when-${at}`] !== undefined; at += 1) {
    const condition = conditionFrom(typed[`when-${at}`] ?? '')
    if (condition === null) continue
    const asked = itemOf(body, condition.question)?.item
    const kept = base.when?.conditions.some((each) => conditionKey(each) === conditionKey(condition)) ?? false
    if (kept || (asked !== undefined && fits(asked, condition))) conditions.push(condition)
  }
  return conditions.length === 0 ? null : { all: typed['all'] !== 'any', conditions }
}

/** A condition as a choice on the page says it. */
export function conditionKey({ question, operator, value }: Condition): string {
  return JSON.stringify([question, operator, value])
}

function conditionFrom(text: string): Condition | null {
  try {
    const [question, operator, value] = JSON.parse(text) as unknown[]
    const read = ConditionIn.safeParse({ question, operator, value })
    return read.success ? read.data : null
  } catch {
    return null
  }
}

/** The conditions that can be chosen: of the questions that come before, each of their answers, and that there is one. */
export function choosableFor(body: FormBody, base: Item): readonly (Condition & { readonly asked: Item })[] {
  const placed = placedIn(body.items)
  const here = placed.find(({ item }) => item.id === base.id)?.at ?? placed.length
  const before = (each: Placed) => each.at < here && isQuestion(each.item) && !each.item.retired
  return placed.filter(before).flatMap(({ item: asked }) => {
    const one = (operator: Condition['operator'], value: Condition['value']) => ({
      question: asked.id,
      operator,
      value,
      asked,
    })
    if (asked.kind === 'yes-no') return [one('=', true), one('=', false)]
    const options = hasOptions(asked) ? asked.options.map(({ code }) => one('=', code)) : []
    return [...options, one('exists', true)]
  })
}

/** The hint of a question: the first instruction that lies in it, as FHIR keeps one. */
export function hintOf(item: Item): Item | undefined {
  return item.items.find((each) => each.kind === 'instruction')
}

function hinted(body: FormBody, base: Item, text: string): readonly Item[] {
  const hint = hintOf(base)
  if (hint === undefined) {
    if (text === '') return base.items
    const id = `${base.id}-hint`
    const free = itemOf(body, id) === undefined && id.length <= 255 ? id : freeId(body)
    return [newItem(free, 'instruction', text), ...base.items]
  }
  if (text === '') return base.items.filter((each) => each !== hint)
  return base.items.map((each) => (each === hint ? { ...each, text } : each))
}

/** An item with nothing but its wording. */
export function newItem(id: string, kind: Item['kind'], text: string): Item {
  return { id, kind, text, options: [], when: null, retired: false, kept: {}, items: [] }
}
