import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { beside, entry, file, house, opensOnMonday, placeWorld, typed } from './place-file.ts'
import type { Asker } from './served.ts'

let world: Awaited<ReturnType<typeof placeWorld>>

beforeAll(async () => {
  world = await placeWorld()
})
afterAll(() => world.close())

const at = () => world.at
const ask: Asker = (...given) => world.ask(...given)
const rowsOf = <T>(query: ReturnType<typeof sql>) => world.rowsOf<T>(query)
const idOf = (code: string) => world.idOf(code)
const placesOf = (id: string) => world.placesOf(id)
const spotOf = (id: string) => world.spotOf(id)
const bring = (text: string) => world.bring(text)

const leads = /sycamore|whispering|LS26|canaryfield|53\.74/i
const tables = [
  'service',
  'location',
  'organization',
  'change',
  'find',
  'run_row',
  'kept_beside',
  'word',
  'place_name',
]
const timesThere = () =>
  rowsOf(sql`select s.source_id as entry from directory.schedule t join directory.location l on l.id = t.location_id
    join directory.service s on s.id = t.service_id where l.source_id = 'pl-h'`)
const expectNowhere = async () => {
  expect(await timesThere()).toEqual([])
  for (const table of [
    ...tables,
    'suggestion',
    'held_record',
    'threshold',
    'capacity',
    'schedule',
    'brought',
  ]) {
    const found = await rowsOf<{ text: string }>(
      sql`select t::text as text from ${sql.table(`directory.${table}`)} t where t::text ~* 'sycamore|whispering|canaryfield|ls26'`,
    )
    expect(
      found.filter((row) => !/refuge|r-1/i.test(row.text)),
      table,
    ).toEqual([])
  }
}

test('is told by what stands beside it, in its words, its history, a suggestion and a copy: all of that is there before', async () => {
  await bring(JSON.stringify(beside('Ring at Whispering Pines.')))
  await bring(JSON.stringify(beside('Ring at 14, Sycamore Rise.')))
  const id = await idOf('PL-9')
  const about = { name: 'Lamp PL-9', other: 'PL-9', needs: 'crisis', status: 'active' }
  for (const description of ['Go up Sycamore Rise to LS26 9QX', 'Ring twice at Whispering  Pines'])
    expect(
      (await ask(`/listing/${id}/about`, at().editor, { ...about, description, why: 'As said' })).status,
    ).toBe(303)
  expect(
    (await ask(`/services/${id}/wrong`, null, { about: 'how', words: 'It is 14 Sycamore Rise' })).status,
  ).toBe(200)
  expect((await ask(`/services/${id}/wrong`, null, { about: 'other', words: 'Nobody answers' })).status).toBe(
    200,
  )
  const told = async (table: string) =>
    (
      await rowsOf(sql`select from ${sql.table(`directory.${table}`)} t where t::text ~* 'sycamore|whispering'
      and service_id = ${id}`)
    ).length
  expect(await timesThere()).toEqual([{ entry: 'pl-PL-1' }])
  // A record that waits for a person, since it has no name.
  await bring(JSON.stringify([entry('PL-10', 'pl-o', [house('pl-h')], { name: '' })]))
  expect(
    await rowsOf(
      sql`select state from directory.held_record where source_id = 'pl-PL-10' and record::text ~ 'Sycamore'`,
    ),
  ).toEqual([{ state: 'waiting' }])
  expect([(await told('change')) > 1, await told('suggestion'), await told('run_row')]).toEqual([true, 1, 1])
})

