import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serviceByCode } from '#directory'
import {
  confirmTraining,
  dayStands,
  takeBackTraining,
  trainingLines,
  writeTraining,
} from '../../src/directory/training.store.ts'
import type { Person } from '../world/agencies.ts'
import { type Asker, askerOf, directoryWorld, type DirectoryWorld } from './served.ts'

let at: DirectoryWorld
let ask: Asker
/** Edits for the surgery. */
let surgery: Person
let organization: string
let service: string
let until: string

beforeAll(async () => {
  at = await directoryWorld(3000)
  ask = askerOf(at)
  surgery = await at.world.join(at.worker, 'A second editor', ['directory-editor'])
  service = (await at.world.owner.transaction().execute((db) => serviceByCode(db, 'N11')))?.id ?? ''
  const [row] = await rowsOf<{ id: string; until: string }>(sql`select organization_id as id,
    (current_date + 200)::text as until from directory.service where id = ${service}`)
  organization = row?.id ?? ''
  until = row?.until ?? ''
})

afterAll(() => at.world.close())

async function rowsOf<T>(query: ReturnType<typeof sql>): Promise<readonly T[]> {
  return (await at.world.owner.transaction().execute((db) => query.execute(db))).rows as T[]
}

function said(day: string) {
  const [year = '', month = '', date = ''] = day.split('-')
  return { act: 'say', 'until-year': year, 'until-month': month, 'until-day': date }
}

async function sentence() {
  const page = (await ask(`/services/${service}`)).html
  return /[^<>]*trained about abuse[^<>]*/.exec(page)?.[0] ?? ''
}

const confirmation = () => `/listing/training/${organization}`

test('an organisation says it of itself; a wrong day stands at the field as it was typed', async () => {
  const wrong = await ask('/listing/training', at.editor, said('2027-02-31'))
  expect([wrong.status, wrong.html.includes('Write a day that is in the calendar')]).toEqual([422, true])
  expect(wrong.html).toContain('value="31"')
  const past = await ask('/listing/training', at.editor, said('2020-01-01'))
  expect([past.status, past.html.includes('That day is past')]).toEqual([422, true])
  const far = await ask('/listing/training', at.editor, said('2099-01-01'))
  expect([far.status, far.html.includes('more than five years away')]).toEqual([422, true])
  expect((await ask('/listing/training', at.editor, said(until))).status).toBe(303)
  expect(await sentence()).toContain('Nobody else has confirmed it.')
})

test('nobody confirms their own, and only an editor of a listed organisation confirms', async () => {
  const own = await ask(confirmation(), at.editor, { act: 'confirm', until })
  expect([own.status, own.html.includes('Nobody can confirm this for their own organisation')]).toEqual([
    422,
    true,
  ])
  expect((await ask(confirmation(), at.worker, { act: 'confirm', until })).status).toBe(404)
  const stranger = await at.world.found('Not Listed', 'other', ['agency-administrator', 'directory-editor'])
  expect((await ask(confirmation(), stranger, { act: 'confirm', until })).html).toContain(
    'no entry in the directory',
  )
  expect(await sentence()).toContain('Nobody else has confirmed it.')
})

