import type { ThreadRule } from './thread.ts'

/** What the case of the person who was harmed tells, as far as the writer may read it. */
export interface Told {
  /** Names of the person, the children and everyone else but the person causing harm. */
  readonly names: readonly string[]
  /** Names of the person causing harm: a shared family name is no secret. */
  readonly ofHarm: readonly string[]
  readonly contacts: readonly string[]
  readonly texts: readonly string[]
  /** Every text of every page. A short one may be the name of an agency: it is held back only with its neighbours. */
  readonly pages: readonly string[]
}

/** So many words in a row that also stand in the case are a copy of it. */
const run = 5

/**
 * The rule that keeps what a survivor told out of the file about whoever causes harm: no name, no number or address, no words of
 * the case. Null: nothing of it is in the text.
 */
export function heldBack(text: string, told: Told): ThreadRule | null {
  if (hasName(text, told)) return 'held-back-names'
  if (told.contacts.some((contact) => hasContact(text, contact))) return 'held-back-contact'
  const copied = told.texts.some((each) => hasRun(text, each) || hasWhole(text, each))
  return copied || told.pages.some((each) => hasRun(text, each)) ? 'held-back-words' : null
}

/** Every text that stands anywhere in what was sealed. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

function hasName(text: string, told: Told): boolean {
  const shared = new Set(told.ofHarm.flatMap(words).map(lower))
  const written = new Set(words(text))
  const all = told.names.flatMap(words).filter((word) => word.length > 1 && !shared.has(lower(word)))
  return all.some((word) => written.has(word) || written.has(word.toLocaleUpperCase()))
}

function hasContact(text: string, contact: string): boolean {
  const digits = contact.replaceAll(/\D/gu, '')
  if (digits.length >= 6 && text.replaceAll(/[^\p{L}\d]/gu, '').includes(digits)) return true
  const plain = squeezed(contact)
  return plain.length >= 5 && squeezed(text).includes(plain)
}

function hasRun(text: string, source: string): boolean {
  const runs = new Set(runsOf(spoken(source)))
  return runsOf(spoken(text)).some((each) => runs.has(each))
}

/** A text shorter than such a run stands there whole; one word alone is none. */
function hasWhole(text: string, source: string): boolean {
  const theirs = spoken(source)
  if (theirs.length < 2 || theirs.length >= run) return false
  return ` ${spoken(text).join(' ')} `.includes(` ${theirs.join(' ')} `)
}

function runsOf(all: readonly string[]): readonly string[] {
  return all.slice(0, Math.max(0, all.length - run + 1)).map((_, at) => all.slice(at, at + run).join(' '))
}

function words(text: string): readonly string[] {
  return text.normalize('NFKC').match(/[\p{L}\p{N}]+/gu) ?? []
}

/** Words as they are counted when they are said: an apostrophe makes no second word. */
function spoken(text: string): readonly string[] {
  return words(text.replaceAll(/(?<=\p{L})['’‘ʼ`](?=\p{L})/gu, '')).map(lower)
}

function lower(word: string): string {
  return word.toLocaleLowerCase()
}

function squeezed(text: string): string {
  return lower(text.normalize('NFKC')).replaceAll(/[^\p{L}\p{N}@]/gu, '')
}
