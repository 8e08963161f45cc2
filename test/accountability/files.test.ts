import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { addAction, belongs, linkCells, quietFamilies } from '#accountability'
import { CardBody, closeForTeam, eraseCase, openFile, saveCard, searchNames, startCase } from '#people'
import { caseKey } from '#platform/access'

import { entriesOf } from '../../src/accountability/entry.store.ts'
import { threadsIn } from '../../src/accountability/link.actions.ts'
import { saveTeam } from '../../src/accountability/team.actions.ts'
import { saveDoubt } from '../../src/accountability/thread.actions.ts'
import { threadOf, threadsOf } from '../../src/accountability/thread.store.ts'
import { liftHold, placeHold } from '../../src/people/legal-hold.actions.ts'
import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'
import { type Served, serveWorld } from '../world/served.ts'
import { fileAbout, survivorCase } from './harm-world.ts'

let world: TestWorld
let served: Served
let first: Person
let second: Person
let lead: Person
let privacy: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  first = await world.found('Harbour Advocacy', 'domestic-abuse')
  second = await world.join(first, 'Second', ['worker'])
  lead = await world.join(first, 'Lena', ['lead'])
  privacy = await world.join(first, 'Piers', ['privacy-lead'])
})
afterAll(() => world?.close())

const order = { source: 'police', agency: 'Police', who: 'Kit', measure: 'order', words: '' } as const
const soon = () => new Date(Date.now() + 5 * 86_400_000)
const files = (who: Person) =>
  who.act(async (db, actor) => (await threadsOf(db, actor)).map((each) => each.id))
const inCase = (who: Person, caseId: string) =>
  who.act(async (db, actor) => {
    const file = await openFile(db, actor, caseId)
    return file === null ? null : (await threadsIn(db, actor, file)).map((each) => each.id)
  })
const at = (who: Person, threadId: string) =>
  who.act(async (db, actor) => ({ threadId, version: (await threadOf(db, actor, threadId))?.version ?? 0 }))

