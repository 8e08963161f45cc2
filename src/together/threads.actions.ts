import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { openForWork, readFile } from '#people'
import { threadsOfFile } from '#referrals'

import type { SeenStep } from './steps.actions.ts'

/** Referrals of ours, sent before this act or beside it, in the files of the act that the reader may see. */
export async function otherThreads(
  db: Tx,
  actor: Actor,
  t: Words,
  own: SeenStep,
  steps: readonly SeenStep[],
): Promise<readonly { readonly id: string; readonly text: string }[]> {
  const taken = new Set(steps.map((each) => each.thread?.id))
  const found: { readonly id: string; readonly text: string }[] = []
  for (const caseId of new Set([own.step.caseId, ...steps.map((each) => each.step.caseId)])) {
    const opened = await openForWork(db, actor, caseId, 'reading')
    if (opened === null) continue
    const name = steps.find((each) => each.step.caseId === caseId)?.name ?? ''
    for (const line of await threadsOfFile(db, actor, await readFile(db, opened))) {
      if (line.side !== 'from' || line.kind !== 'referral' || taken.has(line.id)) continue
      const service = line.serviceName || line.otherName
      found.push({ id: line.id, text: t('together.step.choice', { name, service }) })
    }
  }
  return found.slice(0, 40)
}
