import { otherAgencies } from '#parties'
import { type CaseFile, searchNames } from '#people'
import { type Actor, type CaseKey, caseKeys } from '#platform/access'
import type { Tx } from '#platform/db'

import { type DayMarks, type Narrowed, narrow, noFilter, openOf, type ThreadFilter } from './list.rules.ts'
import { countThreads, type ListedThread, listThreads, listThreadsIn, type PageAsked } from './list.store.ts'
import { openThread } from './thread-seal.ts'
import { threadRows, threadsOfCase } from './thread.store.ts'
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
  /** How many there are; no further than was counted. */
  readonly total: number
  /** The last line, after which the next page begins; null where this is the end. */
  readonly next: string | null
}

/** A list that is longer is said to be longer, and not counted to its end. */
export const mostCounted = 1000

/** Threads of the actor's agency that the actor may see and that fit, one page of them. */
export async function threadsFor(
  db: Tx,
  actor: Actor,
  filter: ThreadFilter,
  at: DayMarks,
  page: PageAsked,
): Promise<ThreadList> {
  const asked = narrow(filter, actor.accountId, at)
  const total = await countThreads(db, asked, mostCounted)
  return { ...(await pageOfThreads(db, actor, asked, page)), total }
}

/** What needs somebody today, of these workers' threads and of those that nobody has taken up; counted to the end. */
export async function threadsToday(
  db: Tx,
  actor: Actor,
  owners: readonly string[],
  at: DayMarks,
  limit: number,
): Promise<ThreadList> {
  const asked = { ...openOf(owners), nobodys: true, today: at.tomorrow }
  const total = await countThreads(db, asked, null)
  if (total === 0) return { lines: [], total, next: null }
  return { ...(await pageOfThreads(db, actor, asked, { limit })), total }
}

/** Everything that one worker has open, or that nobody has taken up, what is due first. */
export async function threadsOpen(
  db: Tx,
  actor: Actor,
  worker: string | null,
  limit: number,
): Promise<Omit<ThreadList, 'total'>> {
  const asked = worker === null ? { ...openOf([]), nobodys: true } : openOf([worker])
  return pageOfThreads(db, actor, asked, { limit })
}

/** What waits for this worker without being of today. */
export async function threadsLater(
  db: Tx,
  actor: Actor,
  at: DayMarks,
  limit: number,
): Promise<readonly ListLine[]> {
  const asked = narrow({ ...noFilter, group: 'ours', who: 'mine' }, actor.accountId, at)
  return (await pageOfThreads(db, actor, { ...asked, exceptToday: at.tomorrow }, { limit })).lines
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

const mostCases = 200

/** The threads of whoever answers to a name, in cases that the actor may see; the look is written down as any search is. */
export async function threadsNamed(
  db: Tx,
  actor: Actor,
  query: string,
  limit: number,
): Promise<readonly ListLine[]> {
  const { found } = await searchNames(db, actor, { query, limit: mostCases })
  const cases = [...new Set(found.map((each) => each.caseId))]
  const ids = await listThreadsIn(db, actor.partyId, cases, limit)
  if (ids.length === 0) return []
  const now = new Date()
  const asked = narrow(noFilter, actor.accountId, { now, tomorrow: now, week: now })
  return (await pageOfThreads(db, actor, { ...asked, ids }, { limit })).lines
}

async function pageOfThreads(
  db: Tx,
  actor: Actor,
  asked: Narrowed,
  page: PageAsked,
): Promise<Pick<ThreadList, 'lines' | 'next'>> {
  const found = await listThreads(db, actor.partyId, asked, { ...page, limit: page.limit + 1 })
  const rows = found.slice(0, page.limit)
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
  return { lines, next: found.length > page.limit ? (rows.at(-1)?.id ?? null) : null }
}

/** Lines of these threads, in this order; what is missing or not the actor's is left out. */
export async function linesOf(db: Tx, actor: Actor, ids: readonly string[]): Promise<readonly ListLine[]> {
  const rows = await threadRows(db, actor.partyId, ids)
  const caseIds = rows.flatMap((row) => (row.caseId === null ? [] : [row.caseId]))
  const keys = await caseKeys(db, actor, caseIds)
  const agencies = await namesOf(db, actor)
  return ids.flatMap((id) => {
    const row = rows.find((each) => each.id === id)
    const of = row === undefined || row.caseId === null ? null : (keys.get(row.caseId) ?? null)
    if (row === undefined || (row.caseId !== null && of === null)) return []
    if (of !== null && row.body !== null && row.keyVersion !== of.version) return []
    return [lineOf(actor, of, { ...row, fresh: false, gone: false }, agencies)]
  })
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
