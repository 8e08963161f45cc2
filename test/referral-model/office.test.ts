import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { keepingRow } from '../../src/referrals/keeping.store.ts'
import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'
import { type Office, officeAfter, officeBegun, type OfficeMove, type OfficeOutcome } from './office-model.ts'
import {
  beginToOffice,
  linkDifferences,
  linkPrint,
  makeAtOffice,
  makeOffice,
  type OfficeStage,
  type OfficeThread,
} from './office-play.ts'
import { begun, type Pair, type Told } from './pair.ts'
import { differences, ledgerOf, printOf } from './seen.ts'
import { allLevels, chanceOf, type Chance } from './steps.ts'
import { officeMoveOf, officeScenes, officeWalks } from './office-steps.ts'

const wanted = process.env['ANYDOOR_PROVE'] === undefined ? 40 : 20_000
const perHistory = 20

let world: TestWorld
let sender: Person
let stage: OfficeStage
let superuser: pg.Client

beforeAll(async () => {
  world = await testWorld()
  sender = await world.found('Harbour Advocacy', 'domestic-abuse')
  stage = await makeOffice(world, sender, 'Harbour Voices')
  superuser = new pg.Client({ connectionString: world.database.superUrl })
  await superuser.connect()
})
afterAll(async () => {
  await superuser?.end()
  await world?.close()
})

/** A thread to an office: where the model stands, and what has happened so far. */
interface History {
  readonly thread: OfficeThread
  office: Office
  readonly told: string[]
  readonly ledger: ReadonlyMap<string, number>
}

async function historyOf(stage: OfficeStage, sort: Pair['sort'], level: Pair['level']): Promise<History> {
  const ledger = await ledgerOf(superuser)
  const thread = await beginToOffice(stage, sort, level)
  const pair = begun(sort, sort === 'ask' ? 'outcome' : level, sort === 'referral', true)
  return { thread, office: officeBegun(pair), told: [], ledger }
}

async function versionFor({ thread }: History, move: OfficeMove): Promise<number> {
  if (move.act !== 'say') return 0
  if (move.move.act === 'settle' || move.move.act === 'meanwhile') {
    const row = await sender.act((db) => keepingRow(db, sender.partyId, thread.threadId))
    return row?.version ?? 0
  }
  const { rows } = await superuser.query<{ version: number }>(
    'select version from referrals.thread where id = $1 and side = $2',
    [thread.threadId, move.end],
  )
  return rows[0]?.version ?? 0
}

async function foundIn({ thread }: History, office: Office): Promise<readonly string[]> {
  const to = [thread.stage.nobody, ...(thread.member === null ? [] : [thread.member.accountId])]
  const workers = { from: [sender.accountId], to }
  return [
    ...(await differences(superuser, thread.threadId, office.pair, workers)),
    ...(await linkDifferences(superuser, thread.threadId, office.links)),
  ]
}

async function agree(history: History, next: OfficeOutcome, told: Told): Promise<void> {
  expect(told, history.told.join('\n')).toMatchObject(next.told)
  history.office = next.office
  expect(await foundIn(history, history.office), history.told.join('\n')).toEqual([])
}

async function ledgersAgree({ office, thread, ledger, told }: History): Promise<void> {
  const now = await ledgerOf(superuser)
  const kinds = ['sent', 'received', 'opened', 'not-open', 'withdrawn'].map((kind) => `envelope.${kind}`)
  for (const [end, party] of [
    ['from', sender.partyId],
    ['to', thread.stage.officeId],
  ] as const)
    for (const kind of [...kinds, 'referral.changed', 'link.made', 'link.ended']) {
      const gained = (now.get(`${party} ${kind}`) ?? 0) - (ledger.get(`${party} ${kind}`) ?? 0)
      expect([end, kind, gained], told.join('\n')).toEqual([end, kind, office.pair[end].ledger[kind] ?? 0])
    }
}

async function printed({ thread }: History): Promise<string> {
  return (await printOf(superuser, thread.threadId)) + (await linkPrint(superuser, thread.threadId))
}

async function done(history: History, version: number, move: OfficeMove): Promise<void> {
  const told = await makeAtOffice(history.thread, version, move)
  if (told === 'gone') throw new Error('Nothing ended here.')
  await agree(history, officeAfter(history.office, version, move), told)
}

type Mishap = 'none' | 'twice' | 'ends-between' | 'at-once' | 'old-page'
const mishaps: readonly Mishap[] = [
  'none',
  'none',
  'none',
  'none',
  'twice',
  'ends-between',
  'at-once',
  'old-page',
]

