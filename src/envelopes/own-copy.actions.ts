import type { CaseCells } from '#people'
import { openBytes, sealBytes } from '#platform/crypto'

import { ownCopies, resealOwnCopy } from './envelope.store.ts'
import { ownCopyAad } from './send.actions.ts'

/** The sender's own copies of a case follow it under its new key. */
export const ownCopyCells: CaseCells = {
  async reseal(db, _actor, from, to) {
    for (const copy of await ownCopies(db, from.partyId, from.caseId)) {
      const aad = ownCopyAad(copy.id)
      await resealOwnCopy(
        db,
        from.partyId,
        copy.id,
        sealBytes(to.key, aad, openBytes(from.key, aad, copy.wrap)),
      )
    }
  },
}
