/**
 * `npm run bench:directory`: how long 100,000 services take to load and to search, with 1 and with 20 visitors, each pausing a
 * second. Server, PostgreSQL and the load generator share this machine's processors. Beside each figure stands its ratio to a
 * bare page from a bare server, measured in the same run.
 *
 * `-- --services 100000` · `--seconds 15` a row · `--users 20` · `--only words` · `--keep FOLDER` loads once and measures again.
 */
import { existsSync, readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

import type { Loaded } from './directory-world.ts'
import { quarterNumber, townNumber } from './directory-places.ts'
import { type Act, type Measured, quantile, underLoad } from './load.ts'
import { figures, groundOf, print, serverCommand } from './ground.ts'
import { processorSeconds, runToEnd, startUntil, watchMemory } from './running.ts'

interface Row {
  readonly name: string
  readonly title: string
  /** Most milliseconds at p95 with many visitors; null is reported and not barred. */
  readonly aim: number | null
  readonly fields: (turn: number) => Readonly<Record<string, string>> | null
}

const spoken = [
  'someone to talk to at school',
  'safe place to stay with children',
  'counselling after abuse',
  'help with alcohol',
  'advocate court',
]
const slips = [
  'refgue',
  'counseling yuong people',
  'advocat for cort',
  'helth visitor babby',
  'alchohol servise',
  'crisys',
]
const needs = ['talk', 'safety', 'mental-health', 'child-recovery', 'safe-place', 'crisis']
const ages = ['5-10', '18-64', '11-15', '65', '0-4']
const pick = (list: readonly string[], turn: number) => list[turn % list.length] ?? ''

const rows: readonly Row[] = [
  {
    name: 'words',
    title: 'Words',
    aim: 50,
    fields: (turn) => ({
      words: turn % 3 === 0 ? `${pick(spoken, turn)} ${quarterNumber(turn)}` : pick(spoken, turn),
    }),
  },
  { name: 'slips', title: 'Misspelt words', aim: 50, fields: (turn) => ({ words: pick(slips, turn) }) },
  {
    name: 'place',
    title: 'Need, age and place',
    aim: 50,
    fields: (turn) => ({
      need: pick(needs, turn),
      age: pick(ages, turn),
      place: turn % 2 === 0 ? townNumber(turn * 7).town : `${townNumber(turn * 5).letters}1`,
      miles: pick(['10', '25', '50'], turn),
    }),
  },
  {
    name: 'all',
    title: 'Words, need and place',
    aim: 50,
    fields: (turn) => ({
      words: pick(spoken, turn),
      need: pick(needs, turn),
      place: townNumber(turn * 7).town,
    }),
  },
  {
    name: 'nothing',
    title: 'Nothing found, what to drop',
    aim: null,
    fields: (turn) => ({ need: pick(needs, turn), language: 'vi', place: townNumber(turn).town }),
  },
  { name: 'list', title: 'The whole list', aim: 50, fields: () => null },
]

const { values: flags } = parseArgs({
  options: {
    services: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '15' },
    users: { type: 'string', default: '20' },
    only: { type: 'string', default: '' },
    keep: { type: 'string' },
  },
})
const seconds = Number(flags.seconds)
const many = Number(flags.users)
const { folder, port, env, clear } = await groundOf(flags.keep)
let missed = 0

try {
  await bench()
} finally {
  clear()
}
console.log(missed === 0 ? '\nEvery aim met.' : `\n${missed} ${missed === 1 ? 'aim' : 'aims'} missed.`)

async function bench(): Promise<void> {
  const load = loadavg()[0]?.toFixed(1) ?? '?'
  console.log(
    `${cpus().length} processors, load ${load} before; ${seconds} s a row, a second's pause between pages\n`,
  )
  await fill()
  const bare = await plainly()
  const server = await startUntil(serverCommand(), env, port, '/health/ready')
  const memoryOf = watchMemory(server.pid)
  print(['', '1 user: p50', 'p95', `${many}: p50`, 'p95', 'aim', 'answers', 'cpu ms each', 'times bare'])
  for (const row of rows.filter((each) => flags.only === '' || flags.only.split(',').includes(each.name)))
    await measure(row, bare, server.pid)
  const memory = memoryOf()
  await server.stop()
  console.log(`\nServer, peak memory      ${memory.server.toFixed(0)} MiB`)
  console.log(`PostgreSQL, peak memory  ${memory.postgres.toFixed(0)} MiB`)
}

/** Loads once where the folder is kept, and says what it cost. */
async function fill(): Promise<void> {
  const file = path.join(folder, 'loaded.json')
  if (!existsSync(file))
    await runToEnd([process.execPath, 'bench/directory-world.ts', file, flags.services], env)
  const made = JSON.parse(readFileSync(file, 'utf8')) as Loaded
  console.log(
    `${made.services} services loaded in ${made.seconds.toFixed(0)} s (${((made.seconds * 1000) / made.services).toFixed(2)} ms each), importer at most ${made.memory.toFixed(0)} MiB`,
  )
  console.log(
    `listing ${made.listing.toFixed(0)} MB on disk, of which search reads ${made.find.toFixed(0)} MB; ${made.words} different words\n`,
  )
}

/** p95 of the bare page with many visitors. */
async function plainly(): Promise<number> {
  const plain = await startUntil([process.execPath, 'bench/plain.ts'], env, port, '/page')
  const page = await loaded(many, async (ask) => void (await ask.get('/page')), seconds / 2)
  await plain.stop()
  print(['', 'p50', 'p95'])
  print(['Bare Hono page', ...figures(page)])
  console.log('')
  return quantile(page.milliseconds, 0.95)
}

async function measure(row: Row, bare: number, pid: number): Promise<void> {
  const act: Act = async (ask, user, turn) => {
    const fields = row.fields(user * 3 + turn)
    const answer =
      fields === null ? await ask.get('/services') : await ask.post('/services', Object.entries(fields))
    if (answer.status !== 200) throw new Error(`${row.name}: ${answer.status}`)
  }
  const alone = await loaded(1, act, seconds / 2)
  const before = processorSeconds(pid)
  const together = await loaded(many, act, seconds)
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
    (p95 / bare).toFixed(1),
  ])
  for (const wrong of new Set([...alone.wrong, ...together.wrong])) console.log(`  ${wrong}`)
}

function loaded(users: number, act: Act, time: number): Promise<Measured> {
  return underLoad({ port, users, seconds: time, pauseMs: 1_000, cookie: () => '' }, act)
}
