/**
 * The rule tables' evaluator against two policy engines that are given the same table, on one core.
 * Run: `npm run bench:rules`; `-- --quick` leaves the peers out.
 */
import { ruleTables } from '../src/releases/rule-packs.ts'
import { evaluate } from '../src/releases/sharing.rules.ts'
import type { RuleTable } from '../src/releases/rule-table.ts'
import type { Question } from '../src/releases/sharing.ts'
import { peersAreThere, runPeer } from './engine-peers.ts'
import { linesOf, questionsFor } from './rules-lines.ts'

const aim = 200_000
const rounds = 30
const peers = !process.argv.includes('--quick') && peersAreThere()

console.log(
  'Decisions a second of processor time; half of the questions are let through or need something, half are refused',
)
for (const table of Object.values(ruleTables)) measure(table)

interface PeerRun {
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly peakMiB: number
  readonly through: readonly boolean[]
}

function measure(table: RuleTable): void {
  const questions = questionsFor(table, 20_000)
  const ours = questions.map((each) => isThrough(table, each))
  console.log(`\nTable ${table.id}, ${table.rows.length} rows, ${questions.length} questions`)
  const run = timed(table, questions)
  const verdict = run.perSecond >= aim ? `${(run.perSecond / aim).toFixed(1)} times the aim` : 'MISSED'
  say('ours', run.perSecond, `p50 ${run.p50.toFixed(2)} p95 ${run.p95.toFixed(2)} µs, aim ${aim}: ${verdict}`)
  if (!peers) return
  const input = { lines: linesOf(table), questions }
  for (const name of ['cedar', 'casbin']) {
    const peer = runPeer<PeerRun>(name, input, 300)
    if (peer === null) continue
    const differing = peer.through.filter((each, i) => each !== ours[i]).length
    const same = differing === 0 ? 'same answers' : `DIFFERS in ${differing} of ${peer.through.length}`
    say(
      name,
      peer.perSecond,
      `p50 ${peer.p50.toFixed(1)} p95 ${peer.p95.toFixed(1)} µs, ${peer.peakMiB.toFixed(0)} MiB, ${same}; ours is ${(run.perSecond / peer.perSecond).toFixed(0)} times as fast`,
    )
  }
  console.log(`  peak memory of this process ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`)
}

function isThrough(table: RuleTable, question: Question): boolean {
  return !evaluate(table, question).outcome.startsWith('forbidden')
}

/** The middle of the rounds after the first third, by processor time, and how long one decision takes, by batches of a hundred. */
function timed(table: RuleTable, questions: readonly Question[]) {
  const speeds: number[] = []
  const micros: number[] = []
  for (let round = 0; round < rounds; round++) {
    const begun = process.cpuUsage()
    for (let i = 0; i < questions.length; i += 100) {
      const from = performance.now()
      for (const question of questions.slice(i, i + 100)) evaluate(table, question)
      if (round > rounds / 3) micros.push((performance.now() - from) * 10)
    }
    if (round > rounds / 3) {
      const { user, system } = process.cpuUsage(begun)
      speeds.push((questions.length * 1_000_000) / (user + system))
    }
  }
  const at = (list: number[], share: number) =>
    list.toSorted((a, b) => a - b)[Math.floor(list.length * share)] ?? 0
  return { perSecond: at(speeds, 0.5), p50: at(micros, 0.5), p95: at(micros, 0.95) }
}

function say(what: string, perSecond: number, more: string): void {
  console.log(
    `  ${what.padEnd(10)} ${Math.round(perSecond).toLocaleString('en').padStart(12)} a second  ${more}`,
  )
}
