import { ChildPlan, SafetyPlan, savePlan, SuicidePlan } from '#plans'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { daysAgo, type Making } from './make.ts'
import { castPlans } from './plans.ts'
import type { Hand } from './staff.actions.ts'

type CastPlan = (typeof castPlans.plans)[number]

/** The plans of the cast, each saved as its worker would. A part of the cast that is not here leaves its own out. */
export async function makePlans(
  at: Making,
  cases: ReadonlyMap<string, string>,
  hands: ReadonlyMap<string, Hand>,
): Promise<void> {
  for (const plan of castPlans.plans) {
    const caseId = cases.get(plan.case)
    if (caseId === undefined) continue
    await hands.get(plan.by)?.act((db, actor) => saveAll(db, actor, caseId, plan, at.now))
  }
}

async function saveAll(
  db: Tx,
  actor: Actor,
  caseId: string,
  { safety, suicide, child }: CastPlan,
  now: Temporal.Instant,
): Promise<void> {
  const day = (days: number) => daysAgo(now, -days).toISOString().slice(0, 10)
  const first = { caseId, version: 0 }
  if (safety !== undefined) {
    const parts = safety.map((part, i) => ({ id: `part-${i + 1}`, ...part }))
    await savePlan(db, actor, { ...first, kind: 'safety' }, SafetyPlan.parse({ parts }))
  }
  if (suicide !== undefined) {
    const days = { reviewedOn: day(-suicide.reviewedDaysAgo), reviewOn: day(suicide.reviewInDays) }
    await savePlan(db, actor, { ...first, kind: 'suicide' }, SuicidePlan.parse({ ...suicide, ...days }))
  }
  if (child !== undefined) {
    const steps = child.steps.map((step, i) => ({
      id: `step-${i + 1}`,
      ...step,
      by: day(step.inDays),
      done: false,
    }))
    const plan = ChildPlan.parse({ ...child, steps, reviewOn: day(child.reviewInDays) })
    await savePlan(db, actor, { ...first, kind: 'child' }, plan)
  }
}
