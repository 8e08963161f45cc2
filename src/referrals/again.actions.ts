import { groundOf } from '#envelopes'
import type { CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'

import { keepingRows } from './keeping.store.ts'
import { threadsOfCase } from './thread.store.ts'

/**
 * The permission of the referral that was turned away last: what was said in that talk fills in the next one, so that nothing is
 * typed twice. It covers nobody else; the person agrees anew. Null where nothing was turned away.
 */
export async function permissionOfLastNo(db: Tx, of: CaseKey): Promise<string | null> {
  const turned = new Map(
    (await keepingRows(db, of.partyId, of.caseId)).map((row) => [row.threadId, row.keptSince]),
  )
  const last = (await threadsOfCase(db, of.partyId, of.caseId))
    .filter(
      ({ id, side, kind }) => side === 'from' && kind === 'referral' && (turned.get(id) ?? null) !== null,
    )
    .toSorted((a, b) => (turned.get(b.id)?.getTime() ?? 0) - (turned.get(a.id)?.getTime() ?? 0))
    .at(0)
  return last === undefined ? null : ((await groundOf(db, of.partyId, last.id))?.releaseId ?? null)
}
