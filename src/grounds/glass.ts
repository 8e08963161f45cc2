import { z } from 'zod'

import settings from './glass-settings.json' with { type: 'json' }
import { Done, Told } from './told.ts'

const Settings = z.strictObject({
  hours: z.int().min(1).max(24),
  triesAnHour: z.int().min(1).max(20),
  source: z.string().min(1),
  owner: z.string().min(1),
  reviewedOn: z.iso.date(),
})

/** For how many hours an opening lasts, and how many tries somebody has in an hour. */
export const glassSettings = Settings.parse(settings)

/** Break-glass: somebody without casework opened an open case, for a reason, for a few hours; a lead looks at it. */
export const Glass = z.strictObject({
  kind: z.literal('glass'),
  reason: z.string().trim().min(1).max(4000),
  hours: Settings.shape.hours,
  opened: Done,
  told: Told.nullable(),
  /** Who ended it before its end, where somebody did: the opener was finished, or the case was closed for its team. */
  closed: Done.nullable().default(null),
  review: z
    .strictObject({ right: z.enum(['yes', 'no']), words: z.string().trim().min(1).max(4000), ...Done.shape })
    .nullable(),
})
export type Glass = Readonly<z.infer<typeof Glass>>
