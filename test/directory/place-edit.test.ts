import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { placeWorld, typed } from './place-file.ts'
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
const lastChange = async (id: string) =>
  (
    await rowsOf<{ what: string; why: string; fields: readonly object[] }>(
      sql`select what, why, fields from directory.change where service_id = ${id} order by id desc limit 1`,
    )
  )[0]

test('an editor adds a place; what is wrong stands at its field and nothing typed is lost', async () => {
  const id = await idOf('PL-8')
  const wrong = await ask(`/listing/${id}/places/new`, at().editor, {
    ...typed,
    kind: '',
    postcode: 'BD19',
    region: 'Unit 7',
  })
  expect(wrong.status).toBe(422)
  for (const part of [
    'href="#kind"',
    'href="#postcode"',
    'href="#region"',
    '5 Aspen Close',
    'Unit 7',
    'Second floor',
    'They have moved',
  ])
    expect(wrong.html, part).toContain(part)
  const done = await ask(`/listing/${id}/places/new`, at().editor, typed)
  expect([done.status, done.to]).toEqual([303, `/listing/${id}/places?saved=1`])
  const page = (await ask(`/listing/${id}/places?saved=1`, at().editor)).html
  for (const part of [
    'Saved',
    'Aspen Rooms',
    '5 Aspen Close, Bradford, BD19 4ZQ',
    'Second floor',
    'Bus 4',
    'Add a place',
  ])
    expect(page, part).toContain(part)
  expect(await lastChange(id)).toEqual({
    what: 'place',
    why: 'They have moved',
    fields: [{ field: 'places' }],
  })
  for (const part of ['Aspen Rooms, 5 Aspen Close, Bradford, BD19 4ZQ', 'Second floor', 'Bus 4'])
    expect((await ask(`/services/${id}`)).html).toContain(part)
  expect((await spotOf(id))?.search).toContain('bradford')
  expect((await spotOf(id))?.points).toHaveLength(4)
  const [line] = await rowsOf<{ all: string }>(
    sql`select string_agg(e::text, ' ') as all from ledger.entry e`,
  )
  expect(line?.all).not.toMatch(/aspen/i)
})

test('a point goes with the address that it came with; search follows the postcode, for every entry there, which is said before', async () => {
  const [id, second] = [await idOf('PL-4'), await idOf('PL-5')]
  const [place] = await placesOf(id)
  const path = `/listing/${id}/places/${place?.id}`
  const before = await spotOf(second)
  const form = (await ask(path, at().editor)).html
  expect(form).toContain('This place is shared. It is also where these entries are: Lamp PL-5')
  const same = { ...typed, name: 'Yard', line1: '3 Tamarisk Yard', town: 'Leeds', postcode: 'LS6 2AB' }
  expect((await ask(path, at().editor, same)).status).toBe(303)
  expect((await placesOf(id))[0]?.latitude).toBe(53.7)
  expect((await ask(path, at().editor, { ...same, postcode: 'BD19 4ZQ' })).status).toBe(303)
  expect((await placesOf(id))[0]).toMatchObject({ latitude: null, postcode: 'BD19 4ZQ' })
  const after = await spotOf(second)
  expect(after?.points).not.toEqual(before?.points)
  expect(after?.points).toHaveLength(2)
  expect((await lastChange(second))?.what).toBe('place')
})

test('what another agency shares is not changed here, only left; the place stays with the other entry', async () => {
  const [id, theirs] = [await idOf('PL-6'), await idOf('PL-7')]
  const [place] = await placesOf(id)
  const path = `/listing/${id}/places/${place?.id}`
  const form = (await ask(path, at().editor)).html
  expect(form).toContain('1 entry of another agency')
  expect(form).not.toContain('name="line1"')
  expect((await ask(path, at().editor, { ...typed, act: 'save' })).status).toBe(404)
  expect((await ask(path, at().editor, { act: 'remove' })).status).toBe(303)
  expect(await placesOf(id)).toEqual([])
  expect((await placesOf(theirs))[0]).toMatchObject({ name: 'Cedar Hall', line1: '8 Cedar Walk' })
  expect((await spotOf(id))?.points).toEqual([])
})

