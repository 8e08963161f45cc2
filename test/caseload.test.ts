import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { addNote, mayContact, openFile, placeHold, searchNames } from '#people'
import { asJob } from '#platform/access'

import { makeNext } from '#caseload'
import type { Person } from './world/agencies.ts'
import { caseWith } from './world/sending.ts'
import { type SendingWorld, sendingWorld } from './world/sending-world.ts'

let at: SendingWorld
let kath: Person
const place = { zone: 'Europe/London', lang: 'en-GB' }

beforeAll(async () => {
  at = await sendingWorld()
  kath = await at.world.join(at.advocate, 'Kath Ford', ['worker'])
  await caseWith(at.advocate, { name: 'Rowan Vale', harm: 'Dane Vale' })
})
afterAll(() => at?.world.close())

const canary = 'LARKSPUR'

async function bring(text: string | Uint8Array<ArrayBuffer>, who = at.advocate): Promise<Response> {
  const form = new FormData()
  form.set('file', new File([text], 'cases.csv'))
  return at.served.app.request('http://127.0.0.1:3000/caseload', {
    method: 'POST',
    body: form,
    headers: {
      host: '127.0.0.1:3000',
      'sec-fetch-site': 'same-origin',
      cookie: `session-3000=${who.cookie}`,
    },
  })
}

/** Brings a sheet and says its columns as they are suggested. */
async function ready(text: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
  const brought = await bring(text)
  const id = /caseload\/([0-9a-f-]{36})/.exec(brought.headers.get('location') ?? '')?.[1] ?? ''
  const page = await (await at.served.get(`/caseload/${id}/columns`, at.advocate)).text()
  const chosen: Record<string, string> = { ...more }
  for (const [, name = '', body = ''] of page.matchAll(
    /<select[^>]*name="(column-\d+)"[^>]*>([\s\S]*?)<\/select>/g,
  ))
    chosen[name] ??= /value="([a-z]+)" selected/.exec(body)?.[1] ?? 'out'
  const said = await at.served.post(`/caseload/${id}/columns`, chosen, at.advocate)
  expect([said.status, said.headers.get('location')]).toEqual([303, `/caseload/${id}`])
  return id
}

const rows = (answer: { readonly rows: readonly { readonly at: string }[] }) =>
  answer.rows.map((row) => row.at)
