import { z } from 'zod'

/** Which needs of this case were counted as not met, and in which month; kept in the case so that the count keeps nobody. */
export const Counted = z
  .array(z.object({ need: z.string().max(60), month: z.string().regex(/^\d{4}-\d{2}$/) }))
  .max(60)
export type Counted = Readonly<z.infer<typeof Counted>>