async function take(history: History, chance: Chance, move: OfficeMove): Promise<void> {
  const mishap = chance.one(mishaps)
  history.told.push(`${mishap} ${JSON.stringify(move)}`)
  const version = await versionFor(history, move)
  switch (mishap) {
    case 'old-page':
      return done(history, version - 1, move)
    case 'twice':
      await done(history, version, move)
      return done(history, version, move)
    case 'ends-between': {
      const before = await printed(history)
      const told = await makeAtOffice(history.thread, version, move, 1 + chance.below(25))
      if (told !== 'gone') return agree(history, officeAfter(history.office, version, move), told)
      expect(await printed(history), history.told.join('\n')).toBe(before)
      return done(history, version, move)
    }
    case 'at-once':
      return atOnce(history, [move, officeMoveOf(chance, history.office)])
    default:
      return done(history, version, move)
  }
}

const seesTheMiddle = (move: OfficeMove): boolean =>
  ['time', 'sweep', 'join'].includes(move.act) || (move.act === 'say' && move.move.act === 'look')

/** Whoever was inside while another answer closed the letter reads that something happened meanwhile, and not that it was over before. */
function fit(should: Told, is: Told | 'gone' | undefined): boolean {
  if (is === undefined || is === 'gone') return false
  if ('refused' in should && should.refused === 'over' && 'refused' in is)
    return ['over', 'changed-meanwhile'].includes(is.refused)
  return Object.entries(should).every(([key, value]) => is[key as keyof Told] === value)
}

/** Two at the same moment, at both ends or twice at one: it comes out as one after the other. */
async function atOnce(history: History, moves: readonly [OfficeMove, OfficeMove]): Promise<void> {
  if (moves.some(seesTheMiddle)) return
  history.told.push(`at once: ${JSON.stringify(moves[1])}`)
  const versions = [await versionFor(history, moves[0]), await versionFor(history, moves[1])] as const
  const { office, thread } = history
  const told = await Promise.all([
    makeAtOffice(thread, versions[0], moves[0]),
    makeAtOffice(thread, versions[1], moves[1]),
  ])
  const orders = ([0, 1] as const).map((first) => {
    const second = first === 0 ? 1 : 0
    const before = officeAfter(office, versions[first], moves[first])
    const last = officeAfter(before.office, versions[second], moves[second])
    const should = first === 0 ? [before.told, last.told] : [last.told, before.told]
    return { office: last.office, should }
  })
  const tried = []
  for (const order of orders) {
    const fits = order.should.every((each, at) => fit(each, told[at]))
    const found = fits ? await foundIn(history, order.office) : ['otherwise told']
    tried.push(found)
    if (found.length > 0) continue
    history.office = order.office
    return
  }
  expect.fail(`${history.told.join('\n')}\ntold ${JSON.stringify(told)}\n${JSON.stringify(tried)}`)
}

test(
  `over ${wanted.toLocaleString('en')} steps of an agency and an office, links, codes and answers come out as the model has them`,
  async () => {
    const acts = new Set<string>()
    for (let seed = 1, steps = 0; steps < wanted; seed += 1) {
      const chance = chanceOf(seed)
      const history = await historyOf(
        stage,
        chance.below(5) === 0 ? 'ask' : 'referral',
        chance.one(allLevels),
      )
      for (let nth = 0; nth < perHistory; nth += 1, steps += 1) {
        const before = history.office
        const move = officeMoveOf(chance, history.office)
        await take(history, chance, move)
        if (history.office !== before)
          acts.add(move.act === 'say' ? `${move.end} ${move.move.act}` : move.act)
      }
      await ledgersAgree(history)
    }
    expect(acts.size, [...acts].join(', ')).toBeGreaterThanOrEqual(8)
  },
  wanted * 1000,
)

test.each(officeScenes)(
  'wherever $name ends between two statements, nothing of it has happened; then it happens whole',
  async ({ before, move }) => {
    const history = await historyOf(stage, 'referral', 'outcome')
    for (const each of before) await done(history, await versionFor(history, each), each)
    const version = await versionFor(history, move)
    const print = await printed(history)
    const { office } = history
    let statements = 1
    for (; statements < 200; statements += 1) {
      const told = await makeAtOffice(history.thread, version, move, statements)
      if (told !== 'gone') {
        await agree(history, officeAfter(history.office, version, move), told)
        break
      }
      expect(await printed(history), `after ${statements}`).toBe(print)
    }
    expect(statements).toBeGreaterThan(1)
    expect(statements).toBeLessThan(200)
    expect(history.office).not.toBe(office)
    await ledgersAgree(history)
  },
)

test.each(officeWalks)('$name', async ({ name, moves }) => {
  const joins = moves.some(({ act }) => act === 'join')
  const own = joins ? await makeOffice(world, sender, name) : stage
  const history = await historyOf(own, 'referral', 'outcome')
  for (const [nth, move] of moves.entries()) {
    history.told.push(`${nth} ${JSON.stringify(move)}`)
    await done(history, await versionFor(history, move), move)
  }
  await ledgersAgree(history)
})
