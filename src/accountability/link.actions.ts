import { type CaseFile, openForWork } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { linksOf, writeLinks } from './link.store.ts'
import { tryTeam } from './team.actions.ts'
import { threadOf } from './thread.store.ts'
import type { Thread, ThreadRefusal } from './thread.ts'

/**
 * Says that a file belongs to a survivor's case, or no longer does. Only somebody who sees both can; only the case knows. Whoever
 * must not see the case leaves the file's team.
 */
export async function belongs(
  db: Tx,
  actor: Actor,
  caseId: string,
  threadId: string,
  does: boolean,
): Promise<{ readonly done: true } | ThreadRefusal> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  const thread = opened === null ? null : await threadOf(db, actor, threadId)
  if (opened === null || thread === null) return { refused: 'missing' }
  if (does) await tryTeam(db, actor, threadId, { caseId })
  const others = (await linksOf(db, opened.key)).filter((id) => id !== threadId)
  await writeLinks(db, opened.key, does ? [...others, threadId] : others)
  await record(db, actor, { kind: 'case.changed', of: opened.key, detail: { what: 'accountability' } })
  return { done: true }
}

/** The files of a case that its reader may see too; of the others nothing tells that they are there. */
export async function threadsIn(
  db: Tx,
  actor: Actor,
  file: Pick<CaseFile, 'key'>,
): Promise<readonly Thread[]> {
  const found: Thread[] = []
  for (const id of await linksOf(db, file.key)) {
    const thread = await threadOf(db, actor, id)
    if (thread !== null) found.push(thread)
  }
  return found
}
