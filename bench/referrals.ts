/**
 * `npm run bench:referrals`: how long *My work*, lists of referrals, one referral and a search take where an area has 100,000
 * referrals, with 1 and with 20 people of one agency at work, each pausing a second. Fences, keys and ledger are on; server,
 * PostgreSQL and the load generator share this machine's processors. Beside each figure stands its ratio to a bare page or a bare
 * select of as many rows, measured in the same run.
 *
 * `-- --referrals 100000` · `--seconds 10` a row · `--users 20` · `--only work,list` · `--keep FOLDER` fills once, and measures again
 * while its sessions last.
 */
import { parseArgs } from 'node:util'

import { groundOf, serverCommand } from './ground.ts'
import type { Act } from './load.ts'
import {
  bar,
  type Bench,
  chosenOf,
  filledBy,
  measure,
  type PageRow,
  plainly,
  printColumns,
  printHead,
  printMissed,
} from './pages.ts'
import type { ReferralsWorld } from './referrals-world.ts'
import { startUntil, watchMemory } from './running.ts'

interface Row extends PageRow<ReferralsWorld> {
  readonly who: 'workers' | 'leads'
}

const { values: flags } = parseArgs({
  options: {
    referrals: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '10' },
    users: { type: 'string', default: '20' },
    only: { type: 'string', default: '' },
    keep: { type: 'string' },
  },
})
const memoryAim = 300

const listed = (where: (world: ReferralsWorld, user: number, turn: number) => string) => {
  return (world: ReferralsWorld): Act =>
    async (ask, user, turn) => {
      const answer = await ask.get(where(world, user, turn))
      if (answer.status !== 200) throw new Error(`${answer.status} where 200 was due`)
    }
}
const of = <T>(list: readonly T[], at: number): T => {
  const found = list[at % list.length]
  if (found === undefined) throw new Error('Nothing is here.')
  return found
}
const me = (world: ReferralsWorld, user: number) => of(world.workers, user).accountId
const partner = (world: ReferralsWorld, at: number) => of(world.partners, at)

const rows: readonly Row[] = [
  {
    name: 'work',
    title: 'My work, a worker',
    aim: 100,
    beside: 'rows',
    who: 'workers',
    act: listed(() => '/work'),
  },
  {
    name: 'lead',
    title: 'My work, a lead',
    aim: 100,
    beside: 'rows',
    who: 'leads',
    act: listed(() => '/work'),
  },
  page('ours', 'What waits for us', () => '/referrals?show=ours'),
  page('mine', 'What waits for me', (world, user) => `/referrals?show=ours&who=${me(world, user)}`),
  page('all', 'Every referral', () => '/referrals'),
  page(
    'late',
    'Late, of one partner',
    (world, user, turn) => `/referrals?due=late&partner=${partner(world, user + turn)}`,
  ),
  page(
    'closed',
    'Closed, of one partner',
    (world, _user, turn) => `/referrals?show=closed&partner=${partner(world, turn)}`,
  ),
  {
    name: 'deep',
    title: 'Every referral, on and on',
    aim: 100,
    beside: 'rows',
    who: 'workers',
    act: onAndOn,
  },
  {
    name: 'load',
    title: 'Who has what open',
    aim: 100,
    beside: 'page',
    who: 'leads',
    act: listed(() => '/referrals/by-person'),
  },
  { name: 'thread', title: 'One referral', aim: 100, beside: 'page', who: 'workers', act: oneThread },
  { name: 'search', title: 'A referral by name', aim: 300, beside: 'rows', who: 'workers', act: byName },
]

function page(name: string, title: string, where: Parameters<typeof listed>[0]): Row {
  return { name, title, aim: 100, beside: 'rows', who: 'workers', act: listed(where) }
}

/** The next page, and the next, as far as it goes in the time. */
function onAndOn(): Act {
  const next = new Map<number, string>()
  return async (ask, user) => {
    const answer = await ask.get(next.get(user) ?? '/referrals')
    if (answer.status !== 200) throw new Error(`${answer.status} where 200 was due`)
    next.set(user, /href="(\/referrals\?after=[0-9a-f-]{36})"/.exec(answer.body)?.[1] ?? '/referrals')
  }
}

function oneThread(world: ReferralsWorld): Act {
  return listed((at, user, turn) => `/referrals/${of(at.threads, user * 3 + turn)}`)(world)
}

function byName(): Act {
  const words = ['cedar', 'Ash Brook', 'hazel m', 'ness', 'Ivy Glen 25', 'nobody of that name']
  return async (ask, user, turn) => {
    const answer = await ask.post('/referrals/find', [['query', of(words, user + turn)]])
    if (answer.status !== 200) throw new Error(`${answer.status} where 200 was due`)
  }
}

const chosen = chosenOf(rows, flags.only)
const ground = await groundOf(flags.keep)
const { port, env } = ground
const bench: Bench = { ground, seconds: Number(flags.seconds), many: Number(flags.users) }

try {
  printMissed(await run())
} finally {
  ground.clear()
}

async function run(): Promise<number> {
  let missed = 0
  printHead(bench)
  const world = await filledBy<ReferralsWorld>(
    bench,
    'referrals.json',
    'bench/referrals-world.ts',
    flags.referrals,
  )
  const baseline = await plainly(bench, 50, 'Bare select of 50 rows')
  const server = await startUntil(serverCommand(), env, port, '/health/ready')
  const memoryOf = watchMemory(server.pid)
  printColumns(bench)
  for (const row of chosen) {
    const cookie = (user: number) => `session-${port}=${of(world[row.who], user).cookie}`
    missed += (await measure(bench, row, world, { baseline, pid: server.pid, cookie })) ? 1 : 0
  }
  const memory = memoryOf()
  await server.stop()
  console.log('')
  missed += bar('Server, peak memory', memory.server, memoryAim, 'MiB') ? 1 : 0
  console.log(`PostgreSQL, peak memory      ${memory.postgres.toFixed(0)} MiB`)
  return missed
}
