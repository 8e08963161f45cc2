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
  return (await at.world.owner.transaction().execute((db) => serviceByCode(db, code)))?.id ?? ''
}

async function rowsOf<T>(query: ReturnType<typeof sql>): Promise<readonly T[]> {
  return (await at.world.owner.transaction().execute((db) => query.execute(db))).rows as T[]
}

const way = 'Come to 14 Sycamore Rise'
const reach = { phones: '01632 960001', email: '', url: '', how: '', why: '' }
const own = { phones: '', email: '', website: '', goes: '', report: '', also: '', why: '' }

async function lastChange(of: 'service_id' | 'organization_id') {
  const rows = await rowsOf<{ what: string; why: string; fields: { field: string }[] }>(
    sql`select what, why, fields from directory.change where ${sql.ref(of)} is not null order by id desc limit 1`,
  )
  return rows[0]
}

test('an editor says how a service is reached; what is wrong stands at its field and nothing typed is lost', async () => {
  const id = await idOf('N11')
  const wrong = await ask(`/listing/${id}/reach`, at.editor, {
    ...reach,
    phones: 'the duty desk',
    email: 'nobody',
    url: 'javascript:alert(1)',
    how: 'Ring first',
  })
  expect(wrong.status).toBe(422)
  for (const part of ['#phones', '#email', '#url']) expect(wrong.html).toContain(`href="${part}"`)
  for (const typed of ['the duty desk', 'value="nobody"', 'value="javascript:alert(1)"', 'Ring first'])
    expect(wrong.html).toContain(typed)
  const sent = {
    phones: '01632 960001, evenings, not Fridays\n01632 960002',
    email: 'desk@lantern.example',
    url: 'www.lantern.example/help',
    how: 'Ring first',
    why: 'New line',
  }
  expect((await ask(`/listing/${id}/reach`, at.editor, sent)).status).toBe(303)
  const { html } = await ask(`/services/${id}`)
  for (const line of [
    'Ring 01632 960001</a> evenings, not Fridays',
    'href="tel:01632960002"',
    'Write to desk@lantern.example',
    'href="https://www.lantern.example/help"',
    'Ring first',
  ])
    expect(html, line).toContain(line)
  expect(await lastChange('service_id')).toMatchObject({ what: 'reach', why: 'New line' })
  expect((await ask(`/listing/${id}/reach`, at.editor)).html).toContain('01632 960001, evenings, not Fridays')
  expect((await ask(`/listing/${id}/history`, at.editor)).html).toContain('Why: New line')
  expect((await ask(`/listing/${id}`, at.editor)).html).toContain('4 parts were set here')
  expect((await ask(`/listing/${id}/reach`, at.worker, sent)).status).toBe(404)
  expect((await ask(`/listing/${id}/reach`, at.worker)).status).toBe(404)
})

test.each([
  ['phones', `01632 960001, ${way}`],
  ['how', way],
])(
  'of a secret entry %s takes no address, and the website is neither asked nor changed',
  async (field, typed) => {
    const id = await idOf('N12')
    await rowsOf(sql`update directory.service set url = 'https://lantern.example' where id = ${id}`)
    expect((await ask(`/listing/${id}/reach`, at.editor)).html).not.toContain('name="url"')
    const refused = await ask(`/listing/${id}/reach`, at.editor, { ...reach, [field]: typed, why: 'Moved' })
    expect([refused.status, refused.html.includes('Please take the address out')]).toEqual([422, true])
    for (const kept of [`href="#${field}"`, typed, 'value="Moved"']) expect(refused.html).toContain(kept)
    const sent = { ...reach, url: 'https://14-sycamore-rise.example', why: `Because ${way}` }
    expect((await ask(`/listing/${id}/reach`, at.editor, sent)).status).toBe(303)
    const kept = await rowsOf<{ url: string; change: string }>(sql`select url, (select string_agg(c::text, '')
    from directory.change c where c.service_id = ${id}) as change from directory.service where id = ${id}`)
    expect(kept[0]?.url).toBe('https://lantern.example')
    expect(kept[0]?.change).not.toMatch(/sycamore/i)
  },
)

