import { z } from 'zod'

import type { Severity } from './table.ts'

/** A row of the table that an agency has switched off, why, and when. */
const OffRow = z.object({ id: z.string(), reason: z.string(), on: z.string() })
export type OffRow = z.infer<typeof OffRow>

/** Wording that an agency looks for beside the table: plain phrases, why, what could stand there instead, and since when. */
const OwnRow = z.object({
  id: z.string(),
  phrases: z.array(z.string()),
  why: z.string(),
  instead: z.string(),
  on: z.string(),
})
export type OwnRow = Readonly<z.infer<typeof OwnRow>>

/** What is sealed of a setting. */
export const SettingBody = z.object({ off: z.array(OffRow), own: z.array(OwnRow).default([]) })

/** How much the helper says in one agency. */
export interface Setting {
  readonly severity: Severity
  readonly off: readonly OffRow[]
  readonly own: readonly OwnRow[]
}
