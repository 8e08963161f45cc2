import { expect, test } from 'vitest'
import type { Tx } from '#platform/db'
import { keyedList, lastOf } from '../../src/exchange/list.ts'
import { ndjsonOf } from '../../src/exchange/ndjson.ts'

test('a list of several batches goes out whole, each entry once and in order, never more than a batch at a time; one that goes meanwhile ends nothing', async () => {
  const ids = Array.from({ length: 450 }, (_, n) => String(n).padStart(3, '0'))
  const sizes: number[] = []
  const list = keyedList(
    async () => ids.length,
    async (_, which) => {
      const from = 'after' in which && which.after !== null ? ids.indexOf(which.after) + 1 : 0
      const some = ids.slice(from, from + which.limit)
      sizes.push(some.length)
      const rows = some.map((id) => ({ id }))
      // One goes while it is read.
      const found = rows.filter(({ id }) => id !== '007')
      return { found, total: null, last: lastOf(rows, which.limit) }
    },
  )
  const lines = await new Response(
    ndjsonOf(
      list,
      (json) => json,
      (work) => work({} as Tx),
    ),
  ).text()
  expect(
    lines
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id),
  ).toEqual(ids.filter((id) => id !== '007'))
  expect(sizes).toEqual([200, 200, 50])
})
