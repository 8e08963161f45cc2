import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Hono } from 'hono'
import { createApp, wordsOf } from '../../src/app.ts'
import { demoPages } from '../../src/demo/routes.ts'
import { askToSignIn } from '../../src/parties/routes.ts'
import { roomsOf } from '../../src/rooms.ts'
import { cast, type DemoStanding, standDemo } from '#demo'
import { type Config, readConfig } from '#platform/config'
import { cryptoReady, type Installation, openInstallation } from '#platform/crypto'
import { loginUrls, migrate, openPools, type Pools, startEmbedded } from '#platform/db'
import { createLog, type SiteEnv } from '#platform/http'
import { quickPasswords } from './quick-passwords.ts'

/** The demo on a server of its own, as `npm start` makes it. */
export interface DemoWorld {
  readonly config: Config
  readonly ownerUrl: string
  readonly superUrl: string
  readonly pools: Pools
  readonly installation: Installation
  readonly standing: DemoStanding
  /** Where the server's own files lie. */
  readonly postgresDir: string
  /** Every line that was logged or printed. */
  readonly lines: string[]
  readonly again: () => Promise<DemoStanding>
  /** The app, as it would be served with this configuration and this belief about the database. */
  readonly app: (config?: Partial<Config>, holdsDemo?: boolean) => Hono<SiteEnv>
  readonly close: () => Promise<void>
}

/** Who is to be there (left out: the whole cast), and a look at the empty server first. */
export interface DemoOptions {
  readonly world?: Pick<typeof cast, 'areas' | 'agencies' | 'people'>
  readonly before?: (at: Pick<DemoWorld, 'superUrl' | 'postgresDir'>) => Promise<void>
}

/** Starts a server on a folder of its own and makes the demo there. */
export async function demoWorld(options: DemoOptions = {}): Promise<DemoWorld> {
  await cryptoReady()
  quickPasswords()
  const folder = mkdtempSync(join(tmpdir(), 'anydoor-demo-'))
  const config = readConfig({ DATA_DIR: join(folder, 'data'), KEYS_DIR: join(folder, 'keys') }, folder)
  if ('refused' in config) throw new Error(config.message)
  const server = await startEmbedded({ dataDir: config.dataDir, durable: false })
  if ('refused' in server) throw new Error(server.message)
  await migrate({ ownerUrl: server.url, keysDir: config.keysDir })
  const pools = openPools(loginUrls(server.url, config.keysDir))
  const { installation } = openInstallation(config.keysDir)
  const lines: string[] = []
  const out = { write: (text: string) => lines.push(text) }
  const wordsFor = wordsOf(roomsOf({ config, variables: {} }).rooms)
  const world = options.world ?? cast
  const database = { ownerUrl: server.url, pools }
  const stand = () => standDemo({ config, database, installation, wordsFor, world, out })
  const postgresDir = join(config.dataDir, 'postgres')
  await options.before?.({ superUrl: server.superUrl, postgresDir })
  const standing = await stand()
  const log = createLog({ destination: out })
  return {
    config,
    ownerUrl: server.url,
    superUrl: server.superUrl,
    pools,
    installation,
    standing,
    postgresDir,
    lines,
    again: stand,
    app: (change = {}, holdsDemo = true) => {
      const here = { ...config, ...change }
      const demo = demoPages(here, holdsDemo)
      const { rooms } = roomsOf({ config: here, variables: {}, demo })
      return createApp({
        config: here,
        pools,
        installation,
        log,
        rooms,
        demo: demo !== null,
        checks: [],
        askToSignIn,
      })
    },
    close: async () => {
      await pools.close()
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
