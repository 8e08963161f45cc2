import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { RawRecord } from '#directory'
import { type GivenFile, fileAt } from '../../src/exchange/given-file.ts'
import { sourceOf } from './bringing.ts'
import { dirtyOruk1 } from './dirty-oruk1.ts'

const folders: string[] = []

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true })
})

function bytes(given: Buffer): GivenFile {
  return { kind: 'bytes', name: 'feed.json', bytes: given }
}

async function read(given: GivenFile | string): Promise<readonly RawRecord[]> {
  return Array.fromAsync((await sourceOf(given)).open())
}

async function namesIn(given: GivenFile | string): Promise<readonly unknown[]> {
  return (await read(given)).map((each) => (each.json as { readonly name?: unknown } | null)?.name ?? null)
}

const services = ['Café', 'Naïve art', 'Zoë’s group'].map((name, i) => ({
  id: `s${i}`,
  name,
  status: 'active',
}))
const names = services.map((each) => each.name)
const page = { totalElements: 3, content: services }
const text = JSON.stringify(page)

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16, small end first, with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16, small end first', Buffer.from(text, 'utf16le')],
  ['UTF-16, big end first, with a mark', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ['UTF-16, big end first', Buffer.from(text, 'utf16le').swap16()],
  ['Windows-1252', Buffer.from(text.replaceAll('’', '\u0092'), 'latin1')],
])('a file in %s is read', async (_, given) => {
  expect(await namesIn(bytes(given))).toEqual(names)
})

test('one name in another encoding does not spoil the others, in a page and in lines', async () => {
  const mixed = Buffer.concat([
    Buffer.from('[{"id":"a","status":"active","name":"'),
    Buffer.from('Café', 'latin1'),
    Buffer.from('"},\n{"id":"b","status":"active","name":"Café"}]'),
  ])
  expect(await namesIn(bytes(mixed))).toEqual(['Café', 'Café'])
  const lines = Buffer.from(mixed.toString('latin1').slice(1, -1).replace('},', '}'), 'latin1')
  expect(await namesIn(bytes(lines))).toEqual(['Café', 'Café'])
})

test('pages in a list, pages in lines and pages in a folder are one feed', async () => {
  const pages = services.map((each) => ({ totalElements: 3, content: [each] }))
  expect((await read(JSON.stringify(pages))).map((each) => each.path)).toEqual([
    '[0].content[0]',
    '[1].content[0]',
    '[2].content[0]',
  ])
  expect((await read(pages.map((each) => JSON.stringify(each)).join('\n'))).map((each) => each.path)).toEqual(
    ['line 1.content[0]', 'line 2.content[0]', 'line 3.content[0]'],
  )
  const folder = mkdtempSync(path.join(tmpdir(), 'anydoor-pages-'))
  folders.push(folder)
  for (const [i, each] of pages.entries())
    writeFileSync(path.join(folder, `page-${i + 9}.json`), JSON.stringify(each))
  writeFileSync(path.join(folder, 'page-12.json'), '{"error": "none"}')
  const file = await fileAt(folder)
  if (file === null) throw new Error('no folder')
  const found = await read(file)
  expect(found.map((each) => each.path)).toEqual([
    'page-9.json: content[0]',
    'page-10.json: content[0]',
    'page-11.json: content[0]',
    'page-12.json',
  ])
  expect(found.at(-1)).toMatchObject({
    json: null,
    problems: [{ rule: 'file-unreadable', at: 'page-12.json' }],
  })
})

test('wherever a page is cut off, what stands before is read, and the last record says that the file ended', async () => {
  const feed = dirtyOruk1(6, 5)
  const whole = JSON.stringify(feed)
  const ids = (records: readonly RawRecord[]) =>
    records.flatMap((each) => (each.json as { readonly id?: unknown } | null)?.id ?? [])
  const all = ids(await read(whole))
  const first = JSON.stringify((feed['content'] as readonly unknown[])[0])
  const second = whole.indexOf(first) + first.length + 1
  for (let cut = second; cut < whole.length; cut += 97) {
    const records = await read(whole.slice(0, cut))
    const got = ids(records)
    expect(got).toEqual(all.slice(0, got.length))
    expect(new Set(records.map((each) => each.path)).size).toBe(records.length)
    expect(records.at(-1)).toMatchObject({ json: null, problems: [{ rule: 'file-ended' }] })
  }
  const inList = (await read(`[${whole},${whole.slice(0, -400)}`)).map((each) => each.path)
  expect(inList.slice(0, 7)).toEqual([...all.map((_, i) => `[0].content[${i}]`), '[1].content[0]'])
})
