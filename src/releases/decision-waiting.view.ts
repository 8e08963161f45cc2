import { type Actor, caseKeys, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import type { DenseItem } from '#platform/ui'

import { decisionWaits } from './decision.rules.ts'
import { recentDecisions } from './decision.store.ts'
import { releasePath } from './paths.ts'

/** For *My work*: decisions that wait for this worker. The line names neither the person, nor an agency, nor what it is about. */
export async function decisionsWaiting(
  db: Tx,
  actor: Actor,
  t: Words,
  now: Date,
): Promise<readonly DenseItem[]> {
  const leads = mayDo(actor.roles, 'case:lead') || mayDo(actor.roles, 'privacy:lead')
  const decisions = await recentDecisions(db, actor.partyId, (ids) => caseKeys(db, actor, ids))
  return decisions.flatMap((each) => {
    const waits = decisionWaits(each, { accountId: actor.accountId, leads, now })
    if (waits === null) return []
    const meta = t('releases.decision.waiting.made', { date: t.dateTime(each.madeAt) })
    return [
      {
        href: releasePath('decision', each.caseId, each.id),
        title: t(`releases.decision.waiting.${waits}`),
        meta,
      },
    ]
  })
}
