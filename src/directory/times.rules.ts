import type { ServiceTime } from './practical.ts'

/** One time as an editor says it, without its place. */
export type Said = Omit<ServiceTime, 'locationSource'>
type Span = Pick<Said, 'opens' | 'closes' | 'note'>

const hours = /^(\d{1,2})[:.](\d\d)\s*(?:to|until|-|–)\s*(\d{1,2})[:.](\d\d)(?:\s*[,.]\s*(.+))?$/i

/**
 * The times of one day, parted by semicolons: hours with words after a comma, or words alone. `bare` are the words for a day
 * without hours. Null when something that begins like hours is none.
 */
export function readDay(text: string, bare: string): readonly Span[] | null {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const spans = parts.map((part) => readSpan(part, bare))
  return spans.some((span) => span === null) ? null : spans.filter((span) => span !== null)
}

/** The same, as a day's box shows it; reading it back gives the same times. */
export function writeDay(times: readonly Span[], bare: string): string {
  const lines = times.map(({ opens, closes, note }) => {
    const words = note?.replaceAll(';', ',') ?? null
    if (opens === null || closes === null) return words ?? bare
    const span = `${opens} to ${closes}`
    return words === null ? span : `${span}, ${words}`
  })
  return [...new Set(lines)].join('; ')
}

function readSpan(part: string, bare: string): Span | null {
  if (!/^\d/.test(part)) {
    const note = part.toLowerCase() === bare.toLowerCase() ? null : part.slice(0, 500)
    return { opens: null, closes: null, note }
  }
  const found = hours.exec(part)
  if (found === null) return null
  const [, fromHour = '', fromMinute = '', toHour = '', toMinute = '', note] = found
  const opens = clock(fromHour, fromMinute)
  const closes = clock(toHour, toMinute)
  if (opens === null || closes === null || opens === closes) return null
  return { opens, closes, note: note?.slice(0, 500) ?? null }
}

function clock(hour: string, minute: string): string | null {
  if (Number(hour) > 23 || Number(minute) > 59) return null
  return `${hour.padStart(2, '0')}:${minute}`
}
