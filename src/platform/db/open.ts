import pg from 'pg'

import type { Config } from '#platform/config'
import { readInstallation } from '#platform/crypto'

import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { openPools, type Pools } from './pools.ts'
import { loginUrls, type LoginUrls } from './roles.ts'

/** A database that is there, migrated, with a pool for each login. */
export interface OpenDatabase {
  readonly ownerUrl: string
  readonly urls: LoginUrls
  readonly pools: Pools
  /** Resolves when an embedded server ended; never for a database of your own. */
  readonly ended: Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Opens the database the configuration names, starting the embedded one when it names none. Refusals are one line for the
 * operator. Without the installation's keys a database in which somebody has an account is refused before anything in it changes:
 * under new keys nobody there could sign in, and the start would seem to have worked.
 */
export async function openDatabase(
  config: Config,
): Promise<OpenDatabase | { readonly refused: string; readonly message: string }> {
  const embedded = config.databaseUrl === null ? await startEmbedded({ dataDir: config.dataDir }) : null
  if (embedded !== null && 'refused' in embedded) return embedded
  const ownerUrl = embedded?.url ?? config.databaseUrl
  if (ownerUrl === null) throw new Error('There is no database address.')
  try {
    if (readInstallation(config.keysDir) === null && (await holdsAccounts(ownerUrl))) {
      await embedded?.stop()
      return { refused: 'keys', message: keysMissing(config.keysDir) }
    }
    await migrate({ ownerUrl, keysDir: config.keysDir })
  } catch (error) {
    await embedded?.stop()
    return {
      refused: 'database',
      message: `The database cannot be used: ${error instanceof Error ? error.message : 'unknown'}`,
    }
  }
  const urls = loginUrls(ownerUrl, config.keysDir, given(config))
  const pools = openPools(urls)
  const close = async () => {
    await pools.close()
    await embedded?.stop()
  }
  return { ownerUrl, urls, pools, ended: embedded?.ended ?? new Promise(() => undefined), close }
}

async function holdsAccounts(ownerUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query(`select to_regclass('access.account') is not null as made`)
    if (rows[0]?.made !== true) return false
    return (await client.query(`select from access.account limit 1`)).rows.length > 0
  } finally {
    await client.end()
  }
}

function keysMissing(keysDir: string): string {
  return `KEYS_DIR (${keysDir}) holds no installation.json, and people already have accounts in this database: under new keys nobody could sign in. Bring the keys back from their second safe place, or from the print with anydoor keys restore.`
}

function given(config: Config): Partial<LoginUrls> {
  return Object.fromEntries(Object.entries(config.loginUrls).filter(([, url]) => url !== null))
}
