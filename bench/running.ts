import { type ChildProcess, spawn } from 'node:child_process'
import { once as happened } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

import { once } from './load.ts'

/** A program of this benchmark: its process id, and how to end it. */
export interface Running {
  readonly pid: number
  readonly stop: () => Promise<void>
}

/** Peak memory of a server in MiB, its database apart. */
export interface Memory {
  readonly server: number
  readonly postgres: number
}

/** Runs a program to its end; its last words when it failed. */
export async function runToEnd(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const child = start(command, env, 'inherit')
  const [code] = (await happened(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}.`)
}

/** Starts a program and waits until `path` answers; gives the milliseconds that took. */
export async function startUntil(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  port: number,
  path: string,
): Promise<Running & { readonly milliseconds: number }> {
  const since = performance.now()
  const child = start(command, env, 'ignore')
  let ended = false
  child.once('exit', () => (ended = true))
  while (!(await answers(port, path))) {
    if (ended) throw new Error(`${command.join(' ')} ended before it answered.`)
    await sleep(20)
  }
  const milliseconds = performance.now() - since
  const stop = async () => {
    if (ended) return
    child.kill('SIGTERM')
    await happened(child, 'exit')
  }
  return { pid: child.pid ?? 0, milliseconds, stop }
}

/** Watches a server's memory until told to stop: its own peak, and the most its PostgreSQL held at once (shared pages once). */
export function watchMemory(pid: number): () => Memory {
  let postgres = 0
  const look = () => {
    const held = below(pid).reduce((sum, each) => sum + mebibytes(each, 'smaps_rollup', 'Pss'), 0)
    postgres = Math.max(postgres, held)
  }
  const timer = setInterval(look, 1_000)
  return () => {
    look()
    clearInterval(timer)
    return { server: mebibytes(pid, 'status', 'VmHWM'), postgres }
  }
}

/** Seconds of processor time used so far: the server's own, and its PostgreSQL's. */
export function processorSeconds(pid: number): { readonly server: number; readonly postgres: number } {
  return { server: secondsOf(pid), postgres: below(pid).reduce((sum, each) => sum + secondsOf(each), 0) }
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await happened(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function start(
  [program = '', ...rest]: readonly string[],
  env: Readonly<Record<string, string>>,
  output: 'inherit' | 'ignore',
): ChildProcess {
  return spawn(program, rest, { env: { ...process.env, ...env }, stdio: ['ignore', output, 'inherit'] })
}

async function answers(port: number, path: string): Promise<boolean> {
  const answer = await once({ port, method: 'GET', path }).catch(() => null)
  return answer?.status === 200
}

/** Every process below this one; PostgreSQL's own included. */
function below(pid: number): readonly number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const parent = /^PPid:\s+(\d+)/m.exec(text(`/proc/${name}/status`))?.[1]
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const found = [pid]
  for (const each of found) for (const [child, parent] of parents) if (parent === each) found.push(child)
  return found.slice(1)
}

/** User and system time, its ended children's included; the kernel counts in hundredths. */
function secondsOf(pid: number): number {
  const fields = text(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? []
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) / 100
}

function mebibytes(pid: number, file: string, field: string): number {
  const found = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(text(`/proc/${pid}/${file}`))?.[1]
  return Number(found ?? 0) / 1024
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
