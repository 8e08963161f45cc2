import { afterAll, beforeAll, expect, test } from 'vitest'
import { bring } from './bringing.ts'
import { dirtyHsds } from './dirty-hsds.ts'
import { dirtyOruk1 } from './dirty-oruk1.ts'
import { type HsdsFile, install, type Installation, sorted } from './installations.ts'
import { expectPlain } from './whole-report.ts'

let first: Installation
let second: Installation

beforeAll(async () => {
  first = await install()
  second = await install()
})

afterAll(async () => {
  await first.close()
  await second.close()
})

test('what came in dirty goes out clean: no tag in any text, and out of another installation alike', async () => {
  for (const feed of [dirtyOruk1(150, 11), dirtyHsds(150, 12)]) {
    const report = await bring(first.owner, JSON.stringify(feed))
    expect(report.records.length).toBe(150)
  }
  const out = JSON.parse(await first.file()) as HsdsFile
  expect(out.contents.length).toBeGreaterThan(250)
  expectPlain(out)
  const report = await bring(second.owner, JSON.stringify(out))
  expect(report.records.filter((each) => each.outcome === 'rejected')).toEqual([])
  const again = JSON.parse(await second.file()) as HsdsFile
  expect(wordsOf(again)).toEqual(wordsOf(out))
})

/** What each entry says, in order. Ids that are no UUID are given anew by every installation. */
function wordsOf({ contents, organizations }: HsdsFile): readonly string[] {
  return [...contents, ...organizations].map((each) => sorted(withoutIds(each))).toSorted()
}

function withoutIds(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutIds)
  if (typeof json !== 'object' || json === null) return json
  return Object.fromEntries(
    Object.entries(json).flatMap(([key, value]) => (key === 'id' ? [] : [[key, withoutIds(value)]])),
  )
}