test('where only a place of an entry is secret, a street between the hyphens of a web address is seen', async () => {
  const id = await idOf('N07')
  await rowsOf(sql`update directory.organization set party_id = null where id =
    (select organization_id from directory.service where id = ${id})`)
  const open = { ...reach, url: 'https://lantern.example/14-sycamore-rise' }
  expect((await ask(`/listing/${id}/reach`, at.editor, open)).status).toBe(303)
  await rowsOf(sql`with place as (insert into directory.location (source_id, organization_id, confidential, kind)
      select 'hush', organization_id, true, 'virtual' from directory.service where id = ${id} returning id)
    insert into directory.service_at_location (service_id, location_id) select ${id}, id from place`)
  expect((await ask(`/listing/${id}/reach`, at.editor, open)).status).toBe(422)
})

test('an organisation’s own details count for its services, with who and why; without its own a service shows them', async () => {
  const id = await idOf('N11')
  const half = await ask(`/listing/${id}/organization/details`, at.editor, {
    ...own,
    goes: 'It stays with us.',
  })
  expect([half.status, half.html.includes('Write this sentence too')]).toEqual([422, true])
  for (const part of ['href="#report"', 'href="#also"', 'It stays with us.'])
    expect(half.html).toContain(part)
  const sent = {
    phones: '01632 960011, front desk',
    email: 'all@lantern.example',
    website: 'lantern.example',
    goes: 'It stays with us.',
    report: 'We must tell the council.',
    also: 'A court can ask.',
    why: 'Read the policy',
  }
  expect((await ask(`/listing/${id}/organization/details`, at.editor, sent)).status).toBe(303)
  await ask(`/listing/${id}/reach`, at.editor, { ...reach, phones: '' })
  const { html } = await ask(`/services/${id}`)
  for (const line of [
    'It stays with us.',
    'We must tell the council.',
    'A court can ask.',
    'Ring 01632 960011</a> front desk',
    'Write to all@lantern.example',
    'href="https://lantern.example"',
  ])
    expect(html, line).toContain(line)
  expect((await ask(`/services/${await idOf('N12')}`)).html).not.toContain('href="https://lantern.example"')
  const line = await lastChange('organization_id')
  expect(line).toMatchObject({ what: 'organization' })
  expect(line?.fields.map((each) => each.field)).toEqual([
    'organization_email',
    'organization_must_report',
    'organization_phones',
    'organization_website',
  ])
  const none = { ...sent, goes: '', report: '', also: '' }
  expect((await ask(`/listing/${id}/organization/details`, at.editor, none)).status).toBe(303)
  expect((await ask(`/services/${id}`)).html).toContain('They have not said yet what they must pass on')
  expect((await ask(`/listing/${id}/organization/details`, at.worker, sent)).status).toBe(404)
  expect((await ask(`/listing/${id}/organization/details`, at.worker)).status).toBe(404)
  expect(
    (await ask(`/listing/${id}/organization/kept`, at.worker, { field: 'organization_email' })).status,
  ).toBe(404)
})

test.each([
  ['phones', `01632 960001, ${way}`],
  ['website', 'https://lantern.example/14-sycamore-rise'],
  ['goes', way],
  ['report', way],
  ['also', way],
])(
  'nothing new in %s of an organisation names an address: an entry of it can become secret any day',
  async (field, typed) => {
    const id = await idOf('N16')
    await rowsOf(sql`update directory.organization set party_id = null where id =
    (select organization_id from directory.service where id = ${id})`)
    const sent = { ...own, goes: 'One.', report: 'Two.', also: 'Three.', [field]: typed }
    const refused = await ask(`/listing/${id}/organization/details`, at.editor, sent)
    expect([refused.status, refused.html.includes('Please take the address out')]).toEqual([422, true])
    expect(refused.html).toContain(`href="#${field}"`)
    expect(refused.html).toContain(typed)
  },
)

