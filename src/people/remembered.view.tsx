import type { Words } from '#platform/i18n'
import { DateInput } from '#platform/ui'

/** The three boxes of something remembered, as typed. */
export interface Boxes {
  readonly day: string
  readonly month: string
  readonly year: string
}

/** A day, a month or a year, as far as somebody remembers it. */
export function RememberedInput(p: {
  readonly t: Words
  readonly name: string
  readonly legend: string
  readonly hint?: string | undefined
  readonly value: Boxes
  readonly error: string | undefined
}) {
  return (
    <DateInput name={p.name} legend={p.legend} legendSize="s" hint={p.hint} value={p.value} error={p.error} />
  )
}

/** Reads the three boxes that were posted. */
export function postedBoxes(posted: ReadonlyMap<string, readonly unknown[]>, name: string): Boxes {
  const text = (part: string) => {
    const value = posted.get(`${name}-${part}`)?.[0]
    return typeof value === 'string' ? value.trim() : ''
  }
  return { day: text('day'), month: text('month'), year: text('year') }
}
