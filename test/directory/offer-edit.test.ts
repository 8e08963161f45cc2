import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDirectory, serviceByCode } from '#directory'
import { type Asker, askerOf, directoryWorld, type DirectoryWorld } from './served.ts'

let at: DirectoryWorld
let ask: Asker

beforeAll(async () => {
  at = await directoryWorld(3000)
  ask = askerOf(at)
})

afterAll(() => at.world.close())

async function idOf(code: string) {
  const service = await at.world.owner.transaction().execute((db) => serviceByCode(db, code))
  if (service === null) throw new Error(`no ${code}`)
  return service.id
}

async function rowsOf<T>(query: ReturnType<typeof sql>): Promise<readonly T[]> {
  return (await at.world.owner.transaction().execute((db) => query.execute(db))).rows as T[]
}

/** Gives an entry to the editor's own agency, as whoever runs the directory could. */
function give(id: string) {
  return rowsOf(sql`update directory.organization set party_id = null where id =
    (select organization_id from directory.service where id = ${id})`)
}

test('an editor says when a service is open; wrong hours stand at their day and nothing typed is lost', async () => {
  const id = await idOf('N11')
  const wrong = await ask(`/listing/${id}/times`, at.editor, { open1: '9 to 5', phone2: '10:00 to 12:00' })
  expect(wrong.status).toBe(422)
  expect(wrong.html).toContain('Write the hours like 09:00 to 17:00')
  expect(wrong.html).toContain('href="#open1"')
  for (const typed of ['value="9 to 5"', 'value="10:00 to 12:00"']) expect(wrong.html).toContain(typed)
  const sent = {
    open1: '09:00 to 12:30; 14:00 to 17:00, drop in',
    phone2: '10:00 to 12:00',
    text: 'Closed in May',
  }
  expect((await ask(`/listing/${id}/times`, at.editor, { ...sent, why: 'New rota' })).status).toBe(303)
  const page = (await ask(`/services/${id}`)).html
  for (const line of ['Monday, 09:00 to 12:30', 'drop in', 'Tuesday, 10:00 to 12:00', 'Closed in May'])
    expect(page, line).toContain(line)
  const again = (await ask(`/listing/${id}/times`, at.editor)).html
  expect(again).toContain('value="09:00 to 12:30; 14:00 to 17:00, drop in"')
  const [line] = await rowsOf<{ what: string; why: string }>(
    sql`select what, why from directory.change where service_id = ${id} order by id desc limit 1`,
  )
  expect(line).toEqual({ what: 'times', why: 'New rota' })
  expect((await ask(`/listing/${id}/times`, at.worker, sent)).status).toBe(404)
})

test('a time that stays keeps the place it is of', async () => {
  const id = await idOf('N11')
  await rowsOf(sql`insert into directory.service_at_location (service_id, location_id)
    select ${id}, id from directory.location where not confidential limit 1`)
  const place = sql`select location_id from directory.service_at_location where service_id = ${id} limit 1`
  const places = await rowsOf<{ location_id: string }>(place)
  expect(places).toHaveLength(1)
  await rowsOf(sql`delete from directory.schedule where service_id = ${id}`)
  await rowsOf(sql`insert into directory.schedule (service_id, kind, confidential, location_id, weekday, opens, closes)
    select id, kind, confidential, (${place}), 3, '08:00', '09:00' from directory.service where id = ${id}`)
  const sent = { open3: '08:00 to 09:00', open4: '08:00 to 09:00' }
  expect((await ask(`/listing/${id}/times`, at.editor, sent)).status).toBe(303)
  const rows =
    await rowsOf<object>(sql`select weekday, location_id is not null as placed from directory.schedule
    where service_id = ${id} order by weekday`)
  expect(rows).toEqual([
    { weekday: 3, placed: true },
    { weekday: 4, placed: false },
  ])
})

test('work with people who use abuse has no times, on its page and against a forged form', async () => {
  const id = await idOf('N20')
  await give(id)
  const page = await ask(`/listing/${id}/times`, at.editor)
  expect(page.html).toContain('they would tell when a group meets')
  expect(page.html).not.toContain('name="open1"')
  expect((await ask(`/listing/${id}/times`, at.editor, { open1: '18:00 to 20:00' })).status).toBe(422)
  expect(await rowsOf(sql`select from directory.schedule where service_id = ${id}`)).toEqual([])
})

