import type { FormValues } from '#platform/http'

/** What was typed into one field of a form, as one text. */
export function textOf(values: FormValues, field: string): string {
  const value = values[field]
  return typeof value === 'string' ? value : ''
}
