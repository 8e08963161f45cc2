import { facetById } from '#directory'
import type { CaseFile } from '#people'

import type { Answers, FilledForm, TakenFrom, Value } from './answer.ts'
import { shownIn } from './branching.rules.ts'
import { needsLicence } from './check.rules.ts'
import { answerFor, detailOf } from './detail.rules.ts'
import { isAskedEachTime } from './each-time.rules.ts'
import { hasOptions, isQuestion, optionOf, type Placed, placedIn } from './form.rules.ts'
import type { FormBody, Item } from './form.ts'

/** A form in the version that is asked. */
interface Asked {
  readonly formId: string
  readonly body: FormBody
}

/** A form that was filled in for the same case before, with the version that was asked. */
export interface FilledBefore extends Asked {
  readonly filled: Pick<FilledForm, 'id' | 'version' | 'title' | 'answers'>
  /** The day it was last written, as an ISO date. */
  readonly on: string
}

/** What somebody answered before, as an answer to a question that is about to be asked. */
export interface Earlier {
  /** The filled form as it was read: another source once it was written anew. */
  readonly source: string
  readonly value: Value
  readonly from: TakenFrom
  /** How it was asked then, where that was worded otherwise. */
  readonly wording: string | null
}
export type EarlierAnswers = ReadonlyMap<string, Earlier>

/**
 * What was answered before, by the question's id: to the same question of the same form, or to one of another form with the same
 * words, kind and conditions. The newest answer counts; who would not say, or did not know, is not held to what came before
 * that. An instrument of others is asked whole, and a question about the time of the talk each time.
 */
export function answeredBefore(asked: Asked, before: readonly FilledBefore[]): EarlierAnswers {
  if (needsLicence({ title: asked.body.title, licence: null })) return new Map()
  const here = namedIn(asked.body)
  const sides = before.map((each) => ({ ...each, ...sideOf(each) }))
  const found = new Map<string, Earlier>()
  for (const { item, at } of here.questions) {
    if (isAskedEachTime(item)) continue
    const name = here.nameAt.get(at)
    for (const side of sides) {
      const same = side.formId === asked.formId ? side.byId.get(item.id) : undefined
      const other = same ?? (name === undefined ? undefined : side.byName.get(name))
      const answer = other === undefined ? undefined : side.filled.answers.get(other.id)
      if (other === undefined || answer === undefined || !side.shown.has(other.id)) continue
      if (answer.state === 'not-private') continue
      const value = answer.state === 'answered' ? valueFor(item, other, answer.value) : null
      if (value !== null && answer.state === 'answered')
        found.set(item.id, {
          source: `${side.filled.id}:${side.filled.version}`,
          value,
          from: answer.from ?? { form: side.filled.title, on: side.on },
          wording: folded(other.text) === folded(item.text) ? null : other.text,
        })
      break
    }
  }
  return found
}

/** What the details of the case say, as answers to the questions of a form that ask them. */
export function saidInCase(
  body: FormBody,
  file: Pick<CaseFile, 'answers'> & { readonly sheets: { readonly situation: { readonly version: number } } },
): EarlierAnswers {
  if (needsLicence({ title: body.title, licence: null })) return new Map()
  return new Map(
    placedIn(body.items).flatMap(({ item }) => {
      // Values are the same in every country; only their words differ.
      const detail = facetById(detailOf(item) ?? '', 'uk')
      const said = detail === null ? undefined : file.answers[detail.id]
      if (detail === null || said?.state !== 'known' || said.value === null) return []
      if (item.retired || isAskedEachTime(item)) return []
      const value = answerFor(item, detail, said.value)
      const source = `detail:${detail.id}:${file.sheets.situation.version}`
      return value === null
        ? []
        : [[item.id, { source, value, from: { form: null, on: said.askedOn }, wording: null }]]
    }),
  )
}

