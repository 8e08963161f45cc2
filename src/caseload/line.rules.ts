import { type FieldId, type Mapping } from './field.ts'

/** What one line of a sheet becomes. */
export interface LinePlan {
  readonly name: string
  readonly aloud: boolean
  readonly phone: string
  readonly email: string
  /** Whether the sheet says that being in touch is safe; nothing is used before somebody has checked it again. */
  readonly safe: 'yes' | 'no' | 'not-known'
  readonly language: string
  readonly needs: string
  /** ISO date, or null where the sheet says none. */
  readonly opened: string | null
  readonly workerId: string | null
  readonly children: readonly string[]
  readonly harm: string
  readonly notes: readonly string[]
}

/** What is wrong with a line. `stops`: no case is made of it. */
export interface LineProblem {
  readonly rule:
    | 'empty'
    | 'too-long'
    | 'date-unreadable'
    | 'date-ahead'
    | 'worker-unknown'
    | 'worker-twice'
    | 'answer-unreadable'
    | 'here-already'
    | 'twice-in-sheet'
  readonly field: FieldId | null
  readonly stops: boolean
}

export interface LineRead {
  readonly plan: LinePlan
  readonly problems: readonly LineProblem[]
}

/** What reading a line needs to know. */
export interface LineContext {
  readonly mapping: Mapping
  readonly columns: readonly string[]
  readonly order: 'day-first' | 'month-first'
  /** ISO date. */
  readonly today: string
  readonly workers: readonly { readonly accountId: string; readonly name: string }[]
  readonly fold: (name: string) => string
}

const longest: Readonly<Partial<Record<FieldId, number>>> = {
  name: 120,
  phone: 200,
  email: 200,
  language: 35,
  needs: 2000,
  harm: 120,
  note: 8000,
}

/** Reads one line; pure, and the same for the trial and for the making. */
export function readLine(cells: readonly string[], at: LineContext): LineRead {
  const problems: LineProblem[] = []
  const say = (rule: LineProblem['rule'], field: FieldId | null, stops: boolean) =>
    void problems.push({ rule, field, stops })
  const text = (field: FieldId) => {
    const column = Object.entries(at.mapping).find(([, each]) => each === field)?.[0]
    const value = column === undefined ? '' : tidy(cells[Number(column)] ?? '')
    if (value.length > (longest[field] ?? 8000)) say('too-long', field, true)
    return value
  }
  const [name, phone, email, needs, harm] = [
    text('name'),
    text('phone'),
    text('email'),
    text('needs'),
    text('harm'),
  ]
  const notes = notesOf(cells, at)
  if (notes.some((note) => note.length > (longest.note ?? 0))) say('too-long', 'note', true)
  if ([name, phone, email, needs, ...notes].every((each) => each === '')) say('empty', null, true)
  const plan: LinePlan = {
    name,
    aloud: answerOf(text('aloud'), () => say('answer-unreadable', 'aloud', false)) === 'yes',
    phone,
    email,
    safe: answerOf(text('safe'), () => say('answer-unreadable', 'safe', false)),
    language: text('language'),
    needs,
    opened: openedOf(text('opened'), at, say),
    workerId: workerOf(text('worker'), at, say),
    children: childrenOf(text('children'), say),
    harm,
    notes,
  }
  return { plan, problems }
}

type Say = (rule: LineProblem['rule'], field: FieldId | null, stops: boolean) => void

function tidy(cell: string): string {
  // A sheet that was made safe against formulas begins such a cell with a mark of its own.
  return cell
    .replace(/^'(?=[=+\-@])/, '')
    .replace(/\r\n?/g, '\n')
    .trim()
}

function notesOf(cells: readonly string[], at: LineContext): readonly string[] {
  return Object.entries(at.mapping).flatMap(([column, field]) => {
    const value = field === 'note' ? tidy(cells[Number(column)] ?? '') : ''
    return value === '' ? [] : [`${at.columns[Number(column)] ?? ''}: ${value}`]
  })
}

function answerOf(text: string, unreadable: () => void): LinePlan['safe'] {
  const said = text.toLowerCase()
  if (/^(y|yes|true|1|x|ok|safe)$/.test(said)) return 'yes'
  if (/^(n|no|false|0|not safe|unsafe)$/.test(said)) return 'no'
  if (!/^(|-|\?|unknown|not known|n\/a)$/.test(said)) unreadable()
  return 'not-known'
}

function openedOf(text: string, at: LineContext, say: Say): string | null {
  if (text === '') return null
  const day = dayOf(text, at.order)
  if (day === null) say('date-unreadable', 'opened', false)
  else if (day > at.today) say('date-ahead', 'opened', false)
  return day === null || day > at.today ? null : day
}

/** A date as people write it, ISO or with numbers; null when it is none. */
export function dayOf(text: string, order: LineContext['order']): string | null {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text)
  if (iso !== null) return plainDay(iso[1], iso[2], iso[3])
  const parts = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})$/.exec(text)
  if (parts === null) return null
  const [, a, b, end = ''] = parts
  const year = end.length === 2 ? `20${end}` : end
  return order === 'day-first' ? plainDay(year, b, a) : plainDay(year, a, b)
}

function plainDay(year = '', month = '', day = ''): string | null {
  try {
    const fields = { year: Number(year), month: Number(month), day: Number(day) }
    return Temporal.PlainDate.from(fields, { overflow: 'reject' }).toString()
  } catch {
    return null
  }
}

function workerOf(text: string, at: LineContext, say: Say): string | null {
  if (text === '') return null
  const wanted = at.fold(text)
  const fit = at.workers.filter((each) => at.fold(each.name) === wanted)
  if (fit.length === 0) say('worker-unknown', 'worker', false)
  if (fit.length > 1) say('worker-twice', 'worker', false)
  return fit.length === 1 ? (fit[0]?.accountId ?? null) : null
}

function childrenOf(text: string, say: Say): readonly string[] {
  const names = text.split(/[;,\n/]| and /).map((each) => each.trim())
  const children = names.filter((each) => each !== '')
  if (children.length > 12 || children.some((each) => each.length > 120)) say('too-long', 'children', true)
  return children
}
