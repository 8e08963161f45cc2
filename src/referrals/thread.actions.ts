import { randomUUIDv7 } from 'node:crypto'

import { type BackLevel, type Sent, type SendRefusal, sendEnvelope } from '#envelopes'
import { makeOfficeKey, officeOf, unreachable } from '#parties'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import { dueHere } from './chase.actions.ts'
import { askAtOnce } from './at-once.store.ts'
import { heldOf } from './held.rules.ts'
import type { Ask, Request } from './letter.ts'
import { sealThread } from './thread-seal.ts'
import { ThreadBody, type ThreadKind } from './thread.ts'
import { addEvent, holdThread, insertThread, threadRow } from './thread.store.ts'

/** What a new thread starts from. */
export interface ThreadStart {
  /** Its id, where the same form sent again has to find it; else a new one. */
  readonly id?: string | undefined
  readonly kind: ThreadKind
  readonly toParty: string
  readonly serviceId: string | null
  readonly serviceName: string
  /** The case it comes out of; its id never leaves. */
  readonly ofCase: CaseKey | null
  /** What may come back, as the release says. */
  readonly comesBack: BackLevel
  /** When an answer is due. */
  readonly dueAt: Date | null
  /** Names and notes for our own lists; sealed. */
  readonly body?: {
    readonly who?: string
    readonly contacts?: ThreadBody['contacts']
    readonly notes?: string
    /** Shared by questions that are asked together. */
    readonly together?: string
  }
}

/**
 * Puts a thread into this party's own list, before its first envelope. Gives its id. The envelope that follows in the same
 * transaction makes the other side's row.
 */
export async function startThread(db: Tx, actor: Actor, start: ThreadStart): Promise<string> {
  const id = start.id ?? randomUUIDv7()
  const body = ThreadBody.parse({
    ...start.body,
    serviceId: start.serviceId,
    serviceName: start.serviceName,
  })
  await holdThread(db, id)
  await insertThread(db, {
    party_id: actor.partyId,
    case_id: start.ofCase?.caseId ?? null,
    id,
    side: 'from',
    other_party: start.toParty,
    kind: start.kind,
    state: 'sent',
    comes_back: start.comesBack,
    due_at: await dueHere(db, actor, { ...start, side: 'from', otherParty: start.toParty }, start.dueAt),
    assignee_id: actor.accountId,
    ...sealThread(actor, start.ofCase, id, body),
  })
  await record(db, actor, {
    kind: 'referral.changed',
    ...(start.ofCase === null ? {} : { of: start.ofCase }),
    detail: { thread: id, what: 'started', to: start.toParty, sort: start.kind },
  })
  return id
}

/** Whether a thread was begun under this id before; whoever else begins it now is waited for. */
export async function alreadyBegun(db: Tx, actor: Actor, id: string): Promise<boolean> {
  await holdThread(db, id)
  return (await threadRow(db, actor.partyId, id)) !== null
}

/** The first envelope of a thread: an ask from facets alone, or what a release lists. */
export type FirstLetter =
  | {
      readonly kind: 'ask'
      readonly body: Ask
      /** Names of people at the recipient who must not be shown it. */
      readonly notFor?: readonly string[]
    }
  | {
      readonly kind: 'request'
      readonly body: Request
      readonly releaseId: string | null
      /** Where it goes on a ground other than a release. */
      readonly groundId?: string
      readonly endsAt: Date | null
      /** Names of people at the recipient who must not be shown it. */
      readonly notFor?: readonly string[]
    }

/** Starts a thread and sends its first envelope: one act. Refused, nothing was started. */
export async function startAndSend(
  db: Tx,
  actor: Actor,
  start: ThreadStart,
  letter: FirstLetter,
): Promise<(Sent & { readonly threadId: string }) | SendRefusal> {
  const refusal = await unreachable(db, actor, start.toParty)
  if (refusal !== null) return refusal
  const office = await officeOf(db, actor, { officeId: start.toParty })
  if (office !== null && (letter.notFor ?? []).length > 0) return { refused: 'office-holds-nobody' }
  const threadId = await startThread(db, actor, start)
  if (office !== null) await makeOfficeKey(db, actor, start.ofCase, { officeId: office.officeId, threadId })
  const sent = await sendEnvelope(db, actor, {
    kind: letter.kind,
    threadId,
    toParty: start.toParty,
    ofCase: start.ofCase,
    releaseId: letter.kind === 'request' ? letter.releaseId : null,
    ...(letter.kind === 'request' && letter.groundId !== undefined ? { groundId: letter.groundId } : {}),
    endsAt: letter.kind === 'request' ? letter.endsAt : null,
    body: letter.body,
    news: { state: 'received', ...(start.dueAt === null ? {} : { dueAt: start.dueAt }) },
    back: start.comesBack,
    // An ask is about nobody by name: there is only what the person said of the people there.
    held: heldOf(letter.kind === 'request' ? letter.body : { items: [] }, letter.notFor ?? []),
  })
  if ('refused' in sent) throw new Error(`a new thread was refused: ${sent.refused}`)
  await addEvent(db, {
    party_id: actor.partyId,
    thread_id: threadId,
    kind: letter.kind,
    actor_id: actor.accountId,
    envelope_id: sent.envelopeId,
  })
  if (letter.kind === 'ask' && letter.body.withSomeone) await askAtOnce(db, threadId)
  return { ...sent, threadId }
}
