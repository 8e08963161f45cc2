import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importDirectory, serviceByCode } from '#directory'
import { type Asker, askerOf, directoryWorld, type DirectoryWorld } from './served.ts'

let at: DirectoryWorld
let ask: Asker

beforeAll(async () => {
  at = await directoryWorld(3000)
  ask = askerOf(at)
  await at.world.owner.transaction().execute((db) => importDirectory(db, file))
  await rowsOf(sql`update directory.organization set party_id = null where party_id = ${at.worker.partyId}`)
  await rowsOf(
    sql`update directory.organization set party_id = ${at.worker.partyId} where source_id in ('pl-b')`,
  )
})
afterAll(() => at.world.close())

const house = (id: string, more: object = {}) => ({
  location: {
    id,
    location_type: 'physical',
    name: 'Whispering Pines',
    latitude: 53.74123,
    longitude: -1.44881,
    addresses: [
      {
        address_1: '14 Sycamore Rise',
        city: 'Canaryfield',
        postal_code: 'LS26 9QX',
        state_province: 'Northshire',
      },
    ],
    ...more,
  },
})
const yard = {
  name: 'Tamarisk Yard',
  latitude: 53.7,
  longitude: -1.5,
  addresses: [
    { address_1: '3 Tamarisk Yard', city: 'Leeds', postal_code: 'LS6 2AB', state_province: 'Northshire' },
  ],
}
const entry = (code: string, organization: string, places: readonly object[], more: object = {}) => ({
  id: `pl-${code}`,
  name: `Lamp ${code}`,
  status: 'active',
  alternate_name: code,
  description: 'Come to 14 Sycamore Rise and ring.',
  organization: {
    id: organization,
    name: `Lamp of ${organization}`,
    description: 'Write to 14 Sycamore Rise.',
  },
  service_at_locations: places,
  ...more,
})
const other = {
  name: 'Cedar Hall',
  addresses: [
    { address_1: '8 Cedar Walk', city: 'Leeds', postal_code: 'LS7 1AA', state_province: 'Northshire' },
  ],
}
const file = JSON.stringify([
  entry('PL-1', 'pl-o', [house('pl-h')], { application_process: 'Behind Whispering Pines' }),
  entry('PL-2', 'pl-o', [house('pl-h')]),
  entry('PL-3', 'pl-o', [house('pl-again')]),
  entry('PL-4', 'pl-o', [house('pl-y', yard)]),
  entry('PL-5', 'pl-o', [house('pl-y', yard)]),
  entry('PL-6', 'pl-o', [house('pl-c', other)]),
  entry('PL-7', 'pl-b', [house('pl-c', other)], {
    description: 'A hall.',
    organization: { id: 'pl-b', name: 'Cedar', description: '' },
  }),
  entry('PL-8', 'pl-o', [
    house('pl-8', {
      ...other,
      addresses: [{ address_1: '2 Fir Court', city: 'Leeds', postal_code: 'LS7 2AA' }],
    }),
  ]),
])

const beside = (description: string) => [
  entry(
    'PL-9',
    'pl-o',
    [house('pl-9', { name: 'Larch Rooms', addresses: [{ address_1: '6 Larch Lane', city: 'Leeds' }] })],
    {
      description,
    },
  ),
]

async function idOf(code: string) {
  return (await at.world.owner.transaction().execute((db) => serviceByCode(db, code)))?.id ?? ''
}

async function bring(text: string): Promise<void> {
  await at.world.owner.transaction().execute((db) => importDirectory(db, text))
}

async function rowsOf<T>(query: ReturnType<typeof sql>): Promise<readonly T[]> {
  return (await at.world.owner.transaction().execute((db) => query.execute(db))).rows as T[]
}

interface Row {
  readonly id: string
  readonly confidential: boolean
  readonly name: string | null
  readonly line1: string | null
  readonly postcode: string | null
  readonly region: string | null
  readonly latitude: number | null
}
const placesOf = (id: string) =>
  rowsOf<Row>(sql`select l.id, l.confidential, l.name, l.address_1 as line1, l.postal_code as postcode, l.region, l.latitude
    from directory.service_at_location a join directory.location l on l.id = a.location_id where a.service_id = ${id} order by l.id`)