describe('a file of its own', () => {
  test('only its team sees it; of the rest of the house nobody can tell that it is there', async () => {
    const caseId = await survivorCase(first, 'Robin Alder')
    const threadId = await fileAbout(first, 'Robin Alder', { caseId })
    expect(await files(first)).toContain(threadId)
    expect(await files(second)).not.toContain(threadId)
    expect(await inCase(first, caseId)).toEqual([threadId])
    expect(await inCase(second, caseId)).toEqual([])
    const shut = await served.get(`/accountability/${threadId}`, second)
    const nothing = await served.get('/accountability/01890000-0000-7000-8000-000000000001', second)
    const plain = (body: string) => body.replaceAll(/nonce="[^"]*"/g, '')
    expect([shut.status, plain(await shut.text())]).toEqual([404, plain(await nothing.text())])
    expect(await second.act((db, actor) => caseKey(db, actor, threadId))).toBe(null)
    expect(await second.act((db, actor) => belongs(db, actor, caseId, threadId, false))).toEqual({
      refused: 'missing',
    })
  })

  test('whoever leaves the team is locked out by a new key, and the entries stay readable for the rest', async () => {
    const threadId = await fileAbout(first, 'Robin Beech', { team: [second.accountId] })
    await second.act((db, actor) => addAction(db, actor, threadId, order, soon()))
    const old = await second.act((db, actor) => caseKey(db, actor, threadId))
    const now = await at(first, threadId)
    const done = await first.act((db, actor) =>
      saveTeam(db, actor, now, { ownerId: actor.accountId, team: [] }),
    )
    expect(done).not.toHaveProperty('refused')
    expect(await files(second)).not.toContain(threadId)
    const entries = (key: NonNullable<typeof old>) => first.act((db) => entriesOf(db, key))
    await expect(entries(old!)).rejects.toThrow()
    const fresh = await first.act((db, actor) => caseKey(db, actor, threadId))
    expect(await entries(fresh!)).toMatchObject([{ body: { kind: 'action', measure: 'order' } }])
    expect(
      await first.act((db, actor) => saveTeam(db, actor, now, { ownerId: actor.accountId, team: [] })),
    ).toEqual({
      refused: 'changed-meanwhile',
    })
  })

  test('a team that is not saved keeps what was ticked: the keeper is missing, or somebody was first', async () => {
    const threadId = await fileAbout(first, 'Robin Willow')
    const path = `/accountability/${threadId}/team`
    const ticked = async (fields: Readonly<Record<string, string | readonly string[]>>) => {
      const answer = await served.post(path, fields, first)
      const page = await answer.text()
      const box = (name: string, who: Person) =>
        new RegExp(`<input[^>]*name="${name}"[^>]*value="${who.accountId}"[^>]*checked`).test(page)
      return [answer.status, box('owner', lead), box('team', second)]
    }
    const wish = { team: [second.accountId], version: '1' }
    expect(await ticked(wish)).toEqual([422, false, true])
    expect(await ticked({ ...wish, owner: lead.accountId, version: '9' })).toEqual([409, true, true])
    expect(await files(second)).not.toContain(threadId)
  })

  test('refused because the case closed meanwhile, nothing of the file is left behind', async () => {
    const caseId = await survivorCase(first, 'Robin Hazel')
    await first.act((db, actor) =>
      closeForTeam(db, actor, caseId, { team: [actor.accountId], cells: [linkCells] }),
    )
    const all = sql<{ id: string }>`select case_id as id from accountability.thread order by 1`
    const before = (await all.execute(world.owner)).rows
    const typed = { act: 'start', name: 'Robin Hazel', age: 'adult' }
    expect((await served.post(`/cases/${caseId}/accountability`, typed, second)).status).toBe(404)
    expect((await all.execute(world.owner)).rows).toEqual(before)
  })

  test('closing the case keeps the way to it; erasing the case ends the way and leaves the file', async () => {
    const caseId = await survivorCase(first, 'Robin Cedar')
    const threadId = await fileAbout(first, 'Robin Cedar', { caseId })
    await first.act((db, actor) =>
      closeForTeam(db, actor, caseId, { team: [actor.accountId], cells: [linkCells] }),
    )
    expect(await inCase(first, caseId)).toEqual([threadId])
    await first.act((db, actor) => eraseCase(db, actor, caseId))
    const links = sql<{ n: string }>`select count(*) as n from accountability.link where case_id = ${caseId}`
    expect((await links.execute(world.owner)).rows[0]?.n).toBe(0)
    expect(await files(first)).toContain(threadId)
  })

  test('is erased by a privacy lead of its team alone, as it was read, with a reason and a proof, and not on legal hold', async () => {
    const caseId = await survivorCase(first, 'Robin Rowan')
    const threadId = await fileAbout(first, 'Robin Rowan', { caseId })
    const path = `/accountability/${threadId}/erase`
    const sure = (version: number) => ({ why: 'asked', word: 'erase', version: String(version) })
    expect((await served.post(path, sure(1), first)).status).toBe(404)
    expect(await (await served.get(`/accountability/${threadId}/end`, first)).text()).not.toContain(path)
    expect(await (await served.get(`/accountability/${threadId}/end`, privacy)).text()).toContain(path)
    const act = { act: 'erase', version: '1' }
    await served.post(`/accountability/${threadId}/end`, act, first)
    const wrong = await served.post(path, { ...sure(1), word: 'no' }, privacy)
    expect([wrong.status, await files(first)]).toEqual([422, expect.arrayContaining([threadId])])
    expect((await served.post(path, { word: 'erase', version: '1' }, privacy)).status).toBe(422)
    expect((await served.post(path, sure(7), privacy)).status).toBe(409)
    await privacy.act((db, actor) =>
      placeHold(db, actor, caseId, { ground: 'court', reason: 'A court asked.' }),
    )
    const held = await served.post(path, sure(1), privacy)
    expect([held.status, (await held.text()).includes('(legal-hold)')]).toEqual([409, true])
    expect(await files(first)).toContain(threadId)
    await privacy.act((db, actor) => liftHold(db, actor, caseId, 'It is over.'))
    const done = await served.post(path, sure(1), privacy)
    expect([done.status, done.headers.get('location')]).toEqual([303, expect.stringMatching(/^\/erasures\//)])
    const sheet = await (await served.get(done.headers.get('location') ?? '', privacy)).text()
    expect([sheet.includes('The person asked for it'), sheet.includes('Rowan')]).toEqual([true, false])
    const left = sql<{
      n: string
    }>`select (select count(*) from accountability.thread where case_id = ${threadId})
      + (select count(*) from keyring.case_wrap where case_id = ${threadId}) as n`
    expect((await left.execute(world.owner)).rows[0]?.n).toBe(0)
  })
})

describe('who is who', () => {
  test('us-U14: where both are clients here, the file is in neither search and shows neither case to the other worker', async () => {
    const hers = await survivorCase(first, 'Dale Larch', 'Ash Larch')
    const his = await second.act(async (db, actor) => {
      const { caseId } = await startCase(db, actor)
      await saveCard(
        db,
        actor,
        { caseId, id: null, version: 0 },
        CardBody.parse({ name: 'Dale Larch', role: 'survivor' }),
      )
      return caseId
    })
    for (const [by, caseId] of [
      [first, hers],
      [second, his],
    ] as const)
      await by.act((db, actor) =>
        closeForTeam(db, actor, caseId, { team: [actor.accountId], cells: [linkCells] }),
      )
    const threadId = await fileAbout(first, 'Dale Larch', { caseId: hers })
    const found = (who: Person) =>
      who.act(async (db, actor) =>
        (await searchNames(db, actor, { query: 'Dale Larch' })).found.map((each) => each.caseId),
      )
    expect(await found(first)).toEqual([hers])
    expect(await found(second)).toEqual([his])
    expect([await files(second), await inCase(second, his), await inCase(second, hers)]).toEqual([
      [],
      [],
      null,
    ])
    for (const path of ['/accountability', '/work', `/cases/${his}`, '/accountability/notice'])
      expect([path, (await (await served.get(path, second)).text()).includes(threadId)]).toEqual([
        path,
        false,
      ])
    const page = await (await served.get(`/accountability/${threadId}`, first)).text()
    expect([page.includes(hers), page.includes(his), page.includes('Ash')]).toEqual([false, false, false])
  })

  test('the first to refer was the wrong one: planning stops, nobody loses anything, and the reversed file takes no more', async () => {
    // Reese came first and named Marlow; the specialist finds that Reese harms Marlow.
    const wrong = await survivorCase(first, 'Marlow Finch', 'Reese Finch')
    const aboutMarlow = await fileAbout(first, 'Marlow Finch', { caseId: wrong })
    const marlows = await survivorCase(second, 'Reese Finch', 'Marlow Finch')
    const before = await inCase(first, wrong)
    const raise = { why: 'The police saw both, and Marlow was hurt.', since: '2026-11-20', review: null }
    const raised = await first.act(async (db, actor) =>
      saveDoubt(db, actor, { threadId: aboutMarlow, version: 1 }, raise),
    )
    expect(raised).toEqual({ done: true })
    const plan = () => first.act((db, actor) => addAction(db, actor, aboutMarlow, order, soon()))
    expect(await plan()).toEqual({ refused: 'rule', rule: 'in-doubt' })
    // Neither case changed: the first survivor of the record keeps everything until somebody has looked.
    expect([await inCase(first, wrong), await inCase(second, marlows)]).toEqual([before, []])
    const review = { outcome: 'reversed', specialist: 'The specialist Idva', on: '2026-11-21' } as const
    const now = await at(first, aboutMarlow)
    await first.act((db, actor) => saveDoubt(db, actor, now, { ...raise, review }))
    expect(await plan()).toEqual({ refused: 'rule', rule: 'reversed' })
    const report = await lead.act((db, actor) => quietFamilies(db, actor, new Date()))
    expect(report.families.find((each) => each.caseId === wrong)).toMatchObject({ why: 'no-file' })
    expect(await (await served.get(`/accountability/${aboutMarlow}`, first)).text()).toContain(
      'erase this file',
    )
  })

  test('a fourteen-year-old towards a parent stays a client: help is planned, and their own case is untouched', async () => {
    const parents = await survivorCase(first, 'Rowan Teal', 'Parent Teal')
    const own = await second.act(async (db, actor) => {
      const { caseId } = await startCase(db, actor)
      await saveCard(
        db,
        actor,
        { caseId, id: null, version: 0 },
        CardBody.parse({ name: 'Rowan Teal', role: 'child' }),
      )
      return caseId
    })
    const threadId = await fileAbout(first, 'Rowan Teal', { caseId: parents, age: 'under-18' })
    const young = { ...order, source: 'youth-service', measure: 'youth-programme' } as const
    expect(await first.act((db, actor) => addAction(db, actor, threadId, order, soon()))).toEqual({
      refused: 'rule',
      rule: 'young-person',
    })
    expect(await first.act((db, actor) => addAction(db, actor, threadId, young, soon()))).toHaveProperty(
      'entryId',
    )
    const page = await (await served.get(`/accountability/${threadId}/action`, first)).text()
    expect([page.includes('value="family-support"'), page.includes('value="arrest-or-bail"')]).toEqual([
      true,
      false,
    ])
    const file = await second.act((db, actor) => openFile(db, actor, own))
    expect([file?.cards.map((card) => card.role), await inCase(second, own)]).toEqual([['child'], []])
  })
})

describe('families in which nobody acts', () => {
  test('are on the lead’s list until somebody does, after as many days as the agency chose; a worker has no such list', async () => {
    const caseId = await survivorCase(lead, 'Robin Dogwood')
    const mine = async (now = new Date()) =>
      (await lead.act((db, actor) => quietFamilies(db, actor, now))).families.find(
        (each) => each.caseId === caseId,
      )?.why
    expect(await mine()).toBe('no-file')
    const threadId = await fileAbout(lead, 'Robin Dogwood', { caseId })
    expect(await mine()).toBe('no-action')
    expect(await (await served.get(`/cases/${caseId}`, lead)).text()).toContain('in the last 28 days')
    await lead.act((db, actor) => addAction(db, actor, threadId, order, soon()))
    expect(await mine()).toBe(undefined)
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
    expect([await mine(inDays(32)), await mine(inDays(34))]).toEqual([undefined, 'no-action'])
    expect((await served.post('/accountability/quiet', { days: '6' }, lead)).status).toBe(422)
    expect((await served.post('/accountability/quiet', { days: '7' }, lead)).status).toBe(303)
    expect([await mine(inDays(11)), await mine(inDays(13))]).toEqual([undefined, 'no-action'])
    const listed = await (await served.get('/accountability/quiet', lead)).text()
    expect(listed).toContain('in the last 7 days')
    expect((await served.get('/accountability/quiet', second)).status).toBe(404)
  })

  test('what a lead may not see is on no list and in no count', async () => {
    const before = await lead.act((db, actor) => quietFamilies(db, actor, new Date()))
    const caseId = await survivorCase(first, 'Robin Elder')
    await first.act((db, actor) =>
      closeForTeam(db, actor, caseId, { team: [actor.accountId], cells: [linkCells] }),
    )
    const after = await lead.act((db, actor) => quietFamilies(db, actor, new Date()))
    expect([after.named, after.families.length]).toEqual([before.named, before.families.length])
  })
})
