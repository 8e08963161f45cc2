import type { Sector } from '#platform/access'
import type { Kept } from './kept.ts'
import type { ServiceOffer } from './practical.ts'
import type { Threshold } from './threshold.ts'

/** Who a service is listed for; those for people using abuse are listed apart. */
export const kinds = ['for-anyone', 'for-survivors', 'for-children', 'for-people-using-abuse'] as const
export type Kind = (typeof kinds)[number]

/** Whether a service takes people now. */
export const capacityStates = ['has-room', 'none', 'waiting-list', 'ask-first'] as const
export type CapacityState = (typeof capacityStates)[number]

export const statuses = ['active', 'inactive', 'defunct', 'temporarily closed'] as const

/** Whether people find it: off the list, it is only in its editor's hands. */
export function isListed({ status }: { readonly status: Status }): boolean {
  return status === 'active' || status === 'temporarily closed'
}
export type Status = (typeof statuses)[number]

export interface Phone {
  readonly number: string
  readonly label: string
}

/** Room and wait; `asOf` is an ISO instant, waits are in weeks. */
export interface Capacity {
  readonly state: CapacityState
  readonly places: number | null
  readonly waitWeeks: number | null
  readonly waitWeeksTo: number | null
  readonly note: string | null
  readonly asOf: string
}

/** What a service costs whoever comes. */
export const costs = ['free', 'sliding-scale', 'paid'] as const
type Cost = (typeof costs)[number]

/** What a person may prefer. A wish orders a list and never shuts anyone out. */
export interface Wishes {
  readonly languages: readonly string[]
  readonly ledBy: readonly string[]
  readonly workerGender: readonly string[]
  readonly areas: readonly string[]
  readonly models: readonly string[]
  readonly remote: boolean | null
  readonly cost: Cost | null
  readonly needsNoPublicFunds: boolean | null
}

export interface OrganizationRecord {
  readonly sourceId: string
  readonly name: string
  readonly alternateName: string | null
  readonly description: string
  readonly email: string | null
  readonly website: string | null
  readonly phones: readonly Phone[]
  readonly sector: Sector
  readonly pack: 'uk' | 'us'
  /** What this agency must report, in three sentences; null when it has not said. */
  readonly mustReport: readonly string[] | null
  /** Its workers are trained about abuse until this day, by its own word: no file confirms it. */
  readonly trainedUntil: string | null
  /** Nothing but an id was given of it: it is listed under a service's name, and never in place of what stands. */
  readonly standsIn?: true
  readonly kept?: Kept | null
}

/** A place. A confidential one carries a region and nothing else. */
export interface LocationRecord {
  readonly sourceId: string
  readonly confidential: boolean
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
  readonly kept?: Kept | null
}

/** One service as read from a file, ready to be stored. */
export interface ServiceRecord {
  readonly sourceId: string
  readonly organization: OrganizationRecord
  readonly name: string
  readonly alternateName: string | null
  readonly description: string
  readonly status: Status
  readonly kind: Kind
  readonly needs: readonly string[]
  readonly afterNeeds: readonly string[]
  readonly fixedFacets: readonly string[]
  readonly selfReferral: boolean
  readonly consultation: boolean
  readonly confidential: boolean
  readonly email: string | null
  readonly url: string | null
  readonly phones: readonly Phone[]
  readonly applicationProcess: string | null
  readonly eligibilityText: string | null
  readonly feesText: string | null
  readonly timesText: string | null
  readonly alert: string | null
  readonly wishes: Wishes
  readonly assuredOn: string | null
  readonly assuredBy: string | null
  readonly thresholds: readonly Threshold[]
  readonly capacity: Capacity | null
  readonly locations: readonly LocationRecord[]
  readonly offer: ServiceOffer
  /** What its file says and no column has; never of a confidential one. */
  readonly kept?: Kept | null
}
