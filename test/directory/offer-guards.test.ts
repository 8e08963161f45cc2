import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serviceByCode } from '#directory'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { setAbout, setWorks } from '../../src/directory/about.actions.ts'
import {
  setContact,
  setDetail,
  setPaying,
  setPeople,
  setTerms,
  setTimes,
  setVisit,
} from '../../src/directory/offer-edit.actions.ts'
import { setOrganization, setReach } from '../../src/directory/reach.actions.ts'
import type { Person } from '../world/agencies.ts'
import { type Asker, askerOf, directoryWorld, type DirectoryWorld } from './served.ts'

let at: DirectoryWorld
let ask: Asker
/** Edits the surgery's entries, and none of the domestic abuse service's. */
let surgery: Person
let own: string
let secret: string
let theirs: string

beforeAll(async () => {
  at = await directoryWorld(3000)
  ask = askerOf(at)
  surgery = await at.world.join(at.worker, 'A second editor', ['directory-editor'])
  own = await idOf('N11')
  secret = await idOf('N12')
  theirs = await idOf('N08')
})
afterAll(() => at.world.close())

async function idOf(code: string) {
  return (await at.world.owner.transaction().execute((db) => serviceByCode(db, code)))?.id ?? ''
}

async function rowsOf<T>(query: ReturnType<typeof sql>): Promise<readonly T[]> {
  return (await at.world.owner.transaction().execute((db) => query.execute(db))).rows as T[]
}

const why = 'Rang the desk'
const about = { name: 'Lantern Line', other: 'N11', status: 'active' } as const
const works = { self: 'yes', consultation: 'no', remote: 'unknown' } as const
const paying = {
  cost: 'free',
  fees: '',
  funds: 'yes',
  billTo: 'nobody',
  insurers: '',
  diagnosis: 'no',
} as const
const pages = {
  about,
  works,
  visit: { bring: 'none', documents: '' },
  paying: { cost: 'free', funds: 'yes', billTo: 'nobody', diagnosis: 'no', insurers: '' },
  people: { survivorLed: 'yes' },
  terms: {},
  times: { open1: '09:00 to 17:00' },
  reach: { phones: '01632 960001' },
  line: { detail: 'Ring the duty desk' },
  'contacts/new': { name: 'Robin Vale', purpose: 'other', phone: '01632 960123' },
  'organization/details': { phones: '01632 960001' },
} as const

test.each(Object.entries(pages))(
  '%s of another agency’s entry is as if it were not there',
  async (page, fields) => {
    const path = `/listing/${own}/${page}`
    const state = sql`select to_jsonb(s)::text as all from directory.service s where id = ${own}`
    const before = await rowsOf(state)
    expect((await ask(path, surgery)).status).toBe(404)
    expect((await ask(path, surgery, { ...fields, why })).status).toBe(404)
    expect(await rowsOf(state)).toEqual(before)
  },
)

const contact = {
  name: 'Robin Vale',
  role: '',
  purpose: 'other',
  phone: '01632 960123',
  email: '',
  cover: '',
  act: 'save',
  why,
} as const
const acts: Readonly<Record<string, (db: Tx, actor: Actor, id: string) => Promise<unknown>>> = {
  about: (db, actor, id) =>
    setAbout(db, actor, id, { ...about, description: '', needs: [], eligibility: '', alert: '', why }),
  works: (db, actor, id) =>
    setWorks(db, actor, id, { ...works, languages: '', areas: '', gender: [], models: [], why }),
  visit: (db, actor, id) =>
    setVisit(db, actor, id, { access: [], accessText: '', bring: 'none', documents: '', why }),
  paying: (db, actor, id) => setPaying(db, actor, id, { ...paying, why }),
  people: (db, actor, id) => setPeople(db, actor, id, { survivorLed: 'yes', ledBy: [], why }),
  terms: (db, actor, id) => setTerms(db, actor, id, { terms: [], why }),
  times: (db, actor, id) => setTimes(db, actor, id, { said: { times: [], text: 'Mondays' }, why }),
  line: (db, actor, id) => setDetail(db, actor, id, { phone: '', email: '', detail: 'Ring', why }),
  contact: (db, actor, id) => setContact(db, actor, { serviceId: id, contactId: 'new' }, contact),
  reach: (db, actor, id) =>
    setReach(db, actor, id, { phones: '01632 960001', email: '', url: '', how: '', why }),
  organization: async (db, actor, id) => {
    const [row] = (
      await sql<{ organization: string }>`select organization_id as organization from directory.service
      where id = ${id}`.execute(db)
    ).rows
    const form = { phones: '', email: '', website: '', goes: '', report: '', also: '', why }
    return setOrganization(db, actor, { id, organizationId: row?.organization ?? '' }, form)
  },
}

test.each(Object.keys(acts))(
  'the act behind %s itself refuses another agency, whatever page calls it',
  async (name) => {
    const kept = sql`select count(*)::int as n from directory.change`
    const before = await rowsOf(kept)
    expect(await surgery.act((db, actor) => acts[name]?.(db, actor, own) ?? Promise.resolve(null))).toEqual({
      refused: 'missing',
    })
    expect(await rowsOf(kept)).toEqual(before)
  },
)

test.each(Object.entries(pages))(
  'why %s changes is kept in the history, and no word of it in the ledger',
  async (page, fields) => {
    const id = own
    await ask(`/listing/${id}/${page}`, at.editor, { ...fields, why })
    const last = await rowsOf<{ why: string }>(sql`select why from directory.change
    where service_id = ${id} or organization_id is not null order by id desc limit 1`)
    expect(last).toEqual([{ why }])
    const told = await rowsOf<{ all: string }>(
      sql`select string_agg(e::text, ' ') as all from ledger.entry e`,
    )
    for (const typed of [why, 'Robin Vale', '01632 960123', 'duty desk'])
      expect(told[0]?.all).not.toContain(typed)
  },
)

