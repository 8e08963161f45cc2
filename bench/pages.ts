import { existsSync, readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'

import { figures, type Ground, print } from './ground.ts'
import { type Act, type Measured, quantile, underLoad } from './load.ts'
import { processorSeconds, runToEnd, startUntil } from './running.ts'

/** A page that is measured, with one user and with many. */
export interface PageRow<World> {
  readonly name: string
  readonly title: string
  /** Most milliseconds at p95 with many users; null is reported and not barred. */
  readonly aim: number | null
  readonly beside: 'page' | 'rows'
  readonly act: (world: World) => Act
}

/** Where and how long is measured. */
export interface Bench {
  readonly ground: Pick<Ground, 'folder' | 'port' | 'env'>
  readonly seconds: number
  /** How many are at work at once. */
  readonly many: number
}

/** p95 in milliseconds of the bare page and of the bare select. */
export type Baseline = Readonly<Record<PageRow<unknown>['beside'], number>>

/** Those rows that somebody asked for by name; all of them for an empty list. */
export function chosenOf<Row extends { readonly name: string }>(
  rows: readonly Row[],
  only: string,
): readonly Row[] {
  return rows.filter((row) => only === '' || only.split(',').includes(row.name))
}

/** What stands above the figures. */
export function printHead({ seconds }: Bench): void {
  const load = loadavg()[0]?.toFixed(1) ?? '?'
  console.log(
    `${cpus().length} processors, load ${load} before; ${seconds} s a row, a second's pause between pages\n`,
  )
}

/** A filled installation, as the script that fills it writes it down; made once where it is kept. */
export async function filledBy<World>(
  { ground }: Bench,
  name: string,
  script: string,
  size: string,
): Promise<World> {
  const file = path.join(ground.folder, name)
  if (!existsSync(file)) {
    const since = performance.now()
    await runToEnd([process.execPath, script, file, size], ground.env)
    console.log(`Filled in ${((performance.now() - since) / 1000).toFixed(0)} s.\n`)
  }
  return JSON.parse(readFileSync(file, 'utf8')) as World
}

/** The bare page and a bare select of so many sealed rows, with many users. */
export async function plainly(bench: Bench, rows: number, title: string): Promise<Baseline> {
  const { env, port } = bench.ground
  const plain = await startUntil([process.execPath, 'bench/plain.ts', String(rows)], env, port, '/page')
  const get = (where: string): Act => {
    return async (ask) => {
      await ask.get(where)
    }
  }
  const page = await loaded(bench, bench.many, get('/page'), bench.seconds / 2)
  const select = await loaded(bench, bench.many, get('/rows'), bench.seconds / 2)
  await plain.stop()
  print(['', 'p50', 'p95'])
  print(['Bare Hono page', ...figures(page)])
  print([title, ...figures(select)])
  console.log('')
  return { page: quantile(page.milliseconds, 0.95), rows: quantile(select.milliseconds, 0.95) }
}

/** The names of the columns. */
export function printColumns({ many }: Bench): void {
  print(['', '1 user: p50', 'p95', `${many}: p50`, 'p95', 'aim', 'answers', 'cpu ms each', 'times bare'])
}

/** Measures one row against the server of this process number, and prints it; whether its aim was missed. */
export async function measure<World>(
  bench: Bench,
  row: PageRow<World>,
  world: World,
  at: {
    readonly baseline: Baseline
    readonly pid: number
    readonly cookie: (user: number) => string
    /** Who does it alone; the first of those who do it together where nobody is named. */
    readonly alone?: number
  },
): Promise<boolean> {
  const act = row.act(world)
  const single: Act = (ask, user, turn) => act(ask, at.alone ?? user, turn)
  const alone = await loaded(bench, 1, single, bench.seconds / 2, at.cookie)
  const before = processorSeconds(at.pid)
  const together = await loaded(bench, bench.many, row.act(world), bench.seconds, at.cookie)
  const after = processorSeconds(at.pid)
  const each = (part: 'server' | 'postgres') =>
    (((after[part] - before[part]) * 1000) / together.milliseconds.length).toFixed(0)
  const p95 = quantile(together.milliseconds, 0.95)
  const over = row.aim !== null && p95 > row.aim
  print([
    row.title,
    ...figures(alone),
    ...figures(together),
    row.aim === null ? '' : `${row.aim}${over ? ' missed' : ''}`,
    String(together.milliseconds.length),
    `${each('server')} + ${each('postgres')}`,
    (p95 / at.baseline[row.beside]).toFixed(1),
  ])
  for (const wrong of new Set([...alone.wrong, ...together.wrong])) console.log(`  ${wrong}`)
  return over
}

function loaded(
  { ground }: Bench,
  users: number,
  act: Act,
  time: number,
  cookie: (user: number) => string = () => '',
): Promise<Measured> {
  return underLoad({ port: ground.port, users, seconds: time, pauseMs: 1_000, cookie }, act)
}

/** Prints a figure beside its aim; whether it was missed. */
export function bar(title: string, value: number, aim: number, unit: string): boolean {
  console.log(`${title.padEnd(28)} ${value.toFixed(0)} ${unit} (aim ${aim})${value > aim ? ' missed' : ''}`)
  return value > aim
}

/** How many aims were missed, where there is one. */
export function printMissed(missed: number): void {
  if (missed > 0) console.log(`\n${missed} ${missed === 1 ? 'aim' : 'aims'} missed.`)
}
