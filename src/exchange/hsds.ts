/** Objects of HSDS 3.1 as JSON, the hub of all formats. Optional keys are left out, never null; ids are UUID-shaped. */
export interface HsdsTerm {
  readonly id: string
  readonly code?: string
  readonly name: string
  readonly description: string
  readonly parent_id?: string
  /** Name of the taxonomy. */
  readonly taxonomy?: string
  readonly taxonomy_detail?: HsdsTaxonomy
  readonly language?: string
  readonly term_uri?: string
}

export interface HsdsTaxonomy {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly uri?: string
  readonly version?: string
}

export interface HsdsAttribute {
  readonly id: string
  readonly link_id?: string
  readonly link_type?: string
  readonly link_entity?: string
  readonly value?: string
  readonly label?: string
  readonly taxonomy_term?: HsdsTerm
}

export interface HsdsPhone {
  readonly id: string
  readonly number: string
  readonly extension?: number
  readonly type?: string
  readonly description?: string
}

export interface HsdsSchedule {
  readonly id: string
  readonly freq?: 'WEEKLY' | 'MONTHLY'
  readonly interval?: number
  readonly byday?: string
  readonly opens_at?: string
  readonly closes_at?: string
  readonly description?: string
  readonly attending_type?: string
  readonly notes?: string
}

export interface HsdsAddress {
  readonly id: string
  readonly address_1: string
  readonly address_2?: string
  readonly city: string
  readonly region?: string
  readonly state_province: string
  readonly postal_code: string
  readonly country: string
  readonly address_type: string
}

export interface HsdsLocation {
  readonly id: string
  readonly location_type: 'physical' | 'postal' | 'virtual'
  readonly name?: string
  readonly description?: string
  readonly transportation?: string
  readonly latitude?: number
  readonly longitude?: number
  readonly addresses?: readonly HsdsAddress[]
  readonly accessibility?: readonly Readonly<Record<string, unknown>>[]
  readonly attributes?: readonly HsdsAttribute[]
}

export interface HsdsServiceAtLocation {
  readonly id: string
  readonly location?: HsdsLocation
  readonly schedules?: readonly HsdsSchedule[]
}

export interface HsdsOrganization {
  readonly id: string
  readonly name: string
  readonly alternate_name?: string
  readonly description: string
  readonly email?: string
  readonly website?: string
  readonly phones?: readonly HsdsPhone[]
  readonly attributes?: readonly HsdsAttribute[]
}

/** A service with everything that belongs to it: what `GET /services/{id}` answers. What was kept beside comes as further keys. */
export interface HsdsService {
  readonly id: string
  readonly name: string
  readonly status: 'active' | 'inactive' | 'defunct' | 'temporarily closed'
  readonly alternate_name?: string
  readonly description?: string
  readonly url?: string
  readonly email?: string
  readonly application_process?: string
  readonly eligibility_description?: string
  readonly fees_description?: string
  readonly minimum_age?: number
  readonly maximum_age?: number
  readonly assured_date?: string
  readonly assurer_email?: string
  readonly alert?: string
  readonly last_modified?: string
  readonly organization: HsdsOrganization
  readonly phones?: readonly HsdsPhone[]
  readonly schedules?: readonly HsdsSchedule[]
  readonly languages?: readonly Readonly<Record<string, unknown>>[]
  readonly service_areas?: readonly Readonly<Record<string, unknown>>[]
  readonly cost_options?: readonly Readonly<Record<string, unknown>>[]
  readonly required_documents?: readonly Readonly<Record<string, unknown>>[]
  readonly capacities?: readonly Readonly<Record<string, unknown>>[]
  readonly service_at_locations?: readonly HsdsServiceAtLocation[]
  readonly attributes?: readonly HsdsAttribute[]
}