const lastChange = async (id: string) =>
  (
    await rowsOf<{ what: string; why: string; fields: readonly object[] }>(
      sql`select what, why, fields from directory.change where service_id = ${id} order by id desc limit 1`,
    )
  )[0]
const spotOf = async (id: string) =>
  (
    await rowsOf<{ points: number[]; search: string }>(
      sql`select points, search::text as search from directory.find where service_id = ${id}`,
    )
  )[0]

const typed = {
  name: 'Aspen Rooms',
  kind: 'physical',
  line1: '5 Aspen Close',
  line2: '',
  town: 'Bradford',
  postcode: 'bd19 4zq',
  region: 'Northshire',
  description: 'Second floor',
  transport: 'Bus 4',
  why: 'They have moved',
}

test('an editor adds a place; what is wrong stands at its field and nothing typed is lost', async () => {
  const id = await idOf('PL-8')
  const wrong = await ask(`/listing/${id}/places/new`, at.editor, {
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
  const done = await ask(`/listing/${id}/places/new`, at.editor, typed)
  expect([done.status, done.to]).toEqual([303, `/listing/${id}/places?saved=1`])
  const page = (await ask(`/listing/${id}/places?saved=1`, at.editor)).html
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
  expect((await ask(`/services/${id}`)).html).toContain('Aspen Rooms, 5 Aspen Close, Bradford, BD19 4ZQ')
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
  const form = (await ask(path, at.editor)).html
  expect(form).toContain('This place is shared. It is also where these entries are: Lamp PL-5')
  const same = { ...typed, name: 'Yard', line1: '3 Tamarisk Yard', town: 'Leeds', postcode: 'LS6 2AB' }
  expect((await ask(path, at.editor, same)).status).toBe(303)
  expect((await placesOf(id))[0]?.latitude).toBe(53.7)
  expect((await ask(path, at.editor, { ...same, postcode: 'BD19 4ZQ' })).status).toBe(303)
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
  const form = (await ask(path, at.editor)).html
  expect(form).toContain('1 entry of another agency')
  expect(form).not.toContain('name="line1"')
  expect((await ask(path, at.editor, { ...typed, act: 'save' })).status).toBe(404)
  expect((await ask(path, at.editor, { act: 'remove' })).status).toBe(303)
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
    expect((await ask(page, at.worker, fields)).status, page).toBe(404)
  expect((await ask(`/listing/${await idOf('PL-4')}/places/${place?.id}`, at.editor)).status).toBe(404)
  expect((await ask(path, at.editor, { act: 'remove' })).status).toBe(303)
  expect(await rowsOf(sql`select from directory.location where id = ${place?.id}`)).toEqual([])
})

describe('a place that turns out to be private', () => {
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
  const expectNowhere = async () => {
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
    const about = { name: 'Lamp PL-9', other: 'PL-9', needs: ['crisis'], status: 'active' }
    for (const description of ['Go up Sycamore Rise to LS26 9QX', 'Ring twice at Whispering  Pines'])
      expect(
        (await ask(`/listing/${id}/about`, at.editor, { ...about, description, why: 'As said' })).status,
      ).toBe(303)
    expect(
      (await ask(`/services/${id}/wrong`, null, { about: 'how', words: 'It is 14 Sycamore Rise' })).status,
    ).toBe(200)
    expect(
      (await ask(`/services/${id}/wrong`, null, { about: 'other', words: 'Nobody answers' })).status,
    ).toBe(200)
    const told = async (table: string) =>
      (
        await rowsOf(sql`select from ${sql.table(`directory.${table}`)} t where t::text ~* 'sycamore|whispering'
        and service_id = ${id}`)
      ).length
    // A record that waits for a person, since it has no name.
    await bring(JSON.stringify([entry('PL-10', 'pl-o', [house('pl-h')], { name: '' })]))
    expect(
      await rowsOf(
        sql`select state from directory.held_record where source_id = 'pl-PL-10' and record::text ~ 'Sycamore'`,
      ),
    ).toEqual([{ state: 'waiting' }])
    expect([(await told('change')) > 1, await told('suggestion'), await told('run_row')]).toEqual([
      true,
      1,
      1,
    ])
  })

  test('is asked about first, and then gone from every row, word, copy and search', async () => {
    const [id, second, again] = [await idOf('PL-1'), await idOf('PL-2'), await idOf('PL-3')]
    const [place] = await placesOf(id)
    const path = `/listing/${id}/places/${place?.id}/private`
    const asking = (await ask(path, at.editor)).html
    for (const part of ['Keep this place private?', 'You cannot undo this here', 'Lamp PL-2'])
      expect(asking).toContain(part)
    expect((await placesOf(id))[0]?.confidential).toBe(false)
    const done = await ask(path, at.editor, { why: 'People stay at Whispering Pines, 14 Sycamore Rise' })
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
        expect((await ask(page, at.editor)).html, page).not.toMatch(leads)
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
    const list = (await ask(`/listing/${id}/places`, at.editor)).html
    expect(list).toContain('No address can be given here any more')
    const form = (await ask(path, at.editor)).html
    expect(form).toContain('name="region"')
    for (const field of ['name="line1"', 'name="postcode"', 'value="remove"', '/private"'])
      expect(form).not.toContain(field)
    expect((await ask(path, at.editor, { ...typed, region: 'Southshire' })).status).toBe(303)
    expect((await placesOf(id))[0]).toMatchObject({ confidential: true, line1: null, region: 'Southshire' })
    expect((await ask(path, at.editor, { act: 'remove' })).status).toBe(404)
    expect((await ask(`${path}/private`, at.editor)).status).toBe(404)
    expect(
      (await ask(`/listing/${id}/places/new`, at.editor, { ...typed, region: '14 Sycamore Rise' })).status,
    ).toBe(422)
    expect((await ask(`/listing/${id}/places/new`, at.editor, typed)).status).toBe(303)
    expect((await placesOf(id)).map((each) => [each.confidential, each.line1, each.name])).toEqual([
      [true, null, null],
      [true, null, null],
    ])
  })

  test('stays so when the file comes again with its address', async () => {
    await at.world.owner.transaction().execute((db) => importDirectory(db, file))
    for (const code of ['PL-1', 'PL-2', 'PL-3'])
      for (const row of await placesOf(await idOf(code)))
        expect([row.confidential, row.line1]).toEqual([true, null])
    await expectNowhere()
    const words = JSON.stringify([
      ...beside('Ring at Whispering Pines, 14 Sycamore Rise.'),
      entry('PL-1', 'pl-o', [], { description: 'At 14 Sycamore Rise now.' }),
      entry('PL-2', 'pl-o', [house('pl-h')]),
    ])
    await bring(words)
    await expectNowhere()
    for (const code of ['PL-1', 'PL-2', 'PL-9'])
      for (const page of ['', '/history', '/organization'])
        expect((await ask(`/listing/${await idOf(code)}${page}`, at.editor)).html).not.toMatch(leads)
  })
})

test('a private entry lists a region and says why; its private place may be taken away', async () => {
  const id = await idOf('N12')
  const list = (await ask(`/listing/${id}/places`, at.editor)).html
  expect(list).toContain('Only a region can be listed, never an address')
  expect(
    (await ask(`/listing/${id}/places/new`, at.editor, { region: 'Northshire', line1: '5 Aspen Close' }))
      .status,
  ).toBe(303)
  const added = (await placesOf(id)).at(-1)
  expect(added).toMatchObject({ confidential: true, line1: null, region: 'Northshire' })
  expect((await ask(`/listing/${id}/places/${added?.id}`, at.editor, { act: 'remove' })).status).toBe(303)
  expect((await rowsOf(sql`select from directory.location where id = ${added?.id}`)).length).toBe(1)
})
