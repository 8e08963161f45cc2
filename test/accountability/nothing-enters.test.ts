import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { addAction, addChange, addNotice, closeEntry } from '#accountability'
import { closeForTeam, everyCell } from '#people'

import { changes, measures, sources } from '../../src/accountability/entry.ts'
import { entriesOf } from '../../src/accountability/entry.store.ts'
import { paths, threadPath } from '../../src/accountability/paths.ts'
import { saveTeam } from '../../src/accountability/team.actions.ts'
import { saveDoubt, savePerson } from '../../src/accountability/thread.actions.ts'
import { threadOf } from '../../src/accountability/thread.store.ts'
import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'
import { copyKeys, noKeys, tablesTelling } from '../world/every-key.ts'
import { type Served, serveWorld } from '../world/served.ts'
import { canaries, fileAbout, survivorCase } from './harm-world.ts'
import { tellEverywhere, toldInPlaces } from './told-world.ts'

const everything = [...canaries, ...toldInPlaces]

let world: TestWorld
let served: Served
let worker: Person
let lead: Person
let privacy: Person
let caseId: string
let threadId: string

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  worker = await world.found('Harbour Advocacy', 'domestic-abuse')
  lead = await world.join(worker, 'Lena', ['lead'])
  privacy = await world.join(worker, 'Piers', ['privacy-lead'])
  caseId = await survivorCase(worker)
  await tellEverywhere(worker, caseId, await world.join(worker, 'Colm', ['worker']))
  threadId = await fileAbout(worker, 'Dale Marsh', { caseId })
})
afterAll(() => world?.close())

/** What the file holds, opened, as one text. */
const inFile = (id = threadId) =>
  worker.act(async (db, actor) => {
    const thread = await threadOf(db, actor, id)
    if (thread === null) return ''
    return JSON.stringify([thread.person, thread.doubt, await entriesOf(db, thread.key)])
  })

const good: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  action: { measure: 'order', source: 'police', agency: 'Police', who: 'Kit', words: '', ...dayOf('due') },
  change: { change: 'attends', source: 'programme', agency: '', words: '', ...dayOf('on') },
  person: { name: 'Dale Marsh', age: 'adult' },
  doubt: { why: 'Both were reported' },
}

function dayOf(name: string) {
  return { [`${name}-day`]: '3', [`${name}-month`]: '3', [`${name}-year`]: name === 'due' ? '2031' : '2024' }
}

/** Where what was told lies. */
const ofCase = /^(people|intake|plans|papers|diary)\./

const version = () => worker.act(async (db, actor) => String((await threadOf(db, actor, threadId))?.version))

describe('us-rule-30: danger comes in, and nothing of the survivor enters or goes back', () => {
  test('no page of a file shows anything of the case that it belongs to, and no form is filled from it', async () => {
    const entry = await worker.act((db, actor) =>
      addNotice(db, actor, threadId, {
        source: 'programme',
        agency: 'Turning Point',
        who: '',
        dangers: ['threat'],
        on: '2026-11-20',
        words: 'Left the group in anger.',
      }),
    )
    const id = 'entryId' in entry ? entry.entryId : ''
    const pages = Object.keys(paths).filter((page) => page !== 'inCase') as (keyof typeof paths)[]
    for (const page of pages) {
      if (page === 'quiet') continue
      const path = paths[page].replace(':thread', threadId).replace(':entry', id)
      const answer = await served.get(path, page === 'erase' ? privacy : worker)
      const body = await answer.text()
      expect([page, answer.status]).toEqual([page, 200])
      expect([page, everything.filter((each) => body.includes(each)), body.includes(caseId)]).toEqual([
        page,
        [],
        false,
      ])
    }
    const begin = await (await served.get(`/cases/${caseId}/accountability`, worker)).text()
    const fields = [...begin.matchAll(/<(?:input|textarea)[^>]*name="(?:name|team)"[^>]*>/g)].join(' ')
    expect(fields).not.toMatch(/Canaria|Serin|Dale/)
  })

  test('every form refuses every thing that was told, in every field, with the rule and everything typed', async () => {
    const before = await inFile()
    for (const [page, fields] of Object.entries(good))
      for (const field of Object.keys(fields).filter((name) =>
        ['name', 'agency', 'who', 'words', 'why'].includes(name),
      ))
        for (const canary of canaries) {
          const path = threadPath(page as 'action', threadId)
          const posted = { ...fields, [field]: `Somebody said: ${canary}`, version: await version() }
          const answer = await served.post(path, posted, worker)
          const body = await answer.text()
          expect([page, field, canary, answer.status]).toEqual([page, field, canary, 409])
          expect(body).toContain('held-back-')
          expect(body).toContain(canary.slice(0, 10))
        }
    expect(await inFile()).toBe(before)
  })

  test('whatever page or room of the case it was told in, it is refused, and what stands around it does not hide it', async () => {
    const before = await inFile()
    for (const words of toldInPlaces) {
      const posted = { ...good['action'], words: `He said, “${words.toUpperCase()}” and left.` }
      const answer = await served.post(threadPath('action', threadId), posted, worker)
      expect([words, answer.status]).toEqual([words, 409])
      expect(await answer.text()).toContain('held-back-words')
    }
    expect(await inFile()).toBe(before)
  })

  test('a notice, its answer and a new file refuse it too', async () => {
    const notice = { source: 'programme', agency: '', who: '', words: 'Left in anger', ...dayOf('on') }
    for (const canary of canaries) {
      const taken = await served.post(paths.notice, { ...notice, file: threadId, words: canary }, worker)
      expect([canary, taken.status]).toEqual([canary, 409])
      const begun = await served.post(
        `/cases/${caseId}/accountability`,
        { act: 'start', name: canary },
        worker,
      )
      expect([canary, begun.status]).toEqual([canary, 409])
    }
    expect(await served.post(paths.notice, { ...notice, file: threadId }, worker)).toHaveProperty(
      'status',
      303,
    )
    const open = await worker.act(async (db, actor) => {
      const thread = await threadOf(db, actor, threadId)
      return thread === null ? [] : (await entriesOf(db, thread.key)).filter((each) => each.state === 'open')
    })
    for (const canary of canaries) {
      const path = threadPath('entry', threadId, open[0]?.id)
      const answer = await served.post(path, { words: canary, version: '1', ...dayOf('on') }, worker)
      expect([canary, answer.status]).toEqual([canary, 409])
    }
  })

  test('whether somebody is known or not, the one who brings a notice makes the same page come back', async () => {
    const notice = { source: 'programme', agency: '', who: '', words: 'Made a threat', ...dayOf('on') }
    const answers = await Promise.all(
      ['Dale Marsh', 'Nobody Atall'].map((name) => served.post(paths.notice, { ...notice, name }, lead)),
    )
    const said = await Promise.all(
      answers.map(async (each) => [each.status, each.headers.get('location'), await each.text()]),
    )
    expect(said[0]).toEqual(said[1])
  })
})

