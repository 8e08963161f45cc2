import type { Condition } from '#engine/space'
import type { Tx } from '#platform/db'
import { lookBeside } from './look-thread.ts'
import type { LookAnswer } from './look.ts'
import type { ServiceDetail } from './service.ts'
import { systemSource } from './system-file.ts'
import { forbiddenIn, permitted } from './threshold.rules.ts'

/** What would change in the area of the service with these clauses and these needs first. Writes nothing. */
export async function lookNow(
  db: Tx,
  service: ServiceDetail,
  change: { readonly clauses: readonly Condition[]; readonly after: readonly string[] },
): Promise<LookAnswer> {
  const closed = change.clauses.map((each) => forbiddenIn(each, service.sector, service.pack).facets)
  // Why everybody: a service without clauses has not said who it is for, and is matched as taking anyone.
  const clauses = change.clauses.length === 0 ? [{}] : change.clauses
  return lookBeside({
    source: await systemSource(db, service.pack),
    service: service.id,
    accepts: clauses.map((each, i) => permitted(each, closed[i] ?? [])),
    practice: closed.some((facets) => facets.length > 0) ? clauses : null,
    after: change.after,
  })
}

/** The conditions of the service as they are. */
export function clausesOf(service: ServiceDetail): readonly Condition[] {
  return service.thresholds.map((each) => each.condition)
}

/** The conditions of the service when one clause is changed, added or (null) taken away. */
export function clausesWith(
  service: ServiceDetail,
  position: number | 'new',
  condition: Condition | null,
): readonly Condition[] {
  const changed = condition === null ? [] : [condition]
  const others = service.thresholds.flatMap((each) =>
    each.position === position ? changed : [each.condition],
  )
  return position === 'new' ? [...others, ...changed] : others
}
