import type { Together, WorkStep } from '#people'

/** Why a plan of work together cannot stand so. */
export interface NoPlan {
  readonly refused: 'who-missing' | 'joint-two' | 'harm-not-joined' | 'safety-first'
  readonly step: string
}

/** The steps in the order in which they may begin: those of one stage run side by side. */
export function stagesOf(steps: Together): readonly (readonly WorkStep[])[] {
  const stages: WorkStep[][] = []
  for (const step of steps) {
    const last = stages.at(-1)
    if (step.beside && last !== undefined) last.push(step)
    else stages.push([step])
  }
  return stages
}

/**
 * Whether a plan can stand: nobody who causes harm is in any step of it (DESIGN 6.6: they are named in the case, so abuse is
 * marked), and work that brings two people together comes after a step for their safety.
 */
export function planRefused(steps: Together, harm: readonly string[]): NoPlan | null {
  let safe = false
  for (const stage of stagesOf(steps)) {
    for (const step of stage) {
      if (step.who.some((id) => harm.includes(id))) return { refused: 'harm-not-joined', step: step.id }
      if (step.who.length === 0) return { refused: 'who-missing', step: step.id }
      if (step.kind !== 'joint') continue
      if (new Set(step.who).size < 2) return { refused: 'joint-two', step: step.id }
      if (!safe) return { refused: 'safety-first', step: step.id }
    }
    safe ||= stage.some((step) => step.kind === 'safety')
  }
  return null
}
