import type { Sector } from '#platform/access'
import type { Capacity, Kind, Phone, Status, Wishes } from './listing.ts'
import type { Threshold } from './threshold.ts'

/** A service as a list shows it. */
export interface ServiceSummary {
  readonly id: string
  /** The short code of the file it came from (N02), where there is one. */
  readonly code: string | null
  readonly name: string
  readonly organizationId: string
  readonly organizationName: string
  readonly sector: Sector
  /** The partner with keys, where the organisation is one: only to a partner can a referral be sealed. */
  readonly partyId: string | null
  readonly kind: Kind
  readonly status: Status
  readonly needs: readonly string[]
  readonly selfReferral: boolean
  /** A worker may talk it over first, without a name. */
  readonly consultation: boolean
  readonly confidential: boolean
  readonly phones: readonly Phone[]
  readonly wishes: Wishes
  readonly capacity: Capacity | null
  /** True when room and wait were told more than 30 days ago, by the database's clock. */
  readonly capacityOld: boolean
  /** True when nobody has checked the entry for as long as it counts (`freshness.json`), or never. */
  readonly entryOld: boolean
}

/** A place as it may be shown: a confidential one has its region only. */
export interface Place {
  readonly confidential: boolean
  readonly region: string | null
  readonly name: string | null
  /** Address lines, top to bottom; empty for confidential and virtual places. */
  readonly lines: readonly string[]
  readonly description: string | null
  readonly transportation: string | null
}

/** A threshold as it is stored. */
export interface StoredThreshold extends Threshold {
  readonly id: string
  readonly position: number
}

/** Everything that the page of a service shows. */
export interface ServiceDetail extends ServiceSummary {
  readonly description: string
  readonly pack: 'uk' | 'us'
  readonly organizationDescription: string
  readonly organizationPhones: readonly Phone[]
  readonly organizationEmail: string | null
  readonly organizationWebsite: string | null
  readonly email: string | null
  readonly url: string | null
  readonly applicationProcess: string | null
  readonly eligibilityText: string | null
  readonly feesText: string | null
  readonly timesText: string | null
  readonly alert: string | null
  readonly assuredOn: string | null
  readonly afterNeeds: readonly string[]
  readonly fixedFacets: readonly string[]
  readonly mustReport: readonly string[] | null
  readonly thresholds: readonly StoredThreshold[]
  readonly places: readonly Place[]
}

/** What a list is narrowed to. Services for people using abuse are in no list but their own. */
export interface ListFilter {
  readonly kind?: Kind | undefined
  readonly need?: string | undefined
  readonly language?: string | undefined
  readonly pack?: 'uk' | 'us' | undefined
  readonly words?: string | undefined
  readonly partyId?: string | undefined
  readonly organizationId?: string | undefined
  readonly page?: number | undefined
  readonly perPage?: number | undefined
}

export interface ServicePage {
  readonly services: readonly ServiceSummary[]
  readonly total: number
  readonly page: number
  readonly pages: number
}
