/**
 * `npm run bench:referrals`: how long *My work*, lists of referrals, one referral and a search take where an area has 100,000
 * referrals, with 1 and with 20 people of one agency at work, each pausing a second. Fences, keys and ledger are on; server,
 * PostgreSQL and the load generator share this machine's processors. Beside each figure stands its ratio to a bare page or a bare
 * select of as many rows, measured in the same run.
 *
 * `-- --referrals 100000` · `--seconds 10` a row · `--users 20` · `--only work,list` · `--keep FOLDER` fills once, and measures again
 * while its sessions last.
 */
import { existsSync, readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

import { figures, groundOf, print, serverCommand } from './ground.ts'
import { type Act, type Measured, quantile, underLoad } from './load.ts'
import type { ReferralsWorld } from './referrals-world.ts'
import { processorSeconds, runToEnd, startUntil, watchMemory } from './running.ts'

interface Row {
  readonly name: string
  readonly title: string
  /** Most milliseconds at p95 with many users; null is reported and not barred. */
  readonly aim: number | null
  readonly beside: 'page' | 'rows'
  readonly who: 'workers' | 'leads'
  readonly act: (world: ReferralsWorld) => Act
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
const seconds = Number(flags.seconds)
const many = Number(flags.users)
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

const chosen = rows.filter((row) => flags.only === '' || flags.only.split(',').includes(row.name))
const { folder, port, env, clear } = await groundOf(flags.keep)
let missed = 0
try {
  await bench()
} finally {
  clear()
}
if (missed > 0) console.log(`\n${missed} ${missed === 1 ? 'aim' : 'aims'} missed.`)

async function bench(): Promise<void> {
  const load = loadavg()[0]?.toFixed(1) ?? '?'
  console.log(
    `${cpus().length} processors, load ${load} before; ${seconds} s a row, a second's pause between pages\n`,
  )
  const world = await filled()
  const baseline = await plainly()
  const server = await startUntil(serverCommand(), env, port, '/health/ready')
  const memoryOf = watchMemory(server.pid)
  print(['', '1 user: p50', 'p95', `${many}: p50`, 'p95', 'aim', 'answers', 'cpu ms each', 'times bare'])
  for (const row of chosen) await measure(row, world, baseline, server.pid)
  const memory = memoryOf()
  await server.stop()
  if (memory.server > memoryAim) missed += 1
  console.log(`\nServer, peak memory          ${memory.server.toFixed(0)} MiB (aim ${memoryAim})`)
  console.log(`PostgreSQL, peak memory      ${memory.postgres.toFixed(0)} MiB`)
}

/** The filled installation; made once where it is kept. */
async function filled(): Promise<ReferralsWorld> {
  const file = path.join(folder, 'referrals.json')
  if (!existsSync(file)) {
    const since = performance.now()
    await runToEnd([process.execPath, 'bench/referrals-world.ts', file, flags.referrals], env)
    console.log(`Filled in ${((performance.now() - since) / 1000).toFixed(0)} s.\n`)
  }
  return JSON.parse(readFileSync(file, 'utf8')) as ReferralsWorld
}

type Baseline = Readonly<Record<Row['beside'], number>>

/** p95 of the bare page and of a bare select of fifty sealed rows with many users. */
async function plainly(): Promise<Baseline> {
  const plain = await startUntil([process.execPath, 'bench/plain.ts', '50'], env, port, '/page')
  const get = (where: string): Act => {
    return async (ask) => {
      await ask.get(where)
    }
  }
  const page = await loaded(many, get('/page'), seconds / 2)
  const select = await loaded(many, get('/rows'), seconds / 2)
  await plain.stop()
  print(['', 'p50', 'p95'])
  print(['Bare Hono page', ...figures(page)])
  print(['Bare select of 50 rows', ...figures(select)])
  console.log('')
  return { page: quantile(page.milliseconds, 0.95), rows: quantile(select.milliseconds, 0.95) }
}

async function measure(row: Row, world: ReferralsWorld, baseline: Baseline, pid: number): Promise<void> {
  const cookie = (user: number) => `session-${port}=${of(world[row.who], user).cookie}`
  const alone = await loaded(1, row.act(world), seconds / 2, cookie)
  const before = processorSeconds(pid)
  const together = await loaded(many, row.act(world), seconds, cookie)
  const after = processorSeconds(pid)
  const each = (part: 'server' | 'postgres') =>
    (((after[part] - before[part]) * 1000) / together.milliseconds.length).toFixed(0)
  const p95 = quantile(together.milliseconds, 0.95)
  const over = row.aim !== null && p95 > row.aim
  if (over) missed += 1
  print([
    row.title,
    ...figures(alone),
    ...figures(together),
    row.aim === null ? '' : `${row.aim}${over ? ' missed' : ''}`,
    String(together.milliseconds.length),
    `${each('server')} + ${each('postgres')}`,
    (p95 / baseline[row.beside]).toFixed(1),
  ])
  for (const wrong of new Set([...alone.wrong, ...together.wrong])) console.log(`  ${wrong}`)
}

function loaded(
  users: number,
  act: Act,
  time: number,
  cookie: (user: number) => string = () => '',
): Promise<Measured> {
  return underLoad({ port, users, seconds: time, pauseMs: 1_000, cookie }, act)
}
