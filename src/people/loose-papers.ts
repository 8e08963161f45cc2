import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

import type { CaseFile } from './case.ts'

/** A paper that belongs to no case: whoever erases one reads it and says whether it tells of the person. */
export interface LoosePaper {
  readonly id: string
  readonly title: string
  readonly text: string
  /** A name of the case stands in it. */
  readonly named: boolean
}

/** Another room's papers that were filed without looking whether anybody is known. */
export interface LoosePapers {
  /** All of them; those in which a name of the case stands come first. */
  readonly list: (db: Tx, actor: Actor, t: Words, file: CaseFile) => Promise<readonly LoosePaper[]>
  /** Destroys these, and says how many there were. */
  readonly erase: (db: Tx, actor: Actor, ids: readonly string[]) => Promise<number>
}
