import type { CaseCells } from '#people'

import { meanwhileTold, resealKeepings } from './keeping.actions.ts'
import { resealSessions } from './session.actions.ts'
import { openThread, sealThread } from './thread-seal.ts'
import { resealThread, threadsOfCase } from './thread.store.ts'

/** The threads of a case follow it under its new key. */
export const threadCells: CaseCells = {
  async reseal(db, actor, from, to) {
    for (const row of await threadsOfCase(db, from.partyId, from.caseId)) {
      await resealSessions(db, actor, row.id, from, to)
      const body = openThread(actor, from, row)
      if (body === null) continue
      const sealed = sealThread(actor, to, row.id, body)
      await resealThread(db, from.partyId, row.id, sealed.key_version, sealed.body)
    }
    await resealKeepings(db, actor, from, to)
  },
  told: meanwhileTold,
}
