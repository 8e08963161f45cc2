import type { Context } from 'hono'

import type { CaseKey } from '#platform/access'
import type { MemberEnv } from '#platform/http'

import { openThreadFile, type ThreadFile } from './file.actions.ts'
import { isDanger, keepingFor } from './keeping.actions.ts'
import { isOpen } from './keeping.rules.ts'
import type { Keeping } from './keeping.ts'
import { acknowledgedElsewhere, type OtherThread } from './tried.actions.ts'

/** What a page about who keeps hold works with. */
export interface Held {
  readonly file: ThreadFile
  readonly of: CaseKey | null
  readonly keeping: Keeping | null
  readonly danger: boolean
  readonly others: readonly OtherThread[]
}

/** The thread of the address with who keeps hold of the person; null: missing, or not one that this agency sent. */
export async function heldFor(c: Context<MemberEnv>): Promise<Held | null> {
  const { db, actor } = c.var
  const file = await openThreadFile(db, actor, c.req.param('id') ?? '')
  if (file === null || file.thread.side !== 'from') return null
  const { of, keeping } = await keepingFor(db, actor, file.thread)
  const danger = isOpen(keeping) && (await isDanger(db, actor, file.thread.id))
  return { file, of, keeping, danger, others: await acknowledgedElsewhere(db, actor, file.thread, danger) }
}
