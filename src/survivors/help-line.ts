import { z } from 'zod'

import uk from './help-lines.uk.json' with { type: 'json' }
import us from './help-lines.us.json' with { type: 'json' }

const isoDay = z.iso.date()

/** A line people can ring or write to. Shipped as a start only: whoever runs the installation checks each before use. */
export const helpLineSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  name: z.string().min(1).max(120),
  /** Who it is for and when, in plain words. */
  about: z.string().min(1).max(300),
  phone: z
    .string()
    .regex(/^[\d ()+-]{2,24}$/)
    .nullish(),
  text: z.string().max(80).nullish(),
  /** Where it was read. */
  source: z.string().max(200),
  /** The day somebody here rang or looked and found it right; null until then. */
  checkedOn: isoDay.nullable(),
})

export type HelpLine = z.infer<typeof helpLineSchema>

/** What an installation may change: say that a line was checked, take it away, or add its own. */
export const helpLineChanges = z.object({
  checked: z.record(z.string(), isoDay).default({}),
  removed: z.array(z.string()).default([]),
  added: z.array(helpLineSchema).default([]),
})

export type HelpLineChanges = z.infer<typeof helpLineChanges>

/** The lines that ship with a pack; none counts as checked. */
export const shippedHelpLines: Readonly<Record<'uk' | 'us', readonly HelpLine[]>> = {
  uk: z.array(helpLineSchema).parse(uk),
  us: z.array(helpLineSchema).parse(us),
}
