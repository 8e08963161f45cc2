import type { Condition } from '#engine/space'
import type { Capacity, CapacityState, Kept, Kind, Phone } from '#directory'

/** An organisation as it may be said: what the projection gives. */
export interface ListedOrganization {
  /** The row's own id. */
  readonly id: string
  readonly sourceId: string
  readonly name: string
  readonly alternateName: string | null
  readonly description: string
  readonly email: string | null
  /** Null too where every listed service of it keeps its place secret: a site can tell where. */
  readonly website: string | null
  readonly phones: readonly Phone[]
  readonly sector: string
  readonly pack: 'uk' | 'us'
  readonly mustReport: readonly string[] | null
  readonly trainedUntil: string | null
  /** What its source says beside; null where it has a place that is kept secret. */
  readonly kept: Kept | null
}

/** A place with its address. One that is confidential is never among them. */
export interface ListedPlace {
  readonly id: string
  readonly sourceId: string
  readonly kind: 'physical' | 'postal' | 'virtual'
  readonly region: string | null
  readonly name: string | null
  readonly description: string | null
  readonly transportation: string | null
  readonly address1: string | null
  readonly address2: string | null
  readonly city: string | null
  readonly postalCode: string | null
  readonly country: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly kept: Kept | null
}

/** One opening or telephone time; `placeId` is the row of the place, where it is only of that place. */
export interface ListedTime {
  readonly what: 'open' | 'phone'
  readonly weekday: number
  readonly opens: string | null
  readonly closes: string | null
  readonly note: string | null
  readonly placeId: string | null
}

/** A clause as it may be applied to a person. Without a sentence where a rule forbids part of what its own sentence says. */
export interface ListedThreshold {
  readonly condition: Condition
  readonly sentence: string | null
  readonly soft: boolean
}

/** A term of a service with what says the same elsewhere. */
export interface ListedTerm {
  readonly code: string
  readonly taxonomy: string
  readonly label: string
  readonly uri: string | null
  readonly sameAs: readonly string[]
}

/** A service as it may be said: no more than its public page shows. */
export interface ListedService {
  readonly id: string
  readonly sourceId: string
  readonly organization: ListedOrganization
  readonly name: string
  readonly alternateName: string | null
  readonly description: string
  readonly status: 'active' | 'temporarily closed'
  readonly kind: Kind
  readonly needs: readonly string[]
  readonly afterNeeds: readonly string[]
  readonly fixedFacets: readonly string[]
  readonly selfReferral: boolean
  readonly consultation: boolean
  readonly confidential: boolean
  /** Of a confidential service with a place, the region: all that may be said of where it is. */
  readonly keptRegion: string | null
  readonly hasKeptPlace: boolean
  readonly email: string | null
  readonly url: string | null
  readonly phones: readonly Phone[]
  readonly applicationProcess: string | null
  readonly eligibilityText: string | null
  readonly feesText: string | null
  readonly timesText: string | null
  readonly alert: string | null
  readonly languages: readonly string[]
  readonly ledBy: readonly string[]
  readonly workerGender: readonly string[]
  readonly areas: readonly string[]
  readonly models: readonly string[]
  readonly remote: boolean | null
  readonly cost: 'free' | 'sliding-scale' | 'paid' | null
  readonly needsNoPublicFunds: boolean | null
  readonly access: readonly string[]
  readonly accessText: string | null
  readonly documents: readonly string[] | null
  readonly insurers: readonly string[]
  readonly diagnosisToPay: boolean | null
  readonly billTo: string | null
  readonly survivorLed: boolean | null
  /** Months, both ends. */
  readonly youngest: number
  readonly oldest: number
  readonly assuredOn: string | null
  readonly assuredBy: string | null
  readonly thresholds: readonly ListedThreshold[]
  readonly capacity: (Omit<Capacity, 'state'> & { readonly state: CapacityState }) | null
  readonly times: readonly ListedTime[]
  readonly terms: readonly ListedTerm[]
  readonly places: readonly ListedPlace[]
  readonly kept: Kept | null
}

/**
 * Which entries: some by the ids under which they go out (or by their rows' own), or the next ones in the order of those ids.
 * Work with people who use abuse is left out with `kind: 'not-apart'`, and alone with `'apart'`.
 */
export type ListedWhich =
  | { readonly ids: readonly string[] }
  | {
      readonly after: string | null
      readonly limit: number
      readonly kind?: 'all' | 'apart' | 'not-apart'
    }

/** How much of each: everything, its own fields and no list, or these and its places. */
export type ListedParts = 'whole' | 'fields' | 'places'
