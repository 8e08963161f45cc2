import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { keepingRow } from '../../src/referrals/keeping.store.ts'
import type { Person } from '../world/agencies.ts'
import { threadOf } from '../world/referrals.ts'
import { after } from './model.ts'
import { type ActName, begun, type Move, type Outcome, type Pair, type Told } from './pair.ts'
import { type Begun, begin, make, makeAndDie, makeStage, type Stage, type Turn } from './play.ts'
import { scenes, walks } from './scenes.ts'
import { differences, ledgerOf, printOf } from './seen.ts'
import { allLevels, chanceOf, type Step, stepOf } from './steps.ts'

const wanted = process.env['ANYDOOR_PROVE'] === undefined ? 250 : 100_000
const perHistory = 25

let stage: Stage
let superuser: pg.Client

beforeAll(async () => {
  stage = await makeStage()
  superuser = new pg.Client({ connectionString: stage.world.database.superUrl })
  await superuser.connect()
})
afterAll(async () => {
  await superuser?.end()
  await stage?.close()
})

/** A history of one thread: what was begun, where the model stands, and what has happened so far. */
interface History {
  readonly thread: Begun
  pair: Pair
  readonly told: string[]
  readonly ledger: ReadonlyMap<string, number>
}

async function historyOf(sort: Pair['sort'], level: Pair['level']): Promise<History> {
  const ledger = await ledgerOf(superuser)
  const thread = await begin(stage, sort, level)
  return {
    thread,
    pair: begun(sort, sort === 'ask' ? 'outcome' : level, sort === 'referral'),
    told: [],
    ledger,
  }
}

const workers = () => ({
  from: stage.people.from.map((each) => each.accountId),
  to: stage.people.to.map((each) => each.accountId),
})

async function turnOf({ thread }: History, { end, worker, move }: Step): Promise<Turn> {
  const who = stage.people[end][worker]
  const version = await versionFor(who, thread.threadId, move)
  return { who, at: { threadId: thread.threadId, version }, move }
}

/** The version that the page of a move shows: of the thread, or of who keeps hold. */
async function versionFor(who: Person, threadId: string, { act }: Move): Promise<number> {
  if (act !== 'settle' && act !== 'meanwhile') return (await threadOf(who, threadId))?.version ?? 0
  const row = await who.act((db) => keepingRow(db, who.partyId, threadId))
  return row?.version ?? 0
}

/** Takes the model on and compares what was told, then everything that both sides hold. */
async function agree(history: History, next: Outcome, told: Told): Promise<void> {
  expect(told, history.told.join('\n')).toMatchObject(next.told)
  history.pair = next.pair
  const { threadId } = history.thread
  const found = await differences(superuser, threadId, history.pair, workers())
  expect(found, history.told.join('\n')).toEqual([])
}

/** What the ledgers have gained since the history began is what the model has written down, on each side. */
async function ledgersAgree(history: History): Promise<void> {
  const now = await ledgerOf(superuser)
  for (const end of ['from', 'to'] as const) {
    const { partyId } = stage.people[end][0]
    for (const kind of [
      'envelope.sent',
      'envelope.received',
      'envelope.opened',
      'envelope.not-open',
      'envelope.withdrawn',
      'referral.changed',
      'conflict.declared',
    ]) {
      const gained = (now.get(`${partyId} ${kind}`) ?? 0) - (history.ledger.get(`${partyId} ${kind}`) ?? 0)
      expect([end, kind, gained], history.told.join('\n')).toEqual([
        end,
        kind,
        history.pair[end].ledger[kind] ?? 0,
      ])
    }
  }
}

function modelled({ pair }: History, { end, worker }: Step, turn: Turn, from = pair): Outcome {
  return after(from, end, worker, turn.at.version, turn.move)
}

async function take(history: History, step: Step, other: Step, dies: number): Promise<void> {
  history.told.push(JSON.stringify(step))
  const { thread } = history
  const turn = await turnOf(history, step)
  switch (step.mishap) {
    case 'ends-between': {
      const before = await printOf(superuser, thread.threadId)
      const done = await makeAndDie(thread, turn, dies)
      if (done !== 'gone') return agree(history, modelled(history, step, turn), done)
      expect(await printOf(superuser, thread.threadId), history.told.join('\n')).toBe(before)
      // The browser has no answer and sends the same again.
      return agree(history, modelled(history, step, turn), await make(thread, turn))
    }
    case 'sent-twice':
    case 'answer-lost': {
      await agree(history, modelled(history, step, turn), await make(thread, turn))
      return agree(history, modelled(history, step, turn), await make(thread, turn))
    }
    case 'old-page': {
      const old = { ...turn, at: { ...turn.at, version: turn.at.version - 1 } }
      return agree(history, modelled(history, step, old), await make(thread, old))
    }
    case 'both-at-once':
      return atOnce(history, [step, other])
    default:
      return agree(history, modelled(history, step, turn), await make(thread, turn))
  }
}

