import { namesTyped, openForWork } from '#people'
import type { Actor, CaseKey } from '#platform/access'
import { inSavepoint, type Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { openDesk, sendReferral, tooMany } from '#referrals'
import { sentenceOf } from '#releases'

import { holds } from './name.actions.ts'
import { stepForWork } from './steps.actions.ts'

/** One step that is to go, as the worker saw it. */
export interface Sending {
  readonly caseId: string
  readonly step: string
  /** The permission's version. */
  readonly version: number
  /** Who works there and must not be shown it, as typed. */
  readonly notFor: string
}

export interface Went {
  readonly step: string
  /** Why it did not go, in a sentence; null where it went. */
  readonly why: string | null
}

/**
 * Sends what is ready, each in a thread of its own under its own permission. One that is refused keeps none of the others back,
 * and nothing of it is left behind.
 */
export async function sendReady(
  db: Tx,
  actor: Actor,
  t: Words,
  sendings: readonly Sending[],
): Promise<readonly Went[]> {
  const went: Went[] = []
  const sorted = sendings.toSorted((a, b) => (a.caseId < b.caseId ? -1 : 1))
  // Every case is held before the first goes: what goes writes into the steps of the others.
  const keys: CaseKey[] = []
  for (const caseId of new Set(sorted.map((each) => each.caseId))) {
    const opened = await openForWork(db, actor, caseId, 'changing')
    if (opened !== null) keys.push(opened.key)
  }
  await holds(db, actor, ...keys)
  for (const each of sorted) {
    const { why } = await inSavepoint(db, async () => {
      const refused = await sendOne(db, actor, t, each)
      return { keep: refused === null, why: refused }
    })
    went.push({ step: each.step, why })
  }
  return went
}

async function sendOne(db: Tx, actor: Actor, t: Words, each: Sending): Promise<string | null> {
  const notFor = namesTyped(each.notFor)
  if (tooMany(notFor)) return t('releases.sending.send.not-for-long')
  const held = await stepForWork(db, actor, each.caseId, each.step)
  const desk = held === null ? null : await openDesk(db, actor, each.caseId)
  if (held === null || desk === null) return t('releases.sending.refused.case-not-yours')
  const sent = await sendReferral(db, actor, t, desk, {
    id: held.step.release,
    version: each.version,
    notFor,
  })
  if (!('refused' in sent)) return null
  if (sent.refused === 'problems') {
    const [problem] = sent.problems
    return problem === undefined ? t('releases.sending.changed') : sentenceOf(t, problem)
  }
  if (sent.refused === 'kept-apart') return t('together.refused.kept-apart')
  return sent.refused === 'changed-meanwhile' || sent.refused === 'not-a-draft'
    ? t('releases.sending.changed')
    : t(`releases.sending.refused.${sent.refused}`)
}
