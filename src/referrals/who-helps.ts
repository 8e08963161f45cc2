import { z } from 'zod'

const line = z.string().trim().max(200)

/** One line of *who is helping me*: names, work, a work telephone and the next step, with nothing behind it. */
export const HelperLine = z.strictObject({
  /** Stays the same while the line is on the list; says nothing to anybody. */
  ref: z.string().max(40),
  agency: line,
  person: line.default(''),
  role: line.default(''),
  phone: line.default(''),
  next: z.string().trim().max(400).default(''),
})
export type HelperLine = Readonly<z.infer<typeof HelperLine>>

/** Who is helping, as far as the permission of this recipient lists them. It does not say how many there are. */
export const HelperList = z.strictObject({ about: z.literal('helpers'), lines: z.array(HelperLine).max(20) })
export type HelperList = Readonly<z.infer<typeof HelperList>>
