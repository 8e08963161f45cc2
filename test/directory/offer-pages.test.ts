import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serviceByCode } from '#directory'
import { cookieName } from '#platform/http'
import type { Person } from '../world/agencies.ts'
import { directoryWorld, type DirectoryWorld } from './served.ts'

let at: DirectoryWorld

beforeAll(async () => {
  at = await directoryWorld(3000)
})

afterAll(() => at.world.close())

async function ask(path: string, as: Person | null = null, fields: Record<string, string> | null = null) {
  const headers = new Headers({ host: '127.0.0.1:3000', 'sec-fetch-site': 'same-origin' })
  if (as !== null) headers.set('cookie', `${cookieName('session', at.config)}=${as.cookie}`)
  const init = fields === null ? {} : { method: 'POST', body: new URLSearchParams(fields) }
  const answer = await at.app.request(`${at.config.publicUrl}${path}`, { ...init, headers })
  return { status: answer.status, html: await answer.text() }
}

async function idOf(code: string) {
  const service = await at.world.owner.transaction().execute((db) => serviceByCode(db, code))
  if (service === null) throw new Error(`no ${code}`)
  return service.id
}

function asOwner(query: ReturnType<typeof sql>) {
  return at.world.owner.transaction().execute((db) => query.execute(db))
}

test('the page of a service says what to bring, when, how to get in, and who gets a bill', async () => {
  const { html } = await ask(`/services/${await idOf('N16')}`)
  for (const line of [
    'A letter from your doctor, if you have one',
    'Monday to Friday, 09:00 to 17:00',
    'No steps to get in',
    'Nobody: there is no bill.',
  ])
    expect(html, line).toContain(line)
  expect(html).not.toContain('A bill or a statement could reach')
  expect((await ask(`/services/${await idOf('N15')}`)).html).toContain('You need to bring nothing.')
  expect((await ask(`/services/${await idOf('N05')}`)).html).toContain('What to bring. Come as you are')
})

test('where an insurance pays, the page warns whom a statement could reach', async () => {
  const id = await idOf('N15')
  await asOwner(
    sql`update directory.service set bill_to = 'insurer', insurers = '{Alder Mutual}' where id = ${id}`,
  )
  const { html } = await ask(`/services/${id}`)
  expect(html).toContain('Alder Mutual')
  expect(html).toContain('could reach the person who holds the insurance policy')
})

test('training is told with who confirmed it, as nobody’s word but their own, or as past', async () => {
  const id = await idOf('N15')
  const sentence = async () =>
    /[^<>]*trained about abuse[^<>]*/.exec((await ask(`/services/${id}`)).html)?.[0]
  const change = (set: ReturnType<typeof sql>) =>
    asOwner(sql`update directory.training t set ${set} from directory.service s
      where s.organization_id = t.organization_id and s.id = ${id}`)
  await change(sql`until = current_date`)
  expect(await sentence()).toContain('Nobody else has confirmed it.')
  await change(sql`confirmed_on = current_date, confirmed_by = (select id from directory.organization
    where alternate_name = 'northmere-domestic-abuse')`)
  expect(await sentence()).toContain('Northmere Domestic Abuse Service confirmed this on')
  await change(sql`until = current_date - 1`)
  expect(await sentence()).toContain('That day is past.')
})

test('nobody outside reads a contact or what partners see, on any page', async () => {
  const { rows } = await asOwner(sql`
    select s.id, array_remove(array[k.name, k.phone, k.email], null) as said from directory.contact k
      join directory.service s on s.id = k.service_id
    union all select service_id, array_remove(array[detail, phone, email], null) from directory.partner_detail`)
  expect(rows.length).toBeGreaterThan(10)
  for (const { id, said } of rows as { id: string; said: string[] }[]) {
    const { html } = await ask(`/services/${id}`)
    for (const text of said) expect(html).not.toContain(text)
  }
})

test('a partner’s worker reads the direct line and the named contacts; nobody signed out does', async () => {
  const path = `/listing/${await idOf('N09')}/partners`
  const { status, html } = await ask(path, at.worker)
  expect(status).toBe(200)
  for (const text of ['Duty Idva line', '01632 960157', 'Marlow Reed', '01632 960156', 'For domestic abuse'])
    expect(html, text).toContain(text)
  expect((await ask(path.replace('partners', 'contacts'), at.editor)).html).toContain('Add a contact')
  const outside = await ask(path)
  expect(outside.html).not.toContain('Marlow Reed')
  expect(outside.status).not.toBe(200)
  expect((await ask(`/listing/${at.editor.partyId}/partners`, at.worker)).status).toBe(404)
})

