import type { Config } from '#platform/config'

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

/** Opens the database the configuration names, starting the embedded one when it names none. Refusals are one line for the operator. */
export async function openDatabase(
  config: Config,
): Promise<OpenDatabase | { readonly refused: string; readonly message: string }> {
  const embedded = config.databaseUrl === null ? await startEmbedded({ dataDir: config.dataDir }) : null
  if (embedded !== null && 'refused' in embedded) return embedded
  const ownerUrl = embedded?.url ?? config.databaseUrl
  if (ownerUrl === null) throw new Error('There is no database address.')
  try {
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

function given(config: Config): Partial<LoginUrls> {
  return Object.fromEntries(Object.entries(config.loginUrls).filter(([, url]) => url !== null))
}
