import { type CaseFile, colleaguesOf, openForWork, readFile, whoAnswers } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { flaggedByName, namedIn } from '#releases'

import type { Letter } from './letter.ts'
import type { Thread } from './thread.ts'

/** The case of a thread, where this side has one and the actor may read it. */
export async function fileOfThread(db: Tx, actor: Actor, thread: Thread): Promise<CaseFile | null> {
  if (thread.caseId === null) return null
  const opened = await openForWork(db, actor, thread.caseId, 'reading')
  return opened === null ? null : readFile(db, opened)
}

/**
 * Whether this is somebody whom the person named as causing harm or as not safe: by a card, in the words on whom to be careful of,
 * or as a colleague who must not see the case. Where there is no case, what the other side passed on about it is tried.
 */
export async function isNotSafe(
  db: Tx,
  actor: Actor,
  file: CaseFile | null,
  first: Letter | null,
  name: string,
): Promise<boolean> {
  if (name.trim() === '') return false
  if (passedOn(first).some((named) => whoAnswers([named], [name], (each) => [each]).length > 0)) return true
  if (file === null) return false
  if (flaggedByName(namedIn(file), name) !== null) return true
  const named = file.danger?.names ?? []
  if (whoAnswers(named, [name], (each) => [each]).length > 0) return true
  const closed = new Set(file.danger?.colleagues ?? [])
  if (closed.size === 0) return false
  const colleagues = (await colleaguesOf(db, actor)).filter((each) => closed.has(each.accountId))
  return whoAnswers([name], colleagues, (each) => [each.name]).length > 0
}

function passedOn(first: Letter | null): readonly string[] {
  if (first?.about !== 'request') return []
  return first.items
    .filter((item) => item.kind === 'people-not-safe')
    .flatMap((item) => item.text.split('\n'))
}
