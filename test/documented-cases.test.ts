import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

const table = readFileSync('docs/domain/documented-cases.md', 'utf8')
const rows = [...table.matchAll(/^\| ((?:us-T|us-U|uk-V|uk-G)\d+) \| (.+) \|$/gm)].map(
  ([, id = '', where = '']) => ({
    id,
    files: [...where.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
    waits: /^waits for \S/.test(where),
  }),
)

/** Every id that the references document, by its number; the gaps are theirs. */
const documented: Readonly<Record<string, string>> = {
  'us-T': '1 2 3 4 5 6 7 8 9 10 12 14 15 16 18 19 21 22 23 24 26 27 29 30 31 33 34 35 36 39 40 42 45',
  'us-U': '1 2 3 4 6 7 8 9 10 11 13 14 15 16 18 19 20 22 23 25 26 27 28 29 30',
  'uk-V': '1 2 3 4 5 6 10 11 12 13 14 16 18 19',
  'uk-G': '1 2 3 5 7 8 9 10 11 13 15',
}
const ids = Object.entries(documented).flatMap(([kind, all]) =>
  all.split(' ').map((number) => `${kind}${number}`),
)

/** The ids in the tests' own words: where each stands. */
function standing(): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  for (const root of ['src', 'test'])
    for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      const file = join(root, name)
      if (!/\.(test|journey)\.tsx?$/.test(file) || file === 'test/documented-cases.test.ts') continue
      for (const [id] of readFileSync(file, 'utf8').matchAll(/\b(?:us-T|us-U|uk-V|uk-G)\d+\b/g))
        found.set(id, (found.get(id) ?? new Set()).add(file))
    }
  return found
}

test('every documented case has one row, and each row says where it stands or what it waits for', () => {
  expect(rows.map((row) => row.id)).toEqual(ids)
  expect(rows.filter((row) => row.waits === row.files.length > 0)).toEqual([])
})

test('each id stands in the files that its row names, and an id in a test has a row that does not wait', () => {
  const found = standing()
  const absent = rows.flatMap(({ id, files }) =>
    files.filter((file) => !found.get(id)?.has(file)).map((file) => `${id} is not in ${file}`),
  )
  expect(absent).toEqual([])
  const built = rows.filter((row) => !row.waits).map((row) => row.id)
  expect([...found.keys()].filter((id) => !built.includes(id))).toEqual([])
})
