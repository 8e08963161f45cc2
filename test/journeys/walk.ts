import { join } from 'node:path'

import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

import { findings } from './findings.ts'
import type { EmptyWorld } from './journey-world.ts'

/** What a worker's hands did on the way: boxes filled and answers chosen, buttons pressed, pages met, letters typed. */
export interface Effort {
  readonly inputs: number
  readonly clicks: number
  readonly pages: number
  readonly letters: number
}

/** Somebody at a screen. Every page met is looked at: what it asks of others, says, keeps, and shows. */
export interface Walk {
  readonly context: BrowserContext
  readonly page: Page
  readonly scripts: boolean
  readonly go: (path: string) => Promise<number>
  readonly fill: (label: string | RegExp, text: string) => Promise<void>
  readonly choose: (legend: string | RegExp, answer: string | RegExp) => Promise<void>
  readonly tick: (label: string | RegExp) => Promise<void>
  readonly select: (label: string | RegExp, text: string) => Promise<void>
  readonly open: (summary: string | RegExp) => Promise<void>
  /** Presses a button or follows a link, and looks at the page that comes. */
  readonly press: (name: string | RegExp) => Promise<void>
  readonly follow: (name: string | RegExp) => Promise<void>
  /** The text of the page's main part. */
  readonly text: () => Promise<string>
  /** Where we are, without the host. */
  readonly path: () => string
  /** Counts from nothing again, and gives what was counted. */
  readonly effort: () => Effort
  /** Every text typed since the beginning. */
  readonly typed: readonly string[]
  readonly close: () => Promise<void>
}

/** Opens a window; its size is a desk's with scripts and a telephone's without unless said otherwise. */
export async function walkIn(
  world: Pick<EmptyWorld, 'browser' | 'address'>,
  options: { readonly scripts?: boolean; readonly width?: number } = {},
): Promise<Walk> {
  const scripts = options.scripts ?? true
  const viewport = { width: options.width ?? (scripts ? 1280 : 390), height: 800 }
  const context = await world.browser.newContext({ javaScriptEnabled: scripts, viewport })
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const heard = listen(page, world.address)
  const typed: string[] = []
  const count = { inputs: 0, clicks: 0, pages: 0, letters: 0 }
  const look = async () => {
    count.pages += 1
    await picture(page, scripts)
    expect(heard.splice(0), page.url()).toEqual([])
    expect(await findings(page, { scripts, typed })).toEqual([])
  }
  const moving = async (act: () => Promise<unknown>) => {
    await Promise.all([page.waitForEvent('load'), act()])
    await look()
  }
  const press = async (name: string | RegExp) => {
    count.clicks += 1
    const named = { name, ...exactly(name) }
    await moving(() => page.getByRole('button', named).or(page.getByRole('link', named)).first().click())
  }
  return {
    context,
    page,
    scripts,
    typed,
    go: async (path) => {
      const answer = await page.goto(world.address + path)
      await look()
      return answer?.status() ?? 0
    },
    ...handsOn(page, typed, count),
    open: async (summary) => {
      count.clicks += 1
      const found = page.locator('summary').filter({ hasText: summary }).first()
      await found.press('Enter')
      await page.locator('details[open]', { has: found }).locator('> :nth-child(2)').first().waitFor()
    },
    press,
    follow: press,
    text: async () => (await page.locator('main').innerText()).replaceAll(/[ \t]+/g, ' '),
    path: () => new URL(page.url()).pathname,
    effort: () => {
      const so = { ...count }
      Object.assign(count, { inputs: 0, clicks: 0, pages: 0, letters: 0 })
      return so
    },
    close: () => context.close(),
  }
}

/** Filling boxes and choosing answers, each counted. */
function handsOn(
  page: Page,
  typed: string[],
  count: { inputs: number; letters: number },
): Pick<Walk, 'fill' | 'choose' | 'tick' | 'select'> {
  const field = (label: string | RegExp) => page.getByLabel(label, exactly(label)).first()
  return {
    fill: async (label, text) => {
      count.inputs += 1
      count.letters += text.length
      typed.push(text)
      await field(label).fill(text)
    },
    choose: async (legend, answer) => {
      count.inputs += 1
      await page.getByRole('group', { name: legend }).getByLabel(answer, exactly(answer)).first().check()
    },
    tick: async (label) => {
      count.inputs += 1
      await field(label).check()
    },
    select: async (label, text) => {
      count.inputs += 1
      await field(label).selectOption({ label: text })
    },
  }
}

function exactly(name: string | RegExp) {
  return typeof name === 'string' ? { exact: true } : {}
}

/** Whatever a page asks of somebody else, and whatever the browser complains of. */
function listen(page: Page, address: string): string[] {
  const heard: string[] = []
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${address}/`) && !url.startsWith('data:')) heard.push(`asks ${url}`)
  })
  page.on('console', (message) => {
    const wanted = /status of 4(01|04|09|22)/.test(message.text())
    if (message.type() === 'error' && !wanted) heard.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => heard.push(`fault: ${error.message}`))
  return heard
}

let pictures = 0

/** With SHOTS, a picture of each page met, in the order in which they were met. */
async function picture(page: Page, scripts: boolean): Promise<void> {
  const folder = process.env['SHOTS']
  if (!folder) return
  pictures += 1
  const name = new URL(page.url()).pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'x').replaceAll('/', '-')
  const file = `${String(pictures).padStart(3, '0')}${scripts ? '' : '-plain'}${name.slice(0, 60)}.png`
  await page.screenshot({ path: join(folder, file), fullPage: true })
}
