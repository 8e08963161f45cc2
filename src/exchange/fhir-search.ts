/** The resources of the directory that are served. */
export const resourceTypes = ['HealthcareService', 'Location', 'Organization'] as const
export type ResourceType = (typeof resourceTypes)[number]

/** How a search parameter compares. */
export type ParameterKind = 'date' | 'reference' | 'string' | 'token'

/** A search parameter of one resource; `definition` is the last part of its address at HL7. */
export interface Parameter {
  readonly name: string
  readonly kind: ParameterKind
  readonly definition: string
}

const id: Parameter = { name: '_id', kind: 'token', definition: 'Resource-id' }
const lastUpdated: Parameter = { name: '_lastUpdated', kind: 'date', definition: 'Resource-lastUpdated' }
const of = (type: ResourceType, name: string, kind: ParameterKind): Parameter => ({
  name,
  kind,
  definition: `${type}-${name}`,
})

/** What each resource can be searched by. */
export const parameters: Readonly<Record<ResourceType, readonly Parameter[]>> = {
  HealthcareService: [
    id,
    lastUpdated,
    of('HealthcareService', 'active', 'token'),
    of('HealthcareService', 'location', 'reference'),
    of('HealthcareService', 'name', 'string'),
    of('HealthcareService', 'organization', 'reference'),
    of('HealthcareService', 'service-category', 'token'),
    of('HealthcareService', 'service-type', 'token'),
  ],
  Location: [id, of('Location', 'name', 'string'), of('Location', 'organization', 'reference')],
  Organization: [
    id,
    lastUpdated,
    of('Organization', 'active', 'token'),
    of('Organization', 'name', 'string'),
  ],
}

/** One condition: any of its values is enough. Conditions of a search must all hold. */
export type Condition =
  | { readonly on: 'id' | 'organization' | 'location'; readonly ids: readonly string[] }
  | { readonly on: 'active'; readonly values: readonly boolean[] }
  | { readonly on: 'name'; readonly how: 'starts' | 'contains' | 'exact'; readonly words: readonly string[] }
  | { readonly on: 'category' | 'type'; readonly tokens: readonly Token[] }
  | { readonly on: 'updated'; readonly spans: readonly Span[] }

/** A code, perhaps of one system only; without a code every code of the system. */
export interface Token {
  readonly system: string | null
  readonly code: string | null
}

/** From (reached) to (not reached), as instants; null is open. `outside` takes what is not between. */
export interface Span {
  readonly from: string | null
  readonly to: string | null
  readonly outside: boolean
}

/** A search as it is carried out. */
export interface Search {
  readonly type: ResourceType
  readonly conditions: readonly Condition[]
  /** 0: only how many. */
  readonly count: number
  /** The id that the page before ended with. */
  readonly after: string | null
}

/** A parameter as it was given. */
export type Given = readonly (readonly [name: string, value: string])[]

/** What is wrong with a search: the rule, and the parameter that it is about. */
export interface SearchRefused {
  readonly rule:
    | 'parameter-unknown'
    | 'page-unknown'
    | 'parameter-wrong'
    | 'modifier-unknown'
    | 'format-unknown'
    | 'too-many'
  readonly parameter: string
}
