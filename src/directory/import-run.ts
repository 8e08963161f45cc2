/** One file that was brought in. */
export interface ImportRun {
  readonly id: string
  readonly at: string
  readonly format: string
  readonly imported: number
  readonly importedWithWarnings: number
  readonly held: number
  readonly rejected: number
  /** Whether what was there before is still kept. */
  readonly canBeUndone: boolean
  readonly undoneAt: string | null
  readonly undoneBy: string
  readonly undoneWhy: string
}

/** An entry that stays as it is: it has become secret, is gone, or somebody has changed it since. */
export interface LeftEntry {
  readonly id: string
  readonly name: string | null
  readonly why: 'secret' | 'gone' | 'changed'
}

/** What became of a run that was taken back. */
export interface Undone {
  /** Entries that are as they were before. */
  readonly restored: number
  /** Entries that the run had made and that are gone again. */
  readonly removed: number
  /** Entries that were left, and the first thousand of them. */
  readonly left: number
  readonly entries: readonly LeftEntry[]
}

/** Why a run cannot be taken back; the later run that stands in the way. */
export interface UndoRefused {
  readonly refused: 'missing' | 'undone-already' | 'no-longer-kept' | 'later-run' | 'not-yours'
  readonly run?: string
}
