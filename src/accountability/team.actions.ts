import { type CaseCells, closedTeam, excludedFrom, holdersOf, rolesOf, whoAnswers, whoKnows } from '#people'
import { type Actor, type CaseKey, rewrapForMembers } from '#platform/access'
import { newKey } from '#platform/crypto'
import { beforeCommit, type Tx } from '#platform/db'
import { record, resealLines } from '#platform/ledger'

import { resealEntries } from './entry.store.ts'
import { casesWith, linksOf, resealLinks } from './link.store.ts'
import { threadOf, threadsOf, writeThread } from './thread.store.ts'
import { aFile, type Thread, type ThreadRefusal } from './thread.ts'

/** What decides who is kept out of a file: its name, the cases that it belongs to, who is out already. */
interface KeptFrom {
  readonly threadId: string | null
  readonly name: string
  readonly caseId?: string | undefined
  readonly out?: readonly string[]
}

/**
 * Who must not be on the team of a file: whoever must not see a case that it belongs to, as far as the actor may read them;
 * whoever knows the person outside work; whoever was kept out before. The file keeps the accounts alone, never why.
 */
export async function outOf(db: Tx, actor: Actor, of: KeptFrom): Promise<readonly string[]> {
  const linked = of.threadId === null ? [] : await casesWith(db, actor, of.threadId)
  const out = new Set([...(of.out ?? []), ...(await whoKnows(db, actor, [of.name]))])
  for (const caseId of new Set([...linked, ...(of.caseId === undefined ? [] : [of.caseId])]))
    for (const account of await excludedFrom(db, actor.partyId, caseId)) out.add(account)
  return [...out]
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
  return rekeyed(db, actor, thread, wish, await outOfThread(db, actor, thread))
}

/**
 * Tries a file anew, after its name, its cases or somebody's list changed: whoever must not be on its team leaves it by a new key,
 * and it goes to somebody else where it was theirs. Whether the actor is on the team still.
 */
export async function tryTeam(
  db: Tx,
  actor: Actor,
  threadId: string,
  also: { readonly caseId?: string; readonly accounts?: readonly string[] } = {},
): Promise<boolean> {
  const thread = await threadOf(db, actor, threadId, 'changing')
  if (thread === null) return false
  const found = await outOfThread(db, actor, thread, also.caseId)
  const out = [...new Set([...found, ...(also.accounts ?? [])])]
  const holders = await holdersOf(db, actor.partyId, threadId)
  if (out.some((account) => holders.includes(account))) {
    const done = await rekeyed(db, actor, thread, { ownerId: thread.ownerId, team: holders }, out)
    return 'refused' in done || done.members.includes(actor.accountId)
  }
  if (out.length > thread.out.length) await writeThread(db, thread, { out })
  return true
}

/** Whom the page of the team does not offer. */
export async function outOfThread(
  db: Tx,
  actor: Actor,
  thread: Thread,
  caseId?: string,
): Promise<readonly string[]> {
  return outOf(db, actor, { threadId: thread.id, name: thread.person.name, out: thread.out, caseId })
}

/** The cells of this room under a survivor's case's key, and the files that follow when somebody may not see the case. */
export const linkCells: CaseCells = {
  reseal: (db, _actor, from, to) => resealLinks(db, from, to),
  async shutOut(db, actor, key, accounts) {
    const threads = await linksOf(db, key)
    beforeCommit(db, async () => {
      for (const threadId of threads) await tryTeam(db, actor, threadId, { accounts })
    })
  },
  async listed(db, actor, names) {
    const named = whoAnswers(names, await threadsOf(db, actor), (thread) => [thread.person.name])
    for (const thread of named) await tryTeam(db, actor, thread.id)
  },
}

/** Where nobody but the actor could keep the file, it stays with them, as a case does. */
async function rekeyed(
  db: Tx,
  actor: Actor,
  thread: Thread,
  wish: { readonly ownerId: string; readonly team: readonly string[] },
  wanted: readonly string[],
): Promise<{ readonly members: readonly string[] } | ThreadRefusal> {
  const staff = await rolesOf(db, actor.partyId)
  const nobodyElse = 'refused' in closedTeam(staff, { ...wish, excluded: wanted })
  const out = nobodyElse ? wanted.filter((account) => account !== actor.accountId) : wanted
  const team = closedTeam(staff, { ...wish, excluded: out })
  if ('refused' in team) return team
  const from = thread.key
  const to: CaseKey = { ...from, version: from.version + 1, key: newKey() }
  await resealEntries(db, from, to)
  await resealLines(db, from, to)
  await writeThread(db, thread, { key: to, ownerId: team.ownerId, out })
  const detail = { ...aFile, owner: team.ownerId, members: team.members }
  await record(db, actor, { kind: 'case.closed', of: to, detail })
  // Last of all: from here on the actor sees the file only when they are on its team.
  await rewrapForMembers(db, actor, to, team.members)
  return { members: team.members }
}
