import { z } from 'zod'

/**
 * Ways in which mental health, or the use of drugs and alcohol, is turned against somebody. Themes after the NCDVTMH tip sheet and
 * toolkit on coercion (2015, 2018), in words of our own. The fourteenth, whether it is private now, is asked before all others.
 */
export const healthThemes = [
  'doubt-own-mind',
  'worse-on-purpose',
  'treatment-blocked',
  'spoken-for',
  'medication-controlled',
  'hospital-threat',
  'children-threat',
  'not-believed',
  'blamed-on-health',
] as const
export const useThemes = ['made-to-use', 'withdrawal', 'recovery-blocked', 'report-threat'] as const
export const coercionThemes = [...healthThemes, ...useThemes] as const
export type CoercionTheme = (typeof coercionThemes)[number]

/** What was answered, or why it was not asked. Nothing is chosen from the start. */
export const coercionStates = ['yes', 'no', 'not-sure', 'not-private', 'declined'] as const

const CoercionAnswer = z.object({
  state: z.enum(coercionStates),
  words: z.string().max(1000).default(''),
  on: z.string().max(10),
})

/** Whether the device and the room were private, each time it was asked. */
const PrivateNow = z.object({
  private: z.boolean(),
  /** ISO instant. */
  at: z.string().max(40),
  by: z.string().max(40),
})

/** What was asked about coercion: sealed as a page of its own, read by no threshold, offered for no release. */
export const Coercion = z.object({
  asked: z.array(PrivateNow).max(100).default([]),
  answers: z.partialRecord(z.enum(coercionThemes), CoercionAnswer).default({}),
})
export type Coercion = z.infer<typeof Coercion>
