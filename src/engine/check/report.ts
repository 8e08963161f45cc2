import type { Change } from '#engine/remedies'
import type { Condition } from '#engine/space'

/** The whole report; shares are conditional weights between 0 and 1. */
export interface Report {
  /** How many situations are possible, in digits. */
  readonly situations: string
  readonly noWrongDoor: number | null
  readonly byWait: readonly { readonly weeks: number; readonly noWrongDoor: number | null }[]
  readonly sensitivity: readonly { readonly facet: string; readonly noWrongDoor: number | null }[]
  readonly weightsFrom?: string
  readonly warnings: readonly string[]
  readonly needs: readonly NeedReport[]
  readonly doors: readonly DoorReport[]
  readonly deadEnds: readonly DeadEndReport[]
  readonly circularWaits: readonly {
    readonly need: string
    readonly when: Condition
    readonly share: number
    readonly services: readonly string[]
  }[]
  readonly loops: readonly {
    readonly agencies: readonly string[]
    readonly need: string
    readonly share: number
  }[]
  readonly remedies: readonly RemedyReport[]
  readonly plan?: readonly RemedyReport[]
}

/** One need: where it arises, how much of it is covered, where it is not. */
export interface NeedReport {
  readonly need: string
  readonly arises: number
  readonly met: number | null
  readonly gaps: readonly GapReport[]
  readonly gapsComplete: boolean
}

/** A maximal region in which a need goes unmet. */
export interface GapReport {
  readonly when: Condition
  readonly share: number
  readonly adds: number
  readonly situations: string
}

/** What of a need is reached from a door within 0, 1, … handovers. */
export interface DoorReport {
  readonly door: string
  readonly need: string
  readonly reached: readonly number[]
}

/** A maximal region in which a need is not reached from a door. */
export interface DeadEndReport {
  readonly door: string
  readonly need: string
  readonly when: Condition
  readonly share: number
  readonly cause: 'no-service' | 'no-pathway' | 'mixed'
  readonly served: number
}

/** A single change with the exact rise of the no-wrong-door figure and the figure after it. */
export interface RemedyReport {
  readonly change: Change
  readonly gain: number
  readonly noWrongDoor: number
}
