import {
  type EnvelopeKind,
  groundOf,
  sendEnvelope,
  stillShared,
  type ThreadNews,
  type ThreadState,
} from '#envelopes'
import { openForWork } from '#people'
import { type Actor, type CaseKey, isId } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { keptOpen } from './keeping.actions.ts'
import type { Letter } from './letter.ts'
import { openThread, sealThread } from './thread-seal.ts'
import { hears, moved, refusalOf, stateAfter } from './thread.rules.ts'
import { type ActDone, type NoThread, type ThreadAct, ThreadBody, type ThreadRefusal } from './thread.ts'
import {
  addEvent,
  changeThread,
  eventsOf,
  holdThread,
  type SealedThread,
  stoodAt,
  type ThreadChange,
  threadRow,
} from './thread.store.ts'

/** Which thread, and the version at which the actor read it. */
export interface ThreadAt {
  readonly threadId: string
  readonly version: number
}

/** A thread held for one act, with the key of its case where it has one. */
export interface HeldThread {
  readonly row: SealedThread
  readonly of: CaseKey | null
  /** False once the permission has ended: then nothing more is sent, and only the own list can be tidied. */
  readonly shared: boolean
}

/** What an act sends and changes. */
export interface ActEffect {
  readonly act: ThreadAct
  readonly kind: EnvelopeKind
  readonly letter: Letter
  readonly news: ThreadNews
  readonly change?: ThreadChange
  /** Where the act takes the thread, when that depends on what was written down. */
  readonly becomes?: ThreadState
  /** What this side keeps of the thread, afterwards. */
  readonly keeps?: (body: ThreadBody) => ThreadBody
  /** The person lets the other side hear nothing of it: it is written down on our side alone. */
  readonly quiet?: boolean
  /** The id of its line, where something else hangs on it. */
  readonly eventId?: string
}

/** One act on a thread: held, checked, sent, written into both timelines and the ledger, all in the caller's transaction. */
export async function act(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  effect: ActEffect,
): Promise<ActDone | ThreadRefusal> {
  const held = await hold(db, actor, at, effect.act)
  if ('refused' in held) return held
  const { row, of, shared } = held
  const kept = effect.act === 'end' ? await keptOpen(db, actor, of, row) : null
  if (kept !== null) return kept
  const state = standsAfter(row, effect)
  const changed = await changeThread(
    db,
    { partyId: actor.partyId, id: row.id, version: row.version },
    {
      assignee_id: row.assigneeId ?? actor.accountId,
      ...effect.change,
      ...keptOf(actor, held, effect),
      state,
    },
  )
  if (!changed) return changedMeanwhile(db, actor, row)
  const sent = shared && effect.quiet !== true ? await send(db, actor, held, effect) : null
  // The thread has been changed by now: only a fault can take that back.
  if (sent !== null && 'refused' in sent) throw new RefusedLate(sent.refused)
  await addEvent(db, {
    ...(effect.eventId === undefined ? {} : { id: effect.eventId }),
    party_id: actor.partyId,
    thread_id: row.id,
    kind: sent === null ? effect.act : effect.kind,
    actor_id: actor.accountId,
    envelope_id: sent?.envelopeId ?? null,
    ...stoodAt(row),
  })
  await record(db, actor, {
    kind: 'referral.changed',
    ...(of === null ? {} : { of }),
    detail: { thread: row.id, what: effect.act, state, reached: sent?.reached ?? 'own' },
  })
  return { threadId: row.id, state, reached: sent?.reached ?? 'own' }
}

/** Where this side stands after an act that was allowed. What one opens again oneself, and no reading comes back, is only sent. */
function standsAfter(row: SealedThread, { act: what, becomes }: ActEffect): ThreadState {
  const after = becomes === undefined ? stateAfter(row.state, what) : moved(row.state, becomes)
  const unheard = what === 'reopen' && row.side === 'from' && row.kind === 'referral'
  return unheard && !hears(row.comesBack, 'received') ? 'sent' : after
}

function keptOf(actor: Actor, { row, of }: HeldThread, effect: ActEffect): ThreadChange {
  if (effect.keeps === undefined) return {}
  const body = openThread(actor, of, row) ?? ThreadBody.parse({ serviceId: null, serviceName: '' })
  return sealThread(actor, of, row.id, effect.keeps(body))
}

/** The partner's key changed between two statements: the act is undone as a whole. */
class RefusedLate extends Error {
  override readonly name = 'RefusedLate'
}

/** Holds a thread for an act and checks the rules; nobody else acts on it, from either side, until the transaction ends. */
export async function hold(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  what: ThreadAct,
): Promise<HeldThread | ThreadRefusal> {
  if (!isId(at.threadId)) return missing
  await holdThread(db, at.threadId)
  const row = await threadRow(db, actor.partyId, at.threadId)
  if (row === null) return missing
  const opened = row.caseId === null ? null : await openForWork(db, actor, row.caseId, 'reading')
  if (row.caseId !== null && opened === null) return missing
  if (row.version !== at.version) return changedMeanwhile(db, actor, row)
  const refusal = refusalOf(row, what)
  if (refusal !== null) return refusal
  const shared = await holds(db, actor, row)
  if (!shared && !ownTidying.has(what)) return { refused: 'no-longer-shared' }
  return { row, of: opened?.key ?? null, shared }
}

// What is left to do when nothing is shared any more: put it away.
const ownTidying: ReadonlySet<ThreadAct> = new Set(['end', 'met', 'withdraw'])
const missing: NoThread = { refused: 'no-thread' }

async function holds(db: Tx, actor: Actor, row: SealedThread): Promise<boolean> {
  if (row.side === 'to') return stillShared(db, actor.partyId, row.id)
  const ground = await groundOf(db, actor.partyId, row.id)
  return ground === null || ground.holds
}

async function send(db: Tx, actor: Actor, { row, of }: HeldThread, effect: ActEffect) {
  // What the asking side says later rests on the same permission, and ends with it.
  const ground = row.side === 'from' ? await groundOf(db, actor.partyId, row.id) : null
  return sendEnvelope(db, actor, {
    kind: effect.kind,
    threadId: row.id,
    toParty: row.otherParty,
    ofCase: of,
    releaseId: ground?.releaseId ?? null,
    endsAt: ground?.endsAt ?? null,
    body: effect.letter,
    news: effect.news,
    back: row.comesBack,
  })
}

/** Says that somebody was faster, and what happened last. */
export async function changedMeanwhile(db: Tx, actor: Actor, row: SealedThread): Promise<ThreadRefusal> {
  const now = await threadRow(db, actor.partyId, row.id)
  const events = await eventsOf(db, actor.partyId, row.id)
  return { refused: 'changed-meanwhile', state: now?.state ?? row.state, last: events.at(-1) ?? null }
}
