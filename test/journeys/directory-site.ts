import type { Browser } from 'playwright-core'

import { type Listening, serveApp } from '#platform/http'

import { directoryWorld, type DirectoryWorld } from '../directory/served.ts'
import { freePort, makeAssets, openBrowser } from './site.ts'

/** Northmere's directory with its editor, served to a browser. */
export interface DirectorySite {
  readonly made: DirectoryWorld
  readonly site: Listening
  readonly browser: Browser
  readonly close: () => Promise<void>
}

/** Serves it on a port that is free now. */
export async function directorySite(): Promise<DirectorySite> {
  makeAssets()
  const port = await freePort()
  const made = await directoryWorld(port)
  const site = await serveApp(made.app, { host: '127.0.0.1', port })
  const browser = await openBrowser()
  const close = async () => {
    await browser.close()
    await site.close(0)
    await made.world.close()
  }
  return { made, site, browser, close }
}
