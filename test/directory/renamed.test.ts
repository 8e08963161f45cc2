import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { serviceByCode } from '#directory'
import { caseKeys } from '#platform/access'
import { readLines } from '#platform/ledger'
import { type Asker, askerOf, directoryWorld, type DirectoryWorld } from './served.ts'

let at: DirectoryWorld
let ask: Asker
let id: string

beforeAll(async () => {
  at = await directoryWorld(3000)
  ask = askerOf(at)
  id = (await at.world.owner.transaction().execute((db) => serviceByCode(db, 'N07')))?.id ?? ''
  expect(id).not.toBe('')
})
beforeEach(() =>
  asOwner(sql`update directory.service set name = 'Lantern Rooms', alternate_name = 'N07', confidential = false,
    application_process = null, fees_text = null, times_text = null where id = ${id}`),
)
afterAll(() => at.world.close())

function asOwner(query: ReturnType<typeof sql>) {
  return at.world.owner.transaction().execute((db) => query.execute(db))
}

async function place(line: string | null) {
  await asOwner(sql`delete from directory.service_at_location where service_id = ${id}`)
  if (line === null) return
  const { rows } = await asOwner(sql`
    insert into directory.location (source_id, organization_id, kind, name, address_1, city)
    select 'renamed-' || uuidv7(), organization_id, 'physical', 'Lantern House', ${line}, 'Northmere'
    from directory.service where id = ${id} returning id`)
  const [row] = rows as readonly { readonly id: string }[]
  await asOwner(sql`
    insert into directory.service_at_location (service_id, location_id) values (${id}, ${row?.id ?? ''})`)
}

async function row() {
  const { rows } = await asOwner(
    sql`select name, alternate_name as other, confidential from directory.service where id = ${id}`,
  )
  return rows[0]
}

const form = {
  name: 'Lantern Rooms',
  other: 'N07',
  description: 'A room to talk.',
  status: 'active',
  why: 'Rang',
}
const question = 'Is this a place that has to stay secret?'
const open = { name: 'Lantern Rooms', other: 'N07', confidential: false }
const page = () => `/listing/${id}/about`

test.each([
  { name: 'Lantern Refuge' },
  { name: 'Lantern women’s shelter' },
  { name: 'Lantern safe house' },
  { other: 'Northmere refuge' },
])(
  'whether %j has to stay secret is asked before anybody reads the new name, and nothing typed is lost',
  async (called) => {
    await place('9 Willow Bend')
    const asked = await ask(page(), at.editor, { ...form, ...called, alert: 'We have moved' })
    expect(asked.status).toBe(422)
    for (const kept of [
      question,
      'href="#secret"',
      ...Object.values(called),
      'We have moved',
      'value="Rang"',
    ])
      expect(asked.html).toContain(kept)
    expect(asked.html).toContain('Until then the entry stays as it was')
    expect(asked.html).toContain(`href="/listing/${id}/places"`)
    expect(await row()).toEqual(open)
    const again = await ask(page(), at.editor, { ...form, ...called, secret: 'perhaps' })
    expect([again.status, await row()]).toEqual([422, open])
  },
)

test('one that may be known is renamed, and who said so is written down', async () => {
  await place('9 Willow Bend')
  expect((await ask(page(), at.editor, { ...form, name: 'Lantern Refuge', secret: 'no' })).status).toBe(303)
  expect(await row()).toEqual({ ...open, name: 'Lantern Refuge' })
  const lines = await at.editor.act((db, actor) =>
    readLines(db, actor, { kinds: ['directory.changed'] }, (ids) => caseKeys(db, actor, ids)),
  )
  expect(lines[0]?.detail).toMatchObject({ service: id, what: 'about', secret: 'no' })
  // Answered once, it is not asked about each further change.
  expect((await ask(page(), at.editor, { ...form, name: 'Lantern Refuge North' })).status).toBe(303)
})

test.each(['place', 'process', 'words'])(
  'one that has to stay secret gets no such name while its %s tells where it is',
  async (telling) => {
    await place(telling === 'place' ? '9 Willow Bend' : null)
    if (telling === 'process')
      await asOwner(
        sql`update directory.service set application_process = 'Ring at 9 Willow Road' where id = ${id}`,
      )
    const description = telling === 'words' ? 'Come to 9 Willow Road' : form.description
    const refused = await ask(page(), at.editor, {
      ...form,
      description,
      name: 'Lantern Refuge',
      secret: 'yes',
    })
    expect(refused.status).toBe(422)
    expect(refused.html).toContain(
      telling === 'words'
        ? 'Please take the address out'
        : 'Take the address out first, then give it this name',
    )
    expect(refused.html).toMatch(/name="secret"[^>]*value="yes"[^>]*checked/)
    expect(await row()).toEqual(open)
  },
)

test('one that has to stay secret, and says nowhere where it is, is secret from then on', async () => {
  await place(null)
  expect((await ask(page(), at.editor, { ...form, name: 'Lantern Refuge', secret: 'yes' })).status).toBe(303)
  expect(await row()).toEqual({ ...open, name: 'Lantern Refuge', confidential: true })
  const { rows } = await asOwner(
    sql`select what from directory.schedule where service_id = ${id} and what <> 'phone'`,
  )
  expect(rows).toEqual([])
  expect((await ask(`/services/${id}`)).html).toContain('The address is kept private.')
})

test('a name that sounds like none is asked nothing, nor one of a place that is secret already', async () => {
  await place('9 Willow Bend')
  const wildlife = await ask(page(), at.editor, { ...form, name: 'Lantern wildlife refuge walks' })
  expect(wildlife.status).toBe(303)
  expect((await ask(page(), at.editor)).html).not.toContain(question)
  await place(null)
  await asOwner(sql`update directory.service set confidential = true where id = ${id}`)
  expect((await ask(page(), at.editor, { ...form, name: 'Lantern Refuge' })).status).toBe(303)
})
