import { endEnvelope, type SendRefusal } from '#envelopes'
import { unreachable } from '#parties'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import {
  type DecisionAt,
  type DecisionRefusal,
  decisionToSend,
  endDecision,
  lawPackOf,
  markSent,
  mayDecide,
  type StoredDecision,
} from '#releases'

import { handlingAt } from './handling.ts'
import { Request } from './letter.ts'
import { startAndSend } from './thread.actions.ts'
import { closeAsWithdrawn } from './withdraw.actions.ts'
import { holdThread } from './thread.store.ts'

/**
 * Sends exactly what an agreed decision lists, to the one agency it names: the decision is the ground, no release is. The person's
 * agreement is claimed nowhere, and the recipient reads whether the person knows.
 */
export async function sendDecision(
  db: Tx,
  actor: Actor,
  t: Words,
  key: CaseKey,
  at: DecisionAt,
  who: { readonly name: string; readonly phone: string },
): Promise<{ readonly threadId: string } | SendRefusal | DecisionRefusal> {
  if (!mayDecide(lawPackOf(actor.pack, actor.law))) return { refused: 'no-decision' }
  const held = await decisionToSend(db, key, at)
  if ('refused' in held) return held
  const refusal = await unreachable(db, actor, held.recipientId)
  if (refusal !== null) return refusal
  const sent = await startAndSend(
    db,
    actor,
    {
      kind: 'referral',
      toParty: held.recipientId,
      serviceId: null,
      serviceName: held.kept.recipient.agency,
      ofCase: key,
      comesBack: 'decision-and-place',
      dueAt: null,
      body: { who: who.name },
    },
    {
      kind: 'request',
      body: letterOf(t, actor, held, who.phone),
      releaseId: null,
      groundId: held.id,
      endsAt: held.endsAt,
    },
  )
  if ('refused' in sent) return sent
  await markSent(db, actor, key, held, { envelopeId: sent.envelopeId, threadId: sent.threadId })
  return { threadId: sent.threadId }
}

/** Looked at again and ended: what was sent opens no more from this moment. */
export async function endAndClose(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  at: DecisionAt,
  why: string,
): Promise<StoredDecision | DecisionRefusal> {
  const ended = await endDecision(db, actor, key, at, why)
  if ('refused' in ended || ended.kept.sent === null) return ended
  const { envelopeId, threadId } = ended.kept.sent
  await holdThread(db, threadId)
  await endEnvelope(db, actor, { id: envelopeId, of: key }, 'decision-ended')
  await closeAsWithdrawn(db, actor, threadId, key)
  return ended
}

function letterOf(
  t: Words,
  actor: Pick<Actor, 'displayName'>,
  { kept, endsAt }: StoredDecision,
  phone: string,
): Request {
  const { record } = kept
  return Request.parse({
    about: 'request',
    service: { id: null, name: kept.recipient.agency },
    items: record.items,
    purpose: '',
    comesBack: 'decision-and-place',
    until: endsAt.toISOString(),
    redisclosure: t('referrals.without.redisclosure'),
    handling: handlingAt(kept.recipient.sector),
    answerTo: { name: actor.displayName, phone },
    without: {
      why: record.purpose,
      personKnows: record.told === 'yes' || kept.toldLater !== null,
      ground: t(`releases.decision.option.${record.power}`),
    },
  })
}
