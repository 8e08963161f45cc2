import type { FormValues } from '#platform/http'

/** What was read from a form, as it was typed: a page that comes back loses nothing. Days stand in their three boxes again. */
export function typedAgain(read: Readonly<Record<string, unknown>>): FormValues {
  const values: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(read)) {
    if (name === 'version') continue
    if (Array.isArray(value)) values[name] = value.map(String)
    if (typeof value !== 'string') continue
    values[name] = value
    const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? []
    if (year === undefined) continue
    Object.assign(values, { [`${name}-year`]: year, [`${name}-month`]: month, [`${name}-day`]: day })
  }
  return values
}
