import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDirectory, importPathways, serviceByCode } from '#directory'
import { cookieName } from '#platform/http'
import { type Asker, askerOf, directoryWorld, type DirectoryWorld } from './served.ts'

let at: DirectoryWorld
let ask: Asker
let entry = ''

beforeAll(async () => {
  at = await directoryWorld(3000)
  ask = askerOf(at)
  entry = (await at.world.owner.transaction().execute((db) => serviceByCode(db, 'N11')))?.id ?? ''
})
afterAll(() => at.world.close())

const owned = <T>(work: Parameters<ReturnType<typeof at.world.owner.transaction>['execute']>[0]) =>
  at.world.owner.transaction().execute(work) as Promise<T>

async function lines() {
  const { rows } = await owned<{ rows: { what: string; via: string; why: string; fields: object[] }[] }>(
    (db) =>
      sql`select what, via, why, fields from directory.change where organization_id is not null order by id`.execute(
        db,
      ),
  )
  return rows
}

const pathway = { from: 'Northmere Domestic Abuse Service', to: 'Quayside Surgery', kind: 'warm' }

test('a pathway is looked at without a trace, brought in with a reason, and closed with one', async () => {
  const text = JSON.stringify([pathway, { ...pathway, to: 'Nobody Of That Name' }])
  const looked = await ask('/listing/pathways', at.editor, { file: text, act: 'look', why: 'New protocol' })
  expect([looked.status, looked.html.includes('Nothing was written yet. 1 pathway')]).toEqual([200, true])
  for (const kept of ['Nobody Of That Name', 'value="New protocol"', 'unknown-end'])
    expect(looked.html).toContain(kept)
  expect(await lines()).toEqual([])
  const done = await ask('/listing/pathways', at.editor, { file: text, act: 'bring', why: 'New protocol' })
  expect(done.html).toContain('1 pathway is open.')
  expect(await lines()).toMatchObject([
    { what: 'pathway', via: 'editor', why: 'New protocol', fields: [{ field: 'pathway', before: [] }] },
  ])
  const close = /\/listing\/pathways\/[0-9a-f-]{36}\/close/.exec(
    (await ask('/listing/pathways', at.editor)).html,
  )
  const page = await ask(close?.[0] ?? '', at.editor)
  expect(page.html).toContain('Northmere Domestic Abuse Service to Quayside Surgery')
  expect((await ask(close?.[0] ?? '', at.editor, { why: 'The worker left' })).status).toBe(303)
  expect((await ask(close?.[0] ?? '', at.editor, { why: '' })).status).toBe(404)
  expect((await lines()).at(-1)).toMatchObject({
    why: 'The worker left',
    fields: [{ field: 'pathway', after: [] }],
  })
  const told = await ask('/listing/pathways/history', at.editor)
  for (const part of [
    'Why: The worker left',
    'Quayside Surgery, warm',
    'Northmere Domestic Abuse Service: Pathways',
  ])
    expect(told.html).toContain(part)
  expect((await ask(`/listing/${entry}/organization`, at.editor)).html).toContain('Why: New protocol')
})

test('a file is taken as it is chosen, and what cannot be read stays to be mended', async () => {
  const body = new FormData()
  body.set('upload', new File([JSON.stringify([pathway])], 'pathways.json'))
  body.set('act', 'look')
  const headers = new Headers({
    host: at.config.allowedHosts[0] ?? '',
    'sec-fetch-site': 'same-origin',
    cookie: `${cookieName('session', at.config)}=${at.editor.cookie}`,
  })
  const answer = await at.app.request(`${at.config.publicUrl}/listing/pathways`, {
    method: 'POST',
    body,
    headers,
  })
  const html = await answer.text()
  expect([answer.status, html.includes('1 pathway would be open')]).toEqual([200, true])
  expect(html).toContain('Quayside Surgery&quot;')
  const empty = await ask('/listing/pathways', at.editor, { file: '', act: 'bring' })
  expect([empty.status, empty.html.includes('Choose a file, or paste a list of pathways')]).toEqual([
    422,
    true,
  ])
})

test('a pathway that several could be meant by stands on the page of what waits until a newer file says which', async () => {
  await owned((db) =>
    importDirectory(
      db,
      JSON.stringify(
        ['tw-1', 'tw-2'].map((id) => ({
          id: `s-${id}`,
          name: 'Twin',
          status: 'active',
          description: '',
          organization: { id, name: 'Twin House', description: '' },
        })),
      ),
    ),
  )
  const held = [{ id: 'p-9', ...pathway, to: 'Twin House' }]
  await owned((db) => importPathways(db, JSON.stringify(held)))
  const page = (await ask('/listing/held', at.editor)).html
  for (const part of ['Pathways that wait', 'p-9', '2 are called Twin House: give its id'])
    expect(page).toContain(part)
  await owned((db) => importPathways(db, JSON.stringify([{ ...held[0], to: 'tw-1' }])))
  expect((await ask('/listing/held', at.editor)).html).not.toContain('Pathways that wait')
  expect((await lines()).at(-1)).toMatchObject({ what: 'pathway', via: 'import' })
})

test('an organisation’s own details leave a line when a file changes them, and its own word on training one with a reason', async () => {
  const before = (await lines()).length
  const file = (phone: string) =>
    JSON.stringify([
      {
        id: 'own-s',
        name: 'Lamp',
        status: 'active',
        description: '',
        organization: { id: 'own-o', name: 'Lamp', description: '', email: phone },
      },
    ])
  await owned((db) => importDirectory(db, file('a@lamp.example')))
  expect(await lines()).toHaveLength(before)
  await owned((db) => importDirectory(db, file('b@lamp.example')))
  expect((await lines()).slice(before)).toMatchObject([
    {
      what: 'import',
      via: 'import',
      fields: [{ field: 'organization_email', before: 'a@lamp.example', after: 'b@lamp.example' }],
    },
  ])
  const day = { 'until-day': '1', 'until-month': '6', 'until-year': String(new Date().getFullYear() + 1) }
  const said = await ask('/listing/training', at.editor, { ...day, act: 'say', why: 'Course in May' })
  expect(said.status).toBe(303)
  expect((await lines()).at(-1)).toMatchObject({
    what: 'training',
    via: 'editor',
    why: 'Course in May',
    fields: [{ field: 'trained_until' }],
  })
  expect((await ask(`/listing/${entry}/organization`, at.editor)).html).toContain('Why: Course in May')
  expect((await ask(`/listing/${entry}/organization`, at.worker)).status).toBe(404)
})

test('nobody is asked to look after entries of another country', async () => {
  const alder = readFileSync(new URL('../../src/demo/us-county.hsds.json', import.meta.url), 'utf8')
  await owned((db) => importDirectory(db, alder))
  for (const page of ['/listing', '/listing/queue']) {
    const { html } = await ask(page, at.editor)
    expect(html).not.toContain('Alder')
    expect(html).toContain('Harbour Voices')
  }
})
