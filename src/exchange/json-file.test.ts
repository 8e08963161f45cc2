import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type RawRecord, recordsOf } from '#directory'

import { givenText } from './given-file.ts'
import { openJson } from './json-file.ts'
import { jsonScanner, type ScannedItem } from './json-scan.rules.ts'

async function read(text: string): Promise<readonly RawRecord[] | string> {
  const file = await openJson(givenText(text))
  return file.ok ? Array.fromAsync(file.open()) : file.refused
}

const service = { id: 'a', name: 'Advice', status: 'active' }

test('a list, a page, organisations, one record and a record in each line are read', async () => {
  const pathsOf = async (text: string) => {
    const found = await read(text)
    return typeof found === 'string' ? found : found.map((each) => each.path)
  }
  expect(await pathsOf(JSON.stringify([service, service]))).toEqual(['[0]', '[1]'])
  expect(await pathsOf(`\uFEFF${JSON.stringify({ contents: [service], size: 1 })}`)).toEqual(['contents[0]'])
  expect(await pathsOf(JSON.stringify(service))).toEqual(['$'])
  expect(
    await pathsOf(JSON.stringify({ organizations: [{ id: 'o', name: 'One', services: [service] }] })),
  ).toEqual(['organizations[0].services[0]'])
  expect(await pathsOf(`${JSON.stringify(service)}\n\n${JSON.stringify(service)}\n`)).toEqual([
    'line 1',
    'line 3',
  ])
})

test('an item or a line that is no JSON is one record with a problem, and the others are read', async () => {
  const good = JSON.stringify(service)
  const found = await read(`{"contents": [${good}, {"id": nonsense}, , ${good}]}`)
  expect(found).toMatchObject([
    { path: 'contents[0]', json: service },
    { path: 'contents[1]', json: null, problems: [{ rule: 'not-json', at: 'contents[1]' }] },
    { path: 'contents[2]', json: null, problems: [{ rule: 'not-json', at: 'contents[2]' }] },
    { path: 'contents[3]', json: service },
  ])
  expect(await read(`${good}\n{"id": \n${good}`)).toMatchObject([
    { json: service },
    { path: 'line 2', json: null, problems: [{ rule: 'not-json' }] },
    { json: service },
  ])
})

test.each(['{"contents": [{"id": "a"', '{"contents": []} []', '', '"services"', '{]'])(
  '%j is refused before anything is read',
  async (text) => expect(await read(text)).toMatch(/^This is not an HSDS file: /),
)

test('a file is read alike, whole or in pieces, whatever it holds', async () => {
  const item = fc.oneof(fc.constant(service), fc.jsonValue({ maxDepth: 3 }))
  const list = fc.array(item, { maxLength: 5 })
  const page = fc.dictionary(
    fc.oneof(fc.constantFrom('contents', 'services', 'a"b', 'page'), fc.string()),
    list,
  )
  await fc.assert(
    fc.asyncProperty(fc.oneof(list, page, item), fc.nat(4), async (json, indent) => {
      const text = JSON.stringify(json, null, indent)
      const whole = recordsOf(text)
      const expected = whole.ok ? whole.records : whole.refused
      const found = await read(text)
      expect(found).toEqual(expected)
    }),
  )
})

test('where a file is cut into pieces makes no difference to its items', () => {
  const itemsOf = (bytes: Buffer, size: number) => {
    const items: (Omit<ScannedItem, 'bytes'> & { readonly text: string | undefined })[] = []
    const scanner = jsonScanner(({ bytes: own, ...item }) => {
      items.push({ ...item, text: own?.toString('utf8') })
    }, 1_000)
    for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size))
    return { items, top: scanner.end() }
  }
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.integer({ min: 1, max: 9 }), (json, size) => {
      const bytes = Buffer.from(JSON.stringify(json))
      const { items, top } = itemsOf(bytes, size)
      expect({ items, top }).toEqual(itemsOf(bytes, bytes.length))
      expect(top).toMatchObject({ root: 'object', whole: true })
      const lists = Object.entries(json).flatMap(([key, value]) =>
        Array.isArray(value) ? [[key, value] as const] : [],
      )
      const values = lists.flatMap(([key, value]) =>
        value.map((each, index) => ({ key, index, value: JSON.parse(JSON.stringify(each)) as unknown })),
      )
      expect(
        items.map(({ text, ...rest }) => ({ ...rest, value: JSON.parse(text ?? '') as unknown })),
      ).toEqual(values)
    }),
  )
})

test('a record that is longer than is read at once is one problem', () => {
  const items: ScannedItem[] = []
  const scanner = jsonScanner((item) => items.push(item), 20)
  for (const piece of ['[{"id":"', 'x'.repeat(30), '"},{"id":', '2}]']) scanner.push(Buffer.from(piece))
  expect(items.map(({ bytes }) => bytes?.toString() ?? null)).toEqual([null, '{"id":2}'])
  expect(scanner.end().whole).toBe(true)
})
