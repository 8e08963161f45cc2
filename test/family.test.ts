import { randomUUID } from 'node:crypto'

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { familyCells, linkFiles } from '#family'
import { closeForTeam, eraseCase, openFile, SafeContact, saveContact, saveSheet, searchNames } from '#people'
import { caseKey } from '#platform/access'

import { cutBeforeErasing } from '../src/family/link.actions.ts'
import { saveKnown } from '../src/people/known.actions.ts'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { counted } from './world/counted-work.ts'
import { fileOf, ownFile, said } from './world/family.ts'
import { copyKeys, noKeys, tablesTelling } from './world/every-key.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let amina: Person
let gwen: Person
let privacy: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  amina = await world.found('Harbour Advocacy', 'domestic-abuse')
  gwen = await world.join(amina, 'Gwen', ['worker'])
  privacy = await world.join(amina, 'Piers', ['privacy-lead'])
})
afterAll(() => world?.close())

const textOf = async (path: string, who: Person) => (await served.get(path, who)).text()

const casesOf = async (who: Person) => {
  const { partyId } = await who.act(async (_db, actor) => actor)
  const cases = sql<{
    id: string
  }>`select id from people."case" where party_id = ${partyId}::uuid order by id`
  return (await cases.execute(world.owner)).rows.map((row) => row.id)
}

describe('a file of their own', () => {
  test('together by default: the same people see both files, and both say so', async () => {
    const { caseId, second } = await fileOf(amina, [
      ['Ines Marsh', 'survivor'],
      ['Kit Marsh', 'child'],
    ])
    const kit = await ownFile(amina, caseId, second)
    for (const who of [amina, gwen]) {
      expect(await textOf(`/cases/${caseId}/family`, who)).toContain(`/cases/${kit}"`)
      expect(await textOf(`/cases/${kit}/family`, who)).toContain(`/cases/${caseId}"`)
    }
    const file = await gwen.act((db, actor) => openFile(db, actor, kit))
    expect(file?.cards).toMatchObject([{ name: 'Kit Marsh', role: 'child', note: '', sayAloud: [] }])
  })

  test('made from a closed file it is closed for the same team, and out stays out', async () => {
    const { caseId, second } = await fileOf(amina, [
      ['Ines Weir', 'survivor'],
      ['Kit Weir', 'child'],
    ])
    const closed = { team: [amina.accountId], excluded: [gwen.accountId], cells: [familyCells] }
    await amina.act((db, actor) => closeForTeam(db, actor, caseId, closed))
    const kit = await ownFile(amina, caseId, second)
    expect((await served.get(`/cases/${kit}`, amina)).status).toBe(200)
    expect((await served.get(`/cases/${kit}`, gwen)).status).toBe(404)
    // The exclusion goes along, so that a later change of team lets nobody in either.
    const wide = { team: [amina.accountId, gwen.accountId], cells: [familyCells] }
    await amina.act((db, actor) => closeForTeam(db, actor, kit, wide))
    expect((await served.get(`/cases/${kit}`, gwen)).status).toBe(404)
  })

  test('refused because nobody could hold its key, nothing of it is left behind', async () => {
    const alone = await world.found('Lone Harbour', 'domestic-abuse')
    const { caseId, second } = await fileOf(alone, [
      ['Ines Reed', 'survivor'],
      ['Kit Reed', 'child'],
    ])
    const before = await casesOf(alone)
    await alone.act((db, actor) => saveKnown(db, actor, 0, ['Kit Reed']))
    const fields = { relation: 'child', zone: 'separate', team: [alone.accountId] }
    const answer = await served.post(`/cases/${caseId}/family/own/${second}`, fields, alone)
    expect(answer.status).toBe(409)
    expect(await casesOf(alone)).toEqual(before)
    expect(await textOf(`/cases/${caseId}/family`, alone)).toContain(`/family/own/${second}`)
  })

  test('us-U14: whoever causes harm gets none from here, and nothing joins the two files', async () => {
    const { caseId, second } = await fileOf(amina, [
      ['Ash Larch', 'survivor'],
      ['Dale Larch', 'personCausingHarm'],
    ])
    const fields = { relation: 'other', zone: 'together' }
    const answer = await served.post(`/cases/${caseId}/family/own/${second}`, fields, amina)
    expect([answer.status, (await answer.text()).includes('family-paired-files')]).toEqual([409, true])
    const his = await fileOf(amina, [['Dale Larch', 'survivor']])
    const linked = await amina.act((db, actor) =>
      linkFiles(db, actor, { caseId, other: his.caseId }, { ...said, relation: 'other' }),
    )
    expect(linked).toEqual({ refused: 'paired-files' })
    expect(await textOf(`/cases/${caseId}/family`, amina)).not.toContain(his.caseId)
  })
})

