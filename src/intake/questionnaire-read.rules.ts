import { z } from 'zod'

import { FormBody, type FormProblem, type Item, type ItemKind, type When } from './form.ts'
import { fits } from './check.rules.ts'
import { placedIn, tooLarge } from './form.rules.ts'
import { neverAskedIn } from './never-asked.rules.ts'
import { optionsFrom } from './questionnaire-options.rules.ts'
import { whenFrom } from './questionnaire-when.rules.ts'
import {
  extensionUrls,
  type FileNote,
  type ItemIn,
  knownElements,
  QuestionnaireIn,
  rest,
  ValueSetIn,
} from './questionnaire.ts'

/** A file taken whole, with what is kept and not acted on; or everything in it that cannot be held, and then nothing of it is. */
export type ReadQuestionnaire =
  | { readonly body: FormBody; readonly notes: readonly FileNote[] }
  | { readonly refused: readonly FormProblem[] }

/**
 * Reads a Questionnaire of FHIR R4. What we do not act on is kept and given back; what would change the form's meaning if we left
 * it out is refused with the item's name.
 */
export function formFrom(json: unknown): ReadQuestionnaire {
  if (tooDeep(json)) return { refused: [{ item: '', rule: 'too-large', values: {} }] }
  const checked = QuestionnaireIn.safeParse(json)
  if (!checked.success) return { refused: shapeProblems(json, checked.error) }
  const file = checked.data
  const problems: FormProblem[] = unknownIn(file, 'questionnaire', '')
  const lists = listsOf(file, problems)
  const reading: Reading = { problems, notes: [], lists }
  const items = (file.item ?? []).map((item) => itemFrom(item, reading))
  const notes = [...reading.notes, ...wholeNotes(file)]
  const placed = placedIn(items)
  const byId = new Map(placed.map(({ item }) => [item.id, item]))
  const twice = placed.filter(({ item }, at) => placed.findIndex((each) => each.item.id === item.id) < at)
  for (const { item } of twice) problems.push({ item: item.id, rule: 'same-id', values: {} })
  if (tooLarge(items)) problems.push({ item: '', rule: 'too-large', values: {} })
  for (const { item } of placed) problems.push(...strayConditions(item, byId))
  const body = bodyFrom(file, items)
  if (!('body' in body)) return { refused: [...problems, ...body.refused] }
  problems.push(...neverAskedIn(body.body))
  return problems.length > 0 ? { refused: problems } : { body: body.body, notes }
}

/** Whether a file nests further than any form does; asked without recursion, since nobody knows yet how far. */
function tooDeep(json: unknown): boolean {
  let level: readonly unknown[] = [json]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > 60) return true
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
  return false
}

interface Reading {
  readonly problems: FormProblem[]
  readonly notes: FileNote[]
  readonly lists: ReadonlyMap<string, ValueSetIn>
}

const wholeRead = [
  'resourceType',
  'id',
  'url',
  'version',
  'title',
  'status',
  'date',
  'description',
  'item',
  'text',
  'contained',
]

function bodyFrom(
  file: QuestionnaireIn,
  items: readonly Item[],
): { readonly body: FormBody } | { readonly refused: readonly FormProblem[] } {
  const title = (file.title ?? file.name ?? '').trim()
  const made = FormBody.safeParse({
    title,
    purpose: file.description ?? '',
    items,
    kept: rest(file, wholeRead),
    origin: { url: file.url ?? '', version: file.version ?? '' },
    licence: null,
  })
  if (made.success) return { body: made.data }
  if (title === '') return { refused: [{ item: '', rule: 'no-title', values: {} }] }
  return {
    refused: made.error.issues.map(({ path }) => ({ item: idAt(items, path), rule: 'too-long', values: {} })),
  }
}

function idAt(items: readonly Item[], path: readonly PropertyKey[]): string {
  let list = items
  let id = ''
  for (const [at, part] of path.entries()) {
    if (part !== 'items') continue
    const item = list[Number(path[at + 1])]
    if (item === undefined) break
    id = item.id
    list = item.items
  }
  return id
}

const itemRead = [
  'linkId',
  'type',
  'text',
  'repeats',
  'answerOption',
  'answerValueSet',
  'enableWhen',
  'enableBehavior',
  'item',
]

