import { type EnvelopeKind, groundOf, sendEnvelope, stillShared } from '#envelopes'
import { openForWork } from '#people'
import { type Actor, isId } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { ThreadAt } from './act.actions.ts'
import { NamedContact } from './named-contact.ts'
import { addEvent, changeThread, holdThread, threadRow } from './thread.store.ts'
import type { ActDone, ThreadRefusal } from './thread.ts'

/** States in which the other side still has somebody to ring. */
const goesOn: readonly string[] = [
  'sent',
  'received',
  'question',
  'waiting',
  'accepted',
  'started',
  'met',
  'unreached',
]

/**
 * Tells the other side whom to ring from now on, and who stands in meanwhile. It says nothing of the person and moves nothing;
 * from the side that was asked it comes back as a decision does, since that is where a named person is first named.
 */
export async function nameContact(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  said: Omit<NamedContact, 'about'>,
): Promise<ActDone | ThreadRefusal> {
  if (!isId(at.threadId)) return { refused: 'no-thread' }
  await holdThread(db, at.threadId)
  const row = await threadRow(db, actor.partyId, at.threadId)
  if (row === null) return { refused: 'no-thread' }
  const opened = row.caseId === null ? null : await openForWork(db, actor, row.caseId, 'reading')
  if (row.caseId !== null && opened === null) return { refused: 'no-thread' }
  if (row.version !== at.version) return { refused: 'changed-meanwhile', state: row.state, last: null }
  if (!goesOn.includes(row.state)) return { refused: 'not-now', state: row.state }
  const ground = row.side === 'from' ? await groundOf(db, actor.partyId, row.id) : null
  const shared = row.side === 'from' ? (ground?.holds ?? true) : await stillShared(db, actor.partyId, row.id)
  if (!shared) return { refused: 'no-longer-shared' }
  const place = { partyId: actor.partyId, id: row.id, version: row.version }
  if (!(await changeThread(db, place, { assignee_id: row.assigneeId ?? actor.accountId })))
    return { refused: 'changed-meanwhile', state: row.state, last: null }
  const kind: EnvelopeKind = row.side === 'from' ? 'introduction' : 'decision'
  const sent = await sendEnvelope(db, actor, {
    kind,
    threadId: row.id,
    toParty: row.otherParty,
    ofCase: opened?.key ?? null,
    releaseId: ground?.releaseId ?? null,
    endsAt: ground?.endsAt ?? null,
    body: NamedContact.parse({ about: 'named-contact', ...said }),
    news: {},
    back: row.comesBack,
  })
  if ('refused' in sent) throw new Error(`A contact could not be sent: ${sent.refused}`)
  await addEvent(db, {
    party_id: actor.partyId,
    thread_id: row.id,
    kind: 'contact',
    actor_id: actor.accountId,
    envelope_id: sent.envelopeId,
  })
  await record(db, actor, {
    kind: 'referral.changed',
    ...(opened === null ? {} : { of: opened.key }),
    detail: { thread: row.id, what: 'contact', state: row.state, reached: sent.reached },
  })
  return { threadId: row.id, state: row.state, reached: sent.reached }
}
