import type { FormValues } from './form.ts'

/** One field as it was typed; empty when it was not. */
export function textOf(values: FormValues, name: string): string {
  const value = values[name]
  return typeof value === 'string' ? value : ''
}

/** Every value of one field. */
export function listOf(values: FormValues, name: string): readonly string[] {
  return [values[name] ?? []].flat()
}

/** A date in its three boxes. */
export interface TypedDate {
  readonly day: string | undefined
  readonly month: string | undefined
  readonly year: string | undefined
}

/** A date as it was typed in its three boxes, or as it was read. */
export function dateOf(values: FormValues, name: string): TypedDate {
  const [year, month, day] = textOf(values, name).split('-')
  if (day !== undefined) return { day, month, year }
  return {
    day: textOf(values, `${name}-day`),
    month: textOf(values, `${name}-month`),
    year: textOf(values, `${name}-year`),
  }
}

/** A form that was read, as values to show again. */
export function asTyped(
  read: Readonly<Record<string, string | number | readonly string[] | undefined>>,
): FormValues {
  return Object.fromEntries(
    Object.entries(read).flatMap(([name, value]) => {
      if (value === undefined) return []
      return [[name, typeof value === 'object' ? [...value] : String(value)]]
    }),
  )
}