test('a confidential place says when its telephone is answered, and nothing of a building', async () => {
  const { html } = await ask(`/services/${await idOf('N12')}`)
  expect(html).toContain('By phone:')
  expect(html).toContain('Every day, 09:00 to 20:00')
  expect(html).not.toContain('Open:')
})

test('work with people who use abuse shows no times at all', async () => {
  expect((await ask(`/services/${await idOf('N20')}`)).html).not.toMatch(/<h2[^>]*>When</)
})

test('an editor says what to bring and who gets a bill; what is wrong stands at the field and nothing is lost', async () => {
  const id = await idOf('N11')
  const wrong = await ask(`/listing/${id}/visit`, at.editor, {
    bring: 'these',
    documents: '',
    accessText: 'Side door',
  })
  expect(wrong.status).toBe(422)
  expect(wrong.html).toContain('Write what to bring, or choose that nothing is needed')
  expect(wrong.html).toContain('Side door')
  const sent = { bring: 'these', documents: 'A pen', access: 'easy-read', accessText: '' }
  expect((await ask(`/listing/${id}/visit`, at.editor, sent)).status).toBe(303)
  expect(
    (
      await ask(`/listing/${id}/paying`, at.editor, {
        cost: 'sliding-scale',
        fees: 'The first talk is free',
        funds: 'yes',
        billTo: 'insurer',
        diagnosis: 'yes',
        insurers: 'Alder Mutual',
      })
    ).status,
  ).toBe(303)
  const { html } = await ask(`/services/${id}`)
  for (const line of [
    'A pen',
    'Easy read',
    'Alder Mutual',
    'They must write down a diagnosis',
    'By what you can pay. The first talk is free',
    'You do not need a right to public money.',
  ])
    expect(html).toContain(line)
  expect((await ask(`/listing/${id}/visit`, at.worker, sent)).status).toBe(404)
  const { rows } = await asOwner(sql`select what from directory.change where service_id = ${id} order by id`)
  expect(rows.slice(-2)).toEqual([{ what: 'visit' }, { what: 'paying' }])
})

test('the editor of a confidential place is not asked about the building, and a forged answer is not kept', async () => {
  const id = await idOf('N12')
  expect((await ask(`/listing/${id}/visit`, at.editor)).html).not.toContain('value="step-free"')
  const forged = { bring: 'none', documents: '', access: 'step-free', accessText: 'Blue door' }
  expect((await ask(`/listing/${id}/visit`, at.editor, forged)).status).toBe(303)
  const { rows } = await asOwner(
    sql`select access, access_text as text from directory.service where id = ${id}`,
  )
  expect(rows).toEqual([{ access: [], text: null }])
})

test('a contact is added, changed and taken away; saving confirms it today', async () => {
  const id = await idOf('N11')
  const sent = {
    name: 'Tam Birch',
    purpose: 'domestic-abuse',
    phone: '',
  }
  const wrong = await ask(`/listing/${id}/contacts/new`, at.editor, sent)
  expect([wrong.status, wrong.html.includes('Write a telephone number or a mail address')]).toEqual([
    422,
    true,
  ])
  expect(wrong.html).toContain('value="Tam Birch"')
  const right = { ...sent, phone: '01632 960163' }
  expect((await ask(`/listing/${id}/contacts/new`, at.editor, right)).status).toBe(303)
  const { rows } = await asOwner(
    sql`select id, confirmed_on = current_date as today from directory.contact where name = 'Tam Birch'`,
  )
  const contact = rows[0] as { readonly id: string; readonly today: boolean }
  expect(contact.today).toBe(true)
  const path = `/listing/${id}/contacts/${contact.id}`
  expect((await ask(path, at.worker, right)).status).toBe(404)
  expect((await ask(path, at.editor, { ...right, role: 'Duty worker' })).status).toBe(303)
  expect((await ask(`/listing/${id}/partners`, at.worker)).html).toContain('Duty worker')
  expect((await ask(path, at.editor, { ...right, act: 'remove' })).status).toBe(303)
  expect((await ask(`/listing/${id}/partners`, at.worker)).html).not.toContain('Tam Birch')
})
