import { dateField } from '#platform/http'
import type { DateValue } from '#platform/ui'

import {
  type ChildPlan,
  type ChildStep,
  type SafetyPart,
  type SafetyPlan,
  safetyParts,
  stepOwners,
  type SuicidePlan,
  suicideTexts,
} from './plan.ts'
import { placeUp } from './plan.rules.ts'

/** Every field as posted, in order. */
type Posted = ReadonlyMap<string, readonly unknown[]>

/** A page of a plan as it was typed: nothing of it is lost, right or wrong. */
export interface Typed<T> {
  readonly value: T
  readonly version: number
  /** What is wrong, by field, as keys of words. */
  readonly errors: Readonly<Record<string, string>>
  /** A button that changes the page and saves nothing: another line, or one moved or taken out. */
  readonly onPage: boolean
}

/** A step as it was typed, with its day in three boxes. */
export type StepTyped = Omit<ChildStep, 'by'> & { readonly by: DateValue }

/** A child-welfare plan as it was typed. */
export type ChildTyped = Omit<ChildPlan, 'steps' | 'reviewOn'> & {
  readonly steps: readonly StepTyped[]
  readonly reviewOn: DateValue
}

/** A plan for when somebody wants to die, as it was typed. */
export type SuicideTyped = Omit<SuicidePlan, 'reviewedOn' | 'reviewOn'> & {
  readonly reviewedOn: DateValue
  readonly reviewOn: DateValue
}

const mostRows = 30
const limits = { line: 120, whose: 200, agreed: 300, what: 1000, words: 4000 }

/** Reads the parts of a safety plan in their order. `newId` is for a part that is added. */
export function safetyFrom(posted: Posted, newId: string): Typed<SafetyPlan> {
  const errors: Record<string, string> = {}
  const rows: SafetyPart[] = []
  for (let i = 0; i < mostRows && posted.has(`id-${i}`); i++) {
    const about = safetyParts.find((part) => part === textOf(posted, `about-${i}`)) ?? 'own'
    const part = {
      id: textOf(posted, `id-${i}`).slice(0, 40),
      about,
      title: textOf(posted, `title-${i}`),
      words: textOf(posted, `words-${i}`),
    }
    tooLong(errors, `title-${i}`, part.title, limits.line)
    tooLong(errors, `words-${i}`, part.words, limits.words)
    if (part.id !== '') rows.push(part)
  }
  const act = textOf(posted, 'act')
  const added = safetyParts.find((part) => part === textOf(posted, 'part'))
  const parts = changedRows(rows, act)
  const again = act === 'add' && added !== undefined && parts.length < mostRows
  const more = again ? [...parts, { id: newId, about: added, title: '', words: '' }] : parts
  return { value: { parts: [...more] }, version: versionOf(posted), errors, onPage: act !== '' }
}

/** Reads a plan for when somebody wants to die. */
export function suicideFrom(posted: Posted): Typed<SuicideTyped> & { readonly plan: SuicidePlan } {
  const errors: Record<string, string> = {}
  const texts = Object.fromEntries(suicideTexts.map((name) => [name, textOf(posted, name)])) as Record<
    (typeof suicideTexts)[number],
    string
  >
  for (const name of suicideTexts) tooLong(errors, name, texts[name], limits.words)
  const agreed = textOf(posted, 'agreed')
  tooLong(errors, 'agreed', agreed, limits.agreed)
  const value = {
    ...texts,
    agreed,
    reviewedOn: dateOf(posted, 'reviewedOn'),
    reviewOn: dateOf(posted, 'reviewOn'),
  }
  const reviewedOn = dayFrom(errors, 'reviewedOn', value.reviewedOn)
  const reviewOn = dayFrom(errors, 'reviewOn', value.reviewOn)
  const plan = { ...texts, agreed, reviewedOn, reviewOn }
  return { value, plan, version: versionOf(posted), errors, onPage: false }
}