test('another agency that guesses the ids of both sides takes no link away', async () => {
  const { caseId, second } = await fileOf(amina, [
    ['Ines Moor', 'survivor'],
    ['Kit Moor', 'child'],
  ])
  const kit = await ownFile(amina, caseId, second)
  const stranger = await world.found('Elsewhere', 'mental-health')
  const ids = async () =>
    (
      await sql<{ id: string }>`select id from family.link where case_id in (${caseId}, ${kit})`.execute(
        world.owner,
      )
    ).rows
  const before = await ids()
  expect(before).toHaveLength(2)
  const cut = before.map((row) => row.id)
  await stranger.act((db) => sql`select family.cut(${cut}::uuid[])`.execute(db))
  expect(await ids()).toHaveLength(2)
})

test('the person’s own file has these pages; for a child on a card of it they tell of somebody else', async () => {
  const { caseId, first, second } = await fileOf(amina, [
    ['Ines Fern', 'survivor'],
    ['Kit Fern', 'child'],
  ])
  const words = { want: 'A door that locks', trust: '', notTold: [], how: 'said' as const, toldOn: '' }
  await amina.act((db, actor) => saveSheet(db, actor, { caseId, version: 0 }, 'own-words', words))
  const entries = async (who: string) => {
    const asked = await served.post(`/cases/${caseId}/asks/file`, { who, how: 'spoken' }, amina)
    return [asked.status, await textOf(asked.headers.get('location') ?? '/', amina)] as const
  }
  const [status, theirs] = await entries(first)
  expect([status, theirs.includes('A door that locks')]).toEqual([303, true])
  // Out of the child's until a worker writes why it goes in; of their own, only a ground takes it out.
  const [, childs] = await entries(second)
  expect([theirs, childs].map((page) => page.includes('in-own-words'))).toEqual([false, true])
})

describe('two zones', () => {
  let ines: Awaited<ReturnType<typeof fileOf>>
  let wren: string

  beforeAll(async () => {
    ines = await fileOf(amina, [
      ['Ines Fell', 'survivor'],
      ['Wren Fell', 'child'],
    ])
    await amina.act((db, actor) =>
      closeForTeam(db, actor, ines.caseId, { team: [amina.accountId], cells: [familyCells] }),
    )
    wren = await ownFile(amina, ines.caseId, ines.second, [gwen.accountId])
  })

  test('each sees their own side, and of the other not even that there is one', async () => {
    expect((await served.get(`/cases/${wren}`, amina)).status).toBe(404)
    expect((await served.get(`/cases/${ines.caseId}`, gwen)).status).toBe(404)
    expect(await textOf(`/cases/${ines.caseId}/family`, amina)).not.toContain(wren)
    expect(await textOf(`/cases/${wren}/family`, gwen)).not.toContain(ines.caseId)
    // Whoever holds both sees both.
    expect(await textOf(`/cases/${wren}/family`, privacy)).toContain(ines.caseId)
  })

  test('by cryptography: the keys of one zone open no cell of the other, wherever it lies', async () => {
    const canary = `canary-${randomUUID()}`
    const words = { want: canary, trust: canary, notTold: [], how: 'said' as const, toldOn: '' }
    const at = { caseId: wren, version: 0 }
    expect(await gwen.act((db, actor) => saveSheet(db, actor, at, 'own-words', words))).not.toHaveProperty(
      'refused',
    )
    expect(await amina.act((db, actor) => caseKey(db, actor, wren))).toBeNull()
    const [one, other] = [noKeys(), noKeys()]
    await copyKeys(one, amina, [ines.caseId, wren])
    await copyKeys(other, gwen, [ines.caseId, wren])
    expect(await tablesTelling(world, one, canary)).toEqual([])
    expect(await tablesTelling(world, other, canary)).toContain('people.sheet')
    // The side of the link that lies in one zone names the other file; the keys of the other zone do not open it.
    const [named] = (
      await sql<{ id: string }>`select id from family.link where case_id = ${ines.caseId}`.execute(
        world.owner,
      )
    ).rows
    expect(await tablesTelling(world, other, `"mirror":"${named?.id}"`)).toEqual(['family.link'])
    expect(await tablesTelling(world, one, `"mirror":"${named?.id}"`)).toEqual([])
    const rows = await sql<{ case_id: string; id: string }>`select case_id, id from family.link
      where case_id in (${ines.caseId}, ${wren})`.execute(world.owner)
    expect(new Set(rows.rows.map((row) => row.id)).size).toBe(2)
  })

  test('a file with a hidden link and one without look alike: page, statements, cryptography, ledger', async () => {
    const { caseId: alone } = await fileOf(amina, [
      ['Ines Fell', 'survivor'],
      ['Wren Fell', 'child'],
    ])
    await amina.act((db, actor) =>
      closeForTeam(db, actor, alone, { team: [amina.accountId], cells: [familyCells] }),
    )
    const page = async (id: string, path: string) => {
      const { result, work } = await counted(() => served.get(`/cases/${id}${path}`, amina))
      const text = (await result.text()).replaceAll(/nonce="[^"]*"/g, '')
      const bare = text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
      return { status: result.status, bare, statements: work.statements, crypto: work.crypto }
    }
    for (const path of ['/family', '', '/family/together', '/family/print', '/support']) {
      await page(alone, path)
      expect(await page(ines.caseId, path), path).toEqual(await page(alone, path))
    }
    const shown = await page(ines.caseId, '/family')
    expect(shown.bare).toContain('Wren Fell')
    expect(shown.bare).not.toContain('Gwen')
  })

  test('the search by name finds the file only in its own zone', async () => {
    const found = (who: Person) =>
      who.act(async (db, actor) => (await searchNames(db, actor, { query: 'Wren Fell' })).found)
    expect((await found(gwen)).map((each) => each.caseId)).toEqual([wren])
    expect((await found(amina)).map((each) => each.caseId)).not.toContain(wren)
  })

  test('a link that is hidden cannot be taken away, and one that is seen goes on both sides', async () => {
    const links = async () => {
      const { rows } = await sql<{ case_id: string; id: string }>`select case_id, id from family.link
        where case_id in (${ines.caseId}, ${wren}) order by case_id`.execute(world.owner)
      return rows
    }
    const [row] = (await links()).filter((each) => each.case_id === ines.caseId)
    const unlink = (who: Person) => served.post(`/cases/${ines.caseId}/family/unlink/${row?.id}`, {}, who)
    expect((await unlink(amina)).status).toBe(404)
    expect((await unlink(gwen)).status).toBe(404)
    expect(await links()).toHaveLength(2)
    expect((await unlink(privacy)).status).toBe(303)
    expect(await links()).toEqual([])
  })
})

