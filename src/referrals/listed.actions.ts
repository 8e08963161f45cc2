import { isListed, serviceById } from '#directory'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { StoredRelease } from '#releases'

import { threadRow } from './thread.store.ts'

/** Nothing begins with a service that is not listed: closed, taken off the list, or not there any more. */
export interface NotListed {
  readonly refused: 'service-not-listed'
}

/**
 * Whether the service of a draft may still be sent to. A permission that is made again for a referral that went before goes on
 * in it, whatever became of the entry since.
 */
export async function notListed(
  db: Tx,
  actor: Actor,
  draft: Pick<StoredRelease, 'kept' | 'recipientId'>,
): Promise<NotListed | null> {
  // What is given after a death is kept, and sent to nobody.
  if (draft.kept.release.form === 'after-death') return null
  const service = await serviceById(db, draft.kept.service.id ?? '')
  if (service !== null && isListed(service)) return null
  return (await talkUnderWay(db, actor, draft)) === null ? { refused: 'service-not-listed' } : null
}

/** The referral in which a permission made again goes on; null where it would begin a new one. */
export async function talkUnderWay(
  db: Tx,
  actor: Actor,
  { kept, recipientId }: Pick<StoredRelease, 'kept' | 'recipientId'>,
): Promise<string | null> {
  if (kept.renews === null || kept.renews.thread === null) return null
  const row = await threadRow(db, actor.partyId, kept.renews.thread)
  const ended = row === null || ['withdrawn', 'ended'].includes(row.state)
  return ended || row.otherParty !== recipientId || row.comesBack !== kept.release.mayComeBack ? null : row.id
}