const make = (id: string) => at.served.post(`/caseload/${id}/make`, {}, at.advocate)
const text = async (path: string, who = at.advocate) => (await at.served.get(path, who)).text()
const linesOf = async (id: string) => {
  const { rows } = await sql<{ outcome: string; case_id: string | null; body: Buffer | null }>`
    select outcome, case_id, body from caseload.line where run_id = ${id} order by nth`.execute(
    at.world.owner,
  )
  return rows
}
const caseCount = async () => {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from people."case"`.execute(
    at.world.owner,
  )
  return rows[0]?.n ?? 0
}

test('a sheet becomes cases: names, people, needs, notes, worker and day, and nothing counts as safe yet', async () => {
  const id = await ready(
    'Client,Mobile,Safe to call,Needs,Date opened,Advocate,Children,Perpetrator,Notes,Language\n' +
      'Fern Cove,01632 960123,yes,To sleep,3/2/2026,kath ford,Ivy; Moss,Lee Cove,Rang twice,Urdu\n',
  )
  const trial = await text(`/caseload/${id}`)
  expect(trial).toContain('1 case')
  expect(await caseCount()).toBe(1)
  expect((await make(id)).status).toBe(303)
  const [line] = await linesOf(id)
  expect([line?.outcome, line?.body]).toEqual(['made', null])
  const file = await at.advocate.act((db, actor) => openFile(db, actor, line?.case_id ?? ''))
  expect(file?.cards.map((card) => [card.name, card.role])).toEqual(
    expect.arrayContaining([
      ['Fern Cove', 'survivor'],
      ['Ivy', 'child'],
      ['Moss', 'child'],
      ['Lee Cove', 'personCausingHarm'],
    ]),
  )
  expect([file?.ownerId, file?.openedAt.toISOString().slice(0, 10)]).toEqual([kath.accountId, '2026-02-03'])
  expect([file?.needs.map((need) => need.words), file?.contact?.language]).toEqual([['To sleep'], 'ur'])
  const contact = file?.contact
  if (!contact) throw new Error('There is no way to be in touch.')
  const act = {
    kind: 'call',
    wayId: 'call',
    namesAgency: false,
    hasLink: false,
    tellsMore: false,
    reminder: false,
  } as const
  expect(mayContact(contact, act, new Date())).toMatchObject({ refused: expect.stringMatching(/^contact-/) })
})

test('who is here already stays out until somebody says otherwise, and so does a name that comes twice', async () => {
  const sheet = 'Client,Needs\nrowan vale,A\nAsh Brook,B\nASH  BROOK,C\n,D\n,\n'
  const id = await ready(sheet)
  const trial = await text(`/caseload/${id}`)
  expect(trial).toContain('1 line: somebody of this name is here already')
  expect(trial).toContain('1 line: this name stood further up already')
  const before = await caseCount()
  await make(id)
  expect(await caseCount()).toBe(before + 2)
  expect((await linesOf(id)).map((line) => line.outcome)).toEqual(['left', 'made', 'left', 'made'])
  const other = await ready(sheet, { again: 'yes' })
  await make(other)
  expect((await linesOf(other)).map((line) => line.outcome)).toEqual(['made', 'made', 'made', 'made'])
})

test('us-U22: cells under a heading that asks what nobody may ask are kept nowhere', async () => {
  const id = await ready(`Client,Immigration status,Home address\nElm Ridge,${canary},1 ${canary} Road\n`)
  const page = await text(`/caseload/${id}/columns`)
  expect(page).toContain('Immigration status')
  expect(page).toContain('(rule never-asked)')
  expect(page).toContain('(rule address)')
  expect(page).not.toContain(canary)
  const forged = await at.served.post(
    `/caseload/${id}/columns`,
    { 'column-0': 'name', 'column-2': 'note' },
    at.advocate,
  )
  expect(forged.status).toBe(422)
})

test('a sheet lies sealed, and only whoever brought it sees it', async () => {
  const lead = await at.world.join(at.advocate, 'Another Lead', ['worker', 'lead'])
  const id = await ready(`Client,Notes\n${canary} Ness,${canary}\n`)
  for (const path of ['', '/columns', '/lines']) {
    expect((await at.served.get(`/caseload/${id}${path}`, lead)).status).toBe(404)
    expect((await at.served.get(`/caseload/${id}${path}`, at.clinician)).status).toBe(404)
  }
  expect(await text('/caseload', lead)).not.toContain(id)
  expect((await at.served.get('/caseload', kath)).status).toBe(404)
  const { rows } = await sql<{
    all: Buffer
  }>`select string_agg(body, ''::bytea) as all from caseload.line`.execute(at.world.owner)
  expect(rows[0]?.all.includes(canary)).toBe(false)
  expect((await at.served.post(`/caseload/${id}/forget`, {}, at.advocate)).status).toBe(303)
  expect(await linesOf(id)).toEqual([])
})

describe('making goes on where it stopped', () => {
  test('line by line, no line lost and none made twice, with two requests at once and one that breaks off', async () => {
    const names = Array.from({ length: 23 }, (_, i) => `Person Nr${i}`)
    const id = await ready(`Client\n${names.join('\n')}\n`)
    const before = await caseCount()
    await expect(
      at.advocate.act(async (db, actor) => {
        await makeNext(db, actor, id, place, 5)
        throw new Error('The power went.')
      }),
    ).rejects.toThrow('The power went.')
    expect(await caseCount()).toBe(before)
    const slice = () => at.advocate.act((db, actor) => makeNext(db, actor, id, place, 5))
    await Promise.all([slice(), slice(), slice()])
    expect(await caseCount()).toBe(before + 15)
    expect(await text(`/caseload/${id}`)).toContain('Go on with the other 8 lines')
    await make(id)
    expect(await caseCount()).toBe(before + 23)
    expect(await make(id)).toHaveProperty('status', 409)
    const found = await at.advocate.act((db, actor) =>
      searchNames(db, actor, { query: 'person nr', limit: 50 }),
    )
    expect(new Set(found.found.map((each) => each.name)).size).toBe(23)
  })
})

describe('taking back', () => {
  test('destroys what nobody has touched, and nothing else', async () => {
    const id = await ready('Client\nLake One\nLake Two\nLake Three\nLake Four\n')
    await make(id)
    const cases = (await linesOf(id)).map((line) => line.case_id ?? '')
    await at.advocate.act((db, actor) => addNote(db, actor, cases[1] ?? '', 'Rang today.'))
    await at.advocate.act((db, actor) =>
      placeHold(db, actor, cases[2] ?? '', { ground: 'court', reason: 'A claim.' }),
    )
    const before = await caseCount()
    expect((await at.served.post(`/caseload/${id}/back`, {}, at.advocate)).status).toBe(303)
    expect((await linesOf(id)).map((line) => line.outcome)).toEqual(['undone', 'made', 'made', 'undone'])
    expect(await caseCount()).toBe(before - 2)
    expect(await text(`/caseload/${id}`)).toContain('Cases that somebody has worked on were left')
    const wraps = await sql`select from keyring.case_wrap where case_id = ${cases[0]}`.execute(at.world.owner)
    expect(wraps.rows).toEqual([])
  })

  test('leaves every case on which anything of another room hangs', async () => {
    const source = await sql<{
      text: string
    }>`select prosrc as text from pg_proc where proname = 'holds_more'`.execute(at.world.owner)
    const own = /array\[([^\]]+)\]/.exec(source.rows[0]?.text ?? '')?.[1]?.match(/[a-z_]+\.[a-z_]+/g) ?? []
    expect(own.toSorted()).toEqual([
      'caseload.line',
      'keyring.case_wrap',
      'ledger.entry',
      'people.card',
      'people.exclusion',
      'people.note',
      'people.sheet',
    ])
    const rooms = await sql<{ at: string }>`select s.nspname || '.' || c.relname as at from pg_class c
      join pg_namespace s on s.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'case_id'
      where c.relkind = 'r' and s.nspname in ('diary', 'intake', 'papers', 'plans', 'family', 'accountability', 'releases')`.execute(
      at.world.owner,
    )
    expect(rows(rooms)).toEqual(
      expect.arrayContaining(['diary.entry', 'papers.paper', 'plans.version', 'intake.answer']),
    )
    const id = await ready('Client\nGlen One\nGlen Two\n')
    await make(id)
    const cases = (await linesOf(id)).map((line) => line.case_id ?? '')
    const paper = sql`insert into papers.paper (party_id, case_id, author_id, head)
      values (${at.advocate.partyId}, ${cases[0]}, ${at.advocate.accountId}, '')`
    await paper.execute(at.world.owner)
    await at.served.post(`/caseload/${id}/back`, {}, at.advocate)
    expect((await linesOf(id)).map((line) => line.outcome)).toEqual(['made', 'undone'])
  })

  test('ends after a fortnight, when the sheet is forgotten and the cases stay', async () => {
    const id = await ready('Client\nPool One\n')
    await make(id)
    const before = await caseCount()
    const age = (days: number) =>
      sql`update caseload.run set made_at = clock_timestamp() - make_interval(days => ${days}) where id = ${id}`.execute(
        at.world.owner,
      )
    const sweep = () => asJob(at.world.pools, (db) => sql`select caseload.sweep()`.execute(db))
    await age(13)
    await sweep()
    expect(await linesOf(id)).toHaveLength(1)
    await age(15)
    expect((await at.served.post(`/caseload/${id}/back`, {}, at.advocate)).status).toBe(409)
    await sweep()
    expect(await linesOf(id)).toEqual([])
    expect(await caseCount()).toBe(before)
  })
})

test.each([
  ['', 'Choose a file first'],
  ['Client\n', 'There is nothing below the headings'],
  ['PK\x03\x04\0\0', 'neither a workbook (XLSX) that can be read nor a CSV file'],
  [`Client\n${'A\n'.repeat(5001)}`, 'more than 5,000 lines'],
  [`${'A,'.repeat(60)}A\nB\n`, 'too many columns'],
])('a file that is none: %#', async (content, sentence) => {
  const answer = await bring(content)
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain(sentence)
})

test('two columns that would be one field, or none that tells anything, are asked about again', async () => {
  const brought = await bring('A,B\nOne,Two\n')
  const id = /caseload\/([0-9a-f-]{36})/.exec(brought.headers.get('location') ?? '')?.[1] ?? ''
  const post = async (fields: Readonly<Record<string, string>>) => {
    const answer = await at.served.post(`/caseload/${id}/columns`, fields, at.advocate)
    return [answer.status, await answer.text()] as const
  }
  const [status, both] = await post({ 'column-0': 'name', 'column-1': 'name' })
  expect(status).toBe(422)
  expect(both).toContain('Two columns cannot both be: Name to use')
  expect(both).toMatch(/value="name" selected/)
  expect((await post({}))[1]).toContain('Choose at least one column')
})
