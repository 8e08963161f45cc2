import type { Context } from 'hono'

import { type FormValues, type MemberEnv, readPosted } from '#platform/http'

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
