import { deepest } from './form.ts'

/** What the items of a file are called, by their linkId: the beginning of their wording. The file may be anything. */
export function linkNames(json: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const walk = (value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > deepest + 1) return
    const { linkId, text, item } = value as Readonly<Record<string, unknown>>
    if (typeof linkId === 'string' && typeof text === 'string' && text.trim() !== '')
      names.set(linkId, text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text)
    if (Array.isArray(item)) for (const each of item) walk(each, depth + 1)
  }
  walk(json, 0)
  return names
}
