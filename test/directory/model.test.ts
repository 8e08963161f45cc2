import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDirectory, importTerms, serviceByCode } from '#directory'
import accessFile from '../../src/directory/access.json' with { type: 'json' }
import { directoryWorld, type DirectoryWorld } from './served.ts'

let at: DirectoryWorld

beforeAll(async () => {
  at = await directoryWorld(3001)
})

afterAll(() => at.world.close())

async function idOf(code: string) {
  const service = await at.world.owner.transaction().execute((db) => serviceByCode(db, code))
  if (service === null) throw new Error(`no ${code}`)
  return service.id
}

function asOwner(query: ReturnType<typeof sql>) {
  return at.world.owner.transaction().execute((db) => query.execute(db))
}

/** One schedule row for a service, as the listing has it. */
function time(id: string, what: 'open' | 'phone', note: string | null = null) {
  return sql`insert into directory.schedule (service_id, kind, confidential, what, weekday, opens, closes, note)
    select id, kind, confidential, ${what}, 1, '09:00', '17:00', ${note} from directory.service where id = ${id}`
}

test('work with people who use abuse has no times, whichever of the two changes', async () => {
  await expect(asOwner(time(await idOf('N20'), 'phone'))).rejects.toThrow('no_group_times')
  const open = await idOf('N15')
  await asOwner(time(open, 'open'))
  await expect(
    asOwner(
      sql`update directory.service set kind = 'for-people-using-abuse', times_text = null where id = ${open}`,
    ),
  ).rejects.toThrow('no_group_times')
})

test('a confidential place has telephone times only, and no access feature that speaks of a building', async () => {
  const refuge = await idOf('N12')
  await expect(asOwner(time(refuge, 'open'))).rejects.toThrow('confidential_times')
  await expect(asOwner(time(refuge, 'phone', 'Ring the bell at the gate'))).rejects.toThrow(
    'confidential_times',
  )
  await asOwner(time(refuge, 'phone'))
  for (const change of [sql`access = '{step-free}'`, sql`access_text = 'A ramp'`]) {
    await expect(asOwner(sql`update directory.service set ${change} where id = ${refuge}`)).rejects.toThrow(
      'confidential_access',
    )
  }
  await asOwner(sql`update directory.service set access = '{sign-language,easy-read}' where id = ${refuge}`)
  const open = await idOf('N15')
  await asOwner(sql`update directory.service set access = '{step-free}' where id = ${open}`)
  await expect(
    asOwner(sql`update directory.service set confidential = true where id = ${open}`),
  ).rejects.toThrow(/confidential_/)
})

test('nobody confirms their own training, and a cover is another contact of the same service', async () => {
  const id = await idOf('N15')
  const other = await idOf('N12')
  await expect(
    asOwner(sql`insert into directory.training (organization_id, until, confirmed_by, confirmed_on)
      select organization_id, current_date, organization_id, current_date from directory.service where id = ${id}`),
  ).rejects.toThrow('confirmed_by_another')
  const rows = await asOwner(sql`insert into directory.contact (service_id, name, phone)
    values (${id}, 'Sam Okoro', '01632 960199') returning id`)
  const first = (rows.rows[0] as { readonly id: string }).id
  await expect(asOwner(sql`update directory.contact set cover = id where id = ${first}`)).rejects.toThrow(
    'cover_is_another',
  )
  await expect(
    asOwner(sql`insert into directory.contact (service_id, name, phone, cover)
      values (${other}, 'Robin Vale', '01632 960198', ${first})`),
  ).rejects.toThrow('foreign key')
})

test('what partners see is no one else’s: the public login has no right, and nobody signed in sees no row', async () => {
  const id = await idOf('N15')
  await asOwner(sql`insert into directory.partner_detail (service_id, phone) values (${id}, '01632 960197')`)
  for (const table of ['partner_detail', 'contact']) {
    const query = sql`select * from ${sql.table(`directory.${table}`)}`
    await expect(at.world.pools.public.transaction().execute((db) => query.execute(db))).rejects.toThrow(
      'permission denied',
    )
    await expect(at.world.pools.jobs.transaction().execute((db) => query.execute(db))).rejects.toThrow(
      'permission denied',
    )
    expect((await at.world.pools.web.transaction().execute((db) => query.execute(db))).rows).toEqual([])
  }
})

test('the span of ages follows the clauses; without one that reads the age it is everybody', async () => {
  const { rows } =
    await asOwner(sql`select alternate_name as code, ages::text, (select jsonb_agg(t.condition -> 'age')
    from directory.threshold t where t.service_id = s.id) as said from directory.service s`)
  expect(rows.length).toBeGreaterThan(20)
  for (const row of rows as {
    code: string
    ages: string
    said: ({ min?: number; max?: number } | null)[] | null
  }[]) {
    const said = row.said ?? [null]
    const from = Math.min(...said.map((age) => age?.min ?? 0))
    const to = Math.max(...said.map((age) => age?.max ?? 1319))
    expect(row, row.code).toMatchObject({ ages: `[${from},${to + 1})` })
  }
})

