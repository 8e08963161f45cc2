import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { CardBody, closeForTeam, declareConflict, saveCard, searchNames, startCase } from '#people'

import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { counted } from './world/counted-work.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let first: Person
let second: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  first = await world.found('Harbour Advocacy', 'domestic-abuse')
  second = await world.join(first, 'Second', ['worker'])
  await world.join(first, 'Lena', ['lead'])
  await world.join(first, 'Piers', ['privacy-lead'])
})
afterAll(() => world?.close())

/** A case with these people in it. */
async function caseOf(by: Person, survivor: string, harm: string): Promise<string> {
  return by.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    const at = { caseId, id: null, version: 0 }
    await saveCard(db, actor, at, CardBody.parse({ name: survivor, role: 'survivor' }))
    await saveCard(db, actor, at, CardBody.parse({ name: harm, role: 'personCausingHarm' }))
    return caseId
  })
}

const found = (who: Person, query: string) =>
  who.act(async (db, actor) => (await searchNames(db, actor, { query })).found)

async function page(who: Person, query: string) {
  const { result, work } = await counted(() => served.post('/work/find', { query }, who))
  const body = (await result.text()).replaceAll(query, '…').replaceAll(/nonce="[^"]*"/g, '')
  return { status: result.status, body, statements: work.statements, crypto: work.crypto }
}

describe('a name that somebody may not find', () => {
  test('us-U13: a worker in conflict who searches the exact name finds nobody, by the same work as for no name', async () => {
    const caseId = await caseOf(first, 'Hazel Thorn', 'Robin Thorn')
    expect(await found(second, 'Hazel Thorn')).toMatchObject([{ caseId }])
    await second.act((db, actor) => declareConflict(db, actor, caseId, []))
    await page(second, 'Nobody Atall')
    const shut = await page(second, 'Hazel Thorn')
    const nobody = await page(second, 'Nobody Atall')
    expect([shut.status, shut.body]).toEqual([200, nobody.body])
    expect([shut.statements, shut.crypto]).toEqual([nobody.statements, nobody.crypto])
    expect(await found(second, 'Hazel Thorn')).toEqual([])
    expect(await found(first, 'Hazel Thorn')).toMatchObject([{ caseId }])
    expect((await page(first, 'Hazel Thorn')).body).not.toBe(nobody.body)
  })

  test('us-U14: where both are clients of one agency, neither worker’s search shows the other’s case', async () => {
    const hers = await caseOf(first, 'Ash Larch', 'Dale Larch')
    const his = await caseOf(second, 'Dale Larch', 'Ash Larch')
    for (const [by, caseId] of [
      [first, hers],
      [second, his],
    ] as const) {
      const closed = await by.act((db, actor) =>
        closeForTeam(db, actor, caseId, { team: [actor.accountId], cells: [] }),
      )
      expect(closed).not.toHaveProperty('refused')
    }
    for (const name of ['Ash Larch', 'Dale Larch', 'larch']) {
      for (const each of await found(first, name)) expect([name, each.caseId]).toEqual([name, hers])
      for (const each of await found(second, name)) expect([name, each.caseId]).toEqual([name, his])
    }
    expect(await found(first, 'Ash Larch')).toMatchObject([{ caseId: hers, role: 'survivor' }])
    expect(await found(second, 'Dale Larch')).toMatchObject([{ caseId: his, role: 'survivor' }])
  })
})