test('another partner confirms the day that was on the page, and takes it back; both are told and kept', async () => {
  const other = await ask(confirmation(), surgery, {
    act: 'confirm',
    until: '2027-01-01',
    why: 'Rang them',
  })
  expect([other.status, other.html.includes('This has changed meanwhile')]).toEqual([422, true])
  expect(other.html).toContain('value="Rang them"')
  expect((await ask('/listing/training', surgery)).html).toContain('We have seen the proof')
  const seen = { act: 'confirm', until, why: 'Saw the certificate' }
  const long = await ask(confirmation(), surgery, { ...seen, why: 'x'.repeat(501) })
  for (const part of [`href="#why-${organization}"`, `id="why-${organization}"`, 'x'.repeat(501)])
    expect(long.html).toContain(part)
  expect(long.status).toBe(422)
  expect((await ask(confirmation(), surgery, { ...seen, act: 'nonsense' })).status).toBe(404)
  expect((await ask(confirmation(), surgery, seen)).status).toBe(303)
  expect(await sentence()).toContain('confirmed this on')
  expect((await ask(confirmation(), surgery, { act: 'take-back', until })).status).toBe(303)
  expect(await sentence()).toContain('took that back on')
  expect((await ask('/listing/training', at.editor)).html).toContain('Taken back')
  const history = await rowsOf<{ agency: string; why: string }>(
    sql`select by_agency as agency, why from directory.change where service_id = ${service} and what = 'training' order by id`,
  )
  expect(history.map((row) => row.why)).toEqual(['', 'Saw the certificate', ''])
  const pages = [`/listing/${service}/history`, `/listing/${service}/organization`]
  for (const page of pages) {
    const { html } = await ask(page, at.editor)
    expect(html).toContain('Why: Saw the certificate')
    expect(html).toContain('Quayside Surgery')
    expect(html).not.toMatch(/<(ins|del)>[^<]*\d{4}-\d\d-\d\d/)
    expect(html).toMatch(/<time datetime="\d{4}-\d\d-\d\dT/)
  }
  expect(history.map((row) => row.agency)).toEqual([
    'Northmere Domestic Abuse Service',
    'Quayside Surgery',
    'Quayside Surgery',
  ])
})

test('a new day loses the confirmation; the same day keeps it; a day that is past is shown and cannot be confirmed', async () => {
  expect((await ask(confirmation(), surgery, { act: 'confirm', until })).status).toBe(303)
  expect((await ask('/listing/training', at.editor, said(until))).status).toBe(303)
  expect(await sentence()).toContain('confirmed this on')
  const [later] = await rowsOf<{ day: string }>(sql`select (current_date + 300)::text as day`)
  expect((await ask('/listing/training', at.editor, said(later?.day ?? ''))).status).toBe(303)
  expect(await sentence()).toContain('Nobody else has confirmed it.')
  const [gone] = await rowsOf<{ day: string }>(
    sql`update directory.training set until = current_date - 1 where organization_id = ${organization} returning until::text as day`,
  )
  expect((await ask(confirmation(), surgery, { act: 'confirm', until: gone?.day ?? '' })).status).toBe(422)
  expect(await sentence()).toContain('That day is past.')
  expect((await ask('/listing/training', surgery)).html).toContain('Past')
  expect((await ask('/listing/training', at.editor, { act: 'unsay' })).status).toBe(303)
  expect(await sentence()).toBe('')
})

test('nobody confirms over another, nor takes back what another has confirmed; five years and no day more', async () => {
  const others = await rowsOf<{ id: string }>(
    sql`select id from directory.organization where id <> ${organization} and pack = 'uk' order by id limit 2`,
  )
  const [first = '', second = ''] = others.map((each) => each.id)
  const days = await rowsOf<{ day: string }>(
    sql`select (current_date + interval '5 years' + n * interval '1 day')::date::text as day from generate_series(0, 1) n`,
  )
  await at.world.owner.transaction().execute(async (db) => {
    await sql`delete from directory.training where organization_id = ${organization}`.execute(db)
    await writeTraining(db, organization, until)
    expect(await confirmTraining(db, organization, { by: first, until })).toBe(true)
    expect(await confirmTraining(db, organization, { by: second, until })).toBe(false)
    expect(await takeBackTraining(db, organization, second)).toBe(false)
    const line = (await trainingLines(db, 'uk')).find((each) => each.organizationId === organization)
    expect(line?.confirmerId).toBe(first)
    expect((await trainingLines(db, 'us')).map((each) => each.organizationId)).not.toContain(organization)
    const stands = []
    for (const { day } of days) stands.push(await dayStands(db, day))
    expect(stands).toEqual([null, 'too-far'])
  })
})
