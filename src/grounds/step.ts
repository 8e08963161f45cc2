import type { FormValues } from '#platform/http'

import type { GroundAt, GroundRefusal } from './ground.ts'

/** Which ground a page is about. */
export type GroundPlace = Pick<GroundAt, 'caseId' | 'id'>

/** What came of a posted step: everything to show it again; done where neither errors nor a refusal are there. */
export interface Stepped {
  readonly values: FormValues
  readonly errors: Readonly<Record<string, string>>
  readonly refusal: GroundRefusal | null
}
