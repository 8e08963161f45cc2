import { randomUUIDv7 } from 'node:crypto'

import { closedTeam, eraseRows, excludedFrom, rolesOf } from '#people'
import { type Actor, newCaseKey, rewrapForMembers, type CaseKey } from '#platform/access'
import { newKey } from '#platform/crypto'
import type { Tx } from '#platform/db'
import { record, resealLines } from '#platform/ledger'

import { resealEntries } from './entry.store.ts'
import { belongs } from './link.actions.ts'
import { mayWrite } from './thread.rules.ts'
import { insertThread, threadOf, writeThread } from './thread.store.ts'
import type { Doubt, Thread, ThreadPerson, ThreadRefusal } from './thread.ts'
import { copiedFrom } from './told.actions.ts'

/** A new file: who it is about, who keeps it, who else is on its team, and the case that it is begun from, if any. */
export interface NewThread {
  readonly person: ThreadPerson
  readonly ownerId?: string
  readonly team?: readonly string[]
  readonly caseId?: string
}

/** Begins a file about a person causing harm, closed from the first moment: for its team and two privacy leads. */
export async function startThread(
  db: Tx,
  actor: Actor,
  start: NewThread,
): Promise<{ readonly threadId: string } | ThreadRefusal> {
  const from = start.caseId === undefined ? {} : { caseId: start.caseId }
  const copied = await copiedFrom(db, actor, { threadId: null, ...from }, [start.person.name])
  if (copied !== null) return { refused: 'rule', rule: copied }
  // Whoever must not see the case may know the person: they are on no team that is begun from it.
  const excluded = start.caseId === undefined ? [] : await excludedFrom(db, actor.partyId, start.caseId)
  const wish = {
    ownerId: start.ownerId ?? actor.accountId,
    team: [...(start.team ?? []), actor.accountId],
    excluded,
  }
  const team = closedTeam(await rolesOf(db, actor.partyId), wish)
  if ('refused' in team) return team
  const threadId = randomUUIDv7()
  const key = await newCaseKey(db, actor, threadId)
  await insertThread(db, key, team.ownerId, { person: start.person, doubt: null })
  await rewrapForMembers(db, actor, key, team.members)
  const detail = { ...aFile, owner: team.ownerId, members: team.members }
  await record(db, actor, { kind: 'case.opened', of: key, detail })
  if (start.caseId === undefined) return { threadId }
  const done = await belongs(db, actor, start.caseId, threadId, true)
  return 'refused' in done ? done : { threadId }
}

/** Opens a file for a page, and writes down who looked. */
export async function lookAt(db: Tx, actor: Actor, id: string): Promise<Thread | null> {
  const thread = await threadOf(db, actor, id)
  if (thread !== null) await record(db, actor, { kind: 'case.read', of: thread.key, detail: aFile })
  return thread
}

/** Corrects what the person is called, or how old they are. */
export async function savePerson(
  db: Tx,
  actor: Actor,
  at: { readonly threadId: string; readonly version: number },
  person: ThreadPerson,
): Promise<{ readonly done: true } | ThreadRefusal> {
  const copied = await copiedFrom(db, actor, { threadId: at.threadId }, [person.name])
  if (copied !== null) return { refused: 'rule', rule: copied }
  return changed(db, actor, at, 'person', () => ({ person }))
}

/** Ends the work on a file, or takes it up again. */
export async function setState(
  db: Tx,
  actor: Actor,
  at: { readonly threadId: string; readonly version: number },
  state: 'active' | 'ended',
): Promise<{ readonly done: true } | ThreadRefusal> {
  return changed(db, actor, at, state, () => ({ state }))
}

/**
 * Somebody says it may be the other way round, or a named specialist has looked. Until then nothing new is planned, and whoever
 * was seen as harmed first loses nothing.
 */
export async function saveDoubt(
  db: Tx,
  actor: Actor,
  at: { readonly threadId: string; readonly version: number },
  doubt: Doubt,
): Promise<{ readonly done: true } | ThreadRefusal> {
  const texts = [doubt.why, doubt.review?.specialist ?? '']
  const copied = await copiedFrom(db, actor, { threadId: at.threadId }, texts)
  if (copied !== null) return { refused: 'rule', rule: copied }
  return changed(db, actor, at, 'doubt', () => ({ doubt }))
}

/** Who keeps the file and who else sees it: a new key, everything sealed again, wraps for the team only. */
export async function saveTeam(
  db: Tx,
  actor: Actor,
  at: { readonly threadId: string; readonly version: number },
  wish: { readonly ownerId: string; readonly team: readonly string[] },
): Promise<{ readonly members: readonly string[] } | ThreadRefusal> {
  const thread = await threadOf(db, actor, at.threadId, 'changing')
  if (thread === null) return { refused: 'missing' }
  if (thread.version !== at.version) return { refused: 'changed-meanwhile' }
  const team = closedTeam(await rolesOf(db, actor.partyId), { ...wish, excluded: [] })
  if ('refused' in team) return team
  const from = thread.key
  const to: CaseKey = { ...from, version: from.version + 1, key: newKey() }
  await resealEntries(db, from, to)
  await resealLines(db, from, to)
  await writeThread(db, thread, { key: to, ownerId: team.ownerId })
  await record(db, actor, {
    kind: 'case.closed',
    of: to,
    detail: { ...aFile, owner: team.ownerId, members: team.members },
  })
  // Last of all: from here on the actor sees the file only when they are on its team.
  await rewrapForMembers(db, actor, to, team.members)
  return { members: team.members }
}

/** Destroys a file: its wraps, its rows, what the ledger's lines told. Which cases it belonged to is not looked up. */
export async function eraseThread(
  db: Tx,
  actor: Actor,
  threadId: string,
): Promise<{ readonly done: true } | ThreadRefusal> {
  const thread = await threadOf(db, actor, threadId, 'changing')
  if (thread === null) return { refused: 'missing' }
  if ((await eraseRows(db, threadId)) === null) return { refused: 'missing' }
  await record(db, actor, { kind: 'case.erased', detail: { case: threadId } })
  return { done: true }
}

/** What marks the ledger's lines of such a file, so that they lead to it. */
export const aFile = { file: 'accountability' } as const

async function changed(
  db: Tx,
  actor: Actor,
  at: { readonly threadId: string; readonly version: number },
  what: string,
  to: (thread: Thread) => Parameters<typeof writeThread>[2],
): Promise<{ readonly done: true } | ThreadRefusal> {
  const thread = await threadOf(db, actor, at.threadId, 'changing')
  if (thread === null) return { refused: 'missing' }
  if (thread.version !== at.version) return { refused: 'changed-meanwhile' }
  const no = what === 'active' || what === 'doubt' ? null : mayWrite(thread)
  if (no !== null) return { refused: 'rule', rule: no }
  await writeThread(db, thread, to(thread))
  await record(db, actor, { kind: 'case.changed', of: thread.key, detail: { ...aFile, what } })
  return { done: true }
}
