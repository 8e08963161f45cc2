import { addressCleaner } from './confidential.rules.ts'
import type { ServiceDetail } from './service.ts'
import type { SuggestionAbout } from './suggestion.ts'

type Entry = Pick<ServiceDetail, 'kind' | 'confidential' | 'places'>

/** Fields that a reviewer can write from a suggestion, and their columns; everything else is changed by hand. */
export const simpleFields = {
  phone: 'phones',
  email: 'email',
  url: 'url',
  times: 'times_text',
  how: 'application_process',
} as const
export type SimpleAbout = keyof typeof simpleFields

/** Whether a suggestion about this can be written as it is. Work with people using abuse has no times (STACK: listed apart), a confidential place none in words. */
export function isSimple(
  about: SuggestionAbout,
  entry: Pick<Entry, 'kind' | 'confidential'>,
): about is SimpleAbout {
  if (about === 'times' && (entry.kind === 'for-people-using-abuse' || entry.confidential)) return false
  return Object.hasOwn(simpleFields, about)
}

/** Whether the text would carry an address into an entry that keeps its place secret (DESIGN 6.3). */
export function carriesAddress(text: string, entry: Entry): boolean {
  const secret = entry.confidential || entry.places.some((place) => place.confidential)
  return secret && namesAddress(text)
}

/** Whether something in the text has the shape of an address. */
export function namesAddress(text: string): boolean {
  return addressCleaner([], true)(text) !== text
}

/** Whether the text can stand in the field: a number to ring, an address to write to, a page to open. */
export function fits(about: SimpleAbout, text: string): boolean {
  if (text === '') return false
  if (about === 'phone') return /^\+?[\d() -]{3,40}$/.test(text)
  if (about === 'email') return text.length <= 254 && /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/.test(text)
  if (about === 'url')
    return URL.canParse(text) && ['https:', 'http:'].includes(new URL(text).protocol) && !/\s/.test(text)
  return true
}
