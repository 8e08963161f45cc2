import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { CardBody } from './card.ts'
import { saveCard } from './card.actions.ts'
import { saveDanger } from './careful.actions.ts'
import { bringCells } from './case-cells.ts'
import { assignCase, startCase } from './case.actions.ts'
import { closeForTeam } from './close.actions.ts'
import { ownConflict } from './conflict.actions.ts'
import { Danger } from './danger.ts'
import { saveKnown } from './known.actions.ts'
import { ownKnown } from './known.store.ts'
import { searchNames } from './name-search.actions.ts'
import { casesOf, openFile } from './open.actions.ts'

let world: TestWorld
let amina: Person
let lena: Person
let elsewhere: Person

beforeAll(async () => {
  bringCells([])
  world = await testWorld()
  amina = await world.found('Harbour Advocacy', 'domestic-abuse')
  lena = await world.join(amina, 'Lena Wren', ['lead'])
  await world.join(amina, 'Piers Pond', ['privacy-lead'])
  elsewhere = await world.found('Hill Clinic', 'mental-health')
})
afterAll(() => world.close())

const body = (name: string, more: Partial<CardBody> = {}) =>
  CardBody.parse({ name, role: 'survivor', ...more })

async function caseOf(by: Person, card: CardBody, owner?: Person): Promise<string> {
  return by.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor, owner === undefined ? {} : { ownerId: owner.accountId })
    await saveCard(db, actor, { caseId, id: null, version: 0 }, card)
    return caseId
  })
}

const opens = (who: Person, caseId: string) => who.act((db, actor) => openFile(db, actor, caseId))

async function knows(who: Person, ...names: string[]): Promise<void> {
  await who.act(async (db, actor) => {
    const { version } = await ownKnown(db, actor)
    expect(await saveKnown(db, actor, version, names)).toEqual({ done: true })
  })
}

