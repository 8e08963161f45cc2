import type { ThreadState } from '#envelopes'

import type { Step, Wait, WaitState } from './step.ts'

/** Where a referral has to stand, or beyond it, for each thing that can be waited for. An end alone says nothing of a yes. */
const reached: Readonly<Record<WaitState, readonly ThreadState[]>> = {
  accepted: ['accepted', 'started', 'met'],
  started: ['started', 'met'],
  met: ['met'],
  ended: ['ended'],
}

/** Here what is waited for comes no more by itself: somebody decides anew. */
const stuck: readonly ThreadState[] = ['declined', 'withdrawn', 'unreached', 'ended']
const over: readonly ThreadState[] = ['met', 'ended']

/**
 * How a step stands in its order. `free`: nothing is waited for. `ready`: what it waited for is there. `stuck`: it will not come,
 * so that the step is decided anew. `begun`: it went, whatever it waited for.
 */
export type Order = 'free' | 'waits' | 'ready' | 'stuck' | 'begun'

/**
 * How a step stands. `stood`: where the referral that it waits for stood, one after the other, and last where it stands; empty
 * where none was sent, or where the reader may not see it.
 * No answer of this function keeps a step from being sent: an order says what comes next, never who gets no help.
 */
export function orderOf(
  step: Pick<Step, 'wait' | 'thread' | 'waits'>,
  stood: readonly ThreadState[],
  today: string,
): Order {
  if (step.thread !== null) return 'begun'
  const { wait } = step
  if (wait === null || !step.waits) return 'free'
  if (wait.on !== null && wait.on <= today) return 'ready'
  const state = stood.at(-1)
  if (state === undefined) return 'waits'
  const counts = state === 'ended' ? sinceAnew(stood) : [state]
  if (counts.some((each) => reached[wait.state].includes(each))) return 'ready'
  return stuck.includes(state) ? 'stuck' : 'waits'
}

/** Where a referral stood since the last no and since it was last opened again: what was agreed before holds no more. */
function sinceAnew(stood: readonly ThreadState[]): readonly ThreadState[] {
  const before = stood.findLastIndex(
    (state, at) => state === 'declined' || (over.includes(state) && !over.includes(stood[at + 1] ?? 'ended')),
  )
  return stood.slice(before + 1)
}

/** Why an order cannot stand. */
export interface NoOrder {
  readonly refused: 'nothing-waited-for' | 'waits-for-itself'
}

/** Whether a step may wait so: for something, and never for itself by way of others. */
export function waitRefused(
  id: string,
  wait: Wait,
  steps: readonly Pick<Step, 'id' | 'wait'>[],
): NoOrder | null {
  if (wait.step === null && wait.thread === null && wait.on === null) return { refused: 'nothing-waited-for' }
  const seen = new Set<string>()
  let next = wait.step
  while (next !== null && !seen.has(next)) {
    if (next === id) return { refused: 'waits-for-itself' }
    seen.add(next)
    const at = next
    next = steps.find((each) => each.id === at)?.wait?.step ?? null
  }
  return null
}

/**
 * The steps in the order in which they may begin: those of one stage run side by side. What waits for a step that is not among
 * them stands in the first stage after those that wait for nothing.
 */
export function stagesOf<T extends Pick<Step, 'id' | 'wait'>>(
  steps: readonly T[],
): readonly (readonly T[])[] {
  const depth = new Map<string, number>()
  const depthOf = (step: T, way: readonly string[]): number => {
    const known = depth.get(step.id)
    if (known !== undefined) return known
    const before = steps.find((each) => each.id === step.wait?.step)
    const own =
      step.wait === null
        ? 0
        : before === undefined || way.includes(before.id)
          ? 1
          : 1 + depthOf(before, [...way, step.id])
    depth.set(step.id, own)
    return own
  }
  const stages: T[][] = []
  for (const step of steps) (stages[depthOf(step, [])] ??= []).push(step)
  return stages.filter((stage) => stage !== undefined && stage.length > 0)
}
