import { expect, test } from 'vitest'

import { hintsIn, rows } from '#language/hints'

import examples from './examples.json' with { type: 'json' }

const known: Readonly<Record<string, { row: number; hit: string; quiet: string }>> = examples

test.each(rows.map((row) => [row.id, row] as const))('%s', (id, row) => {
  const { hit, quiet } = known[id] ?? { hit: '', quiet: '' }
  const ids = (text: string) =>
    hintsIn(text, { country: 'uk', severity: 1 })
      .filter((hint) => hint.row === row)
      .map((hint) => hint.row.id)
  expect(ids(hit)).toContain(id)
  expect(ids(quiet)).toEqual([])
})
