import type { Need } from './need.ts'
import { type Progress, progressStates } from './need-progress.ts'

/** One need of the page as it was typed. */
export interface ProgressRow {
  readonly need: string
  readonly state: string
  readonly words: string
}

export interface ProgressTyped {
  readonly rows: readonly ProgressRow[]
  readonly saidSo: boolean
  readonly wrong: Readonly<Record<string, string>>
}

const mostKept = 400
const mostWords = 1000

/** Reads what was chosen for each need. Nothing is taken that the person did not say: that has to be said too. */
export function progressFrom(
  needs: readonly Need[],
  posted: ReadonlyMap<string, readonly unknown[]>,
): ProgressTyped {
  const text = (name: string) => {
    const value = posted.get(name)?.[0]
    return typeof value === 'string' ? value.trim() : ''
  }
  const rows = needs.map((need, i) => ({
    need: need.id,
    state: text(`state-${i}`),
    words: text(`words-${i}`),
  }))
  const saidSo = text('saidSo') === 'yes'
  const wrong: Record<string, string> = {}
  rows.forEach((row, i) => {
    if (row.words.length > mostWords) wrong[`words-${i}`] = 'people.progress.too-long'
    if (row.words !== '' && stateOf(row.state) === undefined)
      wrong[`state-${i}`] = 'people.progress.state-missing'
  })
  const chosen = rows.some((row) => stateOf(row.state) !== undefined)
  if (chosen && !saidSo) wrong['saidSo'] = 'people.progress.said-so-missing'
  return { rows, saidSo, wrong }
}

/** The history with what they said now; needs that stand no more take theirs along. */
export function progressAfter(
  history: readonly Progress[],
  needs: readonly Need[],
  typed: ProgressTyped,
  by: { readonly on: string; readonly askedBy: string },
): Progress[] {
  const said = typed.saidSo
    ? typed.rows.flatMap(({ need, state, words }) => {
        const known = stateOf(state)
        return known === undefined ? [] : [{ need, state: known, words, ...by }]
      })
    : []
  const stands = new Set(needs.map((need) => need.id))
  return [...said, ...history].filter((each) => stands.has(each.need)).slice(0, mostKept)
}

/** What they said last of one need. */
export function nowOf(history: readonly Progress[], need: string): Progress | null {
  return history.find((each) => each.need === need) ?? null
}

function stateOf(state: string): Progress['state'] | undefined {
  return progressStates.find((each) => each === state)
}
