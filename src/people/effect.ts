import { z } from 'zod'

/**
 * One thread: what was done, what it does to the person, and what they do to get through. Distress has no place of its own: it
 * stands with what it follows from, or with the word that they have chosen not to say.
 */
export const Effect = z.object({
  id: z.string().min(1).max(40),
  done: z.string().max(2000).default(''),
  /** An entry of the pattern of behaviour that it follows from; empty where none was chosen. */
  entry: z.string().max(40).default(''),
  /** They have chosen not to say what was done. */
  unsaid: z.boolean().default(false),
  distress: z.string().max(2000).default(''),
  getsThrough: z.string().max(2000).default(''),
})
export type Effect = z.infer<typeof Effect>

export const Effects = z.array(Effect).max(20)