const attribute = (taxonomy: string, value: string, code = value) => ({
  value,
  taxonomy_term: { taxonomy, code },
})

/** Brings one service of an invented feed in, and gives back what stands. */
async function bring(id: string, service: object, file: object = {}) {
  const organization = { id: `${id}-o`, name: 'Harbour Homes', description: '', ...file }
  const whole = { id, name: 'Harbour Counselling', status: 'active', organization, ...service }
  await at.world.owner.transaction().execute((db) => importDirectory(db, JSON.stringify([whole])))
  const { rows } = await asOwner(sql`
    select s.access, s.documents, s.bill_to, (select count(*)::int from directory.schedule t where t.service_id = s.id) as times,
      (select array_agg(t.code order by t.code) from directory.service_term t where t.service_id = s.id) as terms,
      (select jsonb_agg(jsonb_build_object('name', c.name, 'role', c.role, 'cover', k.name) order by c.name)
        from directory.contact c left join directory.contact k on k.id = c.cover where c.service_id = s.id) as contacts,
      (select to_jsonb(r) - 'organization_id' - 'updated_at' from directory.training r
        where r.organization_id = s.organization_id) as training
    from directory.service s where s.source_id = ${id}`)
  return rows[0] as Record<string, unknown>
}

test('each access feature that speaks of a building is refused at a confidential place, and each other is not', async () => {
  const refuge = await idOf('N12')
  for (const { code, building } of accessFile.features) {
    const change = asOwner(
      sql`update directory.service set access = array[${code}::text] where id = ${refuge}`,
    )
    if (building) await expect(change, code).rejects.toThrow('confidential_access')
    else await change
  }
})

test('an import stores what a feed says, keeps what it does not say, and nobody is confirmed by a file', async () => {
  const list = { list: { items: [{ identifier: 77, label: 'An invented term', parents: [] }] } }
  await at.world.owner.transaction().execute((db) => importTerms(db, JSON.stringify(list)))
  const contact = (name: string, cover: string | null, confirmed: string) => ({
    id: name,
    name,
    title: 'Duty worker',
    email: 'duty@harbour.example.org',
    attributes: [
      attribute('anydoor-confirmed', confirmed),
      ...(cover === null ? [] : [attribute('anydoor-cover', cover)]),
    ],
  })
  const first = await bring(
    'm-1',
    {
      required_documents: [{ document: 'none' }],
      schedules: [{ byday: 'MO', opens_at: '09:00', closes_at: '17:00' }],
      contacts: [
        contact('Ash Fenwick', 'Robin Vale', '2026-11-02'),
        contact('Robin Vale', null, '2026-11-02'),
      ],
      attributes: [
        attribute('anydoor-access', 'step-free'),
        attribute('anydoor-bill-to', 'nobody'),
        attribute('anydoor-term', 'kind.counselling'),
        attribute('esd', 'x', '77'),
        attribute('esd', 'x', '78'),
      ],
    },
    { attributes: [attribute('anydoor-training', '2027-05-31')] },
  )
  expect(first).toMatchObject({
    access: ['step-free'],
    documents: [],
    bill_to: 'nobody',
    times: 1,
    terms: ['kind.counselling', 'lga:77'],
    training: { until: '2027-05-31', confirmed_by: null, confirmed_on: null },
  })
  expect(first['contacts']).toEqual([
    { name: 'Ash Fenwick', role: 'Duty worker', cover: 'Robin Vale' },
    { name: 'Robin Vale', role: 'Duty worker', cover: null },
  ])
  expect(await bring('m-1', {})).toEqual(first)
  await asOwner(
    sql`update directory.contact set role = 'On leave', confirmed_on = '2026-11-20' where name = 'Ash Fenwick'`,
  )
  const again = await bring('m-1', { contacts: [contact('Ash Fenwick', null, '2026-11-02')] })
  expect(again['contacts']).toContainEqual({ name: 'Ash Fenwick', role: 'On leave', cover: 'Robin Vale' })
})

test('a service that turns out to be confidential, or work with people who use abuse, loses what it may not have', async () => {
  const full = {
    schedules: [
      { byday: 'MO', opens_at: '09:00', closes_at: '17:00' },
      { byday: 'TU', opens_at: '09:00', closes_at: '17:00', attending_type: 'phone' },
    ],
    attributes: [attribute('anydoor-access', 'step-free'), attribute('anydoor-access', 'easy-read')],
  }
  expect(await bring('m-2', full)).toMatchObject({ times: 2, access: ['step-free', 'easy-read'] })
  const secret = { locations: [{ id: 'm-2-l', location_type: 'redacted' }] }
  expect(await bring('m-2', secret)).toMatchObject({ times: 1, access: ['easy-read'] })
  expect(await bring('m-3', full)).toMatchObject({ times: 2 })
  const apart = { attributes: [attribute('anydoor-kind', 'for-people-using-abuse')] }
  expect(await bring('m-3', apart)).toMatchObject({ times: 0 })
})
