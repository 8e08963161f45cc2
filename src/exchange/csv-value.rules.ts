type Wrong = (rule: string, message: string) => void

/** A number in a cell; of several the first, or the last where `last` is said. */
export function readNumberOf(text: string, last: boolean, wrong: Wrong): string | null {
  const found = [...text.matchAll(/(?<![\d.])-?\d+(?:[.,]\d+)?/g)].map((match) => match[0].replace(',', '.'))
  const [only] = found
  if (only === undefined) {
    wrong('wrong-type', 'This should be a number; it was left out.')
    return null
  }
  if (found.length === 1 && text.trim() === only) return only
  // Why the sign goes: in "5-11" it is no minus.
  const chosen = (last ? found.at(-1) : only)?.replace(/^-/, found.length > 1 ? '' : '-') ?? only
  if (found.length > 1)
    wrong('several-numbers', `There are several numbers here; the ${last ? 'last' : 'first'} was taken.`)
  else wrong('number-in-words', 'There are words beside the number; the number was taken.')
  return chosen
}

/** A day as YYYY-MM-DD; with slashes it is read in the order that the mapping says. */
export function readDayOf(text: string, order: 'dmy' | 'mdy', wrong: Wrong): string | null {
  const iso = /^(\d{4})-(\d\d)-(\d\d)/.exec(text)
  if (iso !== null) return text.slice(0, 10)
  const named = /^(\d{1,2})(?:st|nd|rd|th)?[ -]+([a-z]{3})[a-z]*\.?[ ,-]+(\d{4}|\d\d)\b/i.exec(text)
  if (named !== null) {
    const month = months.indexOf((named[2] ?? '').toLowerCase()) + 1
    if (month > 0) return dayOf(named[3], month, named[1])
  }
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)\b/.exec(text)
  if (parts !== null) {
    const [first, second] = [Number(parts[1]), Number(parts[2])]
    const dayFirst = first > 12 || (order === 'dmy' && second <= 12)
    return dayOf(parts[3], dayFirst ? second : first, dayFirst ? first : second)
  }
  wrong('date-unusable', 'This is not a date; it was left out.')
  return null
}

/** A day or an instant; a day counts from its beginning. */
export function readInstantOf(text: string, order: 'dmy' | 'mdy', wrong: Wrong): string | null {
  if (/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return text
  const day = readDayOf(text, order, wrong)
  return day === null ? null : `${day}T00:00:00Z`
}

/** Yes or no, in the words of spreadsheets. */
export function readYesNo(text: string, wrong: Wrong): string | null {
  if (/^(y|yes|true|t|1|x|✓|✔)$/i.test(text)) return 'yes'
  if (/^(n|no|false|f|0|-)$/i.test(text)) return 'no'
  wrong('value-unknown', 'This is neither yes nor no; it was left out.')
  return null
}

/** Every telephone number of a cell, each as "number (what it is for)". */
export function readPhonesOf(text: string, split: string | null): readonly string[] {
  const parts =
    split === null
      ? text.split(/[;|\n]|\s\/\s|\s+or\s+|,(?=\s*(?:[a-z][a-z ]*:?\s*)?\+?\(?\d)/i)
      : text.split(split)
  const numbers = parts.flatMap((part) => (split === null ? apart(part) : [part]))
  return numbers.map((part) => part.trim()).filter((part) => part !== '')
}

/** What a cell says of one number: the number, and what it is for. */
export function phoneOf(said: string): { readonly number: string; readonly label: string } {
  const found = /^([^()]*\d[\d\s()+.-]*?)\s*\((\D[^]*)\)$/.exec(said)
  if (found !== null) return { number: (found[1] ?? '').trim(), label: (found[2] ?? '').trim() }
  const before = /^([a-z][^\d:]*?):?\s+((?:\+|\(?\d)[\d\s()+.-]{5,})$/i.exec(said)
  if (before !== null) return { number: (before[2] ?? '').trim(), label: (before[1] ?? '').trim() }
  return { number: said, label: '' }
}

/** A number as people of its country write it. */
export function nationalForm(number: string): string {
  const british = /^\+44[\s-]*(?:\(0\)\s*)?0?(\d[\d\s-]{6,})$/.exec(number)
  if (british !== null) return `0${british[1]}`
  const american = /^\+1[\s.-]*(\(?\d{3}\)?[\d\s.-]{7,})$/.exec(number)
  return american?.[1] ?? number
}

/** Two numbers with a slash and no blank between them. */
function apart(part: string): readonly string[] {
  const pieces = part.split('/')
  return pieces.length > 1 && pieces.every((each) => (each.match(/\d/g) ?? []).length >= 6) ? pieces : [part]
}

function dayOf(year: string | undefined, month: number, day: string | number | undefined): string {
  const whole = String(year).length === 2 ? `20${year}` : String(year)
  return `${whole}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
