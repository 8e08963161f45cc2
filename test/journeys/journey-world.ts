import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

import { type Browser, chromium } from 'playwright-core'

import { standDemo } from '#demo'
import { type Config, readConfig } from '#platform/config'
import { cryptoReady, type Installation, openInstallation } from '#platform/crypto'
import { logins, type LoginUrls, openPool, openPools, type Pool, type Pools } from '#platform/db'
import { createLog, type Listening, serveApp, type SiteEnv } from '#platform/http'
import { assetsFolder } from '#platform/ui'
import type { Hono } from 'hono'

import { createApp, wordsOf } from '../../src/app.ts'
import { type Kept, readKept } from '../../src/demo/kept.ts'
import { demoPages } from '../../src/demo/routes.ts'
import { askToSignIn } from '../../src/parties/routes.ts'
import { roomsOf } from '../../src/rooms.ts'
import { findBrowser } from '../../tools/browser.mjs'
import { type FreshDatabase, freshDatabase } from '../database.ts'

/** A real server with the demo in it, and a browser: what every journey walks through. */
export interface JourneyWorld {
  readonly address: string
  readonly app: Hono<SiteEnv>
  readonly browser: Browser
  readonly config: Config
  readonly installation: Installation
  readonly owner: Pool
  readonly pools: Pools
  /** How the invented staff sign in, and the case of each invented person. */
  readonly kept: Kept
  readonly close: () => Promise<void>
}

/** An empty installation served over a socket, before anybody is there. */
export type EmptyWorld = Omit<JourneyWorld, 'kept'>

/** Serves a fresh database with the demo made in it. */
export async function journeyWorld(): Promise<JourneyWorld> {
  const ground = await groundOf()
  const { config, database, pools, installation } = ground
  const at = { ownerUrl: database.ownerUrl, pools }
  const wordsFor = wordsOf(roomsOf({ config, variables: {} }).rooms)
  const out = { write: () => undefined }
  const standing = await standDemo({ config, database: at, installation, wordsFor, out })
  const kept = readKept(config.dataDir)
  if ((standing !== 'made' && standing !== 'here') || kept === null)
    throw new Error(`The demo is ${standing}.`)
  return { ...(await served(ground, true)), kept }
}

/** Serves a fresh database as a first start leaves it. */
export async function emptyWorld(): Promise<EmptyWorld> {
  return served(await groundOf(), false)
}

interface Ground {
  readonly database: FreshDatabase
  readonly owner: Pool
  readonly pools: Pools
  readonly installation: Installation
  readonly config: Config
}

async function groundOf(): Promise<Ground> {
  await cryptoReady()
  if (!existsSync(join(assetsFolder, 'manifest.json'))) {
    execFileSync(process.execPath, ['tools/assets.mjs'], { cwd: process.cwd() })
  }
  const database = await freshDatabase()
  const urls = Object.fromEntries(logins.map((login) => [login, database.urlFor(login)])) as LoginUrls
  const { installation } = openInstallation(database.keysDir)
  const dataDir = `${database.keysDir}-data`
  mkdirSync(dataDir, { recursive: true })
  const PORT = String(await freePort())
  const config = readConfig({ DATA_DIR: dataDir, KEYS_DIR: database.keysDir, PORT }, '/')
  if ('refused' in config) throw new Error(config.message)
  return { database, owner: openPool(database.ownerUrl, 4), pools: openPools(urls), installation, config }
}

async function served(ground: Ground, holdsDemo: boolean): Promise<EmptyWorld> {
  const { database, owner, pools, installation, config } = ground
  const demo = demoPages(config, holdsDemo)
  const app = createApp({
    config,
    pools,
    installation,
    log: createLog({ level: 'silent' }),
    rooms: roomsOf({ config, variables: {}, demo }).rooms,
    demo: demo !== null,
    checks: [],
    askToSignIn,
  })
  const site: Listening = await serveApp(app, config)
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('There is no Chromium here; set CHROMIUM_PATH.')
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const close = async () => {
    await browser.close()
    await site.close(0)
    await pools.close()
    await owner.destroy()
    await database.close()
  }
  return { address: site.address, app, browser, config, installation, owner, pools, close }
}

/** Cookies are named by the port, so the server has to know it before it listens. */
async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address !== null ? address.port : 0
}
