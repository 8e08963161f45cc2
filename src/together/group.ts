import { fileOf, nameOf } from '#people'
import type { MemberEnv } from '#platform/http'
import type { Context } from 'hono'

import { type SeenStep, stepsIn } from './steps.actions.ts'

/** The step of the address with its file, and the other steps of the same act; null: missing, or not the actor's. */
export async function stepAt(c: Context<MemberEnv>) {
  const file = await fileOf(c)
  if (file === null) return null
  const { db, actor, t } = c.var
  const steps = await stepsIn(db, actor, t, { key: file.key, name: nameOf(t, file) })
  const seen = steps.find((each) => each.step.id === c.req.param('step') && each.step.caseId === file.caseId)
  if (seen === undefined) return null
  return { file, seen, steps: steps.filter((each) => each.step.act === seen.step.act) }
}

/** Everybody in one piece of work, as far as the reader may see their files; a step of its own is alone. */
export function groupOf(steps: readonly SeenStep[], { step }: SeenStep): readonly SeenStep[] {
  return steps.filter((each) =>
    step.dyad === null ? each.step.id === step.id : each.step.dyad === step.dyad,
  )
}
