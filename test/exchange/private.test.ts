import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportFormats } from '#exchange'
import { aloneFile, demoWorld, type HsdsFile, install, type Installation } from './installations.ts'

let made: Installation

beforeAll(async () => {
  made = await install()
  for (const text of [demoWorld('northmere'), demoWorld('us-county'), aloneFile]) await made.bring(text)
  await plant()
})

afterAll(() => made.close())

/** Words that somebody wrote for partners, for editors or for nobody, each where a careless export would find it. */
const planted = [
  'Nettlebarn',
  'Pimpernel',
  'Thistledown',
  'Burdockwood',
  'Cloverfield',
  'Sorrelgate',
  'Yarrowmere',
  'Tansyhurst',
  'Mallowside',
  'Comfreyend',
  'teaselbrook',
  'Fescuelane',
  'Woodruffsite',
  'Vervainsite',
]

const file = {
  id: '6d000000-0000-4000-8000-000000000001',
  name: 'A drop-in',
  status: 'active',
  organization: {
    id: '6d000000-0000-4000-8000-000000000002',
    name: 'Drop-in people',
    description: '',
    contacts: [{ id: 'c-2', name: 'Pimpernel Chair', email: 'pimpernel@example.org' }],
    metadata: [{ id: 'm-2', last_action_type: 'update', previous_value: 'Thistledown' }],
  },
  contacts: [{ id: 'c-1', name: 'Pimpernel Worker', title: 'Duty', phones: [{ number: '01632 960150' }] }],
  metadata: [{ id: 'm-1', last_action_type: 'update', previous_value: 'Thistledown' }],
  attributes: [
    { label: 'Ask for Nettlebarn', taxonomy_term: { code: 'detail', taxonomy: 'anydoor-partner' } },
  ],
}

async function plant(): Promise<void> {
  await made.bring(JSON.stringify([file]))
  const run = (statement: ReturnType<typeof sql>) => statement.execute(made.owner)
  const one = sql`(select id from directory.service where source_id = ${file.id})`
  await run(
    sql`insert into directory.contact (service_id, name, role, phone) values (${one}, 'Burdockwood', 'Burdockwood', '1')`,
  )
  await run(sql`insert into directory.change (service_id, what, via, why, fields, run_id) values (${one}, 'words', 'import',
    'Cloverfield', '[{"field": "url", "before": "https://cloverfield.example.org/"}]', (select id from directory.import_run limit 1))`)
  await run(
    sql`insert into directory.suggestion (service_id, source, about, words) values (${one}, 'public', 'how', 'Sorrelgate')`,
  )
  await run(sql`update directory.service set assured_by = 'Yarrowmere' where id = ${one}`)
  await run(sql`insert into directory.threshold (service_id, position, condition, sentence, source, owner, forbidden_rule, forbidden_facets)
    values (${one}, 90, '{"substance": ["no"]}', 'Only sober: Tansyhurst.', 'Mallowside', 'Mallowside', 'advocacy-never-asks-substance', '{substance}')`)
  await run(sql`insert into directory.held_record (run_id, path, source_id, problems, record)
    select id, '$', 'Comfreyend', '[]', '{"service": {"name": "Comfreyend"}}' from directory.import_run limit 1`)
  await run(sql`insert into directory.service (source_id, organization_id, name, status)
    select 'teaselbrook', organization_id, 'teaselbrook', 'inactive' from directory.service where id = ${one}`)
  await run(sql`insert into directory.location (source_id, organization_id, kind, name, address_1)
    select 'fescue', organization_id, 'physical', 'Fescuelane', 'Fescuelane' from directory.service
    where kind = 'for-people-using-abuse' limit 1`)
  await run(sql`insert into directory.service_at_location (service_id, location_id)
    select s.id, l.id from directory.service s, directory.location l where l.source_id = 'fescue' and s.kind = 'for-people-using-abuse'`)
  await run(sql`with site as (insert into directory.organization (source_id, name, website)
      values ('quiet', 'Quiet', 'https://vervainsite.example.org/') returning id)
    insert into directory.service (source_id, organization_id, name, confidential, url)
    select 'quiet-1', id, 'Quiet', true, 'https://woodruffsite.example.org/' from site`)
}

test.each(exportFormats.map((each) => each.format))(
  '%s says nothing that partners, editors or nobody wrote for the public',
  async (format) => {
    const text = await made.file(format)
    expect(text).toContain(format === 'tabular' ? 'PK' : 'A drop-in')
    expect(planted.filter((word) => text.toLowerCase().includes(word.toLowerCase()))).toEqual([])
  },
)

test('a clause that a rule forbids goes out as it may be applied to a person', async () => {
  const { contents } = JSON.parse(await made.file()) as HsdsFile
  const clauses = contents
    .find((each) => each.id === file.id)
    ?.attributes?.filter((each) => each.taxonomy_term?.taxonomy === 'anydoor-threshold')
  expect(clauses?.map(({ value, label }) => [value, label])).toEqual([['{}', 'Everyone.']])
})

test('every planted word is stored, or dropped at the door for a reason', async () => {
  const stored: string[] = []
  for (const table of [
    'organization',
    'contact',
    'partner_detail',
    'change',
    'suggestion',
    'service',
    'threshold',
    'held_record',
    'location',
  ]) {
    const { rows } = await sql<{
      row: string
    }>`select t::text as row from ${sql.table(`directory.${table}`)} t`.execute(made.owner)
    stored.push(...rows.map((each) => each.row))
  }
  const text = stored.join(' ').toLowerCase()
  // The old value that a file's change history tells is read by nobody.
  expect(planted.filter((word) => !text.includes(word.toLowerCase()))).toEqual(['Thistledown'])
})

test('two places of one confidential service, or one that another service shares, are not told apart', async () => {
  const { contents } = JSON.parse(await made.file()) as {
    contents: readonly {
      id: string
      name: string
      service_at_locations?: readonly { location: { id: string } }[]
    }[]
  }
  const refuge = contents.find((each) => each.name === 'Northmere refuge places')
  const before = JSON.stringify(refuge?.service_at_locations)
  await sql`insert into directory.location (source_id, organization_id, confidential, kind)
    select 'second-house', organization_id, true, 'virtual' from directory.service where name = 'Northmere refuge places'`.execute(
    made.owner,
  )
  await sql`insert into directory.service_at_location (service_id, location_id) select s.id, l.id from directory.service s, directory.location l
    where l.source_id = 'second-house' and s.source_id in (${refuge?.id ?? ''}, ${file.id})`.execute(
    made.owner,
  )
  const again = JSON.parse(await made.file()) as { contents: typeof contents }
  const of = (id: string) => again.contents.find((each) => each.id === id)
  expect(JSON.stringify(of(refuge?.id ?? '')?.service_at_locations)).toBe(before)
  expect(of(file.id)).not.toHaveProperty('service_at_locations')
})
