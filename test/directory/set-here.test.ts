import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serviceById } from '../../src/directory/service.store.ts'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'
import { setAbout, setWorks } from '../../src/directory/about.actions.ts'
import type { AboutForm } from '../../src/directory/about.ts'
import { setClause, setFirst } from '../../src/directory/editor.actions.ts'
import { running, storeBatch } from '../../src/directory/import-batch.actions.ts'
import { storeRun } from '../../src/directory/import.store.ts'
import { reportOf } from '../../src/directory/import.ts'
import type { ServiceRecord } from '../../src/directory/listing.ts'
import {
  setContact,
  setDetail,
  setPaying,
  setPeople,
  setTerms,
  setTimes,
  setVisit,
} from '../../src/directory/offer-edit.actions.ts'
import { PlaceForm } from '../../src/directory/place-edit.ts'
import { setPlace } from '../../src/directory/place-edit.actions.ts'
import { editedPlaces } from '../../src/directory/place-edit.store.ts'
import { setReach } from '../../src/directory/reach.actions.ts'
import { type FieldSetHere, fieldsSetHere, organizationFieldsSetHere } from '../../src/directory/set-here.ts'
import { letFileSay, setHereOf } from '../../src/directory/set-here.store.ts'
import { review } from '../../src/directory/suggestion.actions.ts'
import { withdraw } from '../../src/directory/staging.actions.ts'
import { sayStillRight } from '../../src/directory/upkeep.actions.ts'
import { directoryWorld, type DirectoryWorld } from './served.ts'
import { fileSays } from './set-here-file.ts'

let at: DirectoryWorld

beforeAll(async () => {
  at = await directoryWorld(3000)
})
afterAll(() => at.world.close())

const owned = <T>(work: (db: Tx) => Promise<T>) => at.world.owner.transaction().execute(work)

async function bring(...services: readonly ServiceRecord[]): Promise<void> {
  await owned(async (db) => {
    const records = services.map((service) => ({
      path: '[0]',
      id: service.sourceId,
      outcome: 'imported' as const,
      problems: [],
      service,
      organization: null,
    }))
    const runId = await storeRun(db, {
      fileSha256: new Uint8Array(32),
      format: 'hsds',
      report: reportOf(records),
    })
    await storeBatch(db, await running(db, runId), records)
  })
}

async function idOf(code: string): Promise<string> {
  const { rows } = await owned((db) =>
    sql<{ id: string }>`select id from directory.service where source_id = ${`set-${code}`}`.execute(db),
  )
  return rows[0]?.id ?? ''
}

/** What stands of each field, as one text. */
async function standing(id: string): Promise<Readonly<Record<FieldSetHere, string>>> {
  const { rows } = await owned((db) =>
    sql<Record<FieldSetHere, unknown>>`
      select s.after_needs, s.access, s.access_text, s.documents, s.bill_to, s.insurers, s.diagnosis_to_pay, s.cost, s.fees_text,
        s.needs_no_public_funds, s.times_text,
        s.survivor_led, s.led_by, s.phones, s.email, s.url, s.application_process,
        s.name, s.alternate_name, s.description, s.status, s.needs, s.eligibility_text, s.alert, s.self_referral,
        s.consultation, s.remote, s.languages, s.areas, s.worker_gender, s.models,
        (select jsonb_agg(to_jsonb(l) - array['run_id', 'id', 'source_id'] order by l.id) from directory.service_at_location a
          join directory.location l on l.id = a.location_id where a.service_id = s.id) as places,
        (select jsonb_agg(t.sentence || t.condition::text order by t.position) from directory.threshold t where t.service_id = s.id) as clauses,
        (select jsonb_agg(concat_ws(' ', h.weekday, h.opens, h.note, h.location_id is not null) order by h.weekday) from directory.schedule h
          where h.service_id = s.id) as times,
        array(select x.code from directory.service_term x where x.service_id = s.id order by 1) as terms,
        (select to_jsonb(d) - 'updated_at' - 'service_id' from directory.partner_detail d where d.service_id = s.id) as partner_detail,
        (select jsonb_agg(k.name order by k.name) from directory.contact k where k.service_id = s.id) as contacts
      from directory.service s where s.id = ${id}`.execute(db),
  )
  const row = rows[0]
  if (row === undefined) throw new Error('no such entry')
  return Object.fromEntries(fieldsSetHere.map((field) => [field, JSON.stringify(row[field])])) as Record<
    FieldSetHere,
    string
  >
}

