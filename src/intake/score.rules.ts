import type { Answers } from './answer.ts'
import { shownIn } from './branching.rules.ts'
import { placedIn } from './form.rules.ts'
import type { FormBody } from './form.ts'

/** The sum of the values that a form gives, and of how many of its questions with values. */
export interface Score {
  readonly sum: number
  readonly answered: number
  readonly asked: number
}

/** Whether a form gives values to answers, so that they add up to something. */
export function givesValues(body: Pick<FormBody, 'items'>): boolean {
  return placedIn(body.items).some(({ item }) => item.options.some((option) => option.score !== null))
}

/** Adds up what a form's own values say; null when it gives none. It ranks nobody and decides nothing. */
export function scoreOf(body: Pick<FormBody, 'items'>, answers: Answers): Score | null {
  const shown = shownIn(body.items, answers)
  const valued = placedIn(body.items)
    .map(({ item }) => item)
    .filter((item) => item.options.some((option) => option.score !== null))
  if (valued.length === 0) return null
  const asked = valued.filter((item) => shown.has(item.id))
  let sum = 0
  let answered = 0
  for (const item of asked) {
    const answer = answers.get(item.id)
    if (answer?.state !== 'answered') continue
    const picked = [answer.value].flat().map(String)
    answered += 1
    for (const option of item.options) if (picked.includes(option.code)) sum += option.score ?? 0
  }
  // Values may be decimals; adding them must not show the machine's own.
  return { sum: Math.round(sum * 1e6) / 1e6, answered, asked: asked.length }
}
