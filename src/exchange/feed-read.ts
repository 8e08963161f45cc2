import { setTimeout as pause } from 'node:timers/promises'
import type { Reach } from '#platform/reach'
import { askFeed, type Answer, type Limits, type Trouble } from './feed-get.ts'
import {
  type FeedPage,
  idOf,
  isApiRoot,
  isMinimal,
  linesAsRecords,
  pageOf,
  readJson,
} from './feed-page.rules.ts'

/** What a feed said last time, so that it need not say it again. */
export interface Validators {
  readonly etag: string | null
  readonly modified: string | null
}

/** What the source says now, whole: a file of one of the formats, in memory; or why not. */
export type Taken =
  | { readonly ok: true; readonly unchanged: true }
  | {
      readonly ok: true
      readonly unchanged: false
      readonly name: string
      readonly bytes: Buffer
      readonly validators: Validators
    }
  | { readonly ok: false; readonly trouble: Trouble; readonly waitSeconds?: number }

/** What a fetch is allowed to cost, and who is told that it still goes on. */
export interface Fetching {
  readonly reach: Reach
  readonly limits: Limits
  /** Called between requests; false ends the fetch: somebody else has taken it over. */
  readonly stillOurs: () => Promise<boolean>
}

/** A day's fetch of a large council's list, asked for page by page, stays well below these. */
export const feedLimits: Limits = {
  bytes: 48 * 1024 * 1024,
  requestMs: 30_000,
  wholeMs: 20 * 60_000,
  pauseMs: 250,
  pages: 2_000,
  single: 2_000,
}

const none: Validators = { etag: null, modified: null }

/** Reads a feed whole: a file, a paged API of either envelope, lines of JSON; single services where the list is short. */
export async function readFeed(url: URL, since: Validators, at: Fetching): Promise<Taken> {
  const walk = walkOf(at)
  const first = await walk.ask(withSize(url), {
    ...(since.etag === null ? {} : { 'if-none-match': since.etag }),
    ...(since.modified === null ? {} : { 'if-modified-since': since.modified }),
  })
  if (!first.ok) return first
  if (first.status === 304) return { ok: true, unchanged: true }
  const text = first.body.toString('utf8')
  const json = readJson(text)
  if (isApiRoot(json)) return readFeed(below(url, 'services'), none, at)
  const page = pageOf(json)
  if (page !== null) return readPages(first, page, walk)
  const validators = {
    etag: shortOf(first.headers.etag),
    modified: shortOf(first.headers['last-modified']),
  }
  const lines = json === undefined && isLines(first) ? linesAsRecords(text) : null
  if (lines !== null) return taken('feed.json', JSON.stringify({ contents: lines }), validators)
  return { ok: true, unchanged: false, name: nameOf(first.url), bytes: first.body, validators }
}

interface Walk {
  readonly ask: (url: URL, headers?: Readonly<Record<string, string>>) => Promise<Answer>
  readonly limits: Limits
}

/** Asks one after another, with a pause between, until the bytes or the time are used up. */
function walkOf(at: Fetching): Walk {
  const until = performance.now() + at.limits.wholeMs
  let left = at.limits.bytes
  let asked = 0
  return {
    limits: at.limits,
    ask: async (url, headers) => {
      if (asked > 0) {
        await pause(at.limits.pauseMs)
        if (!(await at.stillOurs())) return { ok: false, trouble: 'too-slow' }
      }
      asked += 1
      const requestMs = Math.min(at.limits.requestMs, until - performance.now())
      if (requestMs <= 0) return { ok: false, trouble: 'too-slow' }
      const answer = await askFeed(url, at.reach, { bytes: left, requestMs: Math.ceil(requestMs) }, headers)
      if (answer.ok) left -= answer.body.length
      return answer
    },
  }
}