type Act = (db: Tx, actor: Actor, id: string) => Promise<unknown>

const visit = { access: ['step-free' as const], accessText: 'The first door', bring: 'these' as const }
const why = 'Rang and asked'
const paying = {
  cost: 'sliding-scale',
  fees: 'A first fee',
  funds: 'no',
  billTo: 'person',
  insurers: 'The first insurer',
  diagnosis: 'no',
  why,
} as const
const works = {
  self: 'yes' as const,
  consultation: 'no' as const,
  remote: 'unknown' as const,
  languages: 'English',
  areas: 'The first valley',
  gender: ['woman'],
  models: ['one-to-one'],
  why,
}

async function simple(db: Tx, actor: Actor, id: string, about: string, value: string) {
  await sql`insert into directory.suggestion (service_id, source, about, words, by_party, by_account)
    values (${id}, 'worker', ${about}, ${value}, access.party(), access.account())`.execute(db)
  const { rows } = await sql<{ id: string }>`
    select id from directory.suggestion where service_id = ${id} and state = 'waiting' and about = ${about}`.execute(
    db,
  )
  return review(db, actor, rows[0]?.id ?? '', { act: 'write', value, reason: '' })
}

/** The page of what it is, saved with one thing other than the first file has it; the order of what is ticked is no change. */
function about(more: Partial<AboutForm>): Act {
  return async (db, actor, id) => {
    const { rows } = await sql<{ code: string }>`
      select alternate_name as code from directory.service where id = ${id}`.execute(db)
    const first = {
      name: 'Lantern Room first',
      other: rows[0]?.code ?? '',
      description: 'A room to talk, the first one.',
      needs: ['crisis', 'talk'],
      eligibility: 'first words',
      alert: 'The first notice',
      status: 'active' as const,
      why,
    }
    return setAbout(db, actor, id, { ...first, ...more })
  }
}