type Step = (
  db: Parameters<Parameters<Person['act']>[0]>[0],
  actor: Parameters<Parameters<Person['act']>[0]>[1],
) => Promise<unknown>

/** One random act on the file; its texts are mixed from plain words and what was told. */
const step = fc
  .record({
    act: fc.constantFrom('action', 'change', 'notice', 'close', 'person', 'doubt', 'team', 'shut'),
    text: fc
      .array(
        fc.constantFrom(...everything, 'attended', 'left the group', 'order made', 'Kit', 'rang the police'),
        {
          maxLength: 3,
        },
      )
      .map((parts) => parts.join(' ')),
    source: fc.constantFrom(...sources),
    measure: fc.constantFrom(...measures),
    change: fc.constantFrom(...changes),
  })
  .map(({ act, text, ...of }): Step => {
    const common = { source: of.source, agency: text, who: '', words: text, on: '2026-11-20' }
    const at = async (...[db, actor]: Parameters<Step>) => ({
      threadId,
      version: (await threadOf(db, actor, threadId))?.version ?? 0,
    })
    const acts: Readonly<Record<typeof act, Step>> = {
      action: (db, actor) => {
        const { on: _on, ...action } = common
        return addAction(db, actor, threadId, { ...action, measure: of.measure }, new Date('2031-01-01'))
      },
      change: (db, actor) => {
        const { who: _who, ...change } = common
        return addChange(db, actor, threadId, { ...change, change: of.change })
      },
      notice: (db, actor) => addNotice(db, actor, threadId, { ...common, dangers: ['threat'] }),
      close: async (db, actor) => {
        const thread = await threadOf(db, actor, threadId)
        const all = thread === null ? [] : await entriesOf(db, thread.key)
        const open = all.find((each) => each.state === 'open')
        const where = { threadId, entryId: open?.id ?? '', version: open?.version ?? 0 }
        return closeEntry(db, actor, where, { words: text, on: '2026-11-20' })
      },
      person: async (db, actor) =>
        savePerson(db, actor, await at(db, actor), { name: text || 'Dale', age: 'adult' }),
      doubt: async (db, actor) =>
        saveDoubt(db, actor, await at(db, actor), {
          why: text,
          since: '2026-11-20',
          review: { outcome: 'stands', specialist: text, on: '2026-11-21' },
        }),
      team: async (db, actor) =>
        saveTeam(db, actor, await at(db, actor), { ownerId: actor.accountId, team: [lead.accountId] }),
      shut: (db, actor) => closeForTeam(db, actor, caseId, { team: [actor.accountId], cells: everyCell() }),
    }
    return acts[act]
  })

test('us-rule-30: after any history no table outside the case can be made to tell, and nothing has left', async () => {
  const runs = process.env['ANYDOOR_PROVE'] === undefined ? 12 : 400
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 16 }), async (steps) => {
      for (const one of steps) await worker.act((db, actor) => one(db, actor))
      const held = await inFile()
      expect(everything.filter((each) => held.includes(each))).toEqual([])
    }),
    { seed: 30, numRuns: runs },
  )
  const ring = noKeys()
  await copyKeys(ring, worker, [caseId, threadId])
  await copyKeys(ring, lead, [threadId])
  for (const canary of ['Canaria', 'canary', '900457']) {
    const telling = await tablesTelling(world, ring, canary)
    expect(telling.filter((table) => !ofCase.test(table))).toEqual([])
    expect([canary, telling.length]).not.toEqual([canary, 0])
  }
  expect(await tablesTelling(world, ring, 'Turning Point')).toEqual(['accountability.entry'])
  const left = sql<{ n: string }>`select (select count(*) from envelopes.outgoing)
    + (select count(*) from referrals.thread) + (select count(*) from jobs.mail) as n`
  expect((await left.execute(world.owner)).rows[0]?.n).toBe(0)
})
