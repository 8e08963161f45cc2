import { z } from 'zod'

import { barriers } from '#diary'

const line = z.string().trim().max(200)
const text = z.string().trim().max(4000)
const day = z.iso.date()
const moment = z.iso.datetime({ offset: true })

/** How the first joint contact is held. */
export const meetingWays = ['visit', 'joint-call', 'online'] as const

/** Who goes along with the person: of the agency that writes it, of the other one, somebody the person trusts, or nobody, by choice. */
export const companions = ['ours', 'theirs', 'trusted', 'nobody'] as const

/** A first appointment or talk: a region, never a street. */
export const Meeting = z.object({
  at: moment.nullable(),
  /** Only the day is agreed: the time of `at` means nothing and is never shown. */
  dayOnly: z.boolean().optional(),
  where: line,
  whoGoesAlong: line.default(''),
  way: z.enum(meetingWays).optional(),
  along: z.enum(companions).optional(),
})
export type Meeting = Readonly<z.infer<typeof Meeting>>

/** What got in the way, as the person says; empty where nobody could ask yet, or where it stays with the side that asked. */
const InTheWay = z.array(z.enum(barriers)).max(barriers.length)

/** What becomes of an introduction that was proposed. There is no word for somebody who did not come without asking why. */
export const introductionSteps = ['agreed', 'happened', 'not-happened'] as const
export type IntroductionStepId = (typeof introductionSteps)[number]

const Plan = z.strictObject({
  about: z.literal('introduction'),
  meeting: Meeting,
  /** The person has said yes to this day, this way and this company. */
  agreed: z.boolean().optional(),
  /** It was to be at another time before: what got in the way. */
  moved: z.strictObject({ inTheWay: InTheWay }).optional(),
})

const Step = z.strictObject({
  about: z.literal('introduction-step'),
  step: z.enum(introductionSteps),
  on: day,
  /** Who was there, by name or by who they are. */
  who: line.default(''),
  /** Whether the person could be asked what got in the way. */
  asked: z.boolean().default(true),
  inTheWay: InTheWay.default([]),
  words: text.default(''),
})

const Met = z.strictObject({
  about: z.literal('met'),
  on: day,
  personSaysSo: z.literal(true),
  /** Who came along to the appointment, by name or by who they are; empty where nobody said. */
  cameAlong: line.default(''),
  words: text.default(''),
})

/** The introduction: proposed, what became of it, and that the two have met because the person says so. */
export const Introduction = z.discriminatedUnion('about', [Plan, Step, Met])
export type Introduction = Readonly<z.infer<typeof Introduction>>

/** Why an introduction moved or did not happen, where only our side is to know it. Sealed with the thread. */
export const KeptWhy = z.object({
  on: day,
  inTheWay: InTheWay,
  words: text.default(''),
})
export type KeptWhy = Readonly<z.infer<typeof KeptWhy>>
