import { mkdirSync } from 'node:fs'

import type { Hono } from 'hono'
import type { Browser } from 'playwright-core'

import { standDemo } from '#demo'
import type { Config } from '#platform/config'
import { cryptoReady, type Installation, openInstallation } from '#platform/crypto'
import { logins, type LoginUrls, openPool, openPools, type Pool, type Pools } from '#platform/db'
import type { SiteEnv } from '#platform/http'

import { wordsOf } from '../../src/app.ts'
import { type Kept, readKept } from '../../src/demo/kept.ts'
import { roomsOf } from '../../src/rooms.ts'
import { type FreshDatabase, freshDatabase } from '../database.ts'
import { openBrowser, serveSite, siteConfig } from './site.ts'

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
  const database = await freshDatabase()
  const urls = Object.fromEntries(logins.map((login) => [login, database.urlFor(login)])) as LoginUrls
  const { installation } = openInstallation(database.keysDir)
  const dataDir = `${database.keysDir}-data`
  mkdirSync(dataDir, { recursive: true })
  const config = await siteConfig({ dataDir, keysDir: database.keysDir })
  return { database, owner: openPool(database.ownerUrl, 4), pools: openPools(urls), installation, config }
}

async function served(ground: Ground, holdsDemo: boolean): Promise<EmptyWorld> {
  const { database, owner, pools, installation, config } = ground
  const site = await serveSite({ config, pools, installation }, holdsDemo)
  const browser = await openBrowser()
  const close = async () => {
    await browser.close()
    await site.close()
    await pools.close()
    await owner.destroy()
    await database.close()
  }
  return { address: site.address, app: site.app, browser, config, installation, owner, pools, close }
}
