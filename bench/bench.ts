/**
 * `npm run bench`: how long pages take and how much memory the server holds, with 1 and with 20 people at work, each pausing a
 * second between pages. Server, PostgreSQL and the load generator share this machine's processors. Beside each figure stands
 * its ratio to a bare page or a bare select, measured in the same run.
 *
 * `-- --size agency` 20,000 people in one agency, which is what `npm run bench:people` measures (search, *My work*, a case) ·
 * `--seconds 10` a row · `--users 20` · `--only menu,search` · `--keep FOLDER` fills once and measures again · `--without-npm`
 * starts the server as `npm start` does, but does not look for changed sources first.
 */
import { existsSync, readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

import { casePage, menu, myWork, nameSearch, releaseAndSend, signIn } from './acts.ts'
import { type Act, quantile, underLoad } from './load.ts'
import { figures, groundOf, print, serverCommand } from './ground.ts'
import { processorSeconds, runToEnd, type Running, startUntil, watchMemory } from './running.ts'
import { type Size, sizeOf, sizes } from './sizes.ts'
import type { BenchWorld } from './world.ts'

interface Row {
  readonly name: string
  readonly title: string
  /** Most milliseconds at p95 with many users; null is reported and not barred. */
  readonly aim: number | null
  readonly beside: 'page' | 'rows'
  readonly act: (world: BenchWorld) => Act
  readonly fresh?: boolean
}

const startAim = 3_000
const memoryAim = 300

const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    users: { type: 'string', default: '20' },
    only: { type: 'string', default: '' },
    size: { type: 'string', default: 'area' },
    keep: { type: 'string' },
    'without-npm': { type: 'boolean', default: false },
  },
})
const seconds = Number(flags.seconds)
const many = Number(flags.users)
const size: Size = sizeOf(flags.size) ?? 'area'
const { people, services, casesEach } = sizes[size]
const count = (number: number) => number.toLocaleString('en-GB')

const rows: readonly Row[] = [
  { name: 'work', title: `My work, ${casesEach} cases each`, aim: 100, beside: 'page', act: myWork },
  { name: 'search', title: `Name among ${count(people)} people`, aim: 300, beside: 'rows', act: nameSearch },
  { name: 'case', title: 'A case, filled in', aim: 100, beside: 'page', act: casePage },
  { name: 'menu', title: `Menu over ${count(services)} services`, aim: 100, beside: 'page', act: menu },
  { name: 'send', title: 'Release and send, a page', aim: 100, beside: 'page', act: releaseAndSend },
  { name: 'sign-in', title: 'Sign in, a step', aim: null, beside: 'page', act: signIn, fresh: true },
]
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
  const starts = await secondStarts()
  const server = await startUntil(serverCommand(), env, port, '/health/ready')
  const memoryOf = watchMemory(server.pid)
  print(['', '1 user: p50', 'p95', `${many}: p50`, 'p95', 'aim', 'answers', 'cpu ms each', 'times bare'])
  for (const row of chosen) await measure(row, world, baseline, server.pid)
  const memory = memoryOf()
  await server.stop()
  console.log('')
  bar('Second start answers', Math.max(...starts), startAim, 'ms')
  bar('Server, peak memory', memory.server, memoryAim, 'MiB')
  console.log(`PostgreSQL, peak memory      ${memory.postgres.toFixed(0)} MiB`)
}

/** The filled installation; made once where it is kept. */
async function filled(): Promise<BenchWorld> {
  const file = path.join(folder, 'world.json')
  if (!existsSync(file)) {
    const since = performance.now()
    await runToEnd([process.execPath, 'bench/world.ts', file, size], env)
    console.log(`Filled in ${((performance.now() - since) / 1000).toFixed(0)} s.\n`)
  }
  return JSON.parse(readFileSync(file, 'utf8')) as BenchWorld
}

interface Baseline {
  readonly page: number
  readonly rows: number
}

/** p95 of the bare page and the bare select with many users. */
async function plainly(): Promise<Baseline> {
  const plain = await startUntil([process.execPath, 'bench/plain.ts', String(people)], env, port, '/page')
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
  print([`Bare select, ${count(people)} cards`, ...figures(select)])
  console.log('')
  return { page: quantile(page.milliseconds, 0.95), rows: quantile(select.milliseconds, 0.95) }
}

/** Three starts on what is there already, each with PostgreSQL, until the server is ready. */
async function secondStarts(): Promise<readonly number[]> {
  const taken: number[] = []
  for (let i = 0; i < 3; i += 1) {
    const started: Running & { readonly milliseconds: number } = await startUntil(
      flags['without-npm'] ? serverCommand() : ['npm', 'start', '--silent'],
      env,
      port,
      '/health/ready',
    )
    taken.push(started.milliseconds)
    await started.stop()
  }
  return taken
}

async function measure(row: Row, world: BenchWorld, baseline: Baseline, pid: number): Promise<void> {
  const cookie = (user: number) =>
    row.fresh === true ? '' : `session-${port}=${world.users[user % world.users.length]?.cookie ?? ''}`
  const act = row.act(world)
  // A code counts once: whoever signs in alone is not among those who do it together.
  const single: Act = (ask, user, turn) => act(ask, row.fresh === true ? world.users.length - 1 : user, turn)
  const alone = await loaded(1, single, seconds / 2, cookie)
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

function loaded(users: number, act: Act, time: number, cookie: (user: number) => string = () => '') {
  return underLoad({ port, users, seconds: time, pauseMs: 1_000, cookie }, act)
}

function bar(title: string, value: number, aim: number, unit: string): void {
  if (value > aim) missed += 1
  console.log(`${title.padEnd(28)} ${value.toFixed(0)} ${unit} (aim ${aim})${value > aim ? ' missed' : ''}`)
}
