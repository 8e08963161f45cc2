import type { CaseFile } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'

/** Something that is still open in a case: one sentence, and where it stands. */
export interface OpenThing {
  readonly text: string
  /** Where it is dealt with; null for whoever may not go there. */
  readonly href: string | null
}

/** What a room has still open in a case. Every room with things that wait hands its own in. */
export type OpenSource = (db: Tx, actor: Actor, t: Words, file: CaseFile) => Promise<readonly OpenThing[]>
