import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chooseAccount, type Account } from './embedded-account.ts'
import { findBinaries, reachableBinaries } from './embedded-binaries.ts'
import { bootstrap, databaseName, ownerRole, urlOf } from './embedded-bootstrap.ts'
import { makeCluster } from './embedded-cluster.ts'
import { openFolder } from './embedded-folder.ts'
import { lockFolder } from './embedded-lock.ts'
import { stopOrphan } from './embedded-orphan.ts'
import { refuse, type EmbeddedRefusal } from './embedded-refusal.ts'
import { runServer, type Server, type ServerOptions } from './embedded-server.ts'

/** The embedded PostgreSQL, ours alone until it is stopped. */
export interface Embedded {
  /** For the role that owns the schema. */
  readonly url: string
  /** For the superuser, who is needed for extensions and in tests. */
  readonly superUrl: string
  /** Resolves when the server has ended, asked or not. */
  readonly ended: Promise<void>
  /** Closes connections, writes everything down, ends the server and lets go of the folder. */
  readonly stop: () => Promise<void>
}

export interface EmbeddedOptions {
  /** Everything lies in `postgres*` inside this folder. */
  readonly dataDir: string
  /** False gives up crash safety for speed, in tests. */
  readonly durable?: boolean
  /** Insists on one way to run as root, in tests. */
  readonly account?: Account['kind']
}

/**
 * Starts the embedded PostgreSQL on a data folder, making it on the first start.
 * It ends with this process, however that ends; a server that was left behind is stopped first.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded | EmbeddedRefusal> {
  const dataDir = path.resolve(options.dataDir)
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const lock = lockFolder(dataDir)
    if ('refused' in lock) return lock
    const started = await startLocked(dataDir, options).catch((error: unknown) => asRefusal(error, dataDir))
    if ('refused' in started) {
      lock.release()
      return started
    }
    void started.ended.then(() => lock.release())
    return started
  } catch (error) {
    return asRefusal(error, dataDir)
  }
}

async function startLocked(dataDir: string, options: EmbeddedOptions): Promise<Embedded | EmbeddedRefusal> {
  const prepared = prepare(dataDir, options)
  if ('refused' in prepared) return prepared
  const { folder, binaries, account, durable } = prepared
  const left =
    (await stopOrphan(folder.home, folder.cluster)) ?? makeCluster(folder, binaries, account, durable)
  if (left) return left
  const server = await runPatiently(prepared)
  if ('refused' in server) return server
  const { superuser, owner } = folder.passwords
  try {
    await bootstrap(server.address, folder.passwords)
  } catch (error) {
    await server.stop()
    throw error
  }
  return {
    url: urlOf(server.address, ownerRole, owner, databaseName),
    superUrl: urlOf(server.address, 'postgres', superuser, databaseName),
    ended: server.ended,
    stop: server.stop,
  }
}

function prepare(dataDir: string, options: EmbeddedOptions): ServerOptions | EmbeddedRefusal {
  const account = chooseAccount(options.account)
  if ('refused' in account) return account
  const found = findBinaries()
  if ('refused' in found) return found
  const binaries = reachableBinaries(found, account)
  if ('refused' in binaries) return binaries
  const folder = openFolder(dataDir, account)
  if ('refused' in folder) return folder
  return { folder, binaries, account, durable: options.durable ?? true }
}

/** Tries again while the helpers of a killed server still hold its memory, or another program took the port. */
async function runPatiently(options: ServerOptions): Promise<Server | EmbeddedRefusal> {
  for (let attempt = 1; ; attempt++) {
    const server = await runServer(options)
    if (!('lastWords' in server)) return server
    if (
      attempt === 50 ||
      !/shared memory block|could not create any TCP|could not bind/.test(server.lastWords)
    ) {
      return refuse(
        `The built-in database does not start (${server.lastWords}; more in ${options.folder.log}): set DATABASE_URL to a PostgreSQL 18 of your own if this stays.`,
      )
    }
    await sleep(100)
  }
}

/** A folder that cannot be written is the machine's business, told in one line; anything else is a fault. */
function asRefusal(error: unknown, dataDir: string): EmbeddedRefusal {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'ENOSPC') return refuse(`The disk with DATA_DIR (${dataDir}) is full.`)
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ERR_SQLITE_ERROR'].includes(code)) {
    return refuse(
      `DATA_DIR (${dataDir}) cannot be written (${code}): give this account the folder, or set DATA_DIR to another.`,
    )
  }
  throw error
}
