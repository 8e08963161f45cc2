import type { ChangedField, Difference, LeftEntry, Outcome, Problem } from '#directory'

/** Where a file or a feed's state stands on its way. */
export type ArrivalState = 'mapping' | 'reading' | 'refused' | 'ready' | 'applying' | 'failed' | 'over'

/** Something that came in: a file an editor brought, or what a feed says now. */
export interface Arrival {
  readonly partyId: string
  readonly id: string
  readonly feedId: string | null
  readonly byAccount: string | null
  readonly name: Uint8Array | null
  readonly keyVersion: number | null
  readonly cameAt: string
  readonly size: number
  readonly sha256: Uint8Array | null
  readonly format: string | null
  readonly mapping: unknown
  readonly state: ArrivalState
  readonly refused: string | null
  readonly done: number
  readonly total: number | null
  readonly imported: number
  readonly importedWithWarnings: number
  readonly held: number
  readonly rejected: number
  readonly hides: readonly string[]
  readonly askedBy: string | null
}

/** What one record would do to the directory; a record gone from a feed is one too. */
export type StagedDifference = Difference | 'gone'
export const shownDifferences = ['new', 'changed', 'gone', 'held', 'others', 'rejected', 'same'] as const

/** One record of what came in, as the difference view shows it. */
export interface Staged {
  readonly nth: number
  readonly kind: 'service' | 'organization'
  readonly sourceId: string
  readonly name: string
  readonly path: string
  readonly outcome: Outcome
  readonly problems: readonly Problem[]
  readonly difference: StagedDifference
  readonly fields: readonly ChangedField[]
  readonly serviceId: string | null
  readonly since: string
  readonly safe: boolean
  readonly decision: 'waiting' | 'applied' | 'kept'
}

/** One time that something of an arrival went into the directory. */
export interface Applied {
  readonly runId: string
  readonly byAccount: string | null
  readonly at: string
  readonly records: number
  readonly undoneAt: string | null
  /** What was left when it was taken back. */
  readonly undoneLeft: readonly LeftNow[]
}

/** Something that a run which was taken back has left as it is. */
export interface LeftNow {
  readonly kind: 'service' | 'organization'
  readonly id: string
  readonly why: LeftEntry['why']
  /** What it is called now; null when it is not in the directory any more. */
  readonly name: string | null
}

/** A problem of a file, as often as it came, with the first place where. */
export interface ProblemGroup {
  readonly rule: string
  readonly count: number
  readonly path: string
  readonly message: string
}

/** How many records of each kind wait or are decided. */
export type DifferenceCounts = Readonly<Record<StagedDifference, number>>

/** Files up to this size are read and applied while the editor waits; larger ones by a job. */
export const atOnceBytes = 1024 * 1024
/** The largest file that a page takes; a larger one is for the command line. */
export const mostBytes = 24 * 1024 * 1024