function itemFrom(from: ItemIn, reading: Reading): Item {
  const { problems, notes } = reading
  const id = from.linkId
  const refuse = (rule: string, values: FormProblem['values'] = {}) =>
    void problems.push({ item: id, rule, values })
  problems.push(...unknownIn(from, 'item', id))
  const kind = kindOf(from)
  if (kind === null) refuse('type', { type: from.type })
  if (from.repeats === true && kind !== 'several') refuse('repeats')
  if (from.readOnly === true) refuse('read-only')
  if (kind === 'instruction' && (from.item ?? []).length > 0) refuse('instruction-holds')
  const hidden =
    from.extension?.some((each) => each.url === extensionUrls.hidden && each['valueBoolean'] === true) ??
    false
  const worked = from.extension?.find(({ url }) => /expression$/i.test(url))
  if (worked !== undefined) refuse('worked-out')
  const options = optionsFrom(from, reading.lists, refuse)
  if (options.length > 0 && kind !== null && kind !== 'choice' && kind !== 'several') refuse('list-for-type')
  if (from.required === true) notes.push({ item: id, rule: 'required', values: {} })
  if (from.initial !== undefined) notes.push({ item: id, rule: 'initial', values: {} })
  const when = whenFrom(from, refuse)
  if (when?.conditions.some(({ operator }) => operator === '!='))
    notes.push({ item: id, rule: 'not-equal', values: {} })
  const kept = rest(from, hidden ? [...itemRead, 'extension'] : itemRead)
  const others = from.extension?.filter(({ url }) => url !== extensionUrls.hidden) ?? []
  return {
    id,
    kind: kind ?? 'text',
    text: from.text ?? '',
    options: [...options],
    when,
    retired: hidden,
    kept: hidden && others.length > 0 ? { ...kept, extension: others } : kept,
    items: (from.item ?? []).map((each) => itemFrom(each, reading)),
  }
}

const kinds: Readonly<Record<string, ItemKind>> = {
  group: 'section',
  display: 'instruction',
  string: 'text',
  text: 'long',
  boolean: 'yes-no',
  date: 'date',
  integer: 'number',
}

function kindOf({ type, repeats }: ItemIn): ItemKind | null {
  if (type === 'choice') return repeats === true ? 'several' : 'choice'
  return Object.hasOwn(kinds, type) ? (kinds[type] ?? null) : null
}

/** Conditions on questions that are not there, or on answers that cannot be given. */
function strayConditions(item: Item, byId: ReadonlyMap<string, Item>): readonly FormProblem[] {
  const conditions: When['conditions'] = item.when?.conditions ?? []
  return conditions.flatMap((condition) => {
    const asked = byId.get(condition.question)
    if (asked === undefined)
      return [{ item: item.id, rule: 'condition-unknown', values: { question: condition.question } }]
    return fits(asked, condition)
      ? []
      : [{ item: item.id, rule: 'condition-answer', values: { question: asked.text || asked.id } }]
  })
}

/** The lists of answers that lie in the file itself. */
function listsOf(file: QuestionnaireIn, problems: FormProblem[]): ReadonlyMap<string, ValueSetIn> {
  const lists = new Map<string, ValueSetIn>()
  for (const each of file.contained ?? []) {
    const list = ValueSetIn.safeParse(each)
    if (list.success) lists.set(`#${list.data.id}`, list.data)
    else problems.push({ item: '', rule: 'contained', values: { type: each.resourceType } })
  }
  return lists
}

function wholeNotes(file: QuestionnaireIn): readonly FileNote[] {
  const note = (rule: string) => ({ item: '', rule, values: {} })
  return [
    ...(file['text'] === undefined ? [] : [note('narrative')]),
    ...(file.contained === undefined ? [] : [note('lists')]),
    ...(file.extension?.some(({ url }) => /library|variable|launchContext/.test(url)) ? [note('logic')] : []),
  ]
}

function unknownIn(
  element: Readonly<Record<string, unknown>>,
  of: keyof typeof knownElements,
  item: string,
): FormProblem[] {
  return Object.keys(element)
    .filter((key) => !knownElements[of].has(key.replace(/^_/, '')))
    .map((name) => ({ item, rule: 'unknown-element', values: { name } }))
}

/** What is not shaped as FHIR says: the item's name where the path leads through one, and the element. */
function shapeProblems(json: unknown, error: z.ZodError): readonly FormProblem[] {
  const type = z.looseObject({ resourceType: z.string() }).safeParse(json)
  if (!type.success || type.data.resourceType !== 'Questionnaire')
    return [{ item: '', rule: 'not-a-questionnaire', values: {} }]
  return error.issues.slice(0, 50).map(({ path }) => {
    let here: unknown = json
    let item = ''
    for (const part of path) {
      here =
        typeof here === 'object' && here !== null ? (here as Record<PropertyKey, unknown>)[part] : undefined
      const named = z.looseObject({ linkId: z.string() }).safeParse(here)
      if (named.success) item = named.data.linkId
    }
    const name = path.filter((part) => typeof part === 'string').at(-1) ?? ''
    return { item, rule: 'shape', values: { name: String(name) } }
  })
}
