import { z } from 'zod'

import file from './clock-rules.json' with { type: 'json' }

const Clock = z.strictObject({
  id: z.string(),
  time: z.strictObject({ months: z.int().min(1).max(12) }).nullable(),
  source: z.string().nullable(),
  owner: z.string(),
  reviewedOn: z.iso.date(),
  reviewedBySurvivors: z.union([z.iso.date(), z.literal('not yet')]),
})
const clocks = z.strictObject({ uk: Clock, us: Clock }).parse(file)

/** The day by which a request has to be answered, and the rule that says so. Not set acts strictest: the day it came. */
export function answerBy(
  pack: 'uk' | 'us',
  receivedOn: Temporal.PlainDate,
): { readonly day: string; readonly rule: string; readonly set: boolean } {
  const { id, time } = clocks[pack]
  const day = time === null ? receivedOn : receivedOn.add({ months: time.months })
  return { day: day.toString(), rule: id, set: time !== null }
}
