import { z } from 'zod'

/** How somebody was told. */
export const toldHow = ['face-to-face', 'by-telephone', 'in-writing', 'by-somebody-trusted'] as const

/** Who did a step, and when by the database's clock. */
export const Done = z.strictObject({ by: z.string().max(200), at: z.iso.datetime({ offset: true }) })
export type Done = Readonly<z.infer<typeof Done>>

/** The person was told, or the reason why not yet and the day to look again. There is no third answer. */
export const Told = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('told'), how: z.enum(toldHow), ...Done.shape }),
  z.strictObject({
    state: z.literal('not-yet'),
    reason: z.string().trim().min(1).max(2000),
    again: z.iso.date(),
    ...Done.shape,
  }),
])
export type Told = Readonly<z.infer<typeof Told>>

/** What is said, before it is known who says it and when. */
export type Saying<T> = T extends unknown ? Omit<T, keyof Done> : never
