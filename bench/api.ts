/**
 * `npm run bench:api`: how long the open API takes over 100,000 services: a page, a deep page, a search, a place, one entry, and the
 * whole list as lines. One caller after another, then four at once. Server, PostgreSQL and caller share this machine's processors.
 *
 * `-- --services 100000` · `--rounds 40` · `--keep FOLDER` loads once and measures again.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

import type { Loaded } from './directory-world.ts'
import { townNumber } from './directory-places.ts'
import { quantile } from './load.ts'
import { freePort, runToEnd, startUntil, watchMemory } from './running.ts'

const root = '/api/hsds/3.1'

interface Listed {
  readonly total_pages: number
  readonly contents: readonly { readonly id: string; readonly name: string }[]
}

const { values: flags } = parseArgs({
  options: {
    services: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '40' },
    keep: { type: 'string' },
  },
})
const rounds = Number(flags.rounds)
const folder = flags.keep ?? mkdtempSync(path.join(tmpdir(), 'anydoor-bench-'))
const port = await freePort()
const env = {
  DATA_DIR: path.join(folder, 'data'),
  KEYS_DIR: path.join(folder, 'keys'),
  ANYDOOR_DEMO: '0',
  PORT: String(port),
  HOST: '127.0.0.1',
  PUBLIC_URL: '',
  DATABASE_URL: '',
}

try {
  await bench()
} finally {
  if (flags.keep === undefined) rmSync(folder, { recursive: true, force: true })
}

async function bench(): Promise<void> {
  const file = path.join(folder, 'loaded.json')
  if (!existsSync(file))
    await runToEnd([process.execPath, 'bench/directory-world.ts', file, flags.services], env)
  const { services } = JSON.parse(readFileSync(file, 'utf8')) as Loaded
  console.log(`${services} services; ${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)}; ms\n`)
  const server = await startUntil([process.execPath, ...serverArguments()], env, port, '/health/ready')
  const memoryOf = watchMemory(server.pid)
  const { total_pages: last, contents } = (await json('/services')) as Listed
  const words = contents.map((each) => each.name.split(' ').toSorted((a, b) => b.length - a.length)[0] ?? '')
  const ids = (await json('/services?minimal=true&per_page=5000')) as Listed
  const links = (await json('/service_at_locations?per_page=500')) as Listed
  const id = (turn: number) => ids.contents[(turn * 37) % ids.contents.length]?.id ?? ''
  print(['', 'p50', 'p95', '4: p50', 'p95', 'bytes'])
  const rows: readonly (readonly [string, (turn: number) => readonly [string, object?]])[] = [
    ['A page of 50', (turn) => [`/services?page=${1 + (turn % 20)}`]],
    ['A page of 50, whole', (turn) => [`/services?full=true&page=${1 + (turn % 20)}`]],
    ['A deep page', (turn) => [`/services?page=${last - (turn % 20)}`]],
    ['Words, by POST', (turn) => ['/services', { search: words[turn % words.length] }]],
    [
      'A place and 5 km, by POST',
      (turn) => ['/services', { postcode: townNumber(turn * 7).town, proximity: 5_000 }],
    ],
    ['A day and a time', () => ['/services?day=TU&start_time=09:00']],
    ['One entry', (turn) => [`/services/${id(turn)}`]],
    ['Places, a page of 50', (turn) => [`/service_at_locations?page=${1 + (turn % 20)}`]],
    ['One place', (turn) => [`/service_at_locations/${links.contents[turn % 500]?.id}`]],
    ['Organisations, a page', (turn) => [`/organizations?page=${1 + (turn % 20)}`]],
    ['Terms, a page', () => ['/taxonomy_terms']],
  ]
  for (const [title, asked] of rows) await measure(title, asked)
  const before = memoryOf().server
  const since = performance.now()
  const lines = await stream('/services?format=ndjson&full=true')
  const seconds = (performance.now() - since) / 1000
  const memory = memoryOf()
  await server.stop()
  console.log(
    `\nWhole list as lines      ${lines.count} in ${seconds.toFixed(1)} s, ${(lines.bytes / 1e6).toFixed(0)} MB`,
  )
  console.log(
    `Server, peak memory      ${memory.server.toFixed(0)} MiB (${before.toFixed(0)} MiB before the whole list)`,
  )
}

function serverArguments(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
  return scripts.start.split(' ').slice(2)
}

async function measure(title: string, asked: (turn: number) => readonly [string, object?]): Promise<void> {
  let bytes = 0
  const one = async (turn: number) => {
    const since = performance.now()
    bytes = (await ask(...asked(turn))).length
    return performance.now() - since
  }
  await one(0)
  const alone: number[] = []
  for (let turn = 1; turn <= rounds; turn += 1) alone.push(await one(turn))
  const together: number[] = []
  for (let turn = 1; turn <= rounds; turn += 4)
    together.push(...(await Promise.all([0, 1, 2, 3].map((more) => one(turn + more)))))
  const figures = [alone, together].flatMap((each) =>
    [0.5, 0.95].map((share) => quantile(each, share).toFixed(0)),
  )
  print([title, ...figures, String(bytes)])
}

async function ask(at: string, body?: object): Promise<string> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const answer = await fetch(`http://127.0.0.1:${port}${root}${at}`, body === undefined ? {} : init)
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${at}: ${answer.status} ${text}`)
  return text
}

async function json(at: string): Promise<unknown> {
  return JSON.parse(await ask(at))
}

async function stream(at: string): Promise<{ readonly count: number; readonly bytes: number }> {
  const { body } = await fetch(`http://127.0.0.1:${port}${root}${at}`)
  let [count, bytes] = [0, 0]
  for await (const piece of body ?? []) {
    bytes += piece.length
    for (const byte of piece) if (byte === 10) count += 1
  }
  return { count, bytes }
}

function print([first = '', ...cells]: readonly string[]): void {
  console.log(first.padEnd(28) + cells.map((cell) => cell.padStart(9)).join(' '))
}
