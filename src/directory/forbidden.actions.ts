import { createHash } from 'node:crypto'
import type { Pool } from '#platform/db'
import { closableClauses, derivedFrom, noteDerived, writeClosed } from './forbidden.store.ts'
import forbidden from './forbidden.json' with { type: 'json' }
import { refreshDerived } from './matching.store.ts'
import { forbiddenIn } from './threshold.rules.ts'

const batch = 500
const what = 'forbidden.json'

/**
 * Holds the clauses that are stored against the rules of today: a rule that came or went since reaches them, not only what is saved
 * from now on. Looks only when `forbidden.json` is another than last time. How many clauses it changed.
 */
export async function applyForbiddingRules(owner: Pool): Promise<number> {
  const digest = createHash('sha256').update(JSON.stringify(forbidden)).digest('hex')
  return owner.transaction().execute(async (db) => {
    if ((await derivedFrom(db, what)) === digest) return 0
    const read = [...new Set(forbidden.rules.flatMap((each) => each.facets))]
    const moved = (await closableClauses(db, read)).flatMap((each) => {
      const { rule, facets } = forbiddenIn(each.condition, each.sector, each.pack)
      const same = rule === each.forbiddenRule && String(facets) === String(each.forbiddenFacets)
      return same ? [] : [{ id: each.id, serviceId: each.serviceId, rule, facets }]
    })
    for (let from = 0; from < moved.length; from += batch) {
      const some = moved.slice(from, from + batch)
      await writeClosed(db, some)
      await refreshDerived(db, [...new Set(some.map((each) => each.serviceId))])
    }
    await noteDerived(db, what, digest)
    return moved.length
  })
}