/** One act of an editor that sets this field and no other. */
const acts: Readonly<Record<FieldSetHere, Act>> = {
  clauses: (db, actor, serviceId) =>
    setClause(
      db,
      actor,
      { serviceId, position: 1 },
      {
        act: 'save',
        condition: { age: { min: 60 } },
        sentence: 'Five and older',
        source: '',
        owner: '',
        soft: false,
        reviewedOn: null,
        why,
      },
    ),
  after_needs: (db, actor, id) => setFirst(db, actor, id, { first: ['safety'], why }),
  access: (db, actor, id) =>
    setVisit(db, actor, id, { ...visit, access: ['hearing-loop'], documents: 'A first pen', why }),
  access_text: (db, actor, id) =>
    setVisit(db, actor, id, { ...visit, accessText: 'Ring the bell', documents: 'A first pen', why }),
  documents: (db, actor, id) => setVisit(db, actor, id, { ...visit, bring: 'none', documents: '', why }),
  bill_to: (db, actor, id) => setPaying(db, actor, id, { ...paying, billTo: 'nobody' }),
  insurers: (db, actor, id) => setPaying(db, actor, id, { ...paying, insurers: '' }),
  diagnosis_to_pay: (db, actor, id) => setPaying(db, actor, id, { ...paying, diagnosis: 'unknown' }),
  cost: (db, actor, id) => setPaying(db, actor, id, { ...paying, cost: 'paid' }),
  fees_text: (db, actor, id) => setPaying(db, actor, id, { ...paying, fees: '' }),
  needs_no_public_funds: (db, actor, id) => setPaying(db, actor, id, { ...paying, funds: 'unknown' }),
  times: (db, actor, id) =>
    setTimes(db, actor, id, {
      said: {
        times: [
          { what: 'open', weekday: 1, opens: '09:00', closes: '10:00', note: null },
          { what: 'open', weekday: 5, opens: '12:00', closes: '13:00', note: 'drop in' },
        ],
        text: 'first times',
      },
      why,
    }),
  times_text: (db, actor, id) =>
    setTimes(db, actor, id, {
      said: { times: [{ what: 'open', weekday: 1, opens: '09:00', closes: '10:00', note: null }], text: '' },
      why,
    }),
  terms: (db, actor, id) => setTerms(db, actor, id, { terms: [], why }),
  survivor_led: (db, actor, id) =>
    setPeople(db, actor, id, { survivorLed: 'unknown', ledBy: ['women'], why }),
  led_by: (db, actor, id) => setPeople(db, actor, id, { survivorLed: 'no', ledBy: [], why }),
  partner_detail: (db, actor, id) => setDetail(db, actor, id, { phone: '', email: '', detail: '', why }),
  contacts: async (db, actor, serviceId) => {
    const { rows } = await sql<{ id: string }>`
      select id from directory.contact where service_id = ${serviceId}`.execute(db)
    const form = {
      name: 'Marlow first',
      role: '',
      purpose: 'other' as const,
      phone: '1',
      email: '',
      cover: '',
    }
    return setContact(db, actor, { serviceId, contactId: rows[0]?.id ?? '' }, { ...form, act: 'remove', why })
  },
  phones: (db, actor, id) => simple(db, actor, id, 'phone', '01632 960999'),
  email: (db, actor, id) => simple(db, actor, id, 'email', 'desk@lantern.example'),
  url: (db, actor, id) => simple(db, actor, id, 'url', 'https://lantern.example/here'),
  application_process: (db, actor, id) => simple(db, actor, id, 'how', 'Just come'),
  name: about({ name: 'Lantern Hall' }),
  alternate_name: about({ other: 'The Hall' }),
  description: about({ description: 'A hall.' }),
  status: about({ status: 'inactive' }),
  needs: about({ needs: ['talk'] }),
  eligibility_text: about({ eligibility: '' }),
  alert: about({ alert: 'Moved' }),
  self_referral: (db, actor, id) => setWorks(db, actor, id, { ...works, self: 'no' }),
  consultation: (db, actor, id) => setWorks(db, actor, id, { ...works, consultation: 'yes' }),
  remote: (db, actor, id) => setWorks(db, actor, id, { ...works, remote: 'no' }),
  languages: (db, actor, id) => setWorks(db, actor, id, { ...works, languages: 'Polish\nEnglish' }),
  areas: (db, actor, id) => setWorks(db, actor, id, { ...works, areas: 'The hill' }),
  worker_gender: (db, actor, id) => setWorks(db, actor, id, { ...works, gender: [] }),
  models: (db, actor, id) => setWorks(db, actor, id, { ...works, models: ['group', 'one-to-one'] }),
  places: async (db, actor, serviceId) => {
    const [place] = await editedPlaces(db, serviceId, actor.partyId)
    const text = { name: 'Lantern Court', line1: '9 Willow Bend', town: 'Leeds', postcode: 'LS6 2ZZ' }
    const form = PlaceForm.parse({ ...text, kind: 'physical', region: 'Northshire', why })
    return setPlace(db, actor, { serviceId, placeId: place?.id ?? '' }, form, {
      times: [{ what: 'open', weekday: 1, opens: '09:00', closes: '10:00', note: null }],
    })
  },
}

describe.each(fieldsSetHere)('%s', (field) => {
  const code = `SET-${field}`
  // What is only yes or no, the file says again as it said it first: it must differ from what was set here.
  const again: Partial<ServiceRecord> =
    field === 'self_referral'
      ? { selfReferral: true }
      : field === 'consultation'
        ? { consultation: false }
        : {}

  test('that an editor has set stays when the file comes again; everything else follows the file', async () => {
    await bring(fileSays(code, 'first'))
    const id = await idOf(code)
    const before = await standing(id)
    expect(await at.editor.act((db, actor) => acts[field](db, actor, id))).toEqual({ done: true })
    const set = await standing(id)
    const changed = fieldsSetHere.filter((each) => set[each] !== before[each])
    expect(changed).toEqual([field])
    expect((await owned((db) => setHereOf(db, id))).map((each) => each.field)).toEqual([field])
    await bring(fileSays(code, 'second', again))
    await bring(fileSays(code, 'second', again))
    const after = await standing(id)
    expect(after[field]).toBe(set[field])
    expect(fieldsSetHere.filter((each) => after[each] === set[each])).toEqual([field])
  })

  test('follows the file again once an editor lets it', async () => {
    const id = await idOf(code)
    const set = await standing(id)
    await owned((db) => letFileSay(db, id, [field]))
    await bring(fileSays(code, 'second', again))
    await bring(fileSays(`${code}-new`, 'second', again))
    const fresh = await standing(await idOf(`${code}-new`))
    const after = await standing(id)
    expect(after[field]).not.toBe(set[field])
    if (!['contacts', 'alternate_name'].includes(field)) expect(after[field]).toBe(fresh[field])
  })
})

