import { z } from 'zod'
import type { Said } from './times.rules.ts'

/** What a time is of, and the days from Monday. */
export const timeKinds = ['open', 'phone'] as const
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** The box of one day. */
export function dayField(what: Said['what'], weekday: number): string {
  return `${what}${weekday}`
}

const boxes = timeKinds.flatMap((what) => weekdays.map((weekday) => dayField(what, weekday)))

/** A week in fourteen boxes, the rest in words. */
export const TimesForm = z.object({
  ...Object.fromEntries(boxes.map((box) => [box, z.string().max(600).default('')])),
  text: z.string().max(2000).default(''),
  why: z.string().max(500).default(''),
})

/** The times as an editor says them. */
export interface SaidTimes {
  readonly times: readonly Said[]
  readonly text: string
}
