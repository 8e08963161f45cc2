import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { notesOf, openFile, startCase } from '#people'
import { createLog } from '#platform/http'

import { placesFirst } from '../../src/language/paths.ts'

import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'
import { type Served, serveWorld } from '../world/served.ts'

let world: TestWorld
let served: Served
let worker: Person
let abroad: Person
let caseId: string
const lines: string[] = []

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world, {
    log: createLog({ level: 'info', destination: { write: (line: string) => void lines.push(line) } }),
  })
  worker = await world.found('Harbour Advocacy', 'domestic-abuse')
  abroad = await world.found('Alder Advocacy', 'domestic-abuse', undefined, 'us')
})
beforeEach(async () => {
  ;({ caseId } = await worker.act((db, actor) => startCase(db, actor)))
  lines.length = 0
})
afterAll(() => world.close())

const blaming = 'Mother failed to protect the quetzalcanary.'
const helper = { wording: 'words', 'wording-label': 'What happened' }

function post(fields: Readonly<Record<string, string | readonly string[]>>, who: Person = worker) {
  return served.post(`/cases/${caseId}/notes`, fields, who)
}

async function notes(): Promise<readonly string[]> {
  return worker.act(async (db, actor) => {
    const file = await openFile(db, actor, caseId)
    if (file === null) throw new Error('The case is there.')
    return (await notesOf(db, file.key)).map((note) => note.words)
  })
}

/** Every row of every table, as text. */
async function everything(): Promise<readonly string[]> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema', 'pgboss') order by 1`.execute(world.owner)
  const all: string[] = []
  for (const { name } of tables.rows) {
    const rows = await sql<{
      row: string
    }>`select to_jsonb(t)::text as row from ${sql.raw(name)} t order by 1`.execute(world.owner)
    all.push(...rows.rows.map(({ row }) => `${name} ${row}`))
  }
  return all
}

describe('a note that blames, without scripts (us-U23)', () => {
  test('comes back once, whole, with why and what instead', async () => {
    const answer = await post({ words: blaming, then: 'case', ...helper })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    for (const part of [
      blaming,
      'What happened',
      '“failed to protect”',
      'Keep as first written',
      'Save with my changes',
    ])
      expect(page).toContain(part)
    // The other button of the form travels along, and so does nothing that would ask again.
    expect(page.match(/name="then" value="case"/g)).toHaveLength(2)
    expect(page.match(/name="wording-asked"/g)).toHaveLength(2)
    expect(page).not.toContain('name="wording"')
    expect(await notes()).toEqual([])
  })

  test('is kept in one press, to the letter', async () => {
    const answer = await post({ words: blaming, 'wording-asked': '1' })
    expect(answer.status).toBe(303)
    expect(await notes()).toEqual([blaming])
  })

  test('is saved as changed, and not asked about again', async () => {
    const answer = await post({ words: 'She refuses to leave.', 'wording-asked': '1' })
    expect(answer.status).toBe(303)
    expect(await notes()).toEqual(['She refuses to leave.'])
  })

  test('leaves nothing behind: no row changed, and the log reads as for any mistake', async () => {
    await post({ words: '', ...helper })
    const mistake = lines.map(shapeOf)
    lines.length = 0
    const before = await everything()
    expect((await post({ words: blaming, ...helper })).status).toBe(422)
    expect(lines.map(shapeOf)).toEqual(mistake)
    expect(lines.join('')).not.toMatch(/quetzal|protect|wording|language/)
    expect(await everything()).toEqual(before)
  })

  test('once kept leaves no more than any note', async () => {
    const count = async (words: string, more: Readonly<Record<string, string>>) => {
      const before = new Set(await everything())
      await post({ words, ...more })
      return (await everything()).filter((row) => !before.has(row)).map((row) => row.split(' ')[0])
    }
    const plain = await count('We talked about the week.', helper)
    await post({ words: blaming, ...helper })
    const kept = await count(blaming, { 'wording-asked': '1' })
    expect(kept.toSorted()).toEqual(plain.toSorted())
    expect((await everything()).join('\n')).not.toMatch(/quetzal|failed-to-protect|wording/)
  })
})

