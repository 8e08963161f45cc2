import { serviceById, type ServiceSummary } from '#directory'
import { type CaseFile, menuFor, mustStayApart } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { StoredRelease } from '#releases'

/** The service brings the person and whoever causes harm together, and abuse is marked in the case (us-U20, DESIGN 6.6). */
export interface KeptApart {
  readonly refused: 'kept-apart'
}

/** So many services are named instead. */
const mostInstead = 6

/** Whether a draft must not be sent: abuse may have been marked since it was begun, or the service may have changed how it works. */
export async function keptApart(
  db: Tx,
  file: CaseFile,
  draft: Pick<StoredRelease, 'kept'>,
): Promise<KeptApart | null> {
  const service = await serviceById(db, draft.kept.service.id ?? '')
  return service !== null && mustStayApart(file, service) ? { refused: 'kept-apart' } : null
}

/** What can be offered for the same needs: each person alone, or parent and child, never both with whoever causes harm. */
export async function servicesInstead(
  db: Tx,
  actor: Actor,
  file: CaseFile,
  service: Pick<ServiceSummary, 'needs' | 'id'>,
): Promise<readonly ServiceSummary[]> {
  const menu = await menuFor(db, {
    situation: file.situation,
    wishes: file.wishes.list,
    pack: actor.pack,
    need: service.needs,
    harmNamed: file.personsCausingHarm.length > 0,
  })
  const found = [...menu.takes, ...menu.asks, ...menu.depends, ...menu.nextSteps]
  const own = new Map(found.map((entry) => [entry.service.id, entry.service]))
  own.delete(service.id)
  return [...own.values()].slice(0, mostInstead)
}
