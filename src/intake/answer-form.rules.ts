import { type Answer, type Answers, longestAnswer, type Reason, reasons } from './answer.ts'
import type { EarlierChoice, EarlierChoices } from './earlier.rules.ts'
import { hasOptions, isQuestion, type Placed } from './form.rules.ts'

/** What stands in a question's fields, right or wrong; an answer as read looks the same as one as typed. */
export interface Field {
  readonly text: string
  /** What is picked: an answer by its place in the list, a reason, or *open*. */
  readonly picks: readonly string[]
  readonly why: string
  readonly day: { readonly day: string; readonly month: string; readonly year: string }
}
export type Fields = ReadonlyMap<string, Field>

/** A mistake at a question: its word, and what stands in the gaps. */
export interface FieldMistake {
  readonly rule: 'both' | 'number' | 'date' | 'too-long' | 'earlier-changed' | 'earlier-and-new'
  readonly most: number
}

/** What a posted form holds, as the web edge gives it. */
type Posted = ReadonlyMap<string, readonly (string | File)[]>

/** What a question's fields are called on a page: by its place in the form, since ids are anybody's. */
export function fieldName(at: number): string {
  return `q${at}`
}

/** What the decision about an earlier answer is called on a page, and the answer that it was made about. */
export function earlierName(at: number, part: 'act' | 'source'): string {
  return `${fieldName(at)}-earlier-${part}`
}

const empty: Field = { text: '', picks: [], why: '', day: { day: '', month: '', year: '' } }

/** The fields as answers fill them. */
export function fieldsOf(placed: readonly Placed[], answers: Answers): Fields {
  return new Map(placed.map(({ item }) => [item.id, fieldOf(item, answers.get(item.id))]))
}

function fieldOf(item: Placed['item'], answer: Answer | undefined): Field {
  if (answer === undefined) return empty
  const byPick = item.kind === 'choice' || item.kind === 'yes-no'
  if (answer.state !== 'answered')
    return byPick ? { ...empty, picks: [answer.state] } : { ...empty, why: answer.state }
  const { value } = answer
  if (typeof value === 'boolean') return { ...empty, picks: [value ? 'yes' : 'no'] }
  if (hasOptions(item)) {
    const picked = [value].flat().map(String)
    return {
      ...empty,
      picks: item.options.flatMap((option, at) => (picked.includes(option.code) ? [`is-${at}`] : [])),
    }
  }
  if (item.kind === 'date') {
    const [year = '', month = '', day = ''] = String(value).split('-')
    return { ...empty, day: { year, month: String(Number(month)), day: String(Number(day)) } }
  }
  return { ...empty, text: String(value) }
}

/** The fields as they were typed, for the questions that stood on the page and for no others. */
export function fieldsPosted(placed: readonly Placed[], posted: Posted): Fields {
  const texts = (name: string) => (posted.get(name) ?? []).filter((each) => typeof each === 'string')
  const asked = new Set(texts('asked'))
  return new Map(
    placed
      .filter(({ item, at }) => isQuestion(item) && asked.has(String(at)))
      .map(({ item, at }) => {
        const name = fieldName(at)
        const one = (part: string) => (texts(`${name}-${part}`)[0] ?? '').trim()
        return [
          item.id,
          {
            text: texts(name)[0] ?? '',
            picks: texts(name),
            why: one('why'),
            day: { day: one('day'), month: one('month'), year: one('year') },
          },
        ]
      }),
  )
}

/** What was decided about the earlier answers that stood on the page. */
export function earlierPosted(placed: readonly Placed[], posted: Posted): EarlierChoices {
  const text = (name: string) => posted.get(name)?.find((each) => typeof each === 'string') ?? ''
  return new Map(
    placed.flatMap(({ item, at }): readonly [string, EarlierChoice][] => {
      const source = text(earlierName(at, 'source'))
      const act = text(earlierName(at, 'act'))
      return source === '' ? [] : [[item.id, { act: act === 'use' || act === 'again' ? act : '', source }]]
    }),
  )
}

/** The answers with what was typed over them; what was wrong is said by question and leaves the answer as it was. */
export function answersWith(
  placed: readonly Placed[],
  fields: Fields,
  before: Answers,
): { readonly answers: Answers; readonly mistakes: ReadonlyMap<string, FieldMistake> } {
  const answers = new Map(before)
  const mistakes = new Map<string, FieldMistake>()
  for (const { item } of placed) {
    const field = fields.get(item.id)
    if (field === undefined) continue
    const read = answerFrom(item, field)
    if (read !== null && 'rule' in read) mistakes.set(item.id, read)
    else if (read === null) answers.delete(item.id)
    else if (!isSame(read, before.get(item.id))) answers.set(item.id, read)
  }
  return { answers, mistakes }
}

/** Whether an answer says what was answered already: then it stays as it is, with where it was taken from. */
function isSame(read: Answer, before: Answer | undefined): boolean {
  if (read.state !== 'answered' || before?.state !== 'answered') return false
  return JSON.stringify(read.value) === JSON.stringify(before.value)
}

function answerFrom(item: Placed['item'], field: Field): Answer | FieldMistake | null {
  const reason = reasons.find((each) => each === field.why || field.picks[0] === each) ?? null
  if (item.kind === 'choice' || item.kind === 'yes-no') return picked(item, field, reason)
  const answer = item.kind === 'several' ? several(item, field) : written(item, field)
  if (answer === null) return reason === null ? null : { state: reason }
  if ('rule' in answer) return answer
  return field.why === '' ? answer : { rule: 'both', most: 0 }
}

function picked(item: Placed['item'], { picks: [pick = ''] }: Field, reason: Reason | null): Answer | null {
  if (reason !== null) return { state: reason }
  if (item.kind === 'yes-no')
    return pick === 'yes' || pick === 'no' ? { state: 'answered', value: pick === 'yes' } : null
  const option = item.options[Number(/^is-(\d+)$/.exec(pick)?.[1] ?? -1)]
  return option === undefined ? null : { state: 'answered', value: option.code }
}

function several(item: Placed['item'], { picks }: Field): Answer | null {
  const codes = item.options.filter((_option, at) => picks.includes(`is-${at}`)).map(({ code }) => code)
  return codes.length === 0 ? null : { state: 'answered', value: codes }
}

function written(item: Placed['item'], field: Field): Answer | FieldMistake | null {
  if (item.kind === 'date') return dated(field)
  const text = field.text.trim()
  if (text === '') return null
  if (item.kind === 'number') {
    const plain = text.replaceAll(/[\s,](?=\d{3}(\D|$))/g, '')
    return /^[-−+]?\d{1,9}$/.test(plain)
      ? { state: 'answered', value: Number(plain.replace('−', '-')) }
      : { rule: 'number', most: 0 }
  }
  const most = Math.min(Number(item.kept['maxLength'] ?? longestAnswer), longestAnswer)
  return text.length > most ? { rule: 'too-long', most } : { state: 'answered', value: text }
}

function dated({ day: { day, month, year } }: Field): Answer | FieldMistake | null {
  if (day === '' && month === '' && year === '') return null
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day))
    return { rule: 'date', most: 0 }
  try {
    const fields = { year: Number(year), month: Number(month), day: Number(day) }
    return { state: 'answered', value: Temporal.PlainDate.from(fields, { overflow: 'reject' }).toString() }
  } catch {
    return { rule: 'date', most: 0 }
  }
}
