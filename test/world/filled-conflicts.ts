import { randomUUID } from 'node:crypto'

import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { writeKnown } from '../../src/people/known.store.ts'
import { keepPair } from '../../src/people/pair.store.ts'

/** A list of people whom somebody knows, and a pair of files where they may keep one. */
export async function fillConflicts(db: Tx, actor: Actor): Promise<void> {
  await writeKnown(db, actor, 0, ['Canary Known'])
  if (actor.roles.includes('privacy-lead'))
    await keepPair(db, actor, randomUUID(), { one: randomUUID(), other: randomUUID() }, [actor.accountId])
}
