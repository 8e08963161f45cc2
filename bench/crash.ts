import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { crashRounds } from './crash-rounds.ts'

/** `npm run bench:crash -- N`: kills a writing program N times (100 unless told) and prints what came of it. */
const rounds = Number(process.argv[2] ?? 100)
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error('Say how often to kill it: npm run bench:crash -- 500')
  process.exit(2)
}
const folder = mkdtempSync(path.join(tmpdir(), 'anydoor-crash-'))
const figures = await crashRounds(path.join(folder, 'data'), rounds, (done) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${rounds}`)
})
rmSync(folder, { recursive: true, force: true })
const restarts = figures.restartMilliseconds.toSorted((a, b) => a - b)
const at = (share: number) => Math.round(restarts[Math.ceil(restarts.length * share) - 1] ?? 0)
if (process.stderr.isTTY) process.stderr.write('\r')
console.log(`kills                ${figures.rounds} (every second one takes the database server too)`)
console.log(`acknowledged writes  ${figures.acknowledged}`)
console.log(`lost                 ${figures.lost.length}`)
console.log(`restart to answer    p50 ${at(0.5)}, p95 ${at(0.95)}, longest ${at(1)} ms`)
if (figures.lost.length > 0) {
  console.error(`Lost: ${figures.lost.slice(0, 20).join(' ')}`)
  process.exit(1)
}