test('is asked about first, and then gone from every row, word, copy and search', async () => {
  const [id, second, again] = [await idOf('PL-1'), await idOf('PL-2'), await idOf('PL-3')]
  const [place] = await placesOf(id)
  const path = `/listing/${id}/places/${place?.id}/private`
  const asking = (await ask(path, at().editor)).html
  for (const part of ['Keep this place private?', 'You cannot undo this here', 'Lamp PL-2'])
    expect(asking).toContain(part)
  expect((await placesOf(id))[0]?.confidential).toBe(false)
  const done = await ask(path, at().editor, { why: 'People stay at Whispering Pines, 14 Sycamore Rise' })
  expect([done.status, done.to]).toEqual([303, `/listing/${id}/places?saved=1`])
  for (const each of [id, second, again]) {
    expect(await placesOf(each)).toEqual([
      expect.objectContaining({
        confidential: true,
        name: null,
        line1: null,
        postcode: null,
        latitude: null,
        region: 'Northshire',
      }),
    ])
    expect((await spotOf(each))?.points).toEqual([])
    for (const page of [
      `/services/${each}`,
      `/listing/${each}`,
      `/listing/${each}/places`,
      `/listing/${each}/history`,
    ])
      expect((await ask(page, at().editor)).html, page).not.toMatch(leads)
  }
  await expectNowhere()
  const [line] = await rowsOf<{ all: string }>(
    sql`select string_agg(e::text, ' ') as all from ledger.entry e`,
  )
  expect(line?.all).not.toMatch(leads)
  const other = await idOf('PL-9')
  expect((await ask(`/services/${other}`)).html).toContain('6 Larch Lane')
  expect(await rowsOf(sql`select words from directory.suggestion where service_id = ${other}`)).toEqual([
    { words: 'Nobody answers' },
  ])
  const past = await rowsOf<{ why: string }>(
    sql`select why from directory.change where service_id = ${other} and what = 'about'`,
  )
  expect(past.map((each) => each.why)).toEqual(['', ''])
})

test('takes no address again, neither as it is nor as a new place, nor is it made open or taken away', async () => {
  const id = await idOf('PL-1')
  const [place] = await placesOf(id)
  const path = `/listing/${id}/places/${place?.id}`
  const list = (await ask(`/listing/${id}/places`, at().editor)).html
  expect(list).toContain('No address can be given here any more')
  const form = (await ask(path, at().editor)).html
  expect(form).toContain('name="region"')
  for (const field of ['name="line1"', 'name="postcode"', 'value="remove"', '/private"'])
    expect(form).not.toContain(field)
  expect((await ask(path, at().editor, { ...typed, region: 'Southshire' })).status).toBe(303)
  expect((await placesOf(id))[0]).toMatchObject({ confidential: true, line1: null, region: 'Southshire' })
  expect((await ask(path, at().editor, { act: 'remove' })).status).toBe(404)
  expect((await ask(`${path}/private`, at().editor)).status).toBe(404)
  expect(
    (await ask(`/listing/${id}/places/new`, at().editor, { ...typed, region: '14 Sycamore Rise' })).status,
  ).toBe(422)
  expect((await ask(`/listing/${id}/places/new`, at().editor, typed)).status).toBe(303)
  expect((await placesOf(id)).map((each) => [each.confidential, each.line1, each.name])).toEqual([
    [true, null, null],
    [true, null, null],
  ])
})

test('stays so when the file comes again with its address', async () => {
  await bring(file)
  for (const code of ['PL-1', 'PL-2', 'PL-3'])
    for (const row of await placesOf(await idOf(code)))
      expect([row.confidential, row.line1]).toEqual([true, null])
  await expectNowhere()
  // The file has the address in its words alone: only what stands here tells that it must go.
  await bring(JSON.stringify([entry('PL-1', 'pl-o', [], { description: 'At 14 Sycamore Rise now.' })]))
  await expectNowhere()
  const words = JSON.stringify([
    entry('PL-11', 'pl-o', [{ ...house('pl-h'), ...opensOnMonday }]),
    ...beside('Ring at Whispering Pines, 14 Sycamore Rise.'),
    entry('PL-1', 'pl-o', [], { description: 'At 14 Sycamore Rise now.' }),
    entry('PL-2', 'pl-o', [house('pl-h')]),
  ])
  await bring(words)
  await expectNowhere()
  for (const code of ['PL-1', 'PL-2', 'PL-9'])
    for (const page of ['', '/history', '/organization'])
      expect((await ask(`/listing/${await idOf(code)}${page}`, at().editor)).html).not.toMatch(leads)
})