test('a reason that names a secret place is kept without it, of the entry and of its organisation, and none is in the ledger', async () => {
  const id = await idOf('N12')
  const sent = { ...own, email: 'x@lantern.example', why: `Since ${way}` }
  expect((await ask(`/listing/${id}/organization/details`, at.editor, sent)).status).toBe(303)
  const line = await lastChange('organization_id')
  expect(line).toMatchObject({ what: 'organization', why: 'Since Come to [address left out]' })
  await rowsOf(sql`update directory.organization set party_id = ${at.editor.partyId} where id =
    (select organization_id from directory.service where id = ${id})`)
  const [year] = await rowsOf<{ y: string }>(sql`select (extract(year from current_date) + 1)::text as y`)
  const day = { 'until-year': year?.y ?? '', 'until-month': '3', 'until-day': '31' }
  expect(
    (await ask('/listing/training', at.editor, { act: 'say', ...day, why: `Since ${way}` })).status,
  ).toBe(303)
  const kept = await rowsOf<{ all: string }>(sql`select string_agg(e::text, ' ') as all from ledger.entry e`)
  expect(kept[0]?.all).not.toMatch(/sycamore/i)
})

const file = (said: string, more: object = {}) =>
  JSON.stringify([
    {
      id: 'reach-s',
      name: 'Lamp',
      status: 'active',
      description: '',
      alternate_name: 'REACH-1',
      organization: {
        id: 'reach-o',
        name: 'Lamp House',
        description: '',
        email: `${said}@lamp.example`,
        website: `https://${said}.lamp.example`,
        phones: [{ number: said === 'first' ? '01632 960021' : '01632 960022' }],
        attributes: ['1', '2', '3'].map((value) => ({
          value,
          label: `${said} ${value}.`,
          taxonomy_term: { taxonomy: 'anydoor-report', code: value },
        })),
      },
      ...more,
    },
  ])

const columns = {
  phones: 'organization_phones',
  email: 'organization_email',
  website: 'organization_website',
}
const act = {
  phones: { phones: '01632 960099' },
  email: { email: 'set@lamp.example' },
  website: { website: 'https://set.lamp.example' },
  must_report: { goes: 'Set 1.', report: 'Set 2.', also: 'Set 3.' },
}

test.each(['phones', 'email', 'website', 'must_report'] as const)(
  'of an organisation, %s that an editor has set stays when the file comes again, until an editor gives it back',
  async (field) => {
    const bring = (said: string) =>
      at.world.owner.transaction().execute((db) => importDirectory(db, file(said)))
    const standing = async () => {
      const [row] = await rowsOf<Record<string, unknown>>(
        sql`select phones, email, website, must_report from directory.organization where source_id = 'reach-o'`,
      )
      return Object.fromEntries(
        Object.entries(row ?? {}).map(([name, value]) => [name, JSON.stringify(value)]),
      )
    }
    await rowsOf(sql`delete from directory.organization_set_here`)
    await rowsOf(sql`delete from directory.brought`)
    await bring('first')
    const before = await standing()
    const id = await idOf('REACH-1')
    const page = `/listing/${id}/organization/details`
    const [row] = await rowsOf<
      Record<string, string>
    >(sql`select phones -> 0 ->> 'number' as phones, email, website,
      must_report[1] as goes, must_report[2] as report, must_report[3] as also from directory.organization
      where source_id = 'reach-o'`)
    const stands = row ?? {}
    expect((await ask(page, at.editor, { ...stands, ...act[field], why: 'Rang' })).status).toBe(303)
    const set = await standing()
    expect(Object.keys(set).filter((each) => set[each] !== before[each])).toEqual([field])
    await bring('second')
    await bring('second')
    const after = await standing()
    expect(Object.keys(after).filter((each) => after[each] === set[each])).toEqual([field])
    const name = { ...columns, must_report: 'organization_must_report' }[field]
    expect((await ask(page, at.editor)).html).toContain(`value="${name}"`)
    expect((await ask(`/listing/${id}/organization/kept`, at.editor, { field: name })).status).toBe(303)
    expect((await ask(`/listing/${id}/organization`, at.editor)).html).toContain('Given back to the file')
    await bring('second')
    const given = await standing()
    expect(given[field]).not.toBe(set[field])
    expect(
      Object.values(given).every((value) => value?.includes('second') || value?.includes('960022')),
    ).toBe(true)
  },
)