describe('a list of people somebody knows', () => {
  test('closes a case for them when it is made, whoever in it has the name, and whichever name', async () => {
    await knows(lena, 'Robin Thorn', 'Jorg Muller')
    const cards = [
      body('Robin Thorn'),
      body('Thorn, Robin', { role: 'personCausingHarm' }),
      body('Jörg Müller', { role: 'child' }),
      body('R.', { role: 'other', sayAloud: ['Robin Thorn'] }),
    ]
    for (const card of cards) {
      const caseId = await caseOf(amina, card)
      expect(await opens(lena, caseId)).toBeNull()
      expect(await opens(amina, caseId)).toMatchObject({ sort: 'closed', ownerId: amina.accountId })
    }
    const open = await caseOf(amina, body('Robin Vale'))
    expect(await opens(lena, open)).toMatchObject({ sort: 'open' })
  })

  test('is tried again when a name changes, and for a name that is changed away', async () => {
    await knows(lena, 'Robin Thorn')
    const caseId = await caseOf(amina, body('Ash Vale'))
    const id = (await opens(lena, caseId))?.cards[0]?.id ?? ''
    const rename = (name: string, version: number) =>
      amina.act((db, actor) => saveCard(db, actor, { caseId, id, version }, body(name)))
    await rename('Robin Thorn', 1)
    expect(await opens(lena, caseId)).toBeNull()
    await rename('Ash Vale', 2)
    expect(await opens(lena, caseId)).toBeNull()
    const back = await amina.act((db, actor) => assignCase(db, actor, caseId, lena.accountId))
    expect(back).toEqual({ refused: 'may-not-see' })
    const team = await amina.act((db, actor) =>
      closeForTeam(db, actor, caseId, { team: [lena.accountId], cells: [] }),
    )
    expect(team).toMatchObject({ members: expect.not.arrayContaining([lena.accountId]) })
  })

  test('hands the case on where it was theirs, and leaves nothing of it with them', async () => {
    await knows(lena, 'Robin Thorn')
    const caseId = await caseOf(amina, body('Robin Thorn'), lena)
    expect(await opens(amina, caseId)).toMatchObject({ ownerId: amina.accountId })
    const all = await lena.act((db, actor) => casesOf(db, actor, { whose: 'everyone', limit: 500 }))
    expect(all.lines.map((line) => line.caseId)).not.toContain(caseId)
    expect((await lena.act((db, actor) => searchNames(db, actor, { query: 'Robin Thorn' }))).total).toBe(0)
  })

  test('closes what they can see already, the moment it is saved', async () => {
    await knows(lena)
    const caseId = await caseOf(amina, body('Kit Birch'))
    expect(await opens(lena, caseId)).not.toBeNull()
    await knows(lena, 'Kit Birch')
    expect(await opens(lena, caseId)).toBeNull()
    expect(await opens(amina, caseId)).toMatchObject({ sort: 'closed' })
    await knows(lena)
    expect(await opens(lena, caseId)).toBeNull()
  })

  test('knows somebody by a name that they no longer use', async () => {
    await knows(lena)
    const caseId = await caseOf(amina, body('Hazel Moss'))
    const id = (await opens(amina, caseId))?.cards[0]?.id ?? ''
    await amina.act((db, actor) => saveCard(db, actor, { caseId, id, version: 1 }, body('Hazel Wren')))
    expect((await lena.act((db, actor) => searchNames(db, actor, { query: 'Hazel Moss' }))).total).toBe(0)
    await knows(lena, 'Hazel Moss')
    expect(await opens(lena, caseId)).toBeNull()
  })

  test('knows somebody by the name on papers alone, whichever was written first, and when it is changed', async () => {
    await knows(lena)
    const paper = (legalName: string) => body('Fern', { legalName })
    const first = await caseOf(amina, paper('Philippa Lark'))
    const changed = await caseOf(amina, paper('Someone Else'))
    const none = await caseOf(amina, body('Fern'))
    expect([await opens(lena, first), await opens(lena, changed)]).not.toContain(null)
    await knows(lena, 'Philippa Lark')
    expect(await opens(lena, first)).toBeNull()
    expect(await opens(lena, await caseOf(amina, paper('Lark, Philippa')))).toBeNull()
    const id = (await opens(amina, changed))?.cards[0]?.id ?? ''
    await amina.act((db, actor) =>
      saveCard(db, actor, { caseId: changed, id, version: 1 }, paper('Philippa Lark')),
    )
    expect(await opens(lena, changed)).toBeNull()
    expect(await opens(lena, none)).toMatchObject({ sort: 'open' })
    const found = await amina.act((db, actor) => searchNames(db, actor, { query: 'Philippa Lark' }))
    expect(found.total).toBe(0)
  })

  test('closes for whoever writes the name, after everything they typed is saved', async () => {
    await knows(lena, 'Robin Thorn')
    const { caseId, own, second } = await lena.act(async (db, actor) => {
      const started = await startCase(db, actor)
      const at = { caseId: started.caseId, id: null, version: 0 }
      await saveCard(db, actor, at, body('Robin Thorn'))
      const told = await ownConflict(db, actor, started.caseId)
      return { ...started, own: told, second: await saveCard(db, actor, at, body('Lee', { role: 'other' })) }
    })
    expect(own).toBe('goes')
    expect(second).not.toHaveProperty('refused')
    expect(await opens(lena, caseId)).toBeNull()
    expect((await opens(amina, caseId))?.cards.map((card) => card.name)).toEqual(['Robin Thorn', 'Lee'])
  })

  test('stays where nobody else could hold it, and says so', async () => {
    await knows(elsewhere, 'Robin Thorn')
    const told = await elsewhere.act(async (db, actor) => {
      const { caseId } = await startCase(db, actor)
      await saveCard(db, actor, { caseId, id: null, version: 0 }, body('Robin Thorn'))
      return [caseId, await ownConflict(db, actor, caseId)] as const
    })
    expect(told[1]).toBe('stays')
    expect(await opens(elsewhere, told[0])).not.toBeNull()
  })

  test('is its owner’s alone: nobody else reads it, and it goes with them', async () => {
    await knows(lena, 'Robin Thorn')
    const rows = (who: Person) => who.act((db) => db.selectFrom('people.known_list').selectAll().execute())
    expect(await rows(lena)).toHaveLength(1)
    expect(await rows(amina)).toEqual([])
    expect(await listsSeen(amina)).toContain(lena.accountId)
    expect(await listsSeen(elsewhere)).not.toContain(lena.accountId)
  })
})

const listsSeen = (who: Person) =>
  who.act(async (db) => {
    const { rows } = await sql<{ account_id: string }>`select account_id from people.lists_to_try()`.execute(
      db,
    )
    return rows.map((row) => row.account_id)
  })

describe('people who the person named', () => {
  const name = (caseId: string, ...names: string[]) =>
    amina.act((db, actor) => saveDanger(db, actor, { caseId, version: 0 }, Danger.parse({ names }), []))

  test('a typed name shuts out whoever is called so', async () => {
    await knows(lena)
    const caseId = await caseOf(amina, body('Fir'))
    expect(await name(caseId, 'Wren, Lena')).toEqual({ version: 1 })
    expect(await opens(lena, caseId)).toBeNull()
    expect(await opens(amina, caseId)).toMatchObject({ sort: 'closed', danger: { names: ['Wren, Lena'] } })
  })

  test('a name that nobody here has closes the case for whoever comes later', async () => {
    const caseId = await caseOf(amina, body('Gorse'))
    await name(caseId, 'Dora Marsh')
    const dora = await world.join(amina, 'Dora Marsh', ['worker', 'lead'])
    expect(await opens(dora, caseId)).toBeNull()
    const team = await amina.act((db, actor) =>
      closeForTeam(db, actor, caseId, { team: [dora.accountId], cells: [] }),
    )
    expect(team).toMatchObject({ members: expect.not.arrayContaining([dora.accountId]) })
    expect(await opens(dora, caseId)).toBeNull()
  })
})
