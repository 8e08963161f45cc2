import { derivedId } from './derived-id.rules.ts'

type Json = Readonly<Record<string, unknown>>

const weekly =
  /^((?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:MO|TU|WE|TH|FR|SA|SU))*)(?: (\d\d:\d\d)-(\d\d:\d\d))?( telephone)?(?:: (.+))?$/s

/** A schedule out of a cell: "MO,TU 09:00-17:00 telephone: words", or words alone. */
export function scheduleOf(said: string, parentId: string): Json {
  const found = weekly.exec(said)
  if (found === null) return { id: derivedId('schedule', parentId, 'words', said), description: said }
  const [, days = '', opens = null, closes = null, phone, note = null] = found
  const what = phone === undefined ? 'open' : 'phone'
  return {
    id: derivedId('schedule', parentId, JSON.stringify([what, opens, closes, note]), numbersOf(days)),
    freq: 'WEEKLY',
    byday: days,
    ...(opens === null ? {} : { opens_at: opens, closes_at: closes }),
    ...(note === null ? {} : { description: note }),
    ...(phone === undefined ? {} : { attending_type: 'telephone' }),
  }
}

/** The cell of a schedule: what `scheduleOf` reads as the same one, or null when no cell says it. */
export function scheduleInWords(schedule: Json): string | null {
  const text = (key: string) => (typeof schedule[key] === 'string' ? schedule[key] : '')
  if (text('byday') === '') return text('description') || null
  const hours = text('opens_at') === '' ? '' : ` ${text('opens_at')}-${text('closes_at')}`
  const phone = text('attending_type') === 'telephone' ? ' telephone' : ''
  const words = text('description') === '' ? '' : `: ${text('description')}`
  return `${text('byday')}${hours}${phone}${words}`
}

function numbersOf(days: string): string {
  const order = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
  return days
    .split(',')
    .map((day) => order.indexOf(day) + 1)
    .join()
}
