import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { belongs, linkCells, startThread } from '#accountability'
import { closeForTeam, holdersOf, saveKnown, searchNames } from '#people'
import { caseKeys } from '#platform/access'
import { readLines } from '#platform/ledger'

import { entriesOf } from '../../src/accountability/entry.store.ts'
import { saveTeam } from '../../src/accountability/team.actions.ts'
import { savePerson } from '../../src/accountability/thread.actions.ts'
import { threadOf, threadsOf } from '../../src/accountability/thread.store.ts'
import { ownKnown } from '../../src/people/known.store.ts'
import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'
import { type Served, serveWorld } from '../world/served.ts'
import { fileAbout, survivorCase } from './harm-world.ts'

let world: TestWorld
let served: Served
let first: Person
let worker: Person
let piers: Person
let third: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  first = await world.found('Harbour Advocacy', 'domestic-abuse')
  worker = await world.join(first, 'Wade', ['worker'])
  // The first of the privacy leads: a closed team takes this one by itself.
  piers = await world.join(first, 'Piers', ['privacy-lead'])
  third = await world.join(first, 'Thea', ['worker'])
  for (const who of [worker, piers]) await lists(who, 'Marek Known')
})
afterAll(() => world?.close())

async function lists(who: Person, ...names: string[]): Promise<void> {
  await who.act(async (db, actor) => saveKnown(db, actor, (await ownKnown(db, actor)).version, names))
}

const at = (who: Person, threadId: string) =>
  who.act(async (db, actor) => ({ threadId, version: (await threadOf(db, actor, threadId))?.version ?? 0 }))
const holds = (threadId: string, by = first) => by.act((db, actor) => holdersOf(db, actor.partyId, threadId))
const team = (): readonly string[] => [worker.accountId, piers.accountId]

/** Neither of the two holds a wrap, and nothing that they may open tells that the file is there. */
async function shut(threadId: string, name: string): Promise<void> {
  const holders = await holds(threadId)
  expect(holders.filter((each) => team().includes(each))).toEqual([])
  expect(holders).toContain(first.accountId)
  for (const who of [worker, piers]) {
    expect((await served.get(`/accountability/${threadId}`, who)).status).toBe(404)
    const list = await (await served.get('/accountability', who)).text()
    expect([list.includes(threadId), list.includes(name)]).toEqual([false, false])
    const seen = await who.act(async (db, actor) => ({
      files: (await threadsOf(db, actor)).map((each) => each.id),
      found: (await searchNames(db, actor, { query: name })).total,
      told: (await readLines(db, actor, { caseId: threadId }, (ids) => caseKeys(db, actor, ids))).filter(
        (line) => line.detail !== null,
      ),
    }))
    expect([seen.files.includes(threadId), seen.found, seen.told]).toEqual([false, 0, []])
  }
}

/** A case that neither of the two may see. */
async function caseWithout(harm: string): Promise<string> {
  const caseId = await survivorCase(first, harm)
  await first.act((db, actor) =>
    closeForTeam(db, actor, caseId, { team: [actor.accountId], excluded: team(), cells: [linkCells] }),
  )
  return caseId
}

/** A file on whose team both are. */
async function fileWith(name: string, caseId?: string): Promise<string> {
  const threadId = await fileAbout(first, name, {
    team: team(),
    ...(caseId === undefined ? {} : { caseId }),
  })
  expect(await holds(threadId)).toEqual(expect.arrayContaining([...team()]))
  return threadId
}

