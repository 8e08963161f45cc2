import { randomUUIDv7 } from 'node:crypto'

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { addTask, goAway, offerCase } from '#diary'
import { asJob } from '#platform/access'

import { insertRun } from '../src/caseload/run.store.ts'
import { letGo } from '../src/parties/member.actions.ts'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { caseWith } from './world/sending.ts'

let world: TestWorld
let amina: Person
let bea: Person

beforeAll(async () => {
  world = await testWorld()
  amina = await world.found('Harbour Advocacy', 'domestic-abuse', ['agency-administrator', 'worker'])
  bea = await world.join(amina, 'Bea', ['worker'])
})
afterAll(() => world?.close())

const soon = new Date(Date.now() + 3_600_000)

describe('whoever leaves', () => {
  test('leaves no task, no sheet, no cover and no offer behind', async () => {
    const gone = await world.join(amina, 'Gil', ['worker', 'lead'])
    const { caseId } = await caseWith(amina)
    await gone.act((db, actor) => addTask(db, actor, { words: 'Ring Sorrel Vane’s sister', dueAt: soon }))
    await amina.act((db, actor) => addTask(db, actor, { words: 'Order leaflets', dueAt: soon }))
    const sheet = { name: 'cases.csv', columns: ['Client'], mapping: {}, again: false }
    await gone.act((db, actor) => insertRun(db, actor, randomUUIDv7(), sheet))
    const today = new Date().toISOString().slice(0, 10)
    const away = { accountId: amina.accountId, coverId: gone.accountId, from: today, until: today }
    expect(await amina.act((db, actor) => goAway(db, actor, away))).toEqual({ done: true })
    const offer = { toId: gone.accountId, note: 'Note', knows: 'yes' } as const
    await amina.act((db, actor) => offerCase(db, actor, caseId, offer))
    const left = async (of: Person) => {
      const { rows } = await sql<{ of: string; n: number }>`
        select 'task' as of, count(*)::int as n from diary.task where owner_id = ${of.accountId}
        union all select 'run', count(*)::int from caseload.run where made_by = ${of.accountId}
        union all select 'away', count(*)::int from diary.away where ${of.accountId} in (account_id, cover_id)
        union all select 'offer', count(*)::int from diary.handing
          where to_id = ${of.accountId} and state = 'offered'`.execute(world.owner)
      return Object.fromEntries(rows.map((row) => [row.of, row.n]))
    }
    const ours = (await left(amina))['task'] ?? 0
    expect(await left(gone)).toEqual({ task: 1, run: 1, away: 1, offer: 1 })
    expect(await amina.act((db, actor) => letGo(db, actor, gone.accountId))).toHaveProperty('version')
    expect(await left(gone)).toEqual({ task: 0, run: 0, away: 0, offer: 0 })
    expect((await left(amina))['task']).toBe(ours)
    // The case is offered to somebody who is here.
    const next = { ...offer, toId: bea.accountId }
    expect(await amina.act((db, actor) => offerCase(db, actor, caseId, next))).toHaveProperty('id')
  })

  test('and when somebody was away is forgotten after a month', async () => {
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    const since = (until: string) =>
      sql`insert into diary.away (party_id, account_id, cover_id, from_on, until_on)
        values (${amina.partyId}, ${amina.accountId}, ${bea.accountId}, ${day(-90)}, ${until})`.execute(
        world.owner,
      )
    for (const days of [-40, -20, 5]) await since(day(days))
    await asJob(world.pools, (db) => sql`select diary.sweep()`.execute(db))
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from diary.away`.execute(world.owner)
    expect(rows).toEqual([{ n: 2 }])
    await sql`delete from diary.away`.execute(world.owner)
  })
})
