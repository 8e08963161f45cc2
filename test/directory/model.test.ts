import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serviceByCode } from '#directory'
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
