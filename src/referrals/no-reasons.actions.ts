import { setImmediate as nextTurn } from 'node:timers/promises'

import { acceptedKeys } from '#parties'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { countNoRow, sealedReasons } from './flow.store.ts'
import { mostOpened, openReason, sealReason, tally } from './no-reasons.rules.ts'
import { threadRow } from './thread.store.ts'
import type { Side } from './thread.ts'

/** Counts a no that was given: sealed to the side that gave it, and to the side that asked. The database says for whom it counts. */
export async function countNo(
  db: Tx,
  actor: Actor,
  given: { readonly threadId: string; readonly reason: string },
): Promise<void> {
  const row = await threadRow(db, actor.partyId, given.threadId)
  if (row === null) return
  const partner = await acceptedKeys(db, actor, row.otherParty, row.id)
  // The answer went out under these keys a moment ago.
  if ('refused' in partner) throw new Error(`A no was sent and could not be counted: ${partner.refused}`)
  const { box, version } = actor.keys.party
  await countNoRow(db, row.id, {
    own: { reason: sealReason(box.publicKey, given.reason), version },
    theirs: { reason: sealReason(partner.boxPublic, given.reason), version: partner.version },
  })
}

/** Why no, most often first, from the answers of whole months; `cut` where only the newest were opened. */
export async function noReasons(
  db: Tx,
  actor: Pick<Actor, 'partyId' | 'keys'>,
  asked: { readonly side: Side; readonly since: Date; readonly until: Date },
  most = mostOpened,
): Promise<{
  readonly counts: readonly { readonly reason: string; readonly count: number }[]
  readonly cut: boolean
}> {
  const rows = await sealedReasons(db, actor.partyId, asked, most + 1)
  const reasons: string[] = []
  for (const [at, row] of rows.slice(0, most).entries()) {
    // Others are served meanwhile: each opening takes an eighth of a millisecond.
    if (at % 100 === 99) await nextTurn()
    const keys = actor.keys.versions.get(row.keyVersion)
    const reason = keys === undefined ? null : openReason(keys.box, row.reason)
    if (reason !== null) reasons.push(reason)
  }
  return { counts: tally(reasons), cut: rows.length > most }
}
