import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { caseKeys } from '#platform/access'
import { openSealed, Unopenable } from '#platform/crypto'
import { readLines } from '#platform/ledger'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { CardBody } from './card.ts'
import { saveCard } from './card.actions.ts'
import { bringCells } from './case-cells.ts'
import { assignCase, startCase } from './case.actions.ts'
import { closeForTeam } from './close.actions.ts'
import { eraseCase } from './erase.actions.ts'
import { searchNames } from './name-search.actions.ts'
import { openFile } from './open.actions.ts'
import { pairFiles, pairsFor, unpair } from './pair.actions.ts'
import { teamsOf } from './pair.rules.ts'

let world: TestWorld
let admin: Person
let herWorker: Person
let hisWorker: Person
let lead: Person
let second: Person

beforeAll(async () => {
  bringCells([])
  world = await testWorld()
  admin = await world.found('Harbour Advocacy', 'domestic-abuse', ['agency-administrator'])
  herWorker = await world.join(admin, 'Amina', ['worker'])
  hisWorker = await world.join(admin, 'Omar', ['worker', 'lead'])
  lead = await world.join(admin, 'Piers', ['privacy-lead'])
  second = await world.join(admin, 'Petra', ['privacy-lead'])
})
afterAll(() => world?.close())

async function caseOf(by: Person, name: string, other: string): Promise<string> {
  return by.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    const at = { caseId, id: null, version: 0 }
    await saveCard(db, actor, at, CardBody.parse({ name, role: 'survivor' }))
    await saveCard(db, actor, at, CardBody.parse({ name: other, role: 'personCausingHarm' }))
    return caseId
  })
}

async function paired() {
  const hers = await caseOf(herWorker, 'Ash Larch', 'Dale Larch')
  const his = await caseOf(hisWorker, 'Dale Larch', 'Ash Larch')
  const done = await lead.act((db, actor) => pairFiles(db, actor, { one: hers, other: his }))
  if ('refused' in done) throw new Error(done.refused)
  return { hers, his, id: done.id }
}
const opens = (who: Person, caseId: string) => who.act((db, actor) => openFile(db, actor, caseId))

