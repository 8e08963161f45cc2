import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

import type { Hono } from 'hono'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'

import { type Config, readConfig } from '#platform/config'
import type { Installation } from '#platform/crypto'
import type { Pools } from '#platform/db'
import { cookieName, createLog, type Listening, serveApp, type SiteEnv } from '#platform/http'
import { assetsFolder } from '#platform/ui'

import { createApp } from '../../src/app.ts'
import { demoPages } from '../../src/demo/routes.ts'
import { askToSignIn } from '../../src/parties/routes.ts'
import { roomsOf } from '../../src/rooms.ts'
import { findBrowser } from '../../tools/browser.mjs'
import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'

/** The whole app on an address of its own. */
export interface Site {
  readonly address: string
  readonly app: Hono<SiteEnv>
  readonly config: Config
  readonly close: () => Promise<void>
}

/** What an app is served over. */
interface Ground {
  readonly pools: Pools
  readonly installation: Installation
  readonly config: Config
}

/** The settings of a server on a port that is free now: the app answers only to the address it was told. */
export async function siteConfig(folders: {
  readonly dataDir: string
  readonly keysDir?: string
}): Promise<Config> {
  const { dataDir, keysDir } = folders
  const PORT = String(await freePort())
  const config = readConfig(
    { DATA_DIR: dataDir, PORT, HOST: '127.0.0.1', ...(keysDir === undefined ? {} : { KEYS_DIR: keysDir }) },
    '/',
  )
  if ('refused' in config) throw new Error(config.message)
  return config
}

/** Serves the app; with `holdsDemo` the pages of the demo are there too. */
export async function serveSite(ground: Ground, holdsDemo = false): Promise<Site> {
  makeAssets()
  const { config, pools, installation } = ground
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
  const listening: Listening = await serveApp(app, config)
  return { address: listening.address, app, config, close: () => listening.close(0) }
}

/** The Chromium of this machine. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('There is no Chromium here; set CHROMIUM_PATH.')
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
}

/** Agencies that a journey founds for itself, served to a browser. */
export interface AgenciesSite extends Site {
  readonly world: TestWorld
  readonly browser: Browser
  /** Gives a window the session of somebody who has signed in. */
  readonly signIn: (context: BrowserContext, person: Person) => Promise<void>
}

/** Serves a test world in which nobody is yet. */
export async function agenciesSite(): Promise<AgenciesSite> {
  const world = await testWorld()
  const { pools, installation, database } = world
  const config = await siteConfig({ dataDir: database.keysDir })
  const site = await serveSite({ config, pools, installation })
  const browser = await openBrowser()
  return {
    ...site,
    world,
    browser,
    signIn: (context, person) =>
      context.addCookies([{ name: cookieName('session', config), value: person.cookie, url: site.address }]),
    close: async () => {
      await browser.close()
      await site.close()
      await world.close()
    },
  }
}

/** Styles and scripts, when nobody has built them yet. */
export function makeAssets(): void {
  if (existsSync(join(assetsFolder, 'manifest.json'))) return
  execFileSync(process.execPath, ['tools/assets.mjs'], { cwd: process.cwd() })
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done))
  const address = probe.address()
  await new Promise((done) => probe.close(done))
  return typeof address === 'object' && address !== null ? address.port : 0
}
