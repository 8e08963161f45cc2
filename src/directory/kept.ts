import { plainText } from './plain-text.rules.ts'

/** JSON as it is kept: plain text, numbers, yes and no, lists and objects of these. */
export type KeptJson = string | number | boolean | readonly KeptJson[] | { readonly [key: string]: KeptJson }
export type KeptObject = Readonly<Record<string, KeptJson>>

/** What belongs to one item of a list that we have: `of` says which, by what we know of it. */
export interface KeptPart {
  readonly of: readonly string[]
  readonly rest: KeptObject
}

/** What a file says of an entry and no column of ours has. It goes out again with the entry. */
export interface Kept {
  /** Fields of the object itself. */
  readonly rest?: KeptObject
  /** Fields of items of its lists: telephones, languages, … */
  readonly parts?: Readonly<Record<string, readonly KeptPart[]>>
  /** Attributes of vocabularies that are not ours. */
  readonly attributes?: readonly KeptObject[]
}

/** By what an item of a list is known again, whoever wrote it: its number, its name, its days and hours. */
export function partKey(list: string, item: Readonly<Record<string, unknown>>): readonly string[] {
  return (keys[list] ?? []).map((key) => {
    const value = item[key]
    const text =
      typeof value === 'string' || typeof value === 'number' ? plainText(String(value), 2_000).text : ''
    if (key === 'number') return text.replace(/ ext\. .*$/, '').replaceAll(/[^\d+a-z]/gi, '')
    if (key === 'opens_at' || key === 'closes_at') return text.slice(0, 5)
    return key === 'byday' ? text.replaceAll(' ', '').toUpperCase() : text.toLowerCase()
  })
}

// Of room and wait there is one.
const keys: Readonly<Record<string, readonly string[]>> = {
  phones: ['number'],
  languages: ['code', 'name'],
  service_areas: ['name'],
  required_documents: ['document'],
  schedules: ['byday', 'opens_at', 'closes_at', 'description'],
  capacities: [],
}
