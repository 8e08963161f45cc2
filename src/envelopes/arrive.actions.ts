import { calledSo, colleaguesOf, whoKnows } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'

import { heldFrom } from './arrive.rules.ts'
import { markTried, untried } from './arrive.store.ts'
import { openHeldNames } from './held-names.ts'

/**
 * Before a request of a member shows anything: what arrived since is tried against the agency's people and their lists, and held
 * from whom it must not be shown to. Until somebody's request has done so, it is there for nobody; it makes no difference whose.
 */
export async function tryArrivals(db: Tx, actor: Actor): Promise<void> {
  for (const row of await untried(db)) {
    const keys = actor.keys.versions.get(row.names_version)
    // Sealed for a version that this member does not hold: a colleague's request tries it.
    if (keys === undefined) continue
    const names = openHeldNames(keys.box, row.id, row.names) ?? { notFor: [], about: [] }
    const readers = (await colleaguesOf(db, actor)).filter((each) => mayDo(each.roles, 'referral:read'))
    const held = heldFrom({
      named: await calledSo(db, actor, names.notFor),
      known: await whoKnows(db, actor, names.about),
      readers: readers.map((each) => each.accountId),
    })
    await markTried(db, row.id, held)
  }
}