/** Two people act at the same moment: it comes out as one after the other, in one of the two orders. */
async function atOnce(history: History, steps: readonly [Step, Step]): Promise<void> {
  const [one, two] = steps
  // A look holds nobody up and is held up by nobody, so that it may see the middle of two acts.
  if (one.move.act === 'look' || two.move.act === 'look') return
  history.told.push(`at once: ${JSON.stringify(two)}`)
  const turns = [await turnOf(history, one), await turnOf(history, two)] as const
  const told = await Promise.all(turns.map((turn) => make(history.thread, turn)))
  const orders = [
    [0, 1],
    [1, 0],
  ].map(([first = 0, second = 1]) => {
    const before = modelled(history, steps[first] as Step, turns[first] as Turn)
    const last = modelled(history, steps[second] as Step, turns[second] as Turn, before.pair)
    const by: Told[] = []
    by[first] = before.told
    by[second] = last.told
    return { pair: last.pair, told: by }
  })
  const fits = orders.filter((order) => order.told.every((each, at) => fit(each, told[at])))
  expect(fits.length, `${history.told.join('\n')}\ntold ${JSON.stringify(told)}`).toBeGreaterThan(0)
  const { threadId } = history.thread
  const found = await Promise.all(
    fits.map(async (order) => ({
      order,
      found: await differences(superuser, threadId, order.pair, workers()),
    })),
  )
  const right = found.find((each) => each.found.length === 0)
  expect(
    right,
    `${history.told.join('\n')}\n${JSON.stringify(found.map((each) => each.found))}`,
  ).toBeDefined()
  if (right !== undefined) history.pair = right.order.pair
}

function fit(should: Told, is: Told | undefined): boolean {
  return is !== undefined && Object.entries(should).every(([key, value]) => is[key as keyof Told] === value)
}

test(
  `over ${wanted.toLocaleString('en')} steps of two agencies, both sides agree as far as the release lets them, and nothing is lost or doubled`,
  async () => {
    const tally = { done: 0, refused: 0, acts: new Set<ActName>(), steps: 0 }
    for (let seed = 1; tally.steps < wanted; seed += 1) {
      const chance = chanceOf(seed)
      const sort = chance.below(5) === 0 ? 'ask' : 'referral'
      const history = await historyOf(sort, chance.one(allLevels))
      for (let nth = 0; nth < perHistory; nth += 1) {
        const before = history.pair
        const step = stepOf(chance, sort)
        await take(history, step, stepOf(chance, sort), chance.below(18))
        tally.steps += 1
        if (history.pair === before) tally.refused += 1
        else {
          tally.done += 1
          tally.acts.add(step.move.act)
        }
      }
      await ledgersAgree(history)
    }
    // Most acts have happened, and neither everything nor nothing was refused: a history without both proves little.
    expect(tally.acts.size).toBeGreaterThanOrEqual(13)
    expect(tally.done).toBeGreaterThan(wanted / 5)
    expect(tally.refused).toBeGreaterThan(wanted / 10)
  },
  wanted * 200,
)

test.each(scenes)(
  'wherever $name ($end) ends between two statements, nothing of it has happened; then it happens whole',
  async ({ end, move, before, sort }) => {
    const history = await historyOf(sort, 'outcome')
    const scene: Step = { end, worker: 0, move, mishap: 'none' }
    for (const [who, what] of before) await take(history, { ...scene, end: who, move: what }, scene, 0)
    const turn = await turnOf(history, scene)
    const { pair } = history
    const print = await printOf(superuser, history.thread.threadId)
    let statements = 0
    for (; statements < 200; statements += 1) {
      const done = await makeAndDie(history.thread, turn, statements)
      if (done === 'gone') {
        expect(await printOf(superuser, history.thread.threadId), `after ${statements}`).toBe(print)
        continue
      }
      await agree(history, modelled(history, scene, turn), done)
      break
    }
    expect(statements).toBeGreaterThan(4)
    expect(statements).toBeLessThan(200)
    expect(history.pair).not.toBe(pair)
    await ledgersAgree(history)
  },
)

test.each(walks)('$name', async ({ before, sort }) => {
  const history = await historyOf(sort, 'outcome')
  for (const [end, move] of before) {
    const step: Step = { end, worker: 0, move, mishap: 'none' }
    await take(history, step, step, 0)
  }
  await ledgersAgree(history)
})
