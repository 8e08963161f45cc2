import { expect, test } from 'vitest'
import type { Tx } from '#platform/db'
import { keyedList } from '../../src/exchange/list.ts'
import { ndjsonOf } from '../../src/exchange/ndjson.ts'

test('a list of several batches goes out whole, each entry once and in order, never more than a batch at a time', async () => {
  const ids = Array.from({ length: 450 }, (_, n) => String(n).padStart(3, '0'))
  const sizes: number[] = []
  const list = keyedList(
    async () => ids.length,
    async (_, which) => {
      const from = 'after' in which && which.after !== null ? ids.indexOf(which.after) + 1 : 0
      const some = ids.slice(from, from + which.limit)
      sizes.push(some.length)
      return some.map((id) => ({ id, json: { id } }))
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
  ).toEqual(ids)
  expect(sizes).toEqual([200, 200, 50])
})
