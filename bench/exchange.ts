/**
 * `npm run bench:exchange`: how long one file of 100,000 services takes to come in, to come in again unchanged, to go out as HSDS and
 * to be taken back, and how much memory that holds. Beside it stands a plain baseline of the same run: the same file parsed record by
 * record and copied into one table. Aims: a minute and 300 MiB for the first import.
 *
 * `-- --services 100000` · `--keep FOLDER` uses the generated file again.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

import { writeExchangeFile } from './exchange-file.ts'
import type { PartCost } from './exchange-world.ts'
import { runToEnd } from './running.ts'

/** As `bin/anydoor` starts an import and an export. */
const memory = ['--max-semi-space-size=16', '--heap-growing-percent=40']
const aims = { seconds: 60, mebibytes: 300 }

const { values: flags } = parseArgs({
  options: { services: { type: 'string', default: '100000' }, keep: { type: 'string' } },
})
const services = Number(flags.services)
const folder = mkdtempSync(path.join(tmpdir(), 'anydoor-bench-'))
const file = path.join(flags.keep ?? folder, `exchange-${services}.json`)
const env = {
  DATA_DIR: path.join(folder, 'data'),
  KEYS_DIR: path.join(folder, 'keys'),
  ANYDOOR_DEMO: '0',
  HOST: '127.0.0.1',
  PUBLIC_URL: '',
  DATABASE_URL: '',
}

try {
  await bench()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function bench(): Promise<void> {
  if (!existsSync(file)) await writeExchangeFile(file, services)
  console.log(`${cpus().length} processors, load ${load()} before\n`)
  print(['', 'seconds', 'a second', 'cpu: node', 'postgres', 'MiB: node', 'postgres', 'MB', 'times plain'])
  const plain = await measure('plain')
  row('Plain: parse and copy', plain, plain)
  const first = await measure('import')
  row('Import, empty directory', first, plain)
  row('Import again, unchanged', await measure('import'), plain)
  row('Export as HSDS', await measure('export'), plain)
  row('Take it back', await measure('undo'), plain)
  const missed = first.seconds > aims.seconds || first.memory > aims.mebibytes
  console.log(
    `\n${missed ? 'Missed' : 'Met'}: ${aims.seconds} s and ${aims.mebibytes} MiB; load ${load()} after`,
  )
}

async function measure(part: string): Promise<PartCost> {
  const result = path.join(folder, `${part}.json`)
  await runToEnd([process.execPath, ...memory, 'bench/exchange-world.ts', result, part, file], env)
  return JSON.parse(readFileSync(result, 'utf8')) as PartCost
}

function row(name: string, cost: PartCost, plain: PartCost): void {
  print([
    name,
    cost.seconds.toFixed(1),
    (services / cost.seconds).toFixed(0),
    cost.processor.server.toFixed(1),
    cost.processor.postgres.toFixed(1),
    cost.memory.toFixed(0),
    cost.postgres.toFixed(0),
    (cost.bytes / 1e6).toFixed(0),
    (cost.seconds / plain.seconds).toFixed(1),
  ])
}

function load(): string {
  return loadavg()[0]?.toFixed(1) ?? '?'
}

function print([first = '', ...cells]: readonly string[]): void {
  console.log(first.padEnd(26) + cells.map((cell) => cell.padStart(11)).join(' '))
}