test('a place that its last entry leaves is gone, and who looks after nothing here finds no page', async () => {
  const id = await idOf('PL-8')
  const [place] = await placesOf(id)
  const path = `/listing/${id}/places/${place?.id}`
  for (const [page, fields] of [
    [`/listing/${id}/places`, null],
    [path, null],
    [path, { act: 'remove' }],
    [`${path}/private`, null],
    [`${path}/private`, {}],
  ] as const)
    expect((await ask(page, at().worker, fields)).status, page).toBe(404)
  expect((await ask(`/listing/${await idOf('PL-4')}/places/${place?.id}`, at().editor)).status).toBe(404)
  expect((await ask(path, at().editor, { act: 'remove' })).status).toBe(303)
  expect(await rowsOf(sql`select from directory.location where id = ${place?.id}`)).toEqual([])
})

test('a private entry lists a region and says why; its private place may be taken away', async () => {
  const id = await idOf('N12')
  const list = (await ask(`/listing/${id}/places`, at().editor)).html
  expect(list).toContain('Only a region can be listed, never an address')
  expect(
    (await ask(`/listing/${id}/places/new`, at().editor, { region: 'Northshire', line1: '5 Aspen Close' }))
      .status,
  ).toBe(303)
  const added = (await placesOf(id)).at(-1)
  expect(added).toMatchObject({ confidential: true, line1: null, region: 'Northshire' })
  expect((await ask(`/listing/${id}/places/${added?.id}`, at().editor, { act: 'remove' })).status).toBe(303)
  expect((await rowsOf(sql`select from directory.location where id = ${added?.id}`)).length).toBe(1)
})

test('an entry says when it is open at one of its places, and the page of the service tells it there', async () => {
  const id = await idOf('PL-4')
  const [place] = await placesOf(id)
  const path = `/listing/${id}/places/${place?.id}`
  const wrong = await ask(path, at().editor, { ...typed, open1: '9 to nine', open2: '10:00 to 12:00' })
  expect(wrong.status).toBe(422)
  for (const part of ['href="#open1"', '9 to nine', '10:00 to 12:00'])
    expect(wrong.html, part).toContain(part)
  const nowhere = await ask(path, at().editor, { ...typed, kind: 'postal', open2: '10:00 to 12:00' })
  expect([nowhere.status, nowhere.html.includes('Nobody is met at a place like this')]).toEqual([422, true])
  const week = { open2: '10:00 to 12:00, ring twice; 14:00 to 15:00', open5: '10:00 to 12:00' }
  expect((await ask(path, at().editor, { ...typed, ...week })).status).toBe(303)
  expect(
    (await ask(`/listing/${id}/places/new`, at().editor, { ...typed, name: 'Elm Rooms', line1: '7 Elm Way' }))
      .status,
  ).toBe(303)
  const form = (await ask(path, at().editor)).html
  for (const text of Object.values(week)) expect(form).toContain(`value="${text}"`)
  const page = (await ask(`/services/${id}`)).html
  for (const part of ['Open, at Aspen Rooms:', 'ring twice']) expect(page, part).toContain(part)
  expect((await ask(`/listing/${id}/places`, at().editor)).html).toContain('ring twice')
  expect((await lastChange(id))?.fields).toEqual([{ field: 'places' }])
  const before = (await lastChange(id))?.why
  expect((await ask(path, at().editor, { ...typed, ...week, why: 'Nothing' })).status).toBe(303)
  expect((await lastChange(id))?.why).toBe(before)
  expect((await ask(path, at().editor, { act: 'remove' })).status).toBe(303)
  expect(await rowsOf(sql`select from directory.schedule where service_id = ${id}`)).toEqual([])
})
