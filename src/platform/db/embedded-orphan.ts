import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { refuse, type EmbeddedRefusal } from './embedded-refusal.ts'

const patienceMilliseconds = 20_000

/**
 * Stops the server that a killed parent left on this cluster, as gently as it allows; the caller holds the folder's lock.
 * A note of a process that is something else by now is removed, since PostgreSQL would take that process for a server.
 */
export async function stopOrphan(cluster: string): Promise<EmbeddedRefusal | null> {
  const note = path.join(cluster, 'postmaster.pid')
  if (!existsSync(note)) return null
  const pid = Number(readFileSync(note, 'utf8').split('\n')[0])
  if (!Number.isInteger(pid) || pid < 1) return null
  if (!isServer(pid, cluster)) {
    if (isAlive(pid)) rmSync(note)
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

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has gone since we looked, which is what we wanted.
  }
}
