import type { Clause } from './condition.ts'
import type { Facet } from './facet.ts'
import type { Shares } from './shares.ts'

/** How a pathway hands a person on: with the worker, by referral, or by telling where to go. */
export type PathwayKind = 'warm' | 'referral' | 'signpost'

/** A need; `arises` are the clauses of the situations that have it. */
export interface Need {
  readonly id: string
  readonly label?: string
  readonly arises: readonly Clause[]
  readonly importance: number
}

/** An agency; a `door` is where people arrive first. */
export interface Agency {
  readonly id: string
  readonly label?: string
  readonly sector?: string
  readonly door: boolean
  readonly arrivals: number
}

/** A service; agencies and needs by index, limits of its clauses in the order of the file. */
export interface Service {
  readonly id: string
  readonly label?: string
  readonly agency: number
  readonly meets: readonly number[]
  readonly accepts: readonly Clause[]
  readonly selfReferral: boolean
  readonly open: boolean
  readonly waitWeeks: number
  readonly after: readonly number[]
  /** Indices of facets that stand for law, licence or safety. */
  readonly fixed: readonly number[]
}

/** A way from an agency to a service, or to an agency that then is the next door. */
export interface Pathway {
  readonly from: number
  readonly to: { readonly service: number } | { readonly agency: number }
  readonly kind: PathwayKind
  readonly when: readonly Clause[]
}

/** A service system as read: ids replaced by indices, constraints by runs of steps. */
export interface System {
  readonly name?: string
  readonly facets: readonly Facet[]
  readonly possible: readonly Clause[]
  /** By facet: how common its values are; `null` is uniform. */
  readonly weights: readonly (Shares | null)[]
  readonly weightsFrom?: string
  readonly needs: readonly Need[]
  readonly agencies: readonly Agency[]
  readonly services: readonly Service[]
  readonly pathways: readonly Pathway[]
  readonly maxHandoffs: number
  readonly withinWeeks: readonly number[]
  /** Found on reading; what only the diagrams can tell is added by the check. */
  readonly warnings: readonly string[]
}
