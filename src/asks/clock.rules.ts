import { type LawPack, packField } from '#releases'
import { z } from 'zod'

import file from './clock-rules.json' with { type: 'json' }

/** What counts in a country while the law of the place is not set: a setting of the program, never asserted as law. */
const Clock = z.strictObject({
  id: z.string(),
  time: z.strictObject({ months: z.int().min(0).max(12), days: z.int().min(0).max(365) }).nullable(),
  standing: z.enum(['setting', 'not-set']),
  source: z.string().nullable(),
  owner: z.string(),
  reviewedOn: z.iso.date(),
  reviewedBySurvivors: z.union([z.iso.date(), z.literal('not yet')]),
})
const clocks = z.strictObject({ uk: Clock, us: Clock }).parse(file)

/** Which clock counts: the law of the place, a setting of the program, or none, which acts strictest. */
export type ClockStanding = 'law' | 'setting' | 'not-set'

/**
 * The day by which a request has to be answered, and the row that says so: of the law of the place, else the country's setting.
 * Where neither sets a time the day it came counts.
 */
export function answerBy(
  asked: { readonly pack: 'uk' | 'us'; readonly law: LawPack | null },
  receivedOn: Temporal.PlainDate,
): { readonly day: string; readonly rule: string; readonly standing: ClockStanding } {
  const field = packField(asked.law, 'access-answer-time')
  const setting = clocks[asked.pack]
  const time = field.isSet ? field.value : (setting.time ?? field.value)
  return {
    day: receivedOn.add(time).toString(),
    rule: field.isSet ? field.row : setting.id,
    standing: field.isSet ? 'law' : setting.standing,
  }
}

/** The word key of a clock by its rule: a row of a pack has a colon in it. */
export function clockKey(rule: string): string {
  return `asks.clock.${rule.includes(':') ? 'pack' : rule}`
}
