import type { Condition } from '#engine/space'
import type { SystemSource } from './system-source.rules.ts'

/** A change to who a service is for, to be looked at before it is saved. */
export interface LookAsked {
  readonly source: SystemSource
  readonly service: string
  /** Clauses as they may be applied to a person. */
  readonly accepts: readonly Condition[]
  /** Clauses as they are done in practice, where a rule closes part of them; null where nothing is closed. */
  readonly practice: readonly Condition[] | null
  readonly after: readonly string[]
}

/** Some situations: how many exactly, and their share by weight. */
export interface Amount {
  /** In digits; it can pass what a double counts. */
  readonly situations: string
  readonly share: number
}

/** Situations that lose or win a need, with the largest regions of them. */
export interface Moved extends Amount {
  readonly regions: readonly { readonly when: Condition; readonly situations: string }[]
  /** Whether the regions name every one of them. */
  readonly complete: boolean
}

/** What a change does to one need: shares are of the situations in which it arises. */
export interface NeedMoved {
  readonly need: string
  readonly opens: Moved | null
  readonly closes: Moved | null
}

/** What a change does, decided for every possible situation. */
export interface Look {
  readonly possible: string
  readonly takes: Amount
  readonly more: Amount
  readonly fewer: Amount
  /** Needs for which a gap opens or closes, in the order of the needs. */
  readonly needs: readonly NeedMoved[]
  /** The no-wrong-door figure now and after the change; null when nothing arises. */
  readonly noWrongDoor: { readonly now: number | null; readonly then: number | null }
  /** Whether the service takes anybody at present; if not, everything is as if it did. */
  readonly open: boolean
  /** What is lost when the closed part is done in practice. */
  readonly practice: readonly NeedMoved[]
  /** Needs in which this service and another wait for each other after the change, and the services in the circle. */
  readonly circles: readonly { readonly need: string; readonly services: readonly string[] }[]
}

/** A look, or why there is none; each has a sentence under `directory.look`. */
export type LookAnswer = Look | { readonly cannot: 'too-large' | 'busy' | 'not-listed' }