test('F7: the addresses of two parents in two zones stay apart, also in the file of the child whom both have', async () => {
  const mother = await fileOf(amina, [['Ines Holt', 'survivor']])
  const father = await fileOf(gwen, [['Rafe Holt', 'survivor']])
  const child = await fileOf(amina, [['Kit Holt', 'child']])
  const place = (value: string) =>
    SafeContact.parse({
      nothingAtAll: false,
      ways: [
        {
          id: 'w',
          channel: 'post',
          value,
          whoElseSees: 'nobody',
          zone: 'Europe/London',
          whenever: true,
          safe: [],
          unsafe: [],
        },
      ],
      nameSafeToSay: null,
      verifiedAt: new Date().toISOString(),
      verifiedBy: 'x',
      printing: 'ok',
      changedBecause: null,
    })
  const addresses = [`1 ${randomUUID()} Street`, `2 ${randomUUID()} Street`] as const
  for (const [person, who, address] of [
    [mother, amina, addresses[0]],
    [father, gwen, addresses[1]],
  ] as const) {
    const at = { caseId: person.caseId, version: 0 }
    await who.act((db, actor) => saveContact(db, actor, at, place(address)))
    await who.act((db, actor) =>
      linkFiles(db, actor, { caseId: child.caseId, other: person.caseId }, { ...said, relation: 'parent' }),
    )
    const team = [who.accountId]
    await who.act((db, actor) => closeForTeam(db, actor, person.caseId, { team, cells: [familyCells] }))
  }
  const pages = [
    '',
    '/family',
    '/contact',
    '/print?sure=text',
    '/family/print?sure=paper',
    '/support',
    '/asks',
  ]
  for (const [who, seen, hidden, others] of [
    [amina, mother, addresses[1], father],
    [gwen, father, addresses[0], mother],
  ] as const) {
    for (const file of [seen, child])
      for (const page of pages) {
        const text = await textOf(`/cases/${file.caseId}${page}`, who)
        expect([page, text.includes(hidden), text.includes(others.caseId)]).toEqual([page, false, false])
        if (file === child)
          expect([page, addresses.some((each) => text.includes(each))]).toEqual([page, false])
      }
    expect((await served.get(`/cases/${others.caseId}`, who)).status).toBe(404)
    const own = await who.act((db, actor) => openFile(db, actor, seen.caseId))
    expect(own?.contact?.ways[0]?.value).toBe(addresses[who === amina ? 0 : 1])
    // What they do see of it: the child, and their own side.
    expect(await textOf(`/cases/${child.caseId}/family`, who)).toContain(seen.caseId)
  }
})

test('what is erased is gone on the other side too, and the sheet of what went counts no link', async () => {
  const { caseId, second } = await fileOf(amina, [
    ['Ines Pike', 'survivor'],
    ['Lou Pike', 'child'],
  ])
  const lou = await ownFile(amina, caseId, second, [gwen.accountId])
  const left = async () =>
    (
      await sql<{
        case_id: string
      }>`select case_id from family.link where case_id in (${caseId}, ${lou})`.execute(world.owner)
    ).rows
  expect(await left()).toHaveLength(2)
  const done = await amina.act((db, actor) => eraseCase(db, actor, caseId, 'asked', null, cutBeforeErasing))
  expect(await left()).toEqual([])
  const other = await fileOf(amina, [['Nobody Pike', 'survivor']])
  await sql`select 1`.execute(world.owner)
  const plain = await amina.act((db, actor) =>
    eraseCase(db, actor, other.caseId, 'asked', null, cutBeforeErasing),
  )
  const sorts = (each: typeof done) => ('refused' in each ? each : Object.keys(each.proof.counts).toSorted())
  expect(sorts(done)).toEqual(sorts(plain))
  expect(done).not.toHaveProperty('refused')
  expect((await served.get(`/cases/${lou}/family`, gwen)).status).toBe(200)
})
