import { afterAll, beforeAll, expect, test } from 'vitest'
import { aloneFile, demoWorld, type HsdsFile, install, type Installation, sorted } from './installations.ts'

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

test('out of one installation, into an empty one and out again: alike to the byte, on both demo worlds', async () => {
  for (const text of [demoWorld('northmere'), demoWorld('us-county'), aloneFile]) await first.bring(text)
  const text = await first.file()
  const out = JSON.parse(text) as HsdsFile
  expect([out.contents.length, out.organizations.length]).toEqual([40, 1])
  expect(await second.bring(text)).toMatchObject({
    imported: 41,
    importedWithWarnings: 0,
    held: 0,
    rejected: 0,
  })
  const again = JSON.parse(await second.file()) as HsdsFile
  for (const [i, each] of out.contents.entries()) expect(again.contents[i]).toEqual(each)
  expect(sorted(again)).toBe(sorted(out))
})
