import { z } from 'zod'

import { barriers } from '#diary'

import data from './diary.json' with { type: 'json' }

const text = z.string()

/** A week of a few workers: what is planned, how it went, who is away, what is handed over. */
export const castDiary = z
  .strictObject({
    from: text,
    entries: z.array(
      z.strictObject({
        case: text,
        by: text,
        kind: z.enum(['step', 'appointment']),
        words: text,
        /** `member`, `person`, or the name of another agency. */
        doer: text,
        inDays: z.int(),
        time: text.default('12:00'),
        minutes: z.int().nullable().default(null),
        place: text.default(''),
        theirWords: text.default(''),
        came: z.enum(['happened', 'missed']).optional(),
        how: text.default(''),
        ways: z.array(z.enum(barriers)).default([]),
      }),
    ),
    tasks: z.array(z.strictObject({ by: text, words: text, inDays: z.int() })),
    away: z.array(z.strictObject({ by: text, cover: text, from: z.int(), until: z.int() })),
    handing: z.array(
      z.strictObject({ case: text, by: text, to: text, knows: z.enum(['yes', 'not-yet']), note: text }),
    ),
  })
  .parse(data)
