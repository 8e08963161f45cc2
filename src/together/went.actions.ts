import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import { releaseOf } from '#releases'

import { namesOthers } from './naming.rules.ts'
import { mostTies, type Step } from './step.ts'
import { stepsOf, writeStep } from './step.store.ts'
import { tiedFiles } from './tie.actions.ts'

/** A referral that went: under which permission, in which thread. */
interface WentAt {
  readonly key: CaseKey
  readonly releaseId: string
  readonly threadId: string
}

/**
 * A referral went: its step has begun, and whatever waits for it knows where to look. A permission that was made again takes the
 * place of the one before. A letter that names others is written down with each of them, sealed: whoever stops one stops the other.
 */
export async function went(db: Tx, actor: Actor, at: WentAt): Promise<void> {
  const release = await releaseOf(db, at.key, at.releaseId)
  const before = release?.kept.renews?.release
  const under = (step: Step) => step.release === at.releaseId || step.release === before
  if (!(await stepsOf(db, actor.partyId, [at.key])).some(under)) return
  const keys = [...(await tiedFiles(db, actor, at.key)).map((each) => each.key), at.key]
  // Every row is held, in one order, before any is looked at: an order that is being saved is waited for and not lost.
  const steps = await stepsOf(db, actor.partyId, keys, true)
  const begun = steps.find((step) => step.caseId === at.key.caseId && under(step))
  if (begun === undefined) return
  const names = release !== null && namesOthers(release)
  for (const step of steps) {
    const key = keys.find((each) => each.caseId === step.caseId)
    const waits = step.wait?.step === begun.id ? { ...step.wait, thread: at.threadId } : null
    const named = names && step !== begun && begun.dyad !== null && step.dyad === begun.dyad
    if (key === undefined || (step !== begun && waits === null && !named)) continue
    const body = {
      ...step,
      wait: waits ?? step.wait,
      beside: named ? [...step.beside, at.releaseId].slice(-mostTies) : step.beside,
      ...(step === begun ? { release: at.releaseId, thread: at.threadId } : {}),
    }
    await writeStep(db, key, step, { waits: step !== begun && step.waits, body })
  }
}
