import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askOwners, serviceByCode } from '#directory'
import type { Person, TestWorld } from '../world/agencies.ts'
import { type Asker, askerOf, directoryWorld } from './served.ts'

let world: TestWorld
let editor: Person
let worker: Person
let steward: Person
let ask: Asker
const canary = 'Quillfeather nineteen'

beforeAll(async () => {
  const made = await directoryWorld(3000)
  ;({ world, editor, worker } = made)
  steward = await world.found('Northmere Partnership', 'partnership', [
    'agency-administrator',
    'directory-editor',
  ])
  ask = askerOf(made)
})
afterAll(() => world?.close())

async function entry(code: string) {
  const service = await world.owner.transaction().execute((db) => serviceByCode(db, code))
  if (service === null) throw new Error(`no ${code}`)
  return service
}

interface Row {
  readonly id: string
  readonly words: string
  readonly state: string
  readonly by_account: string | null
  readonly made_on: string
}
async function suggestions(serviceId: string): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select id, words, state, by_account, made_on::text from directory.suggestion where service_id = ${serviceId}
    order by made_on, words`.execute(world.owner)
  return rows
}
const clear = () => sql`delete from directory.suggestion`.execute(world.owner)

test('anybody says what is wrong, without a name; nothing changes and nobody reads it but its reviewers', async () => {
  const service = await entry('N11')
  const path = `/services/${service.id}/wrong`
  expect((await ask(`/services/${service.id}`)).html).toContain(path)
  const form = await ask(path)
  expect(form.status).toBe(200)
  expect(form.html).toContain('Write nothing about yourself or about any other person')
  const wrong = await ask(path, null, { words: canary })
  expect([wrong.status, wrong.html.includes(`>${canary}</textarea>`)]).toEqual([422, true])
  expect((await ask(path, null, { about: 'phone', words: 'x'.repeat(1001) })).status).toBe(422)
  const sent = await ask(path, null, { about: 'phone', words: canary })
  expect([sent.status, sent.html.includes('Thank you')]).toEqual([200, true])
  expect(await suggestions(service.id)).toMatchObject([{ words: canary, state: 'waiting', by_account: null }])
  expect(await entry('N11')).toEqual(service)
  for (const page of ['/services', `/services/${service.id}`, path])
    expect((await ask(page)).html).not.toContain(canary)
  const read = world.pools.public
    .transaction()
    .execute((db) => sql`select from directory.suggestion`.execute(db))
  await expect(read).rejects.toMatchObject({ code: '42501' })
  const write = world.pools.public
    .transaction()
    .execute((db) =>
      sql`insert into directory.suggestion (service_id, source, about, words) values (${service.id}, 'public', 'other', 'x')`.execute(
        db,
      ),
    )
  await expect(write).rejects.toMatchObject({ code: '42501' })
  const job = world.pools.jobs
    .transaction()
    .execute((db) => sql`select from directory.suggestion`.execute(db))
  await expect(job).rejects.toMatchObject({ code: '42501' })
  const seen = (who: Person) =>
    who.act(async (db) => (await sql`select from directory.suggestion`.execute(db)).rows.length)
  expect([await seen(editor), await seen(worker), await seen(steward)]).toEqual([1, 0, 1])
})

test('the reviewer writes it, changed until it reads well; its words are gone and the history says what changed', async () => {
  const service = await entry('N11')
  const id = (await suggestions(service.id))[0]?.id ?? ''
  const path = `/listing/suggestions/${id}`
  expect((await ask('/listing/queue', editor)).html).toContain(path)
  const page = await ask(path, editor)
  for (const part of [canary, '01632 960199', 'Anybody, without a name']) expect(page.html).toContain(part)
  expect((await ask(path, worker)).status).toBe(404)
  const unfit = await ask(path, editor, { act: 'write', value: canary, reason: '' })
  expect([unfit.status, unfit.html.includes('This cannot stand there')]).toEqual([422, true])
  const done = await ask(path, editor, { act: 'write', value: '01632 960777', reason: 'Rang and asked' })
  expect([done.status, done.to]).toEqual([303, '/listing/queue'])
  expect((await ask(`/services/${service.id}`)).html).toContain('tel:01632960777')
  expect(await suggestions(service.id)).toMatchObject([{ words: '', state: 'accepted' }])
  const history = await ask(`/listing/${service.id}/history`, editor)
  for (const part of ['A suggestion was taken up', '01632 960777', 'Why: Rang and asked'])
    expect(history.html).toContain(part)
  expect(history.html).not.toContain(canary)
  expect((await ask(path, editor, { act: 'decline', reason: 'x' })).status).toBe(409)
})

test('a worker says it with the agency’s name, and reads why it was declined', async () => {
  await clear()
  const service = await entry('N11')
  const path = `/suggest/${service.id}`
  expect((await ask(path, worker, { about: 'who', words: canary })).to).toBe(`${path}?sent=1`)
  const [row] = await suggestions(service.id)
  const review = await ask(`/listing/suggestions/${row?.id}`, editor)
  expect(review.html).toContain('Quayside Surgery')
  expect(review.html).toContain(`/listing/${service.id}`)
  for (const { sentence } of service.thresholds) expect(review.html).toContain(sentence)
  expect((await ask(`/listing/suggestions/${row?.id}`, editor, { act: 'decline', reason: '' })).status).toBe(
    422,
  )
  await ask(`/listing/suggestions/${row?.id}`, editor, { act: 'decline', reason: 'Still as it was' })
  const own = await ask(path, worker)
  expect(own.html).toContain('Not taken up. Still as it was')
  expect(JSON.stringify(await suggestions(service.id))).not.toContain(canary)
  expect((await ask(path)).status).toBe(401)
})

test('no suggestion and no review carries an address into a secret entry', async () => {
  await clear()
  const service = await entry('N12')
  expect(service.confidential).toBe(true)
  const said = { about: 'how', words: 'They moved to 14 Sycamore Rise, ZZ99 3AB' }
  for (const answer of [
    await ask(`/services/${service.id}/wrong`, null, said),
    await ask(`/suggest/${service.id}`, worker, said),
  ])
    expect([answer.status, answer.html.includes('Please take the address out')]).toEqual([409, true])
  expect(await suggestions(service.id)).toEqual([])
  await ask(`/services/${service.id}/wrong`, null, { about: 'how', words: 'Ring first' })
  const id = (await suggestions(service.id))[0]?.id
  const reviewed = await ask(`/listing/suggestions/${id}`, editor, {
    act: 'write',
    value: 'Come to 14 Sycamore Rise',
    reason: '',
  })
  expect([reviewed.status, reviewed.html.includes('Please take the address out')]).toEqual([422, true])
  expect((await entry('N12')).applicationProcess ?? '').not.toContain('Sycamore')
})

test('what waits about an entry is gone when its place turns out to be secret, and after ninety days', async () => {
  await clear()
  const [open, other] = [await entry('N11'), await entry('N14')]
  await ask(`/suggest/${open.id}`, worker, { about: 'other', words: 'Come to 9 Willow Bend' })
  await sql`update directory.service set confidential = true where id = ${open.id}`.execute(world.owner)
  expect(await suggestions(open.id)).toEqual([])
  await sql`update directory.service set confidential = false where id = ${open.id}`.execute(world.owner)
  const aged = async (days: number) => {
    await sql`update directory.suggestion set made_on = current_date - ${days}::integer`.execute(world.owner)
    await askOwners(world.pools, world.installation, 'http://127.0.0.1:3000')
    return (await suggestions(other.id)).length
  }
  await ask(`/suggest/${other.id}`, worker, { about: 'other', words: canary })
  expect([await aged(90), await aged(91)]).toEqual([1, 0])
})

test('twenty wait at most, from everybody together for an entry, and from one colleague', async () => {
  await clear()
  const { id } = await entry('N14')
  const openly = () =>
    world.pools.public
      .transaction()
      .execute((db) =>
        sql<{ said: string }>`select directory.suggest(${id}, 'other', 'x') as said`.execute(db),
      )
      .then(({ rows }) => rows[0]?.said)
  for (let round = 0; round < 20; round += 1) expect(await openly()).toBe('kept')
  expect(await openly()).toBe('full')
  expect((await ask(`/services/${id}/wrong`, null, { about: 'other', words: canary })).html).toContain(canary)
  for (let round = 0; round < 20; round += 1)
    expect((await ask(`/suggest/${id}`, worker, { about: 'other', words: 'x' })).status).toBe(303)
  expect((await ask(`/suggest/${id}`, worker, { about: 'other', words: 'x' })).status).toBe(409)
})

test('a steward is asked about no entry of another country', async () => {
  await clear()
  const { id } = await entry('N11')
  await sql`insert into directory.suggestion (service_id, source, about, words)
    values (${id}, 'public', 'other', 'Wrong')`.execute(world.owner)
  const count = async () =>
    (await ask('/listing/queue', steward)).html.split('/listing/suggestions/').length - 1
  const counted = await count()
  expect(counted).toBeGreaterThan(0)
  const pack = (to: string) =>
    sql`update directory.organization set pack = ${to}
      where id = (select organization_id from directory.service where id = ${id})`.execute(world.owner)
  await pack('us')
  expect(await count()).toBe(0)
  await pack('uk')
  expect(await count()).toBe(counted)
})

test('the queue shows the oldest first; an editor sees their own, a steward everybody’s, and one click settles it', async () => {
  await clear()
  const [mine, theirs] = [await entry('N11'), await entry('N14')]
  await sql`update directory.service set assured_on = current_date`.execute(world.owner)
  await sql`update directory.service set assured_on = current_date - 200 where id = ${mine.id}`.execute(
    world.owner,
  )
  await sql`update directory.service set assured_on = current_date - 100 where id = ${theirs.id}`.execute(
    world.owner,
  )
  expect(theirs.partyId).toBe(worker.partyId)
  const list = await ask('/listing/queue', editor)
  expect(list.html).toContain(mine.name)
  expect(list.html).not.toContain(theirs.name)
  const all = (await ask('/listing/queue?page=2', steward)).html + (await ask('/listing/queue', steward)).html
  expect(all).toContain('They are asked by mail')
  expect(all).toContain(theirs.name)
  expect(all).toContain('Harbour Refuge')
  expect((await ask('/listing', editor)).html).toContain('1 entry to check')
  await ask('/listing/queue', editor, { id: mine.id })
  expect((await entry('N11')).entryOld).toBe(false)
  const loose =
    /value="([0-9a-f-]{36})" name="take"/.exec((await ask('/listing/queue', steward)).html)?.[1] ?? ''
  await ask('/listing/queue', steward, { take: loose })
  const kept = await sql<{ party_id: string }>`
    select party_id from directory.upkeep where service_id = ${loose}`.execute(world.owner)
  expect(kept.rows).toEqual([{ party_id: steward.partyId }])
  // Taking on is for what nobody keeps; a partner's own entry is its own.
  await ask('/listing/queue', steward, { take: theirs.id, id: theirs.id })
  expect((await entry('N14')).entryOld).toBe(true)
  expect((await ask('/listing/queue', worker)).status).toBe(404)
})
