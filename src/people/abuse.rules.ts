import type { AbuseHistory, AbuseState, AbuseStatus } from './abuse.ts'
import { type Answer, type Answers, openAnswers } from './situation.ts'
import { lastDayOf } from './when.rules.ts'

/** The detail that services are looked up by. */
export const abuseFacet = 'abuse'
const mostKept = 200

/** The history with one more status; the oldest falls off where nobody reads so far back. */
export function withStatus(history: AbuseHistory, status: AbuseStatus): AbuseStatus[] {
  return [status, ...history].slice(0, mostKept)
}

/**
 * The detail that a status answers, counted on the day it is asked for: what ended four weeks ago is counted otherwise after
 * four months. An end whose day nobody knows answers nothing.
 */
export function answerOf(status: AbuseStatus, today: Temporal.PlainDate): Answer {
  const askedOn = status.on
  const open = openAnswers.find((state) => state === status.state)
  if (open !== undefined) return { state: open, value: null, askedOn }
  const value = status.until === '' ? status.value : endedValue(status, today)
  if (status.state === 'ended')
    return value === null ? { state: 'unknown', value: null, askedOn } : { state: 'known', value, askedOn }
  return { state: 'known', value: status.state, askedOn }
}

/** The details with the one that the abuse status answers, so that it is typed once. */
export function withAbuse(answers: Answers, history: AbuseHistory, today: Temporal.PlainDate): Answers {
  const [newest] = history
  if (newest === undefined) return answers
  const stands = answerOf(newest, today)
  const said = answers[abuseFacet]
  const same = said?.from !== undefined && said.state === stands.state && said.value === stands.value
  return { ...answers, [abuseFacet]: same ? { ...stands, from: said.from } : stands }
}

/**
 * The history after the details were saved: an answer that says something new there becomes a status of its own; the same
 * answer on a later day confirms the one that stands, with its dates.
 */
export function historyAfterDetails(
  history: AbuseHistory,
  answers: Answers,
  today: Temporal.PlainDate,
): AbuseStatus[] | null {
  const said = answers[abuseFacet]
  const [newest] = history
  if (said === undefined) return null
  if (newest !== undefined) {
    const stands = answerOf(newest, today)
    if (stands.state === said.state && stands.value === said.value)
      return said.askedOn > newest.on ? withStatus(history, { ...newest, on: said.askedOn }) : null
  }
  const value = said.state === 'known' && said.value !== null ? String(said.value) : null
  const bare = {
    from: '',
    until: '',
    lastKnown: '',
    source: said.from === undefined ? 'said-so' : 'referrer',
    words: '',
  } as const
  return withStatus(history, { ...bare, state: stateOf(said, value), value, on: said.askedOn })
}

function stateOf(said: Answer, value: string | null): AbuseState {
  if (said.state !== 'known') return said.state
  return value === 'ongoing' || value === 'on-and-off' ? value : 'ended'
}

function endedValue(status: AbuseStatus, today: Temporal.PlainDate): string {
  const { months } = lastDayOf(status.until).until(today, { largestUnit: 'months' })
  if (months < 3) return 'ended-under-3-months'
  return months < 12 ? 'ended-3-to-12-months' : 'ended-over-12-months'
}
