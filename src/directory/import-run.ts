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

/** What stays as it is: it has become secret, is gone, somebody has changed it since, or what stays needs it. */
export interface LeftEntry {
  readonly id: string
  readonly name: string | null
  readonly why: 'secret' | 'gone' | 'changed' | 'needed'
}

/** What was left of one kind: how many, and the first thousand of them. */
export interface Left {
  readonly left: number
  readonly entries: readonly LeftEntry[]
}

/** What became of a run that was taken back. */
export interface Undone extends Left {
  /** Entries that are as they were before. */
  readonly restored: number
  /** Entries that the run had made and that are gone again. */
  readonly removed: number
  readonly organizations: Left
  readonly pathways: Left & { readonly restored: number; readonly removed: number }
}

/** How much was left in all. */
export function leftInAll({ left, organizations, pathways }: Undone): number {
  return left + organizations.left + pathways.left
}

/** Why a run cannot be taken back; the later run that stands in the way. */
export interface UndoRefused {
  readonly refused: 'missing' | 'undone-already' | 'no-longer-kept' | 'later-run' | 'not-yours'
  readonly run?: string
}
