import { randomUUIDv7 } from 'node:crypto'

import { type CaseFile, openForWork, readFile } from '#people'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'
import { databaseNow } from '#releases'

import { glassClosed } from './glass.rules.ts'
import type { GroundAt, GroundBody, GroundRefusal, StoredGround } from './ground.ts'
import { groundOf, groundsOf, insertGround, resealGrounds, writeGround } from './ground.store.ts'
import type { Done } from './told.ts'

/** What an act on a ground works with: the case held, its key, who acts and when by the database's clock. */
export interface GroundDesk {
  readonly file: CaseFile
  readonly key: CaseKey
  readonly now: Date
  readonly done: Done
}

/** Holds a case for an act; null when it is missing or not the actor's, which are the same answer. */
export async function groundDesk(db: Tx, actor: Actor, caseId: string): Promise<GroundDesk | null> {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return null
  const file = await readFile(db, opened)
  const now = await databaseNow(db)
  return { file, key: file.key, now, done: { by: actor.displayName, at: now.toISOString() } }
}

/** Begins a ground, with its line in the ledger. */
export async function beginGround(
  db: Tx,
  actor: Actor,
  key: CaseKey,
  body: GroundBody,
): Promise<{ readonly id: string }> {
  const id = randomUUIDv7()
  await insertGround(db, key, { id, madeBy: actor.accountId, body })
  await record(db, actor, {
    kind: 'ground.changed',
    of: key,
    detail: { ground: id, what: `${body.kind}-begun` },
  })
  return { id }
}

/** What a step makes of a ground. */
export interface GroundTo {
  readonly body: GroundBody
  readonly what: string
  readonly confirmedBy?: string
  readonly endsAt?: Date
}

/** A ground whose row is held until the transaction ends, with everything an act needs. */
export interface HeldGround {
  readonly ground: StoredGround
  readonly desk: GroundDesk
}

/** Holds a ground as it was read; of two who act at once the second sees what the first did. */
export async function heldGround(db: Tx, actor: Actor, at: GroundAt): Promise<HeldGround | GroundRefusal> {
  const desk = await groundDesk(db, actor, at.caseId)
  const ground = desk === null ? null : await groundOf(db, desk.key, at.id, true)
  if (desk === null || ground === null) return { refused: 'missing' }
  return ground.version === at.version ? { ground, desk } : { refused: 'changed-meanwhile' }
}

/** Saves what a step made of a held ground, with its line in the ledger. */
export async function keepStep(
  db: Tx,
  actor: Actor,
  { ground, desk }: HeldGround,
  to: GroundTo,
): Promise<HeldGround> {
  await writeGround(db, desk.key, ground, to)
  await record(db, actor, {
    kind: 'ground.changed',
    of: desk.key,
    detail: { ground: ground.id, what: to.what },
  })
  return { ground: { ...ground, body: to.body, version: ground.version + 1 }, desk }
}

/** Lock, decide, save, one line in the ledger. */
export async function stepGround(
  db: Tx,
  actor: Actor,
  at: GroundAt,
  step: (ground: StoredGround, desk: GroundDesk) => GroundTo | GroundRefusal,
): Promise<HeldGround | GroundRefusal> {
  const held = await heldGround(db, actor, at)
  if ('refused' in held) return held
  const to = step(held.ground, held.desk)
  return 'refused' in to ? to : keepStep(db, actor, held, to)
}

/** Ends an opening in an emergency that still runs, with its line in the ledger; false where it ran no more. */
export async function endGlass(db: Tx, actor: Actor, key: CaseKey, ground: StoredGround): Promise<boolean> {
  const now = await databaseNow(db)
  const closed = { by: actor.displayName, at: now.toISOString() }
  const body = ground.body.kind === 'glass' ? glassClosed(ground.body, ground.endsAt, now, closed) : null
  if (body === null) return false
  await writeGround(db, key, ground, { body, endsAt: now })
  const detail = { ground: ground.id, what: 'glass-closed' }
  await record(db, actor, { kind: 'ground.changed', of: key, detail })
  return true
}

/**
 * This room's cells under a case's key, for when the case gets a new one. Every wrap beside the team's goes with the old key, so
 * openings in an emergency end here too, in name as well.
 */
export const groundCells = {
  reseal: async (db: Tx, actor: Actor, from: CaseKey, to: CaseKey): Promise<void> => {
    for (const ground of await groundsOf(db, from, true)) await endGlass(db, actor, from, ground)
    await resealGrounds(db, from, to)
  },
}

/** Every ground of an opened case, newest first. */
export async function groundsIn(db: Tx, key: CaseKey): Promise<readonly StoredGround[]> {
  return groundsOf(db, key)
}
