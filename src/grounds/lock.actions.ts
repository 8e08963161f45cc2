import type { CaseLock } from '#people'
import { record } from '#platform/ledger'

import { lockingPaper } from './court.actions.ts'
import { groundPath } from './paths.ts'

/** Keeps a case from being printed or pasted while a paper from a court waits for its end; the attempt is written down. */
export const exportLock: CaseLock = async (db, actor, file) => {
  const paper = await lockingPaper(db, file)
  if (paper === null) return null
  await record(db, actor, {
    kind: 'ground.refused',
    of: file.key,
    detail: { ground: paper.id, what: 'print', rules: ['court-4'] },
  })
  return { key: 'grounds.rule.court-4', rule: 'court-4', href: groundPath('one', file.caseId, paper.id) }
}
