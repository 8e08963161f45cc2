import type { FormValues } from '#platform/http'
import type { DateValue } from '#platform/ui'

/** One field as it was typed; empty when it was not. */
export function textOf(values: FormValues, name: string): string {
  const value = values[name]
  return typeof value === 'string' ? value : ''
}

/** Every value of one field. */
export function listOf(values: FormValues, name: string): readonly string[] {
  return [values[name] ?? []].flat()
}

/** A date as it was typed in its three boxes, or as it was read. */
export function dateOf(values: FormValues, name: string): DateValue {
  const [year, month, day] = textOf(values, name).split('-')
  if (day !== undefined) return { day, month, year }
  return {
    day: textOf(values, `${name}-day`),
    month: textOf(values, `${name}-month`),
    year: textOf(values, `${name}-year`),
  }
}
