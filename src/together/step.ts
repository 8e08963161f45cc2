import { z } from 'zod'

import { viewIds } from './view.ts'

/** More ties than that are refused: every reading does the work of so many, whether they are there or not. */
export const mostTies = 12

/** How far the other thread has to be before a step may begin. */
export const waitStates = ['accepted', 'started', 'met', 'ended'] as const
export type WaitState = (typeof waitStates)[number]

/**
 * What a step waits for: another step of the same act, or a referral of ours, until it stands at `state`; or a day. Whichever
 * comes first: a step never waits without an end that somebody can see.
 */
export const Wait = z.object({
  step: z.uuid().nullable(),
  /** The other step's referral, as soon as it was sent. */
  thread: z.uuid().nullable(),
  state: z.enum(waitStates),
  on: z.iso.date().nullable(),
})
export type Wait = Readonly<z.infer<typeof Wait>>

/** One service for one person, sealed in that person's own file. It names nobody else and no other file. */
export const StepBody = z.object({
  /** The act that it belongs to: the same in each file, and in no clear column. */
  act: z.uuid(),
  release: z.uuid(),
  thread: z.uuid().nullable(),
  service: z.object({ id: z.uuid(), name: z.string().max(200) }),
  /** Work with parent and child together: the same in each of their steps. */
  dyad: z.uuid().nullable(),
  wait: Wait.nullable(),
  /** Which view of the order stands behind it, and the reason as the worker says it. */
  view: z.enum(viewIds).nullable(),
  why: z.string().max(500),
  /** Permissions under which letters of the same work went that name this person. */
  beside: z.array(z.uuid()).max(mostTies).default([]),
})
export type StepBody = Readonly<z.infer<typeof StepBody>>

export interface Step extends StepBody {
  readonly id: string
  readonly caseId: string
  /** It waits still; false once it began, whatever it waited for. */
  readonly waits: boolean
  readonly version: number
}

/** More steps than that stand in no file. */
export const mostSteps = 40

/** One side of a tie, sealed: the other file, and the id of its own row there, which is the permission to take it away. */
export const TieBody = z.object({ other: z.uuid(), mirror: z.uuid() })
export type TieBody = Readonly<z.infer<typeof TieBody>>

export interface Tie extends TieBody {
  readonly id: string
}
