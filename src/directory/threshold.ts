import type { Condition } from '#engine/space'

/** One clause of who a service is for: any one clause that holds is enough. */
export interface Threshold {
  readonly condition: Condition
  /** What the condition says, in plain words. */
  readonly sentence: string
  readonly source: string
  readonly owner: string
  /** ISO date, or null when nobody has said when it was last checked. */
  readonly reviewedOn: string | null
  /** Soft: not a rule but a case to ask about first. */
  readonly soft: boolean
  /** The rule that forbids applying `forbiddenFacets` to a person; null when nothing is forbidden. */
  readonly forbiddenRule: string | null
  readonly forbiddenFacets: readonly string[]
}
