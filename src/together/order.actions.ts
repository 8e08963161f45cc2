import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import type { Words } from '#platform/i18n'
import { record } from '#platform/ledger'
import { changeUnsent } from '#referrals'
import { databaseNow, type KeptRelease, releaseOf } from '#releases'

import { withWords } from './letter.rules.ts'
import { holdsAnother } from './naming.rules.ts'
import { type NoOrder, waitRefused } from './sequence.rules.ts'
import { type Step, StepBody, type Wait } from './step.ts'
import { deleteStep, stepsOf, writeStep } from './step.store.ts'
import { type SeenStep, stepForWork } from './steps.actions.ts'

/** Which step, and the version at which the actor read it. */
export interface StepAt {
  readonly caseId: string
  readonly id: string
  readonly version: number
}

interface NotDone {
  readonly refused: 'no-step' | 'changed-meanwhile' | 'already-signed'
}

/** What an order says: what comes first, the view behind it and why, and what of that the service is told. */
export interface OrderSaid extends Pick<Step, 'wait' | 'view' | 'why'> {
  /** In words that the person agreed to; empty: the letter says nothing of it. */
  readonly words: string
}

/** The line of a letter that says what this step comes after. */
export const afterRef = 'after'

/**
 * Writes what a step waits for. It changes nothing of what may be sent: the draft stays a draft, and can be talked about, signed
 * and sent at any time.
 */
export async function saveOrder(
  db: Tx,
  actor: Actor,
  t: Words,
  at: StepAt,
  said: OrderSaid,
  steps: readonly SeenStep[],
): Promise<{ readonly done: true } | NotDone | NoOrder> {
  const held = await stepForWork(db, actor, at.caseId, at.id)
  if (held === null) return { refused: 'no-step' }
  const { wait } = said
  const refused =
    wait === null
      ? null
      : waitRefused(
          at.id,
          wait,
          steps.map((each) => each.step),
        )
  if (refused !== null) return refused
  const told = await tellInLetter(db, actor, held, {
    ref: afterRef,
    title: t('together.letter.after'),
    text: said.words,
  })
  if (told !== null) return told
  // Held first, looked at afterwards: a referral that goes at this moment is either seen here, or sees what is written here.
  await stepsOf(db, actor.partyId, [held.key], true)
  const { view, why } = said
  const body = StepBody.parse({
    ...held.step,
    wait: wait === null ? null : await withThread(db, actor, wait, steps),
    view,
    why,
  })
  const waits = wait !== null && held.step.thread === null
  if (!(await writeStep(db, held.key, at, { waits, body }))) return { refused: 'changed-meanwhile' }
  await record(db, actor, { kind: 'case.changed', of: held.key, detail: { what: 'steps' } })
  return { done: true }
}

/** The referral of the step that is waited for, where it went already. */
async function withThread(db: Tx, actor: Actor, wait: Wait, steps: readonly SeenStep[]): Promise<Wait> {
  const of = steps.find((each) => each.step.id === wait.step)
  if (of === undefined) return wait
  const now = (await stepsOf(db, actor.partyId, [of.key])).find((step) => step.id === wait.step)
  return { ...wait, thread: now?.thread ?? of.thread?.id ?? null }
}

/** It begins now, whatever it waited for. What was written about the order stays. */
export async function beginNow(db: Tx, actor: Actor, at: StepAt): Promise<{ readonly done: true } | NotDone> {
  const held = await stepForWork(db, actor, at.caseId, at.id)
  if (held === null) return { refused: 'no-step' }
  const body = StepBody.parse(held.step)
  if (!(await writeStep(db, held.key, at, { waits: false, body }))) return { refused: 'changed-meanwhile' }
  await record(db, actor, { kind: 'case.changed', of: held.key, detail: { what: 'steps' } })
  return { done: true }
}

/**
 * Takes a step out of the act. Its draft, and what was sent, stay where they are. Refused while its letter names somebody else: only
 * the step knows which letter stops with it.
 */
export async function takeOut(
  db: Tx,
  actor: Actor,
  at: StepAt,
): Promise<{ readonly done: true } | NotDone | { readonly refused: 'names-others' }> {
  const held = await stepForWork(db, actor, at.caseId, at.id)
  if (held === null) return { refused: 'no-step' }
  if (held.step.version !== at.version) return { refused: 'changed-meanwhile' }
  const release = await releaseOf(db, held.key, held.step.release)
  if (release !== null && holdsAnother(release, await databaseNow(db))) return { refused: 'names-others' }
  await deleteStep(db, held.key, at.id)
  await record(db, actor, { kind: 'case.changed', of: held.key, detail: { what: 'steps' } })
  return { done: true }
}

/** Puts a line into the draft of a step, or takes it out; whoever signed before signs again. Null: it is as it should be. */
export async function tellInLetter(
  db: Tx,
  actor: Actor,
  held: { readonly step: Step; readonly key: SeenStep['key'] },
  line: { readonly ref: string; readonly title: string; readonly text: string },
): Promise<NotDone | null> {
  const release = await releaseOf(db, held.key, held.step.release, true)
  const said = release === null ? '' : lineOf(release.kept, line.ref)
  if (said === line.text) return null
  if (release === null || release.state !== 'draft') return { refused: 'already-signed' }
  const changed = await changeUnsent(db, actor, held.key, release, (kept) => withWords(kept, line))
  return 'refused' in changed ? { refused: 'changed-meanwhile' } : null
}

/** What the letter says in one of these lines; empty where it has none. */
export function lineOf(kept: Pick<KeptRelease, 'words'>, ref: string): string {
  return kept.words.find((each) => each.ref === ref)?.text ?? ''
}
