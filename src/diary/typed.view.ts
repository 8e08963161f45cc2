import type { Context } from 'hono'

import { type FormValues, type MemberEnv, readPosted } from '#platform/http'
import type { DateValue } from '#platform/ui'

/** What was typed into one field of a form, as one text. */
export function textOf(values: FormValues, field: string): string {
  const value = values[field]
  return typeof value === 'string' ? value : ''
}

/** What was ticked in one group of a form. */
export function ticksOf(values: FormValues, field: string): readonly string[] {
  return [values[field] ?? []].flat().filter((each) => typeof each === 'string')
}

/** A day as it was typed into three boxes. */
export function dateTyped(values: FormValues, field: string): DateValue {
  return {
    day: textOf(values, `${field}-day`),
    month: textOf(values, `${field}-month`),
    year: textOf(values, `${field}-year`),
  }
}

/** A day, such as `2026-11-27`, as three boxes hold it before anybody typed. */
export function dateBoxes(field: string, day: string): FormValues {
  const [year = '', month = '', date = ''] = day.split('-')
  return {
    [`${field}-day`]: String(Number(date)),
    [`${field}-month`]: String(Number(month)),
    [`${field}-year`]: year,
  }
}

/** Everything that was posted, to be shown again as it was typed. */
export async function typedIn(c: Context<MemberEnv>): Promise<FormValues> {
  const texts = [...(await readPosted(c))].map(([name, values]) => {
    const typed = values.filter((value) => typeof value === 'string')
    return [name, typed.length > 1 ? typed : (typed[0] ?? '')] as const
  })
  return Object.fromEntries(texts)
}
