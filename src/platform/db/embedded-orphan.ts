import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { refuse, type EmbeddedRefusal } from './embedded-refusal.ts'

const patienceMilliseconds = 20_000

/**
 * Stops the server that a killed parent left on this cluster, as gently as it allows; the caller holds the folder's lock.
 * Notes of a process that is dead or something else by now are put right, since PostgreSQL would take it for a server.
 */
export async function stopOrphan(home: string, cluster: string): Promise<EmbeddedRefusal | null> {
  const note = path.join(cluster, 'postmaster.pid')
  const socketNote = path.join(home, '.s.PGSQL.5432.lock')
  if (!existsSync(note)) {
    rmSync(socketNote, { force: true })
    return null
  }
  const lines = readFileSync(note, 'utf8').split('\n')
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid < 1 || !isServer(pid, cluster)) {
    // Its own parent never counts as a rival server. The other lines stay: by them PostgreSQL waits for helpers of the dead one.
    writeFileSync(note, [String(process.pid), ...lines.slice(1)].join('\n'))
    rmSync(socketNote, { force: true })
    return null
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (await ended(pid, cluster, signal)) return null
  }
  return refuse(
    `The database server that an earlier run left (process ${pid}) does not stop: end it with kill -9 ${pid} and start again.`,
  )
}

async function ended(pid: number, cluster: string, signal: NodeJS.Signals): Promise<boolean> {
  sendSignal(pid, signal)
  const until = performance.now() + patienceMilliseconds
  while (performance.now() < until) {
    if (!isServer(pid, cluster)) return true
    await sleep(10)
  }
  return false
}

/** Whether the process is a server of exactly this cluster; false for a dead one that nobody has buried yet. */
function isServer(pid: number, cluster: string): boolean {
  return commandLine(pid).includes(cluster)
}

function commandLine(pid: number): string {
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has gone since we looked, which is what we wanted.
  }
}
