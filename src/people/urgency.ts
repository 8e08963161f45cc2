import { z } from 'zod'

/** How soon somebody must hear from us. The hours of each lie in urgency-levels.json, country by country. */
export const urgencyIds = ['now', 'today', 'this-week', 'no-hurry'] as const
export type UrgencyId = (typeof urgencyIds)[number]

const moment = z.iso.datetime({ offset: true })
const because = z.string().trim().max(300).default('')

/** How urgent a case is, until when a first contact is due, and whether it came; sealed whole in the case. */
export const Urgency = z.strictObject({
  level: z.enum(urgencyIds),
  setAt: moment,
  setBy: z.string().max(100),
  because,
  /** Null where there is no hurry. */
  dueAt: moment.nullable(),
  /** When the first contact was, and how it went in a few words; null while it is owed. */
  met: z
    .strictObject({ at: moment, by: z.string().max(100), words: because })
    .nullable()
    .default(null),
  /** What it was before, oldest first. */
  before: z
    .array(z.strictObject({ level: z.enum(urgencyIds), setAt: moment, setBy: z.string().max(100), because }))
    .max(40)
    .default([]),
})
export type Urgency = Readonly<z.infer<typeof Urgency>>
