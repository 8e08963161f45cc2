import type { Need } from './need.ts'

/** A page of needs as it was typed. */
export interface NeedsTyped {
  readonly rows: readonly Need[]
  readonly version: number
  readonly then: string | undefined
  /** The line to put one place higher, counted from 0. */
  readonly up: number | null
  /** The first line whose words do not fit, counted from 0. */
  readonly tooLong?: number
}

const mostRows = 20
const mostWords = 2000

/** Reads the lines of the page. A line with neither words nor a code is left out: that is how one is taken away. */
export function needsFrom(posted: ReadonlyMap<string, readonly unknown[]>): NeedsTyped {
  const text = (name: string) => {
    const value = posted.get(name)?.[0]
    return typeof value === 'string' ? value.trim() : ''
  }
  const rows: Need[] = []
  let tooLong: number | undefined
  for (let i = 0; i < mostRows && posted.has(`id-${i}`); i++) {
    const need = {
      id: text(`id-${i}`).slice(0, 40),
      code: text(`code-${i}`).slice(0, 60),
      words: text(`words-${i}`),
    }
    if (need.words.length > mostWords) tooLong ??= rows.length
    if (need.id !== '' && (need.words !== '' || need.code !== '')) rows.push(need)
  }
  const up = /^\d+$/.test(text('up')) ? Number(text('up')) : null
  const version = Number(text('version'))
  return {
    rows,
    version: Number.isInteger(version) ? version : 0,
    then: text('then') || undefined,
    up,
    ...(tooLong === undefined ? {} : { tooLong }),
  }
}

/** The same lines with one of them a place higher; the first, and a line that is not there, stay where they are. */
export function movedUp(rows: readonly Need[], place: number): readonly Need[] {
  const line = rows[place]
  const above = rows[place - 1]
  if (line === undefined || above === undefined) return rows
  return rows.with(place - 1, line).with(place, above)
}
