import { z } from 'zod'

import type { Severity } from './table.ts'

/** A row of the table that an agency has switched off, why, and when. */
const OffRow = z.object({ id: z.string(), reason: z.string(), on: z.string() })
export type OffRow = z.infer<typeof OffRow>

/** What is sealed of a setting. */
export const SettingBody = z.object({ off: z.array(OffRow) })

/** How much the helper says in one agency. */
export interface Setting {
  readonly severity: Severity
  readonly off: readonly OffRow[]
}
