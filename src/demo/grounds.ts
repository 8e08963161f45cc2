import { z } from 'zod'

import data from './grounds.json' with { type: 'json' }

const text = z.string()
const of = { case: text, by: text }

/** What the demo holds beside releases: papers, dangers, reports, openings, asks, letters, holds, decisions. */
export const castGrounds = z
  .strictObject({
    from: text,
    papers: z.array(
      z.strictObject({
        ...of,
        sort: z.enum(['subpoena', 'order']),
        from: text,
        names: text,
        dueInDays: z.int(),
      }),
    ),
    dangers: z.array(z.strictObject({ ...of, why: text, to: text, told: z.literal(true) })),
    reports: z.array(
      z.strictObject({
        ...of,
        sort: z.enum(['harm', 'exposure']),
        asked: z.strictObject({ whom: text, question: text, answer: text }),
        facts: z.record(z.enum(['child', 'where', 'what', 'when', 'who', 'now']), text).nullable(),
      }),
    ),
    glasses: z.array(z.strictObject({ ...of, reason: text, lead: text, follows: text })),
    corrections: z.array(
      z.strictObject({
        ...of,
        how: z.enum(['spoken', 'telephone', 'writing', 'somebody-trusted']),
        part: z.enum(['name', 'contact', 'needs', 'details', 'wishes', 'notes', 'other']),
        says: text,
        should: text,
      }),
    ),
    letters: z.array(
      z.strictObject({
        by: text,
        zone: text,
        writer: z.enum(['parent', 'lawyer', 'relative', 'official', 'other']),
        from: text,
        about: text,
        answerTo: text,
      }),
    ),
    holds: z.array(
      z.strictObject({
        ...of,
        ground: z.enum(['court', 'claim', 'complaint', 'investigation', 'other']),
        reason: text,
      }),
    ),
    decisions: z.array(
      z.strictObject({ ...of, to: text, items: z.array(text), record: z.looseObject({ decision: text }) }),
    ),
  })
  .readonly()
  .parse(data)
