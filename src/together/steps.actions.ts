import { threadsUnder } from '#envelopes'
import { nameOf, openForWork } from '#people'
import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { stoodIn, type Thread, threadOf } from '#referrals'
import { releaseOf, type StoredRelease } from '#releases'

import { type Order, orderOf } from './sequence.rules.ts'
import { type Stage, stageOf } from './standing.rules.ts'
import type { Step } from './step.ts'
import { stepsOf } from './step.store.ts'
import { tiedFiles } from './tie.actions.ts'

/** One step as somebody reads it who may see the file in which it stands. */
export interface SeenStep {
  readonly step: Step
  /** The name to use of whoever it is for. */
  readonly name: string
  readonly key: CaseKey
  readonly release: StoredRelease | null
  readonly thread: Thread | null
  readonly stage: Stage
  readonly order: Order
}

/** The steps of a file, and those of the same acts in the other files that the reader may see. */
export async function stepsIn(
  db: Tx,
  actor: Actor,
  t: Words,
  own: { readonly key: CaseKey; readonly name: string },
): Promise<readonly SeenStep[]> {
  const tied = await tiedFiles(db, actor, own.key)
  const names = new Map([
    [own.key.caseId, own.name],
    ...tied.map((each) => [each.key.caseId, nameOf(t, each)] as const),
  ])
  const keys = new Map([own.key, ...tied.map((each) => each.key)].map((key) => [key.caseId, key]))
  const all = await stepsOf(db, actor.partyId, [...keys.values()])
  const acts = new Set(all.filter((step) => step.caseId === own.key.caseId).map((step) => step.act))
  const read: Omit<SeenStep, 'order'>[] = []
  for (const step of all) {
    const key = keys.get(step.caseId)
    if (key === undefined || !acts.has(step.act)) continue
    const release = await releaseOf(db, key, step.release)
    const [under] = step.thread === null ? await threadsUnder(db, actor.partyId, step.release) : [step.thread]
    const thread = under === undefined ? null : await threadOf(db, actor, under)
    const stage = stageOf(release, under !== undefined)
    read.push({ step, key, name: names.get(step.caseId) ?? '', release, thread, stage })
  }
  const today = Temporal.Now.plainDateISO(t.timeZone).toString()
  const stood = await stoodIn(
    db,
    actor.partyId,
    read.flatMap((each) => waitedFor(each.step, read) ?? []),
  )
  return read.map((each) => {
    const began = { ...each.step, thread: each.step.thread ?? each.thread?.id ?? null }
    const order = orderOf(began, stood.get(waitedFor(each.step, read) ?? '') ?? [], today)
    return { ...each, order }
  })
}

/** The referral that a step waits for; null where nothing was sent, or where the reader may not see it. */
function waitedFor({ wait }: Step, steps: readonly Pick<SeenStep, 'step' | 'thread'>[]): string | null {
  if (wait === null) return null
  const of = steps.find((each) => each.step.id === wait.step)
  return of === undefined ? wait.thread : (of.thread?.id ?? null)
}

/** A step of a file that the actor may change, with its file's key; null: missing, or not the actor's. */
export async function stepForWork(db: Tx, actor: Actor, caseId: string, id: string) {
  const opened = await openForWork(db, actor, caseId, 'changing')
  if (opened === null) return null
  const step = (await stepsOf(db, actor.partyId, [opened.key])).find((each) => each.id === id)
  return step === undefined ? null : { step, key: opened.key }
}
