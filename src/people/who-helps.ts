import { z } from 'zod'

/** From whom we know that an agency helps: only what the person told us is ours to pass on where a law binds the agency's own word. */
export const helperSources = ['person', 'agency'] as const

/** One agency that helps the person: who there, what they do, how to ring them at work, and what comes next. Never why. */
export const Helper = z.strictObject({
  id: z.string().min(1).max(40),
  agency: z.string().trim().min(1).max(160),
  /** The agency's own account on this installation; null where it has none. */
  partyId: z.uuid().nullable(),
  person: z.string().trim().max(120).default(''),
  role: z.string().trim().max(120).default(''),
  phone: z.string().trim().max(60).default(''),
  /** What comes next with them, in words that the person has read. */
  next: z.string().trim().max(400).default(''),
  toldBy: z.enum(helperSources),
  /** The day on which the person last agreed to these words. */
  agreedOn: z.iso.date(),
})
export type Helper = Readonly<z.infer<typeof Helper>>

/** Everybody who helps, in the order in which the person wants to read them. */
export const Helpers = z.array(Helper).max(20)