test.each([
  [{ open1: '09:00 to 17:00' }],
  [{ phone1: '09:00 to 17:00, at the side door' }],
  [{ text: 'Open on Mondays' }],
])('a confidential place refuses %j and keeps the hours of its telephone', async (sent) => {
  const id = await idOf('N12')
  const count = sql`select count(*)::int as n, (select times_text from directory.service where id = ${id}) as text
    from directory.schedule where service_id = ${id}`
  const before = await rowsOf(count)
  expect((await ask(`/listing/${id}/times`, at.editor)).html).not.toContain('name="open1"')
  const refused = await ask(`/listing/${id}/times`, at.editor, sent)
  expect([refused.status, refused.html.includes('Only the hours of its telephone can be listed')]).toEqual([
    422,
    true,
  ])
  expect(await rowsOf(count)).toEqual(before)
})

test('what partners read changes for partners only; history and ledger do not tell it', async () => {
  const id = await idOf('N11')
  const wrong = await ask(`/listing/${id}/line`, at.editor, { email: 'nobody', detail: 'Ring the duty desk' })
  expect([wrong.status, wrong.html.includes('Ring the duty desk')]).toEqual([422, true])
  const sent = { phone: '01632 960177', email: '', detail: 'Ring the duty desk', why: '' }
  expect((await ask(`/listing/${id}/line`, at.editor, sent)).status).toBe(303)
  expect((await ask(`/listing/${id}/partners`, at.worker)).html).toContain('01632 960177')
  expect((await ask(`/services/${id}`)).html).not.toContain('01632 960177')
  const history = await rowsOf<{ fields: unknown }>(
    sql`select fields from directory.change where service_id = ${id} and what = 'detail'`,
  )
  expect(history).toEqual([{ fields: [{ field: 'partner_detail' }] }])
  const none = { phone: '', email: '', detail: '' }
  expect((await ask(`/listing/${id}/line`, at.editor, none)).status).toBe(303)
  expect(await rowsOf(sql`select from directory.partner_detail where service_id = ${id}`)).toEqual([])
  expect((await ask(`/listing/${id}/line`, at.worker, sent)).status).toBe(404)
})

test('getting in, paying and contacts keep why they change; of a confidential place none takes an address', async () => {
  const id = await idOf('N12')
  await give(id)
  const place = '14 Sycamore Rise'
  const visit = { bring: 'these', documents: 'A pen' }
  const said = { cost: 'free', fees: '', funds: 'yes', billTo: 'nobody', diagnosis: 'no' }
  const paying = { ...said, insurers: 'Alder Mutual' }
  const contact = { name: 'Robin Vale', role: 'Desk', purpose: 'other', phone: '01632 960123' }
  for (const [page, fields, at_, next] of [
    ['visit', visit, 'documents', 'visit'],
    ['paying', paying, 'insurers', 'paying'],
    ['paying', { ...paying, insurers: '' }, 'fees', 'paying'],
    ['contacts/new', contact, 'role', 'contact'],
  ] as const) {
    const wrong = await ask(`/listing/${id}/${page}`, at.editor, {
      ...fields,
      [at_]: `Come to ${place}`,
      why: 'Moved',
    })
    expect([page, wrong.status]).toEqual([page, 422])
    for (const kept of [`href="#${at_}"`, `Come to ${place}`, 'value="Moved"'])
      expect(wrong.html).toContain(kept)
    const done = await ask(`/listing/${id}/${page}`, at.editor, { ...fields, why: `Because of ${next}` })
    expect([page, done.status]).toEqual([page, 303])
    const [line] = await rowsOf<{ what: string; why: string }>(
      sql`select what, why from directory.change where service_id = ${id} order by id desc limit 1`,
    )
    expect(line).toEqual({ what: next, why: `Because of ${next}` })
  }
  const stored =
    await rowsOf(sql`select s.documents, s.insurers, s.fees_text, k.name, k.role from directory.service s
    left join directory.contact k on k.service_id = s.id where s.id = ${id}`)
  expect(JSON.stringify(stored)).not.toContain('Sycamore')
})

test('who is led by no community in particular says so, and a file can bring it', async () => {
  const id = await idOf('N11')
  const people = { survivorLed: 'unknown', why: '' }
  expect((await ask(`/listing/${id}/people`, at.editor, { ...people, ledBy: 'none' })).status).toBe(303)
  expect((await ask(`/services/${id}`)).html).toContain('no community in particular')
  const wish = (value: string) => ({ taxonomy_term: { taxonomy: 'anydoor-wish', code: 'led-by' }, value })
  const file = (...values: string[]) =>
    JSON.stringify([
      {
        id: 'led',
        name: 'Led',
        status: 'active',
        description: '',
        organization: { id: 'led-o', name: 'Led', description: '' },
        attributes: values.map(wish),
      },
    ])
  const brought = async (...values: string[]) => {
    await at.world.owner.transaction().execute((db) => importDirectory(db, file(...values)))
    const [row] = await rowsOf<{ led_by: string[]; search: string }>(
      sql`select led_by, search::text from directory.service where source_id = 'led'`,
    )
    expect(row?.search).not.toContain("'none'")
    return row?.led_by
  }
  expect(await brought('deaf', 'none')).toEqual(['deaf'])
  expect(await brought('none')).toEqual(['none'])
})