describe('us-U14: both people of a relationship are clients of one agency', () => {
  test('each file opens for its own team; no search of one shows the other', async () => {
    const { hers, his } = await paired()
    expect(await opens(herWorker, hers)).toMatchObject({ sort: 'closed' })
    expect(await opens(hisWorker, his)).toMatchObject({ sort: 'closed' })
    expect([await opens(herWorker, his), await opens(hisWorker, hers)]).toEqual([null, null])
    for (const query of ['Ash Larch', 'Dale Larch', 'larch']) {
      const found = async (who: Person) =>
        (await who.act((db, actor) => searchNames(db, actor, { query, limit: 100 }))).found.map(
          (each) => each.caseId,
        )
      expect(await found(herWorker)).not.toContain(his)
      expect(await found(hisWorker)).not.toContain(hers)
    }
  })

  test('nobody of one team can be given the other file, nor be put on its team', async () => {
    const { hers, his } = await paired()
    const give = (by: Person, caseId: string, to: Person) =>
      by.act((db, actor) => assignCase(db, actor, caseId, to.accountId))
    expect(await give(lead, hers, hisWorker)).toEqual({ refused: 'may-not-see' })
    expect(await give(hisWorker, his, herWorker)).toEqual({ refused: 'may-not-see' })
    const team = await hisWorker.act((db, actor) =>
      closeForTeam(db, actor, his, { team: [herWorker.accountId], cells: [] }),
    )
    expect(team).toMatchObject({ members: expect.not.arrayContaining([herWorker.accountId]) })
  })

  test('the link is sealed to the privacy leads, each alone, and names no case in the clear', async () => {
    const { hers, his, id } = await paired()
    for (const who of [lead, second]) {
      const pairs = await who.act((db, actor) => pairsFor(db, actor))
      const one = pairs.find((each) => each.id === id)
      expect(one?.files.map((file) => file.caseId)).toEqual([hers, his])
    }
    const { rows } = await sql<{ holder: string; body: Buffer; text: string }>`
      select holder, body, (to_jsonb(f) - 'body')::text as text from people.paired_file f where id = ${id}::uuid`.execute(
      world.owner,
    )
    expect(rows.map((row) => row.holder).toSorted()).toEqual([lead.accountId, second.accountId].toSorted())
    for (const row of rows) {
      expect(row.text).not.toMatch(new RegExp(`${hers}|${his}`))
      for (const who of [herWorker, hisWorker, admin]) {
        const open = () => who.act(async (_db, actor) => openSealed(actor.keys.user, row.body))
        await expect(open()).rejects.toThrow(Unopenable)
        expect(await who.act((db) => db.selectFrom('people.paired_file').selectAll().execute())).toEqual([])
      }
    }
  })

  test('a lead who may no longer see one of the files is shown no pair, and the other leads keep it', async () => {
    const { hers, his, id } = await paired()
    const out = { team: [hisWorker.accountId], excluded: [lead.accountId], cells: [] }
    await hisWorker.act((db, actor) => closeForTeam(db, actor, his, out))
    const pairs = async (who: Person) =>
      (await who.act((db, actor) => pairsFor(db, actor))).map((each) => each.id)
    expect(await pairs(lead)).not.toContain(id)
    expect(await pairs(second)).toContain(id)
    const later = await world.join(admin, 'Rowan', ['worker'])
    const wide = { team: [herWorker.accountId, later.accountId], cells: [] }
    await herWorker.act((db, actor) => closeForTeam(db, actor, hers, wide))
    expect(await pairs(second)).toContain(id)
    const give = await hisWorker.act((db, actor) => assignCase(db, actor, his, later.accountId))
    expect(give).toEqual({ refused: 'may-not-see' })
    // Erased by a lead who sees only one of the two: gone for both.
    await lead.act((db, actor) => eraseCase(db, actor, hers))
    expect([await pairs(second), await pairs(lead)]).toEqual([
      expect.not.arrayContaining([id]),
      expect.not.arrayContaining([id]),
    ])
    const left = sql<{ n: string }>`select count(*) as n from people.paired_file where id = ${id}::uuid`
    expect((await left.execute(world.owner)).rows[0]?.n).toBe(0)
  })

  test('each look at it is written down, without which files they are', async () => {
    const { id, hers } = await paired()
    await second.act((db, actor) => pairsFor(db, actor))
    const lines = await hisWorker.act((db, actor) =>
      readLines(db, actor, { kinds: ['pair.made', 'pair.read'], limit: 200 }, (ids) =>
        caseKeys(db, actor, ids),
      ),
    )
    const own = lines.filter((line) => line.detail?.['pair'] === id)
    expect(own.map((line) => line.kind).toSorted()).toEqual(['pair.made', 'pair.read'])
    expect(JSON.stringify(lines)).not.toContain(hers)
  })

  test('is refused where somebody works with both, for a worker, and twice', async () => {
    const one = await caseOf(herWorker, 'Kit Birch', 'Lee Birch')
    const other = await caseOf(herWorker, 'Lee Birch', 'Kit Birch')
    const pair = (by: Person, a: string, b: string) =>
      by.act((db, actor) => pairFiles(db, actor, { one: a, other: b }))
    expect(await pair(lead, one, other)).toEqual({ refused: 'team-shared', accounts: [herWorker.accountId] })
    expect(await opens(hisWorker, one)).toMatchObject({ sort: 'open' })
    const own = await caseOf(second, 'Lee Birch', 'Kit Birch')
    expect(await pair(second, one, own)).toEqual({ refused: 'works-with-one' })
    expect(await pair(lead, one, one)).toEqual({ refused: 'same-case' })
    const { hers, his } = await paired()
    expect(await pair(lead, his, hers)).toEqual({ refused: 'paired-already' })
    expect(await pair(herWorker, one, other)).toEqual({ refused: 'no-case' })
  })

  test('whoever joins one team later is shut out of the other when a lead looks; an erased file ends the pair', async () => {
    const { hers, his, id } = await paired()
    const later = await world.join(admin, 'Fern', ['worker'])
    await herWorker.act((db, actor) =>
      closeForTeam(db, actor, hers, { team: [herWorker.accountId, later.accountId], cells: [] }),
    )
    await lead.act((db, actor) => pairsFor(db, actor))
    const give = await hisWorker.act((db, actor) => assignCase(db, actor, his, later.accountId))
    expect(give).toEqual({ refused: 'may-not-see' })
    await lead.act((db, actor) => eraseCase(db, actor, his))
    expect((await second.act((db, actor) => pairsFor(db, actor))).map((each) => each.id)).not.toContain(id)
    expect(await lead.act((db, actor) => unpair(db, actor, id))).toBe(false)
  })
})

test('the teams of two files are whoever works with each, without the privacy leads', () => {
  const one = { ownerId: 'a', holders: ['a', 'lead', 'b'] }
  expect(teamsOf(one, { ownerId: 'c', holders: ['lead', 'b'] }, ['lead'])).toEqual({
    one: ['a', 'b'],
    other: ['c', 'b'],
    both: ['b'],
  })
})
