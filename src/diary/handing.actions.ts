import { randomUUIDv7 } from 'node:crypto'

import { assignCase, isCaseworker, type NoCase, openForWork } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { Handing, HandingBody } from './handing.ts'
import { type HandingAct, mayAnswer } from './handing.rules.ts'
import { endHanding, handingsOf, insertHanding } from './handing.store.ts'

export interface NotHanded {
  readonly refused: 'handing-to' | 'handing-waits' | 'handing-not-yours' | 'handing-over'
}

/** Offers a case to a colleague. Whoever keeps it offers it, or a lead; it stays where it is until the other accepts. */
export async function offerCase(
  db: Tx,
  actor: Actor,
  caseId: string,
  offer: { readonly toId: string } & Pick<HandingBody, 'note' | 'knows'>,
): Promise<{ readonly id: string } | NotHanded | NoCase> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { row, key } = opened
  if (row.ownerId !== actor.accountId && !mayDo(actor.roles, 'case:lead'))
    return { refused: 'handing-not-yours' }
  // One answer for whoever has no casework, whoever may not see the case, and whoever is nobody here.
  const may = await isCaseworker(db, actor.partyId, caseId, offer.toId)
  if (may !== 'yes' || offer.toId === row.ownerId) return { refused: 'handing-to' }
  if ((await handingsOf(db, key, true)).some((each) => each.state === 'offered'))
    return { refused: 'handing-waits' }
  const id = randomUUIDv7()
  const body = { note: offer.note, knows: offer.knows, answer: '' }
  await insertHanding(db, key, { id, fromId: actor.accountId, toId: offer.toId, body })
  await record(db, actor, { kind: 'case.changed', of: key, detail: { what: 'offered', to: offer.toId } })
  return { id }
}

/** Accepts, declines or takes back an offer. With accepting, the case and all that is open in it of its worker go over. */
export async function answerOffer(
  db: Tx,
  actor: Actor,
  at: { readonly caseId: string; readonly id: string },
  act: HandingAct,
  answer: string,
): Promise<{ readonly done: Handing } | NotHanded | NoCase> {
  const opened = await openForWork(db, actor, at.caseId, 'changing')
  if (opened === null) return { refused: 'no-case' }
  const { row, key } = opened
  const handing = (await handingsOf(db, key, true)).find((each) => each.id === at.id)
  const by = { accountId: actor.accountId, ownerId: row.ownerId, leads: mayDo(actor.roles, 'case:lead') }
  if (handing === undefined || !mayAnswer(handing, act, by)) return { refused: 'handing-over' }
  const states = { accept: 'accepted', decline: 'declined', 'take-back': 'taken-back' } as const
  await endHanding(db, key, { id: handing.id, body: { ...handing.body, answer } }, states[act])
  if (act === 'accept') {
    const given = await assignCase(db, actor, at.caseId, actor.accountId)
    // Nobody is offered a case who may not keep it; what changed since then is a fault that undoes the act.
    if ('refused' in given) throw new Error('An accepted case could not be given.')
  }
  await record(db, actor, { kind: 'case.changed', of: key, detail: { what: states[act] } })
  return { done: handing }
}