function sideOf({ body, filled }: FilledBefore) {
  const { questions, nameAt } = namedIn(body)
  return {
    shown: shownIn(body.items, filled.answers),
    byId: new Map(questions.map(({ item }) => [item.id, item])),
    byName: new Map(
      questions.flatMap(({ item, at }) => {
        const name = nameAt.get(at)
        return name === undefined ? [] : [[name, item] as const]
      }),
    ),
  }
}

/** The questions of a form, and what each is found by; none where two would be found alike, such as *How many?* asked twice. */
function namedIn(body: FormBody): {
  readonly questions: readonly Placed[]
  readonly nameAt: ReadonlyMap<number, string>
} {
  const placed = placedIn(body.items)
  const texts = new Map(placed.map(({ item }) => [item.id, folded(item.text)]))
  const questions = placed.filter(({ item }) => isQuestion(item) && !item.retired)
  const all = questions.map((each) => ({ at: each.at, name: nameOf(each, texts) }))
  const once = [...Map.groupBy(all, ({ name }) => name).values()].filter(({ length }) => length === 1)
  return { questions, nameAt: new Map(once.flat().map(({ at, name }) => [at, name])) }
}

/** Words, kind, and the questions it hangs on: *How many?* is another question where other things are counted. */
function nameOf({ item, parent }: Placed, texts: ReadonlyMap<string, string>): string {
  const asked = (item.when?.conditions ?? []).map(({ question }) => texts.get(question) ?? question)
  const holder = parent !== null && isQuestion(parent) ? [folded(parent.text)] : []
  return JSON.stringify([item.kind, folded(item.text), ...new Set([...asked, ...holder].toSorted())])
}

/** The answer in the words of the question that is asked now; null where it would not be one. */
function valueFor(item: Item, other: Item, value: Value): Value | null {
  if (item.kind !== other.kind) return null
  if (hasOptions(item)) {
    const codes = [value].flat().map((code) => {
      const label = folded(optionOf(other, String(code))?.label ?? '')
      return label === '' ? undefined : item.options.find((option) => folded(option.label) === label)?.code
    })
    const known = codes.filter((code) => code !== undefined)
    if (known.length < codes.length || known.length === 0) return null
    return item.kind === 'several' ? known : (known[0] ?? null)
  }
  const most = Number(item.kept['maxLength'] ?? Infinity)
  return typeof value === 'string' && value.length > most ? null : value
}

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** What somebody decided about one earlier answer; `source` is the one that stood on the page. */
export interface EarlierChoice {
  readonly act: 'use' | 'again' | ''
  readonly source: string
}
export type EarlierChoices = ReadonlyMap<string, EarlierChoice>

/** A decision that cannot be kept as it was made. */
interface EarlierMistake {
  readonly rule: 'earlier-changed' | 'earlier-and-new'
  readonly most: 0
}

/**
 * The answers with what was taken from earlier forms, and how many questions were asked although an answer could be read. Not
 * asked because it was not private is not asked.
 */
export function withEarlier(
  answers: Answers,
  earlier: EarlierAnswers,
  choices: EarlierChoices,
): {
  readonly answers: Answers
  readonly mistakes: ReadonlyMap<string, EarlierMistake>
  readonly again: number
} {
  const all = new Map(answers)
  const mistakes = new Map<string, EarlierMistake>()
  for (const [id, { act, source }] of choices) {
    if (act !== 'use') continue
    const offer = earlier.get(id)
    if (offer?.source !== source) mistakes.set(id, { rule: 'earlier-changed', most: 0 })
    else if (answers.has(id)) mistakes.set(id, { rule: 'earlier-and-new', most: 0 })
    else all.set(id, { state: 'answered', value: offer.value, from: offer.from })
  }
  const again = [...earlier.keys()].filter((id) => {
    const state = answers.get(id)?.state
    return state !== undefined && state !== 'not-private'
  })
  return { answers: all, mistakes, again: again.length }
}
