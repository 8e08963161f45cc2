import type { FacetWords } from '#directory'

import type { Answer, Answers, OpenAnswer } from './situation.ts'

/** Days after which what may have changed is asked again: how the abuse is, where everybody lives, how great the danger is. */
const askAgainDays = 30
const passing = ['abuse', 'same-home', 'risk', 'suicide', 'home', 'severity', 'safeguarding', 'proceedings']
/** What is asked first, before any service was looked at. */
const first = [
  'who',
  'age',
  'abuse',
  'home',
  'same-home',
  'agreement',
  'gender',
  'severity',
  'safeguarding',
  'school',
]
const askedAtOnce = 4

/** What somebody typed into the boxes of one facet. */
export interface FacetTyped {
  /** A listed value, or empty; for a number its text. */
  readonly value: string
  /** Months beside the years of an age. */
  readonly months: string
  readonly state: '' | OpenAnswer
}

/** Whether an answer is so old that it should be asked again. `today` is an ISO date. */
export function isOld(facet: string, answer: Answer, today: string): boolean {
  if (!passing.includes(facet) || answer.state !== 'known' || answer.askedOn === '') return false
  return Temporal.PlainDate.from(today).since(answer.askedOn, { largestUnit: 'days' }).days > askAgainDays
}

/** The facets that are nobody's question for this person are left out: schools for children, and so on. */
export function facetsFor(facets: readonly FacetWords[], answers: Answers): readonly FacetWords[] {
  const who = answers['who']
  if (who?.state !== 'known') return facets
  return facets.filter((facet) => facet.asks === null || facet.asks.includes(String(who.value)))
}

/**
 * What to ask next, a few at a time: what the menu waits for, then what matters to most, then the rest. Answered questions are
 * left alone, *not now* and *prefers not to say* too: nobody is asked twice because a page wants it. What could not be asked
 * because others were near comes back on another day. `today` is an ISO date.
 */
export function nextToAsk(
  facets: readonly FacetWords[],
  answers: Answers,
  waiting: readonly string[],
  today: string,
): readonly FacetWords[] {
  const rank = (id: string) => {
    const place = [...waiting, ...first].indexOf(id)
    return place < 0 ? waiting.length + first.length : place
  }
  return facetsFor(facets, answers)
    .filter((facet) => isOpen(answers[facet.id], today))
    .toSorted((a, b) => rank(a.id) - rank(b.id))
    .slice(0, askedAtOnce)
}

function isOpen(answer: Answer | undefined, today: string): boolean {
  return answer === undefined || (answer.state === 'not-private' && answer.askedOn < today)
}

/** Reads one facet's boxes: an answer, nothing typed (null), or what is wrong. */
export function answerFrom(
  facet: FacetWords,
  typed: FacetTyped,
  today: string,
): Answer | null | { readonly wrong: 'number' | 'value' } {
  if (typed.state !== '') return { state: typed.state, value: null, askedOn: today }
  if (typed.value === '' && typed.months === '') return null
  if (facet.unit === null) {
    const known = facet.values.some((each) => each.value === typed.value)
    return known ? { state: 'known', value: typed.value, askedOn: today } : { wrong: 'value' }
  }
  const number = amountOf(facet.unit, typed)
  return number === null ? { wrong: 'number' } : { state: 'known', value: number, askedOn: today }
}

function amountOf(unit: 'months' | 'weeks', typed: FacetTyped): number | null {
  const whole = /^\d{1,4}$/
  if (unit === 'weeks') return whole.test(typed.value) ? Math.min(Number(typed.value), 104) : null
  const years = typed.value === '' ? '0' : typed.value
  const months = typed.months === '' ? '0' : typed.months
  if (!whole.test(years) || !whole.test(months) || Number(months) > 11) return null
  const total = Number(years) * 12 + Number(months)
  return total <= 1319 ? total : null
}
