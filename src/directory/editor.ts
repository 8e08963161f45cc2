import { z } from 'zod'
import type { Kept } from './held.rules.ts'
import { capacityStates } from './listing.ts'

const weeks = z.coerce.number().min(0).max(520).optional()

/** Room and wait, as an editor says it today. */
export const CapacityForm = z
  .object({
    state: z.enum(capacityStates),
    places: z.coerce.number().int().min(0).max(100_000).optional(),
    waitWeeks: weeks,
    waitWeeksTo: weeks,
    note: z.string().max(500).default(''),
    why: z.string().max(500).default(''),
  })
  .refine((form) => form.waitWeeksTo === undefined || form.waitWeeksTo >= (form.waitWeeks ?? 0), {
    path: ['waitWeeksTo'],
    message: 'directory.capacity.wait-order',
  })
export type CapacityForm = z.output<typeof CapacityForm>

/** What a person decides about a held record. */
export const HeldForm = z.object({
  decision: z.enum(['confidential', 'open', 'refuse'], 'directory.held.choose'),
  name: z.string().max(300).optional(),
  organizationName: z.string().max(300).optional(),
})
export type HeldForm = z.output<typeof HeldForm>

/** A record that waits for a person. */
export interface HeldRecord {
  readonly id: string
  readonly path: string
  readonly sourceId: string
  /** ISO instant. */
  readonly heldAt: string
  readonly name: string
  readonly organizationName: string
  readonly problems: readonly { readonly rule: string; readonly at: string; readonly message: string }[]
  readonly record: Kept
}

/** Why an editor's act was not done; each has a sentence under `directory.refusal`. */
export type EditorRefusal = {
  readonly refused:
    | 'missing'
    | 'already-decided'
    | 'unnamed'
    | 'address'
    | 'apart'
    | 'no-group-times'
    | 'confidential-times'
    | 'no-entry'
    | 'past'
    | 'too-far'
    | 'own'
    | 'moved'
    | 'secret-unsaid'
    | 'secret-place-open'
}