test('what was not said yet is not said, and not no', async () => {
  const said = { cost: 'unknown', funds: 'unknown', billTo: 'unknown', diagnosis: 'unknown' }
  const sent = { ...said, insurers: '', fees: '', why: '' }
  expect((await ask(`/listing/${own}/paying`, at.editor, sent)).status).toBe(303)
  expect((await ask(`/listing/${own}/people`, at.editor, { survivorLed: 'unknown' })).status).toBe(303)
  const rows = await rowsOf(
    sql`select cost, fees_text, needs_no_public_funds, bill_to, diagnosis_to_pay, survivor_led from directory.service where id = ${own}`,
  )
  const [row] = rows as readonly Readonly<Record<string, unknown>>[]
  expect(Object.values(row ?? {})).toEqual([null, null, null, null, null, null])
})

test('led by nobody in particular stands alone, and nobody is led by a community that was not offered', async () => {
  const led = async (ledBy: readonly string[]) => {
    await at.editor.act((db, actor) =>
      setPeople(db, actor, own, { survivorLed: 'unknown', ledBy: [...ledBy], why }),
    )
    const [row] = await rowsOf<{ led_by: string[]; search: string }>(
      sql`select led_by from directory.service where id = ${own}`,
    )
    return row?.led_by
  }
  expect(await led(['deaf', 'none'])).toEqual(['deaf'])
  expect(await led(['women', 'the-rich'])).toEqual(['women'])
})

test.each([['name'], ['role']])('the %s of a contact at a secret place takes no address', async (field) => {
  const way = 'At 14 Sycamore Rise'
  const sent = { ...pages['contacts/new'], [field]: way }
  const refused = await ask(`/listing/${secret}/contacts/new`, at.editor, sent)
  expect([refused.status, refused.html.includes(way)]).toEqual([422, true])
})

test.each([
  [{ email: 'nobody' }, 'Write a mail address'],
  [
    { 'awayFrom-day': '31', 'awayFrom-month': '2', 'awayFrom-year': '2027' },
    'Write a day that is in the calendar',
  ],
  [{ 'awayFrom-day': '4', 'awayFrom-month': '12', 'awayFrom-year': '2026' }, 'Write both days'],
  [{ 'awayUntil-day': '4', 'awayUntil-month': '12', 'awayUntil-year': '2026' }, 'Write both days'],
  [
    {
      'awayFrom-day': '4',
      'awayFrom-month': '12',
      'awayFrom-year': '2026',
      'awayUntil-day': '3',
      'awayUntil-month': '12',
      'awayUntil-year': '2026',
    },
    'Write both days',
  ],
])('a contact with %j is asked again', async (fields, sentence) => {
  const wrong = await ask(`/listing/${own}/contacts/new`, at.editor, { ...pages['contacts/new'], ...fields })
  expect([wrong.status, wrong.html.includes(sentence)]).toEqual([422, true])
  for (const typed of Object.values(fields)) expect(wrong.html).toContain(`value="${typed}"`)
})

async function contactOf(service: string, name: string) {
  const rows = await rowsOf<{
    id: string
  }>(sql`insert into directory.contact (service_id, name, role, purpose, phone, confirmed_on)
    values (${service}, ${name}, '', 'other', '01632 960124', current_date - 200) returning id`)
  return rows[0]?.id ?? ''
}

test('a contact is changed, taken away and covered only within its own service; the history tells nobody who it was', async () => {
  const [ours, other, foreign] = [
    await contactOf(own, 'Marlow Reed'),
    await contactOf(own, 'Tam Birch'),
    await contactOf(theirs, 'Ellis Quay'),
  ]
  expect((await ask(`/listing/${own}/contacts/${foreign}`, at.editor)).status).toBe(404)
  for (const act of ['save', 'remove'] as const)
    await at.editor.act((db, actor) =>
      setContact(db, actor, { serviceId: own, contactId: foreign }, { ...contact, act }),
    )
  expect(await rowsOf(sql`select name from directory.contact where id = ${foreign}`)).toEqual([
    { name: 'Ellis Quay' },
  ])
  for (const [cover, kept] of [
    [foreign, null],
    [ours, null],
    [other, other],
  ]) {
    const sent = { ...contact, cover: cover ?? '', name: 'Marlow Reed' }
    await at.editor.act((db, actor) => setContact(db, actor, { serviceId: own, contactId: ours }, sent))
    expect(
      await rowsOf(
        sql`select cover, confirmed_on = current_date as today from directory.contact where id = ${ours}`,
      ),
    ).toEqual([{ cover: kept, today: true }])
  }
  const lines = await rowsOf<{ fields: unknown }>(
    sql`select fields from directory.change where service_id = ${own} and what = 'contact' order by id desc limit 1`,
  )
  expect(lines).toEqual([{ fields: [{ field: 'contacts' }] }])
})

test('only a partner’s worker reads a direct line and who to ring; the login of the public pages could not', async () => {
  await at.editor.act((db, actor) =>
    setDetail(db, actor, own, { phone: '01632 960177', email: '', detail: '', why }),
  )
  expect((await ask(`/listing/${own}/partners`, at.worker)).html).toContain('href="tel:01632960177"')
  for (const table of ['contact', 'partner_detail'])
    await expect(
      at.world.owner.transaction().execute(async (db) => {
        await sql`set local role anydoor_public`.execute(db)
        await sql`select from ${sql.table(`directory.${table}`)}`.execute(db)
      }),
    ).rejects.toThrow('permission denied')
})
