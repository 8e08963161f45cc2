import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'

type Json = Readonly<Record<string, unknown>>

/** How the invented source behaves at the moment. */
export interface SourceMood {
  readonly services: readonly Json[]
  /** Which page envelope it speaks; `lines` is ndjson, `file` a plain list with validators. */
  readonly speaks: 'hsds' | 'oruk1' | 'lines' | 'file'
  readonly perPage: number
  /** Lists tell ids and names only. */
  readonly minimal: boolean
  readonly status: number
  readonly garbage: boolean
  /** A table (CSV) is all that it says. */
  readonly table: string | null
  /** Fails from this page on. */
  readonly breaksAtPage: number | null
  readonly packed: boolean
  readonly redirect: string | null
  readonly delayMs: number
}

/** An invented source of a directory on this machine, and what it was asked. */
export interface FeedSource {
  readonly address: string
  readonly mood: SourceMood
  readonly turn: (mood: Partial<SourceMood>) => void
  readonly asked: { readonly url: string; readonly headers: IncomingMessage['headers'] }[]
  readonly close: () => Promise<void>
}

const calm: SourceMood = {
  services: [],
  speaks: 'hsds',
  perPage: 3,
  minimal: false,
  status: 200,
  garbage: false,
  table: null,
  breaksAtPage: null,
  packed: false,
  redirect: null,
  delayMs: 0,
}

/** Serves the source on a port of its own. */
export async function feedSource(services: readonly Json[]): Promise<FeedSource> {
  const state = { mood: { ...calm, services } }
  const asked: FeedSource['asked'] = []
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers })
    setTimeout(() => answer(state.mood, request, response), state.mood.delayMs)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}/services`,
    get mood() {
      return state.mood
    },
    turn: (mood) => {
      state.mood = { ...state.mood, ...mood }
    },
    asked,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

function answer(mood: SourceMood, request: IncomingMessage, response: ServerResponse): void {
  if (mood.table !== null && mood.status === 200 && !mood.garbage)
    return send(mood, response, 'text/csv', mood.table)
  const url = new URL(request.url ?? '/', 'http://127.0.0.1')
  if (mood.redirect !== null) return void response.writeHead(302, { location: mood.redirect }).end()
  if (mood.status !== 200) return void response.writeHead(mood.status, { 'retry-after': '7200' }).end()
  if (mood.garbage) return send(mood, response, 'text/html', '<html><body>Down for maintenance</body></html>')
  if (url.pathname === '/')
    return send(
      mood,
      response,
      'application/json',
      JSON.stringify({
        version: '3.1',
        profile: 'https://example.org/p',
        openapi_url: 'https://example.org/o',
      }),
    )
  const single = /^\/services\/(.+)$/.exec(url.pathname)?.[1]
  if (single !== undefined) {
    const found = mood.services.find((each) => each['id'] === decodeURIComponent(single))
    return found === undefined
      ? void response.writeHead(404).end()
      : send(mood, response, 'application/json', JSON.stringify(found))
  }
  if (mood.speaks === 'lines')
    return send(
      mood,
      response,
      'application/x-ndjson',
      mood.services.map((each) => JSON.stringify(each)).join('\n'),
    )
  if (mood.speaks === 'file') return sendFile(mood, request, response)
  const page = Number(url.searchParams.get('page') ?? '1')
  if (mood.breaksAtPage !== null && page >= mood.breaksAtPage) return void response.writeHead(500).end()
  send(mood, response, 'application/json', JSON.stringify(pageAt(mood, page)))
}

function sendFile(mood: SourceMood, request: IncomingMessage, response: ServerResponse): void {
  const text = JSON.stringify(mood.services)
  const etag = `"${text.length}-${Buffer.from(text).reduce((sum, each) => (sum * 31 + each) % 999_983, 7)}"`
  response.setHeader('etag', etag)
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304).end()
  send(mood, response, 'application/json', text)
}

function pageAt({ services, perPage, minimal, speaks }: SourceMood, page: number): Json {
  const pages = Math.max(1, Math.ceil(services.length / perPage))
  const items = services
    .slice((page - 1) * perPage, page * perPage)
    .map((each) =>
      minimal ? { id: each['id'], name: each['name'], organization: each['organization'] } : each,
    )
  if (speaks === 'oruk1')
    return {
      totalElements: services.length,
      totalPages: pages,
      number: page,
      size: items.length,
      first: page === 1,
      last: page === pages,
      content: items,
    }
  return {
    total_items: services.length,
    total_pages: pages,
    page_number: page,
    size: items.length,
    first_page: page === 1,
    last_page: page === pages,
    empty: items.length === 0,
    contents: items,
  }
}

function send(mood: SourceMood, response: ServerResponse, type: string, text: string): void {
  response.setHeader('content-type', type)
  if (!mood.packed) return void response.end(text)
  response.setHeader('content-encoding', 'gzip')
  response.end(gzipSync(text))
}

/** An invented service of an organisation that is no partner. */
export function inventedService(nth: number, more: Json = {}): Json {
  const id = `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`
  return {
    id,
    name: `Invented service ${nth}`,
    status: 'active',
    description: `What service ${nth} does.`,
    email: `service${nth}@example.org`,
    organization: {
      id: '00000000-0000-4000-9000-000000000001',
      name: 'Invented Council',
      description: 'A council that is not there.',
    },
    service_at_locations: [],
    phones: [{ id: `00000000-0000-4000-a000-${String(nth).padStart(12, '0')}`, number: '01632 960100' }],
    ...more,
  }
}

/** So many of them. */
export function inventedServices(count: number): readonly Json[] {
  return Array.from({ length: count }, (_, index) => inventedService(index + 1))
}
