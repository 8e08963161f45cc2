import { z } from 'zod'

import { Done, Told } from './told.ts'

const line = z.string().trim().max(200)
const text = z.string().trim().max(4000)

/** What the paper is: whoever signs it makes the difference. */
export const paperSorts = ['subpoena', 'order'] as const

/** Roles to which a judge can send something, as the rule tables name them. */
export const orderRoles = ['LEG', 'POL', 'CW', 'OPR', 'OTH'] as const

/** Why nothing goes in the end. */
export const endings = ['withdrawn', 'quashed', 'lapsed'] as const

/** What an order names, one by one, and to whom. */
const Order = z.strictObject({
  judge: line.min(1),
  court: line.min(1),
  dated: z.iso.date(),
  recipient: z.strictObject({
    role: z.enum(orderRoles),
    name: line.min(1),
    /** The judge named the person causing harm as a reader, in so many words. */
    readerNamed: z.boolean(),
  }),
  items: z.array(z.string().max(140)).min(1).max(100),
  /** What was asked of the court to protect it: sealed, read by the judge alone, names struck. */
  protection: text.min(1),
  ...Done.shape,
})
export type Order = Readonly<z.infer<typeof Order>>

/** Exactly what went, word for word, and the rules that spoke for it. */
const Gone = z.strictObject({
  key: z.string().max(140),
  title: line,
  text: z.string().max(20_000),
  rules: z.array(z.string().max(40)),
})

/** A paper from a court or a lawyer, from the day it came to its end. */
export const Court = z.strictObject({
  kind: z.literal('court'),
  rulesVersion: z.string().max(100),
  /** The rule of the table that answers the paper by itself. */
  rule: z.string().max(40),
  request: z.strictObject({
    sort: z.enum(paperSorts),
    from: line.min(1),
    names: text.min(1),
    came: z.iso.date(),
    due: z.iso.date(),
  }),
  received: Done,
  counsel: z.strictObject({ who: line.min(1), advice: text, ...Done.shape }).nullable(),
  told: Told.nullable(),
  objection: z.strictObject({ made: z.boolean(), words: text.min(1), ...Done.shape }).nullable(),
  order: Order.nullable(),
  ended: z.strictObject({ why: z.enum(endings), ...Done.shape }).nullable(),
  gone: z.strictObject({ items: z.array(Gone).min(1).max(100), ...Done.shape }).nullable(),
})
export type Court = Readonly<z.infer<typeof Court>>
export type GoneItem = Readonly<z.infer<typeof Gone>>
