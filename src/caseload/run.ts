import { z } from 'zod'

import { fieldIds } from './field.ts'

/** Octets of a sheet, lines of it and columns that are taken. */
export const mostBytes = 5 * 1024 * 1024
export const mostLines = 5000
export const mostColumns = 60

/** Days after which what was brought can no longer be taken back and is forgotten; `caseload.sweep` holds the same. */
export const undoDays = 14

/** What is sealed about a run. */
export const RunBody = z.object({
  name: z.string().max(200),
  columns: z.array(z.string().max(200)).max(mostColumns),
  /** Field by the column's place. */
  mapping: z.record(z.string(), z.enum(fieldIds)),
  /** Whether lines whose name is here already become cases too. */
  again: z.boolean(),
})
export type RunBody = z.infer<typeof RunBody>

/** One sheet that was brought. */
export interface Run extends RunBody {
  readonly id: string
  readonly state: 'columns' | 'ready' | 'bringing' | 'done' | 'undone'
  readonly madeAt: Date
  readonly version: number
}

/** What became of a line. */
export type Outcome = 'waiting' | 'made' | 'refused' | 'left' | 'undone'

/** One line; its cells are gone once its case is made. */
export interface Line {
  readonly nth: number
  readonly outcome: Outcome
  readonly caseId: string | null
  readonly caseVersion: number | null
  readonly cells: readonly string[] | null
}

/** Why an act on a sheet was not done; each has its sentence under `caseload.refused`. */
export interface RunRefused {
  readonly refused:
    | 'no-file'
    | 'too-big'
    | 'broken'
    | 'not-a-sheet'
    | 'too-many-lines'
    | 'too-many-columns'
    | 'no-lines'
}