describe('whoever must not see a case, or knows the person, is out of the file too', () => {
  test('when it is begun from a case, and when its team changes, by a tick or by itself', async () => {
    const caseId = await caseWithout('Dale Marsh')
    const threadId = await first.act(async (db, actor) => {
      const begun = await startThread(db, actor, {
        person: { name: 'Dale Marsh', age: 'adult' },
        team: team(),
        caseId,
      })
      return 'refused' in begun ? '' : begun.threadId
    })
    await shut(threadId, 'Dale Marsh')
    const page = await (await served.get(`/accountability/${threadId}/team`, first)).text()
    expect([page.includes(worker.accountId), page.includes(third.accountId)]).toEqual([false, true])
    const now = await at(first, threadId)
    await first.act((db, actor) =>
      saveTeam(db, actor, now, { ownerId: worker.accountId, team: [...team(), actor.accountId] }),
    )
    await shut(threadId, 'Dale Marsh')
    // A team-mate who may not read the case keeps them out as well.
    await first.act(async (db, actor) =>
      saveTeam(
        db,
        actor,
        { threadId, version: now.version + 1 },
        { ownerId: actor.accountId, team: [third.accountId] },
      ),
    )
    const later = await at(third, threadId)
    await third.act((db, actor) =>
      saveTeam(db, actor, later, { ownerId: actor.accountId, team: [...team(), first.accountId] }),
    )
    await shut(threadId, 'Dale Marsh')
  })

  test('when a notice of danger begins it, and there is no case', async () => {
    const before = await first.act(async (db, actor) => (await threadsOf(db, actor)).map((each) => each.id))
    const notice = {
      name: 'Known, Marek',
      source: 'programme',
      agency: '',
      who: '',
      words: 'Made a threat',
      'on-day': '3',
      'on-month': '3',
      'on-year': '2024',
    }
    expect((await served.post('/accountability/notice', notice, first)).status).toBe(303)
    const after = await first.act(async (db, actor) => (await threadsOf(db, actor)).map((each) => each.id))
    const [threadId = ''] = after.filter((id) => !before.includes(id))
    await shut(threadId, 'Marek')
  })

  test('when its name becomes one that they know', async () => {
    const threadId = await fileWith('Somebody Else')
    const now = await at(first, threadId)
    const done = await first.act((db, actor) =>
      savePerson(db, actor, now, { name: 'Marek Known', age: 'adult' }),
    )
    expect(done).toEqual({ done: true, mine: true })
    await shut(threadId, 'Marek')
  })

  test('when a case that they must not see is linked', async () => {
    const threadId = await fileWith('Perry Stone')
    const caseId = await caseWithout('Perry Stone')
    expect(await first.act((db, actor) => belongs(db, actor, caseId, threadId, true))).toEqual({ done: true })
    await shut(threadId, 'Perry')
  })

  test('when they are shut out of its case later', async () => {
    const caseId = await survivorCase(first, 'Quinn Vale')
    const threadId = await fileWith('Quinn Vale', caseId)
    await first.act((db, actor) =>
      closeForTeam(db, actor, caseId, { team: [actor.accountId], excluded: team(), cells: [linkCells] }),
    )
    await shut(threadId, 'Quinn')
  })

  test('when they write the name on their list later, and taking it off lets nobody in again', async () => {
    const threadId = await fileWith('Sal Thorn')
    for (const who of [worker, piers]) await lists(who, 'Marek Known', 'Thorn, Sal')
    await shut(threadId, 'Thorn')
    for (const who of [worker, piers]) await lists(who, 'Marek Known')
    const now = await at(first, threadId)
    await first.act((db, actor) => saveTeam(db, actor, now, { ownerId: actor.accountId, team: team() }))
    await shut(threadId, 'Thorn')
  })
})

describe('whoever writes a name that they know', () => {
  const notice = {
    name: 'Marek Known',
    source: 'programme',
    agency: '',
    who: '',
    words: 'Said that it will not be long now',
    'on-day': '3',
    'on-month': '3',
    'on-year': '2024',
  }

  test('has nothing of it lost, and the file goes to somebody else', async () => {
    const answer = await served.post('/accountability/notice', notice, worker)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/accountability?done=notice'])
    const found = await Promise.all(
      [first, third].map((who) =>
        who.act(async (db, actor) => {
          const threads = (await threadsOf(db, actor)).filter((each) => each.person.name === 'Marek Known')
          return Promise.all(threads.map((each) => entriesOf(db, each.key)))
        }),
      ),
    )
    expect(JSON.stringify(found)).toContain('will not be long now')
    expect(await worker.act((db, actor) => threadsOf(db, actor))).toEqual([])
  })

  test('leaves a file that they rename, and lands on the list', async () => {
    const threadId = await fileAbout(worker, 'Nobody Yet', { team: [third.accountId] })
    const fields = { name: 'Marek Known', age: 'adult', version: '1' }
    const answer = await served.post(`/accountability/${threadId}/person`, fields, worker)
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/accountability'])
    expect(await holds(threadId, third)).not.toContain(worker.accountId)
    expect(await at(third, threadId)).toMatchObject({ version: 3 })
  })

  test('keeps what nobody else could keep, and begins no file', async () => {
    const alone = await world.found('Hill Clinic', 'mental-health')
    const threadId = await fileAbout(alone, 'Jo Fern')
    await lists(alone, 'Jo Fern')
    expect(await holds(threadId, alone)).toEqual([alone.accountId])
    const fields = { name: 'Jo Fern', age: 'adult', version: String((await at(alone, threadId)).version) }
    expect((await served.post(`/accountability/${threadId}/person`, fields, alone)).status).toBe(303)
    expect(await holds(threadId, alone)).toEqual([alone.accountId])
    const begun = await alone.act((db, actor) =>
      startThread(db, actor, { person: { name: 'Jo Fern', age: 'adult' } }),
    )
    expect(begun).toEqual({ refused: 'nobody-left' })
  })
})