async function readPages(first: Extract<Answer, { ok: true }>, page: FeedPage, walk: Walk): Promise<Taken> {
  const all = await allItems(first.url, page, walk)
  if (!('items' in all)) return all
  const items = isMinimal(page.items) ? await singly(first.url, all.items, walk) : { items: all.items }
  if (!('items' in items)) return items
  const body =
    page.kind === 'hsds'
      ? { contents: items.items }
      : {
          totalElements: items.items.length,
          totalPages: 1,
          number: 1,
          size: items.items.length,
          first: true,
          last: true,
          content: items.items,
        }
  // Why no validators for several pages: what the first page answers says nothing of the others.
  const validators =
    page.pages <= 1
      ? { etag: shortOf(first.headers.etag), modified: shortOf(first.headers['last-modified']) }
      : none
  return taken('feed.json', JSON.stringify(body), validators)
}

type Items = { readonly items: readonly unknown[] } | Extract<Taken, { ok: false }>

/** Every page once. Half a list would look as if the rest were gone, so anything that does not add up ends it. */
async function allItems(url: URL, first: FeedPage, walk: Walk): Promise<Items> {
  if (first.pages > walk.limits.pages) return { ok: false, trouble: 'too-big' }
  const items = [...first.items]
  // Some 1.0 feeds count from nought.
  const start = first.number ?? 1
  for (let nth = 1; nth < first.pages; nth += 1) {
    const answer = await walk.ask(withPage(url, start + nth))
    if (!answer.ok) return answer.trouble === 'http-error' ? { ok: false, trouble: 'half' } : answer
    const page = pageOf(readJson(answer.body.toString('utf8')))
    if (page === null || page.kind !== first.kind || page.items.length === 0)
      return { ok: false, trouble: 'half' }
    if (page.number !== null && first.number !== null && page.number !== start + nth)
      return { ok: false, trouble: 'half' }
    items.push(...page.items)
  }
  const once = new Set(items.map((each, nth) => idOf(each) ?? `nth ${nth}`))
  const total = first.total ?? once.size
  // A record or two may come or go while the pages are turned.
  return once.size < total - Math.max(2, total * 0.01) ? { ok: false, trouble: 'half' } : { items }
}

/** Each service by its id, where the list tells only the outline. */
async function singly(list: URL, items: readonly unknown[], walk: Walk): Promise<Items> {
  if (items.length > walk.limits.single) return { ok: false, trouble: 'too-big' }
  const whole: unknown[] = []
  for (const item of items) {
    const id = idOf(item)
    if (id === null) {
      whole.push(item)
      continue
    }
    const answer = await walk.ask(below(list, encodeURIComponent(id)))
    // One that went between the list and the asking stays as the list told it.
    if (!answer.ok && answer.trouble !== 'http-error') return answer
    const read = answer.ok ? readJson(answer.body.toString('utf8')) : undefined
    whole.push(idOf(read)?.toLowerCase() === id.toLowerCase() ? read : item)
  }
  const short = whole.filter((each, nth) => each === items[nth]).length
  return short > Math.max(2, items.length * 0.05) ? { ok: false, trouble: 'half' } : { items: whole }
}

function taken(name: string, text: string, validators: Validators): Taken {
  return { ok: true, unchanged: false, name, bytes: Buffer.from(text), validators }
}

function withSize(url: URL): URL {
  const sized = new URL(url)
  if (/\/services\/?$/.test(url.pathname) && !url.searchParams.has('per_page'))
    sized.searchParams.set('per_page', '100')
  return sized
}

function withPage(url: URL, page: number): URL {
  const turned = new URL(url)
  turned.searchParams.set('page', String(page))
  return turned
}

function below(url: URL, part: string): URL {
  const found = new URL(url)
  found.search = ''
  found.pathname = `${url.pathname.replace(/\/+$/, '')}/${part}`
  return found
}

function isLines(answer: Extract<Answer, { ok: true }>): boolean {
  const type = answer.headers['content-type'] ?? ''
  return /ndjson|jsonl|json-seq/.test(type) || /\.(ndjson|jsonl)$/.test(answer.url.pathname)
}

function nameOf(url: URL): string {
  const name = url.pathname.split('/').at(-1) ?? ''
  return /^[\w.-]{1,100}$/.test(name) ? name : 'feed'
}

/** A validator is sent back as it was given; one too long to be one is left. */
function shortOf(header: string | undefined): string | null {
  return header === undefined || header.length > 300 ? null : header
}
