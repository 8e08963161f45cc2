import type { ChildPlan, ChildStep, Plans, SafetyPart } from './plan.ts'

/** The same lines with one of them a place higher; the first, and a line that is not there, stay where they are. */
export function placeUp<T>(rows: readonly T[], place: number): readonly T[] {
  const line = rows[place]
  const above = rows[place - 1]
  if (line === undefined || above === undefined) return rows
  return rows.with(place - 1, line).with(place, above)
}

/** Whether a part says anything; an empty one is kept on the page and left out on paper. */
export function saysSomething(part: SafetyPart): boolean {
  return part.words !== '' || (part.about === 'own' && part.title !== '')
}

/** What a child-welfare plan makes one ask; each suggests and none keeps from saving. */
export const childPrompts = ['all-survivor', 'many-survivor', 'none-harm', 'no-day'] as const
export type ChildPrompt = (typeof childPrompts)[number]

/** More open steps than these on one survivor are asked about. */
const manySteps = 3

/**
 * Prompts for a child-welfare plan (action planning that is not parked on the survivor: SafeLives, multi-agency forums and mental
 * health, read by us; the survivor is not answerable for what another does). Only what is still open counts. A step for whoever
 * causes harm is asked for only where the case names somebody as such.
 */
export function childPromptsOf(plan: Pick<ChildPlan, 'steps'>, harmNamed: boolean): readonly ChildPrompt[] {
  const open = plan.steps.filter((step) => !step.done)
  if (open.length === 0) return []
  const theirs = open.filter((step) => step.owner === 'survivor').length
  const holds: Readonly<Record<ChildPrompt, boolean>> = {
    'all-survivor': theirs === open.length,
    'many-survivor': theirs > manySteps && theirs < open.length,
    'none-harm': harmNamed && open.every((step) => step.owner !== 'harm'),
    'no-day': open.some((step) => step.by === ''),
  }
  return childPrompts.filter((prompt) => holds[prompt])
}

/** Steps in the order in which they fall due; those without a day after them, those that are done last. */
export function byDay(steps: readonly ChildStep[]): readonly ChildStep[] {
  const rank = (step: ChildStep) => `${step.done ? 1 : 0} ${step.by === '' ? '9999' : step.by}`
  return steps.toSorted((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))
}

/** A plan whose day for looking at it again has come. `today` is an ISO date in the reader's zone. */
export function isDue(plans: Plans, kind: 'suicide' | 'child', today: string): boolean {
  const reviewOn = plans[kind]?.value.reviewOn ?? ''
  return reviewOn !== '' && reviewOn <= today
}
