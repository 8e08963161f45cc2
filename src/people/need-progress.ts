import { z } from 'zod'

/** How a need is now, judged by the person whose need it is. */
export const progressStates = ['not-started', 'a-little', 'much', 'done', 'no-longer-wanted'] as const

/** What they said of one need on one day. Nobody else can say it. */
export const Progress = z.object({
  need: z.string().min(1).max(40),
  state: z.enum(progressStates),
  words: z.string().max(1000).default(''),
  on: z.string().max(10),
  /** The account of whoever asked. */
  askedBy: z.string().max(40),
})
export type Progress = z.infer<typeof Progress>

/** Everything they said, newest first. */
export const ProgressHistory = z.array(Progress).max(400)
