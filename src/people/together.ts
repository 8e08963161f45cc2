import { z } from 'zod'

export const workKinds = ['safety', 'own', 'joint'] as const
export const workStates = ['planned', 'going', 'done'] as const

/** One step of the work with more than one person of a family: who, by which service, after the steps before or beside the last. */
export const WorkStep = z.object({
  id: z.string().min(1).max(40),
  words: z.string().max(500),
  kind: z.enum(workKinds),
  /** Cards of the case, and people with a file of their own by the link to it. */
  who: z.array(z.string().max(45)).max(12),
  service: z.string().max(160).default(''),
  beside: z.boolean().default(false),
  state: z.enum(workStates).default('planned'),
})
export type WorkStep = Readonly<z.infer<typeof WorkStep>>

export const Together = z.array(WorkStep).max(30)
export type Together = readonly WorkStep[]
