/**
 * `npm run bench`: how long pages take and how much memory the server holds, with 1 and with 20 people at work, each pausing a
 * second between pages. Server, PostgreSQL and the load generator share this machine's processors. Beside each figure stands
 * its ratio to a bare page or a bare select, measured in the same run.
 *
 * `-- --size agency` 20,000 people in one agency, which is what `npm run bench:people` measures (search, *My work*, a case) ·
 * `--seconds 10` a row · `--users 20` · `--only menu,search` · `--keep FOLDER` fills once and measures again · `--without-npm`
 * starts the server as `npm start` does, but does not look for changed sources first.
 */
import { parseArgs } from 'node:util'

import { casePage, menu, myWork, nameSearch, releaseAndSend, signIn } from './acts.ts'
import { groundOf, serverCommand } from './ground.ts'
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
import { type Running, startUntil, watchMemory } from './running.ts'
import { type Size, sizeOf, sizes } from './sizes.ts'
import type { BenchWorld } from './world.ts'

interface Row extends PageRow<BenchWorld> {
  /** Without a session: each signs in anew. */
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
const chosen = chosenOf(rows, flags.only)

const ground = await groundOf(flags.keep)
const { port, env } = ground
const bench: Bench = { ground, seconds, many }

try {
  printMissed(await run())
} finally {
  ground.clear()
}

async function run(): Promise<number> {
  let missed = 0
  printHead(bench)
  const world = await filledBy<BenchWorld>(bench, 'world.json', 'bench/world.ts', size)
  const baseline = await plainly(bench, people, `Bare select, ${count(people)} cards`)
  const starts = await secondStarts()
  const server = await startUntil(serverCommand(), env, port, '/health/ready')
  const memoryOf = watchMemory(server.pid)
  printColumns(bench)
  for (const row of chosen) {
    const { fresh } = row
    const cookie = (user: number) =>
      fresh === true ? '' : `session-${port}=${world.users[user % world.users.length]?.cookie ?? ''}`
    // A code counts once: whoever signs in alone is not among those who do it together.
    const alone = fresh === true ? { alone: world.users.length - 1 } : {}
    missed += (await measure(bench, row, world, { baseline, pid: server.pid, cookie, ...alone })) ? 1 : 0
  }
  const memory = memoryOf()
  await server.stop()
  console.log('')
  missed += bar('Second start answers', Math.max(...starts), startAim, 'ms') ? 1 : 0
  missed += bar('Server, peak memory', memory.server, memoryAim, 'MiB') ? 1 : 0
  console.log(`PostgreSQL, peak memory      ${memory.postgres.toFixed(0)} MiB`)
  return missed
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
