import { z } from 'zod'
import { dateField } from '#platform/http'
import type { Training } from './offer.ts'

const why = z.string().max(500).default('')

/** An organisation's own word about itself. */
export const TrainingForm = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('say'),
    until: dateField({
      missing: 'directory.training.until-missing',
      wrong: 'directory.training.until-wrong',
    }),
    why,
  }),
  z.object({ act: z.literal('unsay'), why }),
])
export type TrainingForm = z.output<typeof TrainingForm>

/** What another organisation says of it; `until` is the day that was on the page. */
export const ConfirmationForm = z.object({ act: z.enum(['confirm', 'take-back']), until: z.iso.date(), why })
export type ConfirmationForm = z.output<typeof ConfirmationForm>

/** One organisation's training, as the page of all lists it. */
export interface TrainingLine extends Training {
  readonly organizationId: string
  readonly organizationName: string
  /** Who confirmed it, by its id. */
  readonly confirmerId: string | null
}