describe('dates', () => {
  test('of two days on which an entry was said to be right the later one counts, whoever said it', async () => {
    await bring(fileSays('SET-d', 'first'))
    const id = await idOf('SET-d')
    await at.editor.act((db, actor) => sayStillRight(db, actor, [id]))
    await bring(fileSays('SET-d', 'second'))
    const said = await owned((db) => serviceById(db, id))
    expect(said?.assuredOn).toBe(new Date().toISOString().slice(0, 10))
    await bring(fileSays('SET-d', 'second', { assuredOn: '2031-05-06' }))
    expect((await owned((db) => serviceById(db, id)))?.assuredOn).toBe('2031-05-06')
  })

  test('a contact that somebody took away comes back only when the file confirmed it after that', async () => {
    await bring(fileSays('SET-k', 'first'))
    const id = await idOf('SET-k')
    await at.editor.act((db, actor) => acts.contacts(db, actor, id))
    await bring(fileSays('SET-k', 'second'))
    expect((await standing(id)).contacts).toBe('null')
    const later = fileSays('SET-k', 'second')
    const contacts = later.offer.contacts.map((each) => ({ ...each, confirmedOn: '2031-05-06' }))
    await bring({ ...later, offer: { ...later.offer, contacts } })
    expect((await standing(id)).contacts).toBe('["Marlow second"]')
  })
})

test('what was set here loses its addresses when a file calls the place confidential', async () => {
  await bring(fileSays('SET-s', 'first'))
  const id = await idOf('SET-s')
  const place = '14 Sycamore Rise'
  await at.editor.act(async (db, actor) => {
    await setVisit(db, actor, id, { ...visit, documents: `Bring it to ${place}`, why })
    await setPaying(db, actor, id, { ...paying, fees: `Pay at ${place}` })
    await setDetail(db, actor, id, { phone: '', email: '', detail: `We are at ${place}`, why })
    await simple(db, actor, id, 'how', `Come to ${place}`)
    const phones = `01632 960001, at ${place}`
    await about({
      name: `Lantern, ${place}`,
      other: place,
      description: `The door of ${place}`,
      eligibility: `Who lives by ${place}`,
      alert: `Now at ${place}`,
    })(db, actor, id)
    await setWorks(db, actor, id, { ...works, areas: `Round ${place}` })
    await setReach(db, actor, id, { phones, email: '', url: '', how: `Come to ${place}`, why })
  })
  const secret = fileSays('SET-s', 'second', { confidential: true, locations: [], timesText: null })
  const practical = { ...secret.offer.practical, access: [], accessText: null }
  await bring({ ...secret, offer: { ...secret.offer, practical, times: [] } })
  expect(JSON.stringify(await standing(id))).not.toContain('Sycamore')
  const { rows } = await owned((db) =>
    sql<{ fields: unknown }>`select fields from directory.change where service_id = ${id}`.execute(db),
  )
  expect(JSON.stringify(rows)).not.toContain('Sycamore')
})

test('an entry that went because its file no longer has it comes back with the file; one that an editor closed does not', async () => {
  await bring(fileSays('SET-w', 'first'))
  const id = await idOf('SET-w')
  await at.editor.act((db, actor) => withdraw(db, actor, id))
  expect((await standing(id)).status).toBe('"inactive"')
  await bring(fileSays('SET-w', 'second'))
  expect((await standing(id)).status).toBe('"temporarily closed"')
  await at.editor.act((db, actor) => acts.status(db, actor, id))
  await bring(fileSays('SET-w', 'second', { assuredOn: '2031-05-06' }))
  expect((await standing(id)).status).toBe('"inactive"')
})

test('who wins when is written down, field by field', () => {
  const page = readFileSync(new URL('../../docs/domain/directory.md', import.meta.url), 'utf8')
  const section = page.slice(page.indexOf('## Who wins when'))
  for (const field of [...fieldsSetHere, ...organizationFieldsSetHere])
    expect(section, field).toContain(`\`${field}\``)
})
