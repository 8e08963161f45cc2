import { otherAgencies } from '#parties'
import type { CaseFile } from '#people'
import { type Actor, type CaseKey, caseKeys } from '#platform/access'
import type { Tx } from '#platform/db'

import type { Group } from './list.rules.ts'
import { countThreads, type ListedThread, listThreads } from './list.store.ts'
import { openThread } from './thread-seal.ts'
import { threadsOfCase } from './thread.store.ts'
import type { ThreadRow } from './thread.ts'

/** A line of a list: clear columns, the agency's name, and what this side keeps of it. */
export interface ListLine extends ThreadRow {
  readonly otherName: string
  readonly serviceId: string | null
  readonly serviceName: string
  readonly who: string
  readonly fresh: boolean
  readonly gone: boolean
  readonly answered: boolean
}

export interface ThreadList {
  readonly lines: readonly ListLine[]
  readonly total: number
}

/** Threads of the actor's agency that the actor may see. `mine` leaves out what a colleague has taken up. */
export async function threadsFor(
  db: Tx,
  actor: Actor,
  asked: {
    readonly group: Group | null
    readonly mine: boolean
    readonly limit: number
    readonly offset?: number
  },
): Promise<ThreadList> {
  const ask = { group: asked.group, assigneeId: asked.mine ? actor.accountId : null }
  const total = await countThreads(db, actor.partyId, ask)
  if (total === 0) return { lines: [], total }
  const rows = await listThreads(db, actor.partyId, {
    ...ask,
    limit: asked.limit,
    offset: asked.offset ?? 0,
  })
  const caseIds = rows.flatMap((row) => (row.caseId === null ? [] : [row.caseId]))
  const keys = await caseKeys(db, actor, caseIds)
  const agencies = await namesOf(db, actor)
  const lines = rows.flatMap((row) => {
    const of = row.caseId === null ? null : (keys.get(row.caseId) ?? null)
    // Closed for the reader between two queries: gone, like any other that is not theirs.
    if (row.caseId !== null && of === null) return []
    if (of !== null && row.body !== null && row.keyVersion !== of.version) return []
    return [lineOf(actor, of, row, agencies)]
  })
  return { lines, total }
}

/** Every thread of an opened case, newest first. */
export async function threadsOfFile(
  db: Tx,
  actor: Actor,
  file: Pick<CaseFile, 'caseId' | 'key'>,
): Promise<readonly ListLine[]> {
  const rows = await threadsOfCase(db, file.key.partyId, file.caseId)
  const agencies = await namesOf(db, actor)
  return rows.map((row) => lineOf(actor, file.key, { ...row, fresh: false, gone: false }, agencies))
}

async function namesOf(db: Tx, actor: Actor): Promise<ReadonlyMap<string, string>> {
  return new Map((await otherAgencies(db, actor.partyId)).map((each) => [each.partyId, each.name]))
}

function lineOf(
  actor: Actor,
  of: CaseKey | null,
  row: ListedThread,
  agencies: ReadonlyMap<string, string>,
): ListLine {
  const body = openThread(actor, of, row)
  const { keyVersion: _key, body: _sealed, ...line } = row
  return {
    ...line,
    otherName: agencies.get(row.otherParty) ?? '',
    serviceId: body?.serviceId ?? null,
    serviceName: body?.serviceName ?? '',
    who: body?.who ?? '',
  }
}
