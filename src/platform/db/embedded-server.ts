import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { totalmem } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Account } from './embedded-account.ts'
import type { Binaries } from './embedded-binaries.ts'
import type { Folder } from './embedded-folder.ts'

/** A running server. */
export interface Server {
  readonly address: Address
  /** Resolves when the server has ended, asked or not. */
  readonly ended: Promise<void>
  /** Lets transactions go, writes everything down and ends. */
  readonly stop: () => Promise<void>
}

/** Where a server listens: a Unix socket's folder, or a port of this machine. */
export type Address = { readonly socketFolder: string } | { readonly port: number }

export interface ServerOptions {
  readonly folder: Folder
  readonly binaries: Binaries
  readonly account: Account
  /** False only where data may be lost, as in tests. */
  readonly durable: boolean
}

/** Longest socket path in bytes; systems cut it off between 104 and 108. */
const longestSocketPath = 99
/** Crash recovery replays the log first, and may take its time. */
const startMilliseconds = 300_000
const stopMilliseconds = 20_000

/** Starts the server and waits until it takes connections; returns its last words when it ends before. */
export async function runServer(options: ServerOptions): Promise<Server | { readonly lastWords: string }> {
  const { folder, account, binaries } = options
  const address = await chooseAddress(folder.home)
  const log = openSync(folder.log, 'w', 0o600)
  const [program = '', ...rest] = [
    ...account.prefix,
    path.join(binaries.folder, 'bin', 'postgres'),
    ...settings(options, address),
  ]
  const child = spawn(program, rest, {
    stdio: ['ignore', log, log],
    cwd: folder.home,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    // A session of its own: Ctrl+C in the terminal must reach us first, so that we can finish what is in hand.
    detached: true,
    ...account.ids,
  })
  closeSync(log)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  child.unref()
  if (!(await becomesReady(child, folder.cluster))) return { lastWords: lastWords(folder.log) }
  const letGo = stopWithParent(child)
  void ended.then(letGo)
  return { address, ended, stop: () => stopServer(child, ended) }
}

async function chooseAddress(home: string): Promise<Address> {
  if (Buffer.byteLength(path.join(home, '.s.PGSQL.5432')) <= longestSocketPath) return { socketFolder: home }
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  return { port }
}

/** The log must not tell what people stored, so it holds neither statements nor the details of an error. */
function settings({ folder, durable }: ServerOptions, address: Address): readonly string[] {
  const where =
    'port' in address
      ? [`port=${address.port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=']
      : [
          'port=5432',
          'listen_addresses=',
          `unix_socket_directories=${quoteList(address.socketFolder)}`,
          'unix_socket_permissions=0700',
        ]
  const discretion = [
    'log_statement=none',
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    'log_checkpoints=off',
  ]
  const place = [
    'timezone=UTC',
    'log_timezone=UTC',
    'max_connections=200',
    'max_logical_replication_workers=0',
  ]
  const memory = Math.floor(totalmem() / 1024 ** 2)
  const room = durable
    ? [
        // Why: its own sizes are for the smallest machine there is, and a large import goes through the disk several times with them.
        `shared_buffers=${Math.min(512, Math.max(128, Math.floor(memory / 8)))}MB`,
        `effective_cache_size=${Math.max(256, Math.floor(memory / 2))}MB`,
        'max_wal_size=2GB',
      ]
    : []
  const durability = durable
    ? ['fsync=on', 'full_page_writes=on', 'synchronous_commit=on']
    : ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']
  return [
    '-D',
    folder.cluster,
    ...[...where, ...discretion, ...place, ...room, ...durability].flatMap((setting) => ['-c', setting]),
  ]
}

function quoteList(folder: string): string {
  return `"${folder.replaceAll('"', '""')}"`
}

async function becomesReady(child: ChildProcess, cluster: string): Promise<boolean> {
  const until = performance.now() + startMilliseconds
  let failed = false
  child.once('error', () => (failed = true))
  while (!failed && child.exitCode === null && child.signalCode === null && performance.now() < until) {
    if (isReady(cluster, child.pid)) return true
    await sleep(10)
  }
  child.kill('SIGINT')
  return false
}

/** PostgreSQL notes its process id in the first line of this file and its state in the eighth. */
function isReady(cluster: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

/**
 * Ends the server when this process goes, even by SIGKILL: a shell waits on a pipe that the kernel closes then.
 * Returns a function that calls the shell off.
 */
function stopWithParent(child: ChildProcess): () => void {
  const watcher = spawn('sh', ['-c', 'read -r line; kill -INT "$1" 2>/dev/null', 'sh', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    detached: true,
  })
  watcher.on('error', () => {})
  watcher.stdin.on('error', () => {})
  watcher.unref()
  if ('unref' in watcher.stdin && typeof watcher.stdin.unref === 'function') watcher.stdin.unref()
  return () => void watcher.kill('SIGKILL')
}

async function stopServer(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.ref()
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await Promise.race([ended, sleep(stopMilliseconds, undefined, { ref: false })])
  }
}

/** The last complaint in the log, without its time and process id. */
function lastWords(log: string): string {
  const lines = readFileSync(log, 'utf8').trim().split('\n')
  const complaint = lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? ''
  return complaint.replace(/^.*?(FATAL|PANIC|ERROR):\s*/, '').trim()
}
