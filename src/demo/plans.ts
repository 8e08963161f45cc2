import { z } from 'zod'

import data from './plans.json' with { type: 'json' }

const text = z.string()
const inDays = z.int().min(0)

/** The plans that people of the demo have, with days counted from when the demo is made. */
export const castPlans = z
  .strictObject({
    from: text,
    plans: z.array(
      z.strictObject({
        case: text,
        by: text,
        safety: z.array(z.strictObject({ about: text, title: text.default(''), words: text })).optional(),
        suicide: z
          .strictObject({
            worthLiving: text,
            warningSigns: text,
            ownWays: text,
            peopleAndPlaces: text,
            peopleToAsk: text,
            whomToRing: text,
            saferPlace: text,
            agreed: text,
            reviewedDaysAgo: inDays,
            reviewInDays: inDays,
          })
          .optional(),
        child: z
          .strictObject({
            whose: text,
            different: text,
            survivorSays: text,
            reviewInDays: inDays,
            steps: z.array(z.strictObject({ owner: text, who: text, what: text, inDays })),
          })
          .optional(),
      }),
    ),
  })
  .parse(data)
