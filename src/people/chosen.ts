import { z } from 'zod'

const day = z.iso.date()

/** The worker whom the person chose to be the one way to them, and how others reach that worker. */
export const ChosenWorker = z.object({
  /** The account of a colleague here; empty for somebody at another agency. */
  account: z.string().max(40),
  name: z.string().max(120),
  agency: z.string().max(160),
  reach: z.string().max(300),
  /** Who stands in while they are away, in words. */
  backup: z.string().max(300),
  since: day,
})
export type ChosenWorker = z.infer<typeof ChosenWorker>

/** Why somebody reached past the chosen worker. */
export const passReasons = ['children', 'danger', 'person-asked', 'not-reached'] as const
export type PassReason = (typeof passReasons)[number]

/** Whom the person chose, whom before and why that ended, and each time that somebody reached past them. */
export const Chosen = z.object({
  now: ChosenWorker.nullable(),
  before: z.array(ChosenWorker.extend({ until: day, because: z.string().max(500) })).max(50),
  passed: z
    .array(
      z.object({
        at: z.iso.datetime({ offset: true }),
        by: z.string().max(120),
        reason: z.enum(passReasons),
        words: z.string().max(500),
      }),
    )
    .max(200),
})
export type Chosen = z.infer<typeof Chosen>
