import { shortened } from './plain-text.rules.ts'
import { note, readSpots, readText, type Spot } from './hsds-field.rules.ts'
import type { Phone } from './listing.ts'

/** Telephone numbers with what they are for. Several in one field are listed one by one. */
export function readPhones(spot: Spot): readonly Phone[] {
  return readSpots(spot, 'phones', 'number').flatMap(numbersOf)
}

function numbersOf(spot: Spot): readonly Phone[] {
  const text = readText(spot, 'number', 600)?.replaceAll('"', '').trim() ?? ''
  if (text === '') return []
  const label = readText(spot, 'description', 300) ?? kindOf(spot)
  const extension = readText(spot, 'extension', 20)
  if (typeof spot.json['number'] === 'number')
    note(spot, 'phone-as-number', 'number', 'A telephone number is a text; a nought in front may be missing.')
  const found = numbersIn(text)
  const [only] = found
  if (only === undefined || (found.length === 1 && only.number === text)) {
    if (/\d{2}/.test(text) && text.length <= 60 && !text.includes('@'))
      return [{ number: extension === null ? text : `${text} ext. ${extension}`, label }]
    note(spot, 'phone-unusable', 'number', 'This is not a telephone number; it was left out.')
    return []
  }
  const message =
    found.length > 1
      ? 'There are several numbers here; each was listed.'
      : 'There are words beside the number; they were kept as what it is for.'
  note(spot, found.length > 1 ? 'phones-in-one-field' : 'phone-with-words', 'number', message)
  return found.map(({ number, words }) => ({
    number,
    label: shortened([label, words].filter((each) => each !== '').join(', '), 300),
  }))
}

const oneNumber = /(?:\+|\(|\b)\d[\d\s().–-]{4,24}\d\b(?:\s?(?:x|ext\.?|extension)\s?\d{1,6}\b)?/gi

/** The numbers of a text, each with the words that belong to it. */
function numbersIn(text: string): readonly { readonly number: string; readonly words: string }[] {
  const found = [...text.matchAll(oneNumber)]
    .flatMap(([all]) => apart(all))
    .filter((each) => each.replaceAll(/\D/g, '').length >= 6 && !/^\d{4}\s*[-–]\s*\d{4}$/.test(each))
  let left = text
  return found.map((number, i) => {
    const at = left.indexOf(number)
    const before = i === 0 ? left.slice(0, at) : ''
    left = left.slice(at + number.length)
    const next = found[i + 1]
    const after = next === undefined ? left : left.slice(0, Math.max(0, left.indexOf(next)))
    return { number, words: [before, after].map(wordsOf).filter(Boolean).join(', ') }
  })
}

/** Two numbers with only a space between. */
function apart(run: string): readonly string[] {
  const number = run.trim()
  if (number.replaceAll(/\D/g, '').length <= 15) return [number]
  return number.split(/\s+(?=0\d|\+)/).length > 1 ? rejoined(number.split(/\s+/)) : [number]
}

/** Puts the pieces together so that each number begins with a nought or a plus and has ten figures or more. */
function rejoined(pieces: readonly string[]): readonly string[] {
  const numbers: string[] = []
  for (const piece of pieces) {
    const last = numbers.at(-1)
    const full = last === undefined || last.replaceAll(/\D/g, '').length >= 10
    if (full && /^[0+(]/.test(piece)) numbers.push(piece)
    else if (last === undefined) numbers.push(piece)
    else numbers[numbers.length - 1] = `${last} ${piece}`
  }
  return numbers
}

function wordsOf(text: string): string {
  return text
    .replace(/^[\s,;:/|&()–-]+|[\s,;:/|&(–-]+$/g, '')
    .replace(/^(tel(ephone)?|phone|call|ring|or|and|on|no|number)\b[.:]?\s*/i, '')
    .replace(/\s*\b(or|and|tel|telephone|phone)[.:]?$/i, '')
    .replace(/^(or|and)$/i, '')
    .replace(/^\(?([^()]*)\)?$/, '$1')
    .trim()
}

const spoken: Readonly<Record<string, string>> = {
  fax: 'Fax',
  text: 'Text messages',
  sms: 'Text messages',
  textphone: 'Textphone',
  video: 'Video calls',
}

/** Said only of a number that nobody can ring to talk. */
function kindOf(spot: Spot): string {
  const kind = (readText(spot, 'type', 60) ?? '').toLowerCase()
  return Object.hasOwn(spoken, kind) ? (spoken[kind] ?? '') : ''
}
