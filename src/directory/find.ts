import type { ServiceSummary } from './service.ts'

/** The ages that a search and the picture of an area tell apart; months, the upper end not included. */
export const ageGroups = [
  { id: '0-4', from: 0, to: 60 },
  { id: '5-10', from: 60, to: 132 },
  { id: '11-15', from: 132, to: 192 },
  { id: '16-17', from: 192, to: 216 },
  { id: '18-64', from: 216, to: 780 },
  { id: '65', from: 780, to: 1320 },
] as const

/** How far, in miles, somebody may choose; distances are only ever told as these bands. */
export const distances = [10, 25, 50] as const

/** What somebody looks for. Empty texts do not narrow. */
export interface Wanted {
  readonly words: string
  readonly need: string
  readonly place: string
  readonly miles: number
  readonly language: string
  readonly age: string
  /** A code of access.json. */
  readonly access: string
  readonly page: number
}

/** The filters that can be dropped one by one. */
export const filters = ['words', 'need', 'place', 'language', 'age', 'access'] as const
export type Filter = (typeof filters)[number]

/** Where a place is, as far as we know: names it goes by, and a rough middle. */
export interface WhereAbouts {
  /** What we understood, to be said back: never more of a postcode than its first part. */
  readonly label: string
  readonly names: readonly string[]
  readonly point: readonly [number, number] | null
  /** The middle of a postcode area or of what is listed there: good for wide bands only. */
  readonly rough: boolean
  /** A name with a slip, and the one that we looked for instead. */
  readonly corrected: Corrected | null
}

/** How near a service is said to be. A confidential place has its region and no distance, whatever was asked. */
export type Band = 'there' | 'miles-10' | 'miles-25' | 'miles-50' | 'wide' | 'kept'

export interface Found {
  readonly service: ServiceSummary
  /** Null when no place was asked for. */
  readonly band: Band | null
  /** For a confidential place. */
  readonly region: string | null
}

/** A word of the search that nobody uses, and the one that we looked for instead. */
export interface Corrected {
  readonly typed: string
  readonly meant: string
}

export interface FoundPage {
  readonly found: readonly Found[]
  readonly total: number
  /** There are more than `total`; only the best are listed. */
  readonly more: boolean
  readonly page: number
  readonly pages: number
  readonly corrected: readonly Corrected[]
  readonly place: WhereAbouts | null
  /** A place was typed that we do not know. */
  readonly placeUnknown: boolean
}

/** What one filter fewer would bring. */
export interface Without {
  readonly filter: Filter
  readonly count: number
  readonly more: boolean
}
