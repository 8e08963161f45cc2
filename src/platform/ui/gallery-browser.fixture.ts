import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

import { serveGallery } from './gallery-server.fixture.ts'

const tool = fileURLToPath(new URL('../../../tools/assets.mjs', import.meta.url))

/** A window on the gallery. */
export interface Opened extends AsyncDisposable {
  readonly page: Page
  readonly context: BrowserContext
  /** What the browser complained about: a blocked style, script, font, picture. */
  readonly complaints: readonly string[]
}

/** The gallery in a real browser, with what is built from the present sources. */
export interface GalleryBrowser {
  readonly address: string
  open(path: string, options?: BrowserContextOptions): Promise<Opened>
  close(): Promise<void>
}

/** Builds what is stale, serves the gallery, starts a browser. */
export async function startGallery(): Promise<GalleryBrowser> {
  await promisify(execFile)(process.execPath, [tool, '--if-stale'])
  const server = await serveGallery()
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  return {
    address: server.address,
    async open(path, options = {}) {
      const context = await browser.newContext(options)
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => {
        if (/Content Security Policy|Failed to load|404/.test(message.text())) complaints.push(message.text())
      })
      page.on('pageerror', (fault) => complaints.push(fault.message))
      await page.goto(server.address + path)
      return { page, context, complaints, [Symbol.asyncDispose]: () => context.close() }
    },
    async close() {
      await browser.close()
      await server.close(0)
    },
  }
}
