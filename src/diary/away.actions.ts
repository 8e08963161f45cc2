import { randomUUIDv7 } from 'node:crypto'

import { colleaguesOf } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'

import type { Away } from './away.ts'
import { type AwayRefusal, mayBeAway } from './away.rules.ts'
import { awaysFrom, deleteAway, insertAway, lockAways } from './away.store.ts'

export interface NotYours {
  readonly refused: 'missing'
}

/** Keeps that a worker is away and who covers. One's own days; a lead those of anybody, for somebody who fell ill. */
export async function goAway(
  db: Tx,
  actor: Actor,
  away: Omit<Away, 'id'>,
): Promise<{ readonly done: true } | AwayRefusal | NotYours> {
  const workers = (await colleaguesOf(db, actor)).filter((each) => mayDo(each.roles, 'case:write'))
  const isHere = (id: string) => workers.some((each) => each.accountId === id)
  if (!mayChange(actor, away.accountId) || !isHere(away.accountId) || !isHere(away.coverId))
    return { refused: 'missing' }
  await lockAways(db, actor.partyId)
  const may = mayBeAway(away, await awaysFrom(db, actor.partyId, away.from))
  if ('refused' in may) return may
  await insertAway(db, actor.partyId, { ...away, id: randomUUIDv7() })
  return { done: true }
}

/** Takes days away back: the worker is here. */
export async function comeBack(
  db: Tx,
  actor: Actor,
  id: string,
  today: string,
): Promise<{ readonly done: true } | NotYours> {
  const away = (await awaysFrom(db, actor.partyId, today)).find((each) => each.id === id)
  if (away === undefined || !mayChange(actor, away.accountId)) return { refused: 'missing' }
  await deleteAway(db, actor.partyId, id)
  return { done: true }
}

/** Whether somebody may say when this worker is away. */
export function mayChange(actor: Actor, accountId: string): boolean {
  return actor.accountId === accountId || mayDo(actor.roles, 'case:lead')
}
