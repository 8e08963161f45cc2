import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { startEmbedded } from '../src/platform/db/embedded.ts'

/** What a row of killings came to. */
export interface CrashFigures {
  readonly rounds: number
  /** Writes that the database had acknowledged before its process was killed. */
  readonly acknowledged: number
  /** Those of them that were gone afterwards, as round.writer.turn. */
  readonly lost: readonly string[]
  /** From starting the process again to the database answering, in milliseconds. */
  readonly restartMilliseconds: readonly number[]
}

/**
 * Kills a writing program with SIGKILL again and again, every second time the database server with it,
 * and looks after each restart whether every acknowledged write is there. Throws when a restart fails.
 */
export async function crashRounds(
  dataDir: string,
  rounds: number,
  onRound: (done: number) => void = () => {},
): Promise<CrashFigures> {
  const lost: string[] = []
  const restartMilliseconds: number[] = []
  let before: readonly string[] = []
  let acknowledged = 0
  let least = 0
  for (let round = 1; round <= rounds + 1; round++) {
    const ran = await oneRound(dataDir, round, round <= rounds ? killAfterMilliseconds() : 0)
    if (round > 1) restartMilliseconds.push(ran.readyMilliseconds)
    lost.push(...before.filter((row) => !ran.stored.has(row)))
    if (ran.count < least) lost.push(`${least - ran.count} of earlier rounds`)
    least = ran.count
    before = round <= rounds ? ran.written : []
    acknowledged += before.length
    if (round <= rounds) onRound(round)
  }
  await closeCleanly(dataDir)
  return { rounds, acknowledged, lost, restartMilliseconds }
}

/** The server of the last round may still be writing; after this the folder can be removed. */
async function closeCleanly(dataDir: string): Promise<void> {
  const database = await startEmbedded({ dataDir })
  if ('refused' in database) throw new Error(database.message)
  await database.stop()
}

async function oneRound(dataDir: string, round: number, killAfter: number) {
  const started = performance.now()
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'crash-writer.ts'), dataDir, String(round)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const stored = new Set<string>()
  const written: string[] = []
  let readyMilliseconds = 0
  let count = 0
  const closed = once(child, 'close')
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, what = ''] = line.split(' ', 2)
    if (word === 'refused') throw new Error(`Round ${round}: ${line}`)
    if (word === 'stored') stored.add(what)
    if (word === 'written') written.push(what)
    if (word === 'ready') {
      readyMilliseconds = performance.now() - started
      count = Number(what)
      void sleep(killAfter).then(() => kill(child.pid, dataDir, round))
    }
  }
  await closed
  if (readyMilliseconds === 0)
    throw new Error(`Round ${round}: the program ended before its database answered.`)
  return { stored, written, readyMilliseconds, count }
}

function kill(parent: number | undefined, dataDir: string, round: number): void {
  const note = readFileSync(path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8')
  if (round % 2 === 0) process.kill(Number(note.split('\n')[0]), 'SIGKILL')
  if (parent !== undefined) process.kill(parent, 'SIGKILL')
}

/** Some rounds die at once, some after hundreds of writes. */
function killAfterMilliseconds(): number {
  return 5 + Math.random() * 150
}
