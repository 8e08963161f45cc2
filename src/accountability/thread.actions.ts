import { randomUUIDv7 } from 'node:crypto'

import { closedTeam, rolesOf } from '#people'
import { type Actor, newCaseKey, rewrapForMembers } from '#platform/access'
import { beforeCommit, inSavepoint, type Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { belongs } from './link.actions.ts'
import { outOf, tryTeam } from './team.actions.ts'
import { mayWrite } from './thread.rules.ts'
import { insertThread, threadOf, writeThread } from './thread.store.ts'
import { aFile, type Doubt, type Thread, type ThreadPerson, type ThreadRefusal } from './thread.ts'
import { copiedFrom } from './told.actions.ts'

/** A new file: who it is about, who keeps it, who else is on its team, and the case that it is begun from, if any. */
export interface NewThread {
  readonly person: ThreadPerson
  readonly ownerId?: string
  readonly team?: readonly string[]
  readonly caseId?: string
}

interface Started {
  readonly threadId: string
  readonly mine: boolean
}

/**
 * Begins a file about a person causing harm, closed from the first moment: for its team and two privacy leads. Where the actor must
 * not keep it, it goes to somebody else after everything they typed is saved; *mine* says whether it stays with them. Refused,
 * nothing of it is left: no name of anybody in a file that belongs nowhere.
 */
export async function startThread(db: Tx, actor: Actor, start: NewThread): Promise<Started | ThreadRefusal> {
  const { result } = await inSavepoint(db, async () => {
    const started = await startWhole(db, actor, start)
    return { keep: !('refused' in started), result: started }
  })
  return result
}

async function startWhole(db: Tx, actor: Actor, start: NewThread): Promise<Started | ThreadRefusal> {
  const from = start.caseId === undefined ? {} : { caseId: start.caseId }
  const copied = await copiedFrom(db, actor, { threadId: null, ...from }, [start.person.name])
  if (copied !== null) return { refused: 'rule', rule: copied }
  const out = await outOf(db, actor, { threadId: null, name: start.person.name, ...from })
  const wish = {
    ownerId: start.ownerId ?? actor.accountId,
    team: [...(start.team ?? []), actor.accountId],
    excluded: out,
  }
  const team = closedTeam(await rolesOf(db, actor.partyId), wish)
  if ('refused' in team) return team
  const threadId = randomUUIDv7()
  const key = await newCaseKey(db, actor, threadId)
  await insertThread(db, key, team.ownerId, { person: start.person, doubt: null, out })
  const mine = team.members.includes(actor.accountId)
  await rewrapForMembers(db, actor, key, mine ? team.members : [...team.members, actor.accountId])
  const detail = { ...aFile, owner: team.ownerId, members: team.members }
  await record(db, actor, { kind: 'case.opened', of: key, detail })
  if (!mine)
    beforeCommit(db, async () => {
      await tryTeam(db, actor, threadId)
    })
  if (start.caseId === undefined) return { threadId, mine }
  const done = await belongs(db, actor, start.caseId, threadId, true)
  return 'refused' in done ? done : { threadId, mine }
}

/** Opens a file for a page, and writes down who looked. */
export async function lookAt(db: Tx, actor: Actor, id: string): Promise<Thread | null> {
  const thread = await threadOf(db, actor, id)
  if (thread !== null) await record(db, actor, { kind: 'case.read', of: thread.key, detail: aFile })
  return thread
}

/** Corrects what the person is called, or how old they are. Whoever knows somebody of the new name leaves the team. */
export async function savePerson(
  db: Tx,
  actor: Actor,
  at: { readonly threadId: string; readonly version: number },
  person: ThreadPerson,
): Promise<{ readonly done: true; readonly mine: boolean } | ThreadRefusal> {
  const copied = await copiedFrom(db, actor, { threadId: at.threadId }, [person.name])
  if (copied !== null) return { refused: 'rule', rule: copied }
  const done = await changed(db, actor, at, 'person', () => ({ person }))
  return 'refused' in done ? done : { ...done, mine: await tryTeam(db, actor, at.threadId) }
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
