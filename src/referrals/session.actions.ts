import { randomUUIDv7 } from 'node:crypto'

import { openForWork } from '#people'
import { type Actor, type CaseKey, openCase, openParty, sealCase, sealParty } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { act, type ThreadAt } from './act.actions.ts'
import { type SessionRefusal, sessionRefusal, toldOf } from './session.rules.ts'
import { type KeptSession, SessionBody } from './session.ts'
import { changeSession, insertSession, resealSession, type SessionRow, sessionRows } from './session.store.ts'
import { threadRow } from './thread.store.ts'
import type { ActDone, NoThread, ThreadRefusal } from './thread.ts'

const table = 'referrals.session'

/**
 * A session that was agreed: how it went, and what got in the way. One that took place also begins what was agreed. The one who
 * sent hears of it where the outcome may come back, and of what got in the way only where the person wants that.
 */
export async function writeSession(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  session: SessionBody,
): Promise<ActDone | ThreadRefusal | SessionRefusal> {
  const refusal = sessionRefusal(session)
  if (refusal !== null) return refusal
  const next = session.movedTo === null ? null : new Date(`${session.movedTo}T12:00:00Z`)
  const id = randomUUIDv7()
  const began = session.went === 'attended' ? ({ state: 'started' } as const) : {}
  const done = await act(db, actor, at, {
    act: 'session',
    eventId: id,
    kind: 'session',
    letter: toldOf(session),
    news: { ...began, ...(next === null ? {} : { expectedAt: next }) },
    ...(session.went === 'attended' ? { becomes: 'started' } : {}),
    change: next === null ? {} : { expected_at: next },
  })
  if ('refused' in done) return done
  const row = await threadRow(db, actor.partyId, at.threadId)
  const caseId = row?.caseId ?? null
  const of = caseId === null ? null : await openForWork(db, actor, caseId, 'reading')
  if (caseId !== null && of === null) throw new Error('A case closed in the middle of an act on it.')
  await insertSession(db, {
    party_id: actor.partyId,
    thread_id: at.threadId,
    id,
    made_by: actor.accountId,
    ...seal(actor, of?.key ?? null, id, session),
  })
  return done
}

/** What got in the way is known now: it was asked at a safe time. Kept on our side alone. */
export async function askedAfter(
  db: Tx,
  actor: Actor,
  at: { readonly threadId: string; readonly id: string; readonly version: number },
  answer: Pick<SessionBody, 'barriers' | 'words'>,
): Promise<{ readonly done: true } | SessionRefusal | NoThread | { readonly refused: 'session-changed' }> {
  const row = await threadRow(db, actor.partyId, at.threadId)
  if (row === null) return { refused: 'no-thread' }
  const of = row.caseId === null ? null : ((await openForWork(db, actor, row.caseId, 'reading'))?.key ?? null)
  if (row.caseId !== null && of === null) return { refused: 'no-thread' }
  const kept = (await sessionsOf(db, actor, of, row.id)).find((each) => each.id === at.id)
  if (kept === undefined) return { refused: 'no-thread' }
  const refusal = sessionRefusal({ ...kept, ...answer })
  if (refusal !== null) return refusal
  const body = SessionBody.parse({ ...kept, ...answer })
  const changed = await changeSession(db, { partyId: actor.partyId, ...at }, seal(actor, of, at.id, body))
  if (!changed) return { refused: 'session-changed' }
  await record(db, actor, {
    kind: 'referral.changed',
    ...(of === null ? {} : { of }),
    detail: { thread: row.id, what: 'session', session: at.id },
  })
  return { done: true }
}

/** The sessions of a thread that is open to the actor, the newest day first. */
export async function sessionsOf(
  db: Tx,
  actor: Actor,
  of: CaseKey | null,
  threadId: string,
): Promise<readonly KeptSession[]> {
  const rows = await sessionRows(db, actor.partyId, threadId)
  const all = rows.map((row) => ({
    ...open(actor, of, row),
    id: row.id,
    version: row.version,
    madeAt: row.madeAt,
  }))
  return all.toSorted((a, b) => b.on.localeCompare(a.on))
}

/** The same for a page, which has no key in its hands. */
export async function sessionsFor(
  db: Tx,
  actor: Actor,
  thread: { readonly id: string; readonly caseId: string | null },
): Promise<readonly KeptSession[]> {
  if (thread.caseId === null) return sessionsOf(db, actor, null, thread.id)
  const of = await openForWork(db, actor, thread.caseId, 'reading')
  return of === null ? [] : sessionsOf(db, actor, of.key, thread.id)
}

/** The sessions of a thread follow it: into a case, or under the case's new key. */
export async function resealSessions(
  db: Tx,
  actor: Actor,
  threadId: string,
  from: CaseKey | null,
  to: CaseKey,
): Promise<void> {
  for (const row of await sessionRows(db, actor.partyId, threadId)) {
    const at = { partyId: actor.partyId, threadId, id: row.id }
    await resealSession(db, at, seal(actor, to, row.id, open(actor, from, row)))
  }
}

function seal(actor: Actor, of: CaseKey | null, id: string, body: SessionBody) {
  return of === null
    ? { body: sealParty(actor, table, 'body', id, body), key_version: actor.keys.party.version }
    : { body: sealCase(of, table, 'body', id, body), key_version: of.version }
}

function open(actor: Actor, of: CaseKey | null, row: SessionRow): SessionBody {
  return SessionBody.parse(
    of === null
      ? openParty(actor, row.keyVersion, table, 'body', row.id, row.body)
      : openCase(of, table, 'body', row.id, row.body),
  )
}