/** Reads a child-welfare plan. A step with neither a name nor words is left out when it is saved: that is how one is taken away. */
export function childFrom(posted: Posted, newId: string): Typed<ChildTyped> & { readonly plan: ChildPlan } {
  const errors: Record<string, string> = {}
  const rows: StepTyped[] = []
  for (let i = 0; i < mostRows && posted.has(`id-${i}`); i++) {
    const owner = stepOwners.find((each) => each === textOf(posted, `owner-${i}`)) ?? 'agency'
    const step = {
      id: textOf(posted, `id-${i}`).slice(0, 40),
      owner,
      who: textOf(posted, `who-${i}`),
      what: textOf(posted, `what-${i}`),
      by: dateOf(posted, `by-${i}`),
      done: textOf(posted, `done-${i}`) === 'yes',
    }
    tooLong(errors, `who-${i}`, step.who, limits.line)
    tooLong(errors, `what-${i}`, step.what, limits.what)
    if (step.id !== '') rows.push(step)
  }
  const act = textOf(posted, 'act')
  const steps = changedRows(rows, act)
  const again = act === 'add' && steps.length < mostRows
  const value = {
    whose: textOf(posted, 'whose'),
    different: textOf(posted, 'different'),
    survivorSays: textOf(posted, 'survivorSays'),
    steps: again ? [...steps, emptyStep(newId)] : steps,
    reviewOn: dateOf(posted, 'reviewOn'),
  }
  tooLong(errors, 'whose', value.whose, limits.whose)
  tooLong(errors, 'different', value.different, limits.words)
  tooLong(errors, 'survivorSays', value.survivorSays, limits.words)
  const plan = {
    ...value,
    steps: value.steps.flatMap((step, i) => {
      const by = dayFrom(errors, `by-${i}`, step.by)
      return step.who === '' && step.what === '' ? [] : [{ ...step, by }]
    }),
    reviewOn: dayFrom(errors, 'reviewOn', value.reviewOn),
  }
  return { value, plan, version: versionOf(posted), errors, onPage: act !== '' }
}

/** A step that nobody has written yet. An agency's, until somebody says otherwise: it is not for the survivor to keep another from harm. */
export function emptyStep(id: string): StepTyped {
  return { id, owner: 'agency', who: '', what: '', by: {}, done: false }
}

/** A kept day in three boxes. */
export function dateValue(iso: string): DateValue {
  const [year, month, day] = iso.split('-')
  return iso === '' || day === undefined
    ? {}
    : { year, month: String(Number(month)), day: String(Number(day)) }
}

/** The rows after a button of the page: one moved up, or one taken out. */
function changedRows<T>(rows: readonly T[], act: string): readonly T[] {
  const [, what, at] = /^(up|out)-(\d{1,2})$/.exec(act) ?? []
  if (what === 'up') return placeUp(rows, Number(at))
  return what === 'out' ? rows.filter((_row, i) => i !== Number(at)) : rows
}

function textOf(posted: Posted, name: string): string {
  const [value] = posted.get(name) ?? []
  return typeof value === 'string' ? value.trim().replaceAll('\r\n', '\n') : ''
}

function versionOf(posted: Posted): number {
  const version = Number(textOf(posted, 'version'))
  return Number.isInteger(version) && version >= 0 ? version : 0
}

function dateOf(posted: Posted, name: string): DateValue {
  return {
    day: textOf(posted, `${name}-day`),
    month: textOf(posted, `${name}-month`),
    year: textOf(posted, `${name}-year`),
  }
}

function dayFrom(errors: Record<string, string>, name: string, typed: DateValue): string {
  const { day = '', month = '', year = '' } = typed
  if (day === '' && month === '' && year === '') return ''
  const read = dateField().safeParse(`${year}-${month}-${day}`)
  if (!read.success) errors[name] = 'plans.date-wrong'
  return read.success ? read.data : ''
}

function tooLong(errors: Record<string, string>, name: string, value: string, most: number): void {
  if (value.length > most) errors[name] = 'plans.too-long'
}
