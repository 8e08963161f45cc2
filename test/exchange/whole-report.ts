import { parseFragment } from 'parse5'
import { expect } from 'vitest'
import type { RecordReport } from '#directory'

type Json = Readonly<Record<string, unknown>>

/** How many records a page holds that must be accounted for, by the place of each of its items. */
export function expectAccounted(
  items: readonly unknown[],
  key: string,
  records: readonly RecordReport[],
): void {
  const paths = records.map((each) => each.path)
  expect(new Set(paths).size).toBe(paths.length)
  const places = items.map((_, i) => `${key}[${i}]`)
  const of = (place: string) => paths.filter((path) => path === place || path.startsWith(`${place}.`))
  expect(places.filter((place) => of(place).length === 0)).toEqual([])
  expect(paths.length).toBe(places.reduce((sum, place) => sum + of(place).length, 0))
  for (const [i, item] of items.entries()) expect(of(places[i] ?? '').length).toBe(recordsIn(item))
}

/** Every problem says its rule, a sentence, and a place that is in the file; it quotes nothing out of it. */
export function expectTold(file: unknown, records: readonly RecordReport[]): void {
  for (const { path, outcome, problems } of records) {
    expect(['imported', 'imported-with-warnings', 'held', 'rejected']).toContain(outcome)
    expect(outcome === 'imported').toBe(problems.length === 0)
    const values = new Set(longTexts(at(file, path)))
    for (const { rule, at: place, message } of problems) {
      expect(rule).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(message).toMatch(/^[A-Z“"].+\.$/)
      expect([...values].filter((value) => message.includes(value))).toEqual([])
      expect(
        place.startsWith(path) || path.startsWith(place) || place.startsWith(ownerOf(path)),
        `${path} ${place}`,
      ).toBe(true)
      expect(isIn(file, place), place).toBe(true)
    }
  }
}

/** No element that a browser would make, nothing that a database or a JSON reader chokes on, in any text but ids. */
export function expectPlain(json: unknown, where = ''): void {
  if (typeof json === 'string') {
    expect(json.isWellFormed() && !json.includes('\0'), where).toBe(true)
    if (/(^|\.)(sourceId|source_id|locationSource|coverSource|id)$/.test(where) || !/[<&]/.test(json)) return
    expect(
      parseFragment(json)
        .childNodes.map((node) => node.nodeName)
        .filter((name) => name !== '#text'),
      where,
    ).toEqual([])
    expect(json, where).not.toMatch(/&(amp|lt|gt|quot|nbsp|#\d+|#x[\da-f]+);/i)
  } else if (typeof json === 'object' && json !== null) {
    for (const [key, value] of Object.entries(json)) expectPlain(value, `${where}.${key}`)
  }
}

function recordsIn(item: unknown, depth = 0): number {
  if (!isObject(item)) return 1
  const page = ['contents', 'content'].find((key) => Array.isArray(item[key]))
  if (page !== undefined && depth < 3 && !('id' in item) && !('name' in item))
    return (item[page] as readonly unknown[]).reduce(
      (sum: number, each) => sum + recordsIn(each, depth + 1),
      0,
    )
  const { services } = item
  return Array.isArray(services) && services.length > 0 ? services.length : 1
}

function at(file: unknown, path: string): unknown {
  return steps(path).reduce<unknown>(
    (json, step) => (typeof json === 'object' && json !== null ? (json as Json)[step] : undefined),
    file,
  )
}

/** Whether a place is in the file: all of it but perhaps its last step, unless a bare value stands for an object. */
function isIn(file: unknown, place: string): boolean {
  let json: unknown = file
  const all = steps(place)
  for (const [i, step] of all.entries()) {
    if (typeof json !== 'object' || json === null) return json !== undefined && json !== null
    if (!Object.hasOwn(json, step)) return i === all.length - 1
    json = (json as Json)[step]
  }
  return true
}

function ownerOf(path: string): string {
  return path.replace(/\.services\[\d+\]$/, '')
}

function steps(path: string): readonly string[] {
  return path.split(/[.[\]]+/).filter((step) => step !== '' && step !== '$')
}

function longTexts(json: unknown): readonly string[] {
  if (typeof json === 'string') return json.trim().length > 12 ? [json.trim()] : []
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(longTexts) : []
}

function isObject(json: unknown): json is Json {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}