test('an entry’s page says what was set here, and gives it back to the file with a line in the history', async () => {
  const id = await idOf('N07')
  await give(id)
  expect((await ask(`/listing/${id}`, at.editor)).html).not.toContain('no file changes')
  await ask(`/listing/${id}/paying`, at.editor, {
    cost: 'unknown',
    funds: 'unknown',
    billTo: 'agency',
    diagnosis: 'unknown',
    insurers: '',
  })
  const page = await ask(`/listing/${id}`, at.editor)
  expect(page.html).toContain('One part was set here, and no file changes it')
  expect((await ask(`/listing/${id}/kept`, at.worker, { field: 'bill_to' })).status).toBe(404)
  expect((await ask(`/listing/${id}/kept`, at.editor, { field: 'bill_to' })).status).toBe(303)
  expect((await ask(`/listing/${id}`, at.editor)).html).not.toContain('no file changes')
  expect((await ask(`/listing/${id}/history`, at.editor)).html).toContain('Given back to the file')
})

test('what partners read of a confidential place takes no address', async () => {
  const id = await idOf('N12')
  const sent = { detail: 'Come to 14 Sycamore Rise, ZZ99 3AB' }
  const refused = await ask(`/listing/${id}/line`, at.editor, sent)
  expect([refused.status, refused.html.includes('Please take the address out')]).toEqual([422, true])
})

test('terms are chosen from our own vocabulary; those of other lists stay, a confidential place has none of a building', async () => {
  const id = await idOf('N12')
  await rowsOf(
    sql`insert into directory.taxonomy_term (code, taxonomy, label) values ('lga:1', 'lga', 'Other')`,
  )
  await rowsOf(sql`insert into directory.service_term (service_id, code) values (${id}, 'lga:1')`)
  const page = (await ask(`/listing/${id}/terms`, at.editor)).html
  expect(page).toContain('value="kind.refuge"')
  expect(page).not.toContain('value="access.step-free"')
  const sent = { kind: 'kind.refuge', access: 'access.step-free', sector: 'nothing', why: 'Sorted' }
  expect((await ask(`/listing/${id}/terms`, at.editor, sent)).status).toBe(303)
  const rows = await rowsOf<{ code: string }>(
    sql`select code from directory.service_term where service_id = ${id} order by code`,
  )
  expect(rows.map((row) => row.code)).toEqual(['kind.refuge', 'lga:1'])
  expect((await ask(`/listing/${id}/terms`, at.worker, sent)).status).toBe(404)
})

test('an editor says who leads a service, and matching knows it at once', async () => {
  const id = await idOf('N11')
  expect((await ask(`/listing/${id}/people`, at.editor, { ledBy: 'deaf' })).status).toBe(422)
  const sent = { survivorLed: 'yes', ledBy: 'deaf', why: '' }
  expect((await ask(`/listing/${id}/people`, at.editor, sent)).status).toBe(303)
  const { html } = await ask(`/services/${id}`)
  expect(html).toContain('It is led by people who have lived through abuse.')
  expect(html).toContain('Deaf people')
  const found = await ask('/services', null, { words: 'deaf' })
  expect(found.html).toContain(`/services/${id}`)
  expect((await ask(`/listing/${id}/people`, at.editor, { ...sent, ledBy: 'nobody' })).status).toBe(303)
  const [row] = await rowsOf<{ led_by: string[] }>(sql`select led_by from directory.service where id = ${id}`)
  expect(row?.led_by).toEqual([])
  expect((await ask(`/listing/${id}/people`, at.worker, sent)).status).toBe(404)
})

test('the database keeps words about times from a confidential service, whoever writes them', async () => {
  const id = await idOf('N12')
  const write = rowsOf(sql`update directory.service set times_text = 'Open on Mondays' where id = ${id}`)
  await expect(write).rejects.toThrow('confidential_times_text')
  const open = await idOf('N11')
  await rowsOf(sql`update directory.service set times_text = 'Open on Mondays' where id = ${open}`)
  const hide = rowsOf(sql`update directory.service set confidential = true where id = ${open}`)
  await expect(hide).rejects.toThrow('confidential')
})
