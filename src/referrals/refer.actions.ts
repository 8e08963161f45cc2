import { type Answers, type Need, saveNeeds, saveSituation, startCase, tryConflicts } from '#people'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { hold, type ThreadAt } from './act.actions.ts'
import { keepUnder } from './keeping.actions.ts'
import { askedTogether, callOff } from './call-off.actions.ts'
import { openThreadFile, pictureOf } from './file.actions.ts'
import { openThread, sealThread } from './thread-seal.ts'
import { changeThread, heldFromThread, threadRow } from './thread.store.ts'
import type { ThreadRefusal } from './thread.ts'

/** Where the referral that grows out of an ask is written. */
export interface Growing {
  readonly caseId: string
  readonly serviceId: string | null
}

/**
 * An ask that was answered with yes becomes the start of a referral: a case without a name, holding the details and needs
 * that were already chosen, so that nothing is chosen twice. A second time leads to the same case. Services that were asked
 * together with this one are told that no answer is needed any more.
 */
export async function growFromAsk(db: Tx, actor: Actor, threadId: string): Promise<Growing | ThreadRefusal> {
  const file = await openThreadFile(db, actor, threadId)
  if (file === null) return { refused: 'no-thread' }
  const { thread, first } = file
  if (thread.kind !== 'ask' || thread.side !== 'from') return { refused: 'not-now', state: thread.state }
  const serviceId = thread.body?.serviceId ?? null
  const beside = await askedTogether(db, actor, thread)
  await callOff(
    db,
    actor,
    beside.map((each) => each.id),
  )
  if (thread.caseId !== null) return { caseId: thread.caseId, serviceId }
  const at: ThreadAt = { threadId, version: thread.version }
  const held = await hold(db, actor, at, 'end')
  if ('refused' in held) return held
  const row = await threadRow(db, actor.partyId, threadId)
  const body = row === null ? null : openThread(actor, null, row)
  if (body === null) return { refused: 'no-thread' }
  const { caseId, key } = await startCase(db, actor)
  const { facets, needs } = pictureOf(first?.letter ?? null)
  const today = Temporal.Now.plainDateISO().toString()
  const answers: Answers = Object.fromEntries(
    Object.entries(facets).map(([facet, value]) => [facet, { state: 'known', value, askedOn: today }]),
  )
  const wanted: Need[] = needs.map((code, index) => ({ id: `need-${index + 1}`, code, words: '' }))
  await saveSituation(db, actor, { caseId, version: 0 }, answers)
  if (wanted.length > 0) await saveNeeds(db, actor, { caseId, version: 0 }, wanted)
  await changeThread(
    db,
    { partyId: actor.partyId, id: threadId, version: thread.version },
    { case_id: caseId, ...sealThread(actor, key, threadId, body) },
  )
  await keepUnder(db, actor, key, threadId)
  tryConflicts(db, actor, caseId, await heldFromThread(db, actor.partyId, threadId))
  return { caseId, serviceId }
}