describe('where the person who was hurt is blamed', () => {
  const shown = async (words: string, action = `/cases/${caseId}/notes`) =>
    (await served.post(action, { words, ...helper }, worker)).text()

  test('the page leads first to what was done and to what is done against it; both pages are there', async () => {
    const page = await shown(blaming)
    expect(page).toContain('what the one who causes harm did')
    for (const end of ['over-time', 'strengths']) {
      expect(page).toContain(`href="/cases/${caseId}/${end}" target="_blank"`)
      expect((await served.get(`/cases/${caseId}/${end}`, worker)).status).toBe(200)
    }
  })

  test('it does not for other wording', async () => {
    const page = await shown('There was a toxic relationship.')
    expect(page).toContain('“toxic relationship”')
    expect(page).not.toContain('over-time')
    expect(page).not.toContain('what the one who causes harm did')
  })

  test('it leads nowhere away from a case, and not to the page itself', () => {
    expect(placesFirst(`/cases/${caseId}/over-time/new`).map(({ word }) => word)).toEqual(['strengths'])
    expect(placesFirst('/referrals/00000000-0000-7000-8000-000000000000')).toEqual([])
  })
})

describe('a note passes at once', () => {
  test.each([
    ['when it blames nobody', { words: 'We talked about the week.', ...helper }],
    ['when somebody is quoted', { words: 'The letter says “mother failed to protect”.', ...helper }],
    ['when only a soft hint would fit', { words: 'She recanted.', ...helper }],
    ['when the browser has shown the hints', { words: blaming, wording: [] }],
  ])('%s', async (_when, fields) => {
    expect((await post(fields)).status).toBe(303)
  })
})

describe('the form that comes back', () => {
  test('keeps lines, signs and markup as typed', async () => {
    const words = 'One\n  two “failed to protect” <b>&amp;</b> "x"\nthree'
    const page = await (await post({ words, ...helper })).text()
    expect(page).toContain('&lt;b&gt;&amp;amp;&lt;/b&gt; &quot;x&quot;\nthree')
    expect(page).not.toContain('<b>')
  })

  test('carries a field that came several times, in its order', async () => {
    const page = await (await post({ words: blaming, pick: ['b', 'a', 'b'], ...helper })).text()
    const picks = [...page.matchAll(/name="pick" value="(\w)"/g)].map((match) => match[1])
    expect(picks).toEqual(['b', 'a', 'b', 'b', 'a', 'b'])
  })

  test('is asked for once only, also when the page comes back for another reason', async () => {
    const page = await (await post({ words: '', 'wording-asked': '1' })).text()
    expect(page).toContain('id="words"')
    expect(page).not.toContain('name="wording"')
    expect(await (await post({ words: '', ...helper })).text()).toContain('name="wording"')
  })

  test('speaks the words of the country', async () => {
    const own = await abroad.act((db, actor) => startCase(db, actor))
    const answer = await served.post(
      `/cases/${own.caseId}/notes`,
      { words: 'The victim refused to press charges.', ...helper },
      abroad,
    )
    expect(await answer.text()).toContain('does not wish to testify')
  })

  test('says the same for a case that is not there', async () => {
    const own = await (await post({ words: blaming, ...helper })).text()
    const none = '00000000-0000-7000-8000-000000000000'
    const other = await served.post(`/cases/${none}/notes`, { words: blaming, ...helper }, worker)
    expect(other.status).toBe(422)
    expect((await other.text()).replaceAll(none, caseId)).toBe(own)
    expect(
      (await served.post(`/cases/${none}/notes`, { words: blaming, 'wording-asked': '1' }, worker)).status,
    ).toBe(404)
  })
})

/** A line of the log without what differs each time. */
function shapeOf(line: string): unknown {
  const { time: _time, ms: _ms, requestId: _id, ...rest } = JSON.parse(line) as Record<string, unknown>
  return rest
}
