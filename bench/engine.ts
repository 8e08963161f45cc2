/**
 * The engine on an area, a region and a country, against the contract's bars and against its peers.
 * Run: `npm run bench:engine`; `-- --quick` leaves out the country, the peers and 10^8 situations.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CUTS, benchCoverage } from './engine-duckdb.ts'
import { benchMatching } from './engine-match.ts'
import { peersAreThere } from './engine-peers.ts'

const quick = process.argv.includes('--quick')

console.log('Checking a whole system, from the parsed file to the report')
cold('area', 100, quick ? 3 : 11)
check('area', 0)
check('area', 10)
check('region', 0, 1000)
check('region', 10, 10_000)
if (!quick) check('country', 10, 60_000)

const peers = !quick && peersAreThere()
console.log('\nMatching one person against 100,000 services')
benchMatching(100_000, peers)
if (peers) {
  console.log('\nWhat is covered, need by need, against brute force in DuckDB on two threads')
  benchCoverage(CUTS)
}

interface Result {
  readonly whole: number
  /** Milliseconds of both cores, starting and generating included: what another process took is not in it. */
  readonly cpu: number
  readonly steps: Readonly<Record<string, number>>
  readonly peakMiB: number
  readonly situations: string
  readonly edges: number
  readonly whatIf: readonly number[]
}

/** The whole check without remedies in so many fresh processes: nothing is compiled or cached from the one before. */
function cold(scale: string, barMs: number, times: number): void {
  const all = Array.from({ length: times }, () => run(scale, 0).whole).sort((a, b) => a - b)
  const [median, slowest] = [all[times >> 1]!, all.at(-1)!]
  console.log(
    `  ${scale}, ${times} cold starts: median ${median.toFixed(0)} ms, slowest ${slowest.toFixed(0)} ms  bar ${barMs} ms: ${all.filter((ms) => ms <= barMs).length} of ${times} within`,
  )
}

function check(scale: string, remedies: number, barMs?: number): void {
  const { whole, cpu, steps, peakMiB, situations, edges, whatIf } = run(scale, remedies)
  const bar =
    barMs === undefined
      ? ''
      : `  bar ${barMs} ms: ${whole <= barMs ? `${(barMs / whole).toFixed(1)} times under` : 'MISSED'}`
  console.log(
    `  ${`${scale}, ${remedies} remedies`.padEnd(24)} ${whole.toFixed(0).padStart(7)} ms  (${cpu.toFixed(0)} ms of CPU with start and generator)  ${peakMiB.toFixed(0).padStart(5)} MiB  ${situations} situations, ${edges} edges${bar}`,
  )
  console.log(
    `    ${Object.entries(steps)
      .map(([step, ms]) => `${step} ${ms.toFixed(0)}`)
      .join(', ')}`,
  )
  if (whatIf.length > 0)
    console.log(
      `    what-if to all figures: median ${whatIf[30]!.toFixed(0)} ms, slowest of sixty ${whatIf.at(-1)!.toFixed(0)} ms (bar 50 ms)`,
    )
}

function run(scale: string, remedies: number): Result {
  const script = fileURLToPath(new URL('engine-check.ts', import.meta.url))
  const args = ['--conditions=source', '--max-old-space-size=4096', script, scale, String(remedies)]
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 24 })
  if (done.status !== 0) throw new Error(done.stderr)
  return JSON.parse(done.stdout) as Result
}
