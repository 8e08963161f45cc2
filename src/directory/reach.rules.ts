import type { Phone } from './listing.ts'

// As wide as what a file may bring, so that an entry that came with an odd number can be saved; two numbers in a line are too much.
const number = /^(?=(?:\D*\d){3,20}\D*$)[^@<>"]{3,60}$/

/** The lines of a box as telephone numbers with what each is for; null when a line is no number. Only the first of one number counts. */
export function phonesOf(text: string): readonly Phone[] | null {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const phones = lines.map(phoneOf)
  if (phones.some((phone) => phone === null) || phones.length > 20) return null
  return [
    ...new Map(
      phones
        .flatMap((phone) => phone ?? [])
        .toReversed()
        .map((one) => [one.number, one]),
    ).values(),
  ].toReversed()
}

/** The numbers as a box shows them; read back they are the same. */
export function phoneLines(phones: readonly Phone[]): string {
  return phones.map((each) => (each.label === '' ? each.number : `${each.number}, ${each.label}`)).join('\n')
}

/** A web address as it may be typed, with the scheme that is left out; null when it is none, empty when there is none. */
export function webAddressOf(text: string): string | null {
  const typed = text.trim()
  if (typed === '') return ''
  const whole = /^[a-z][a-z\d+.-]*:/i.test(typed) ? typed : `https://${typed}`
  if (whole.length > 500 || /[\s<>"]/.test(whole) || !URL.canParse(whole)) return null
  const { protocol, hostname } = new URL(whole)
  return ['https:', 'http:'].includes(protocol) && hostname.includes('.') ? whole : null
}

/** A web address as words, so that a street that hides between hyphens is seen. */
export function spelledOut(address: string): string {
  return `${address} ${address.replaceAll(/%20|[-_/+.=&?]/g, ' ')}`
}

function phoneOf(line: string): Phone | null {
  const at = line.indexOf(',')
  const typed = (at < 0 ? line : line.slice(0, at)).trim()
  const label = at < 0 ? '' : line.slice(at + 1).trim()
  if (!number.test(typed) || label.length > 300) return null
  return { number: typed, label }
}
