import { sql } from 'kysely'
import { type Bytes, sessionId, sessionRow } from '#platform/crypto'
import { endTransaction, type Pools, type Tx } from '#platform/db'
import { type Actor, type BegunRow, type Introduce, openNewcomer } from './actor.ts'

/** Why no transaction was opened: nobody is signed in here, or not any more. */
export interface NoSession {
  readonly refused: 'no-session'
}
const noSession: NoSession = { refused: 'no-session' }

/** What an opener needs besides the cookie. */
export interface Doorway {
  readonly pools: Pools
  readonly introduce: Introduce
}

/**
 * One transaction as a signed-in member of an agency. The work sees that agency's rows and nothing else.
 * Gives back what the work gives; a throw rolls everything back.
 */
export function asMember<T>(
  at: Doorway,
  cookie: string,
  purpose: string,
  work: (db: Tx, actor: Actor) => Promise<T>,
  party: string | null = null,
) {
  return withSession(at, cookie, purpose, 'member', party, work)
}

/** One transaction as a survivor in their own space. */
export function asSurvivor<T>(
  at: Doorway,
  cookie: string,
  purpose: string,
  work: (db: Tx, actor: Actor) => Promise<T>,
) {
  return withSession(at, cookie, purpose, 'survivor', null, work)
}

/** What a one-time link opens: one envelope, one case or one thread of one party. */
export interface Bearer {
  readonly bearerId: string
  readonly partyId: string
  readonly caseId: string | null
  readonly envelopeId: string | null
  readonly threadId: string | null
  /** The account that stands for an office in rows, where the link is an office's; it signs in nowhere. */
  readonly accountId: string | null
}

/** One transaction as the holder of a one-time link or a guest's seat. `token` is base64url, as in the link. */
export async function asBearer<T>(
  pools: Pools,
  token: string,
  purpose: string,
  work: (db: Tx, bearer: Bearer) => Promise<T>,
): Promise<T | NoSession> {
  return pools.web.transaction().execute(async (db) => {
    const { rows } = await sql<{
      bearer_id: string
      party_id: string
      case_id: string | null
      envelope_id: string | null
      thread_id: string | null
      account_id: string | null
    }>`
      select * from access.begin_bearer(${rowOf(token)}, ${purpose})`.execute(db)
    const row = rows[0]
    if (row === undefined) return noSession
    return work(db, {
      bearerId: row.bearer_id,
      partyId: row.party_id,
      caseId: row.case_id,
      envelopeId: row.envelope_id,
      threadId: row.thread_id,
      accountId: row.account_id,
    })
  })
}

/** One transaction as the public: the open directory and pages before any code. */
export function asPublic<T>(pools: Pools, work: (db: Tx) => Promise<T>): Promise<T> {
  return pools.public.transaction().execute(work)
}

/** One transaction as a job: clear columns of the allow-list, no keys, no person. */
export function asJob<T>(pools: Pools, work: (db: Tx) => Promise<T>): Promise<T> {
  return pools.jobs.transaction().execute(work)
}

async function withSession<T>(
  at: Doorway,
  cookie: string,
  purpose: string,
  kind: 'member' | 'survivor',
  party: string | null,
  work: (db: Tx, actor: Actor) => Promise<T>,
): Promise<T | NoSession> {
  return at.pools.web.transaction().execute(async (db) => {
    const { rows } = await sql<BegunRow & { session_kind: string }>`
      select * from access.begin(${rowOf(cookie)}, ${party}::uuid, ${purpose})`.execute(db)
    const row = rows[0]
    if (row === undefined || row.session_kind !== kind) return noSession
    const newcomer = await openNewcomer(db, cookie, row)
    if (newcomer === null) return noSession
    const done = await work(db, { ...newcomer, ...(await at.introduce(db, newcomer)) })
    await endTransaction(db)
    return done
  })
}

/** What a cookie's or a link's row is found by; the table never holds the cookie, nor its id. */
export function rowOf(cookie: string): Bytes {
  return sessionRow(sessionId(cookie))
}
