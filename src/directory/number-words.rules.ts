/** What whole numbers of a facet are counted in. */
export type Unit = 'months' | 'weeks'

/** The lowest and highest number a facet has. */
export interface Span {
  readonly min: number
  readonly max: number
}

/**
 * A run of whole numbers in everyday words, without losing one: "7 to 14" reaches to the last day before the fifteenth
 * birthday, "7 to 14 years and 0 months" ends with that month.
 */
export function runInWords(unit: Unit, span: Span, run: Span): string {
  if (run.min <= span.min) {
    if (unit === 'months' && run.max === 11) return 'under 1'
    return `up to ${numberInWords(unit, run.max, 'max')}`
  }
  if (run.max >= span.max) return `${numberInWords(unit, run.min, 'min')} or more`
  if (unit === 'weeks') {
    return run.min === run.max ? weeksInWords(run.min) : `${run.min} to ${weeksInWords(run.max)}`
  }
  return `${numberInWords(unit, run.min, 'min')} to ${numberInWords(unit, run.max, 'max')}`
}

/** Reads the words of a run back; null when they are no such words. */
export function runFromWords(unit: Unit, span: Span, words: string): Span | null {
  if (unit === 'months' && words === 'under 1') return { min: span.min, max: 11 }
  const upTo = /^up to (.+)$/.exec(words)?.[1]
  if (upTo !== undefined) return runOf(span.min, numberFromWords(unit, upTo, 'max'))
  const orMore = /^(.+) or more$/.exec(words)?.[1]
  if (orMore !== undefined) return runOf(numberFromWords(unit, orMore, 'min'), span.max)
  const [, from, to] = /^(.+) to (.+)$/.exec(words) ?? []
  if (from === undefined || to === undefined) {
    const one = unit === 'weeks' ? numberFromWords(unit, words, 'min') : null
    return runOf(one, one)
  }
  const first = unit === 'weeks' ? `${from} weeks` : from
  return runOf(numberFromWords(unit, first, 'min'), numberFromWords(unit, to, 'max'))
}

function runOf(min: number | null, max: number | null): Span | null {
  return min === null || max === null ? null : { min, max }
}

/** Why two ends: a highest age of 17 years and 11 months is said "17", as people say it. */
function numberInWords(unit: Unit, value: number, end: 'min' | 'max'): string {
  if (unit === 'weeks') return weeksInWords(value)
  const years = Math.floor(value / 12)
  const months = value % 12
  if (years === 0) return counted(months, 'month')
  if (months === (end === 'min' ? 0 : 11)) return String(years)
  return `${counted(years, 'year')} and ${counted(months, 'month')}`
}

function numberFromWords(unit: Unit, words: string, end: 'min' | 'max'): number | null {
  if (unit === 'weeks') {
    const weeks = /^(\d{1,4}) weeks?$/.exec(words)?.[1]
    return weeks === undefined ? null : Number(weeks)
  }
  if (/^\d{1,3}$/.test(words)) return Number(words) * 12 + (end === 'max' ? 11 : 0)
  const [, years = '0', months] = /^(?:(\d{1,3}) years? and )?(\d{1,2}) months?$/.exec(words) ?? []
  return months === undefined ? null : Number(years) * 12 + Number(months)
}

function weeksInWords(weeks: number): string {
  return counted(weeks, 'week')
}

function counted(number: number, one: string): string {
  return `${number} ${one}${number === 1 ? '' : 's'}`
}
