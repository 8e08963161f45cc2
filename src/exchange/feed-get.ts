import { lookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { type IncomingHttpHeaders, request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { mayFollow, type Reach } from './feed-address.rules.ts'
import { isLoopbackAddress, isOpenAddress } from './reach.rules.ts'

/** How a feed went wrong; each has its sentence under `exchange.trouble`. */
export const troubles = [
  'unreachable',
  'refused-address',
  'http-error',
  'asks-to-wait',
  'moved',
  'too-big',
  'too-slow',
  'not-the-format',
  'half',
  'shrunk',
  'ids-changed',
  'columns-changed',
  'fault',
] as const
export type Trouble = (typeof troubles)[number]

/** What an answer may cost. */
export interface Limits {
  readonly bytes: number
  readonly requestMs: number
  readonly wholeMs: number
  readonly pauseMs: number
  readonly pages: number
  /** Services that are asked for one by one. */
  readonly single: number
}

/** A whole answer, or why there is none. */
export type Answer =
  | {
      readonly ok: true
      readonly url: URL
      readonly status: 200 | 304
      readonly headers: IncomingHttpHeaders
      readonly body: Buffer
    }
  | { readonly ok: false; readonly trouble: Trouble; readonly waitSeconds?: number }

/** Says what reads, and nothing of who or what for. */
const userAgent = 'Anydoor/0 (reads open directories)'
const hops = 3

/** Asks once, following the same host only. Never throws for what the other side does. */
export async function askFeed(
  from: URL,
  reach: Reach,
  limits: Pick<Limits, 'bytes' | 'requestMs'>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  let url = from
  for (let hop = 0; hop <= hops; hop += 1) {
    const answer = await askOnce(url, reach, limits, headers)
    if (!('location' in answer)) return answer
    const next = mayFollow(url, answer.location, reach)
    if (next === null) return { ok: false, trouble: 'moved' }
    url = next
  }
  return { ok: false, trouble: 'moved' }
}

async function askOnce(
  url: URL,
  reach: Reach,
  limits: Pick<Limits, 'bytes' | 'requestMs'>,
  headers: Readonly<Record<string, string>>,
): Promise<Answer | { readonly location: string }> {
  const signal = AbortSignal.timeout(limits.requestMs)
  try {
    const response = await responseOf(url, reach, headers, signal)
    const status = response.statusCode ?? 0
    if (status >= 300 && status < 400 && status !== 304) {
      response.destroy()
      return { location: response.headers.location ?? '' }
    }
    if (status !== 200 && status !== 304) {
      response.destroy()
      return refusalOf(status, response.headers)
    }
    const body = status === 304 ? Buffer.alloc(0) : await bodyOf(response, limits.bytes)
    if (body === null) return { ok: false, trouble: 'too-big' }
    return { ok: true, url, status, headers: response.headers, body }
  } catch (error) {
    if (signal.aborted) return { ok: false, trouble: 'too-slow' }
    return { ok: false, trouble: error instanceof ClosedAddress ? 'refused-address' : 'unreachable' }
  }
}

/** A name that leads to a closed address; thrown where only an error gets through. */
class ClosedAddress extends Error {}

function responseOf(
  url: URL,
  reach: Reach,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  // A literal address is never looked up, so it is looked at here.
  if (/^[\d.]+$|:/.test(literal) && !mayReach(literal, reach)) return Promise.reject(new ClosedAddress())
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const asked = send(url, {
    signal,
    // No connection is kept: the next request resolves and checks anew.
    agent: false,
    headers: {
      accept: 'application/json, application/x-ndjson, text/csv;q=0.8, */*;q=0.1',
      'accept-encoding': 'gzip, identity',
      'user-agent': userAgent,
      ...headers,
    },
    lookup: (name, options, done) => guardedLookup(reach, name, options, done),
  })
  asked.once('response', resolve)
  asked.once('error', reject)
  asked.end()
  return promise
}

type LookupDone = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/** Resolves a name and refuses it when any of its addresses is closed: the connection goes to what was checked, never to a second answer. */
function guardedLookup(reach: Reach, name: string, options: LookupOptions, done: LookupDone): void {
  lookup(name, { ...options, all: true }, (error, found) => {
    if (error !== null) return done(error, [])
    const [first] = found
    if (first === undefined || found.some(({ address }) => !mayReach(address, reach)))
      return done(new ClosedAddress(), [])
    return options.all === true ? done(null, found) : done(null, first.address, first.family)
  })
}

function mayReach(address: string, reach: Reach): boolean {
  return isOpenAddress(address) || (reach.loopback && isLoopbackAddress(address))
}

/** The body, unpacked, or null once it is longer than allowed: packed bytes cannot grow beyond it. */
async function bodyOf(response: IncomingMessage, most: number): Promise<Buffer | null> {
  const packed = response.headers['content-encoding'] === 'gzip'
  const stream: Readable = packed ? response.pipe(createGunzip()) : response
  if (packed) response.once('error', (error) => stream.destroy(error))
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of stream) {
    length += (piece as Buffer).length
    if (length > most) {
      response.destroy()
      return null
    }
    pieces.push(piece as Buffer)
  }
  return Buffer.concat(pieces)
}

function refusalOf(status: number, headers: IncomingHttpHeaders): Answer {
  const waitSeconds = Number(headers['retry-after'])
  if (status === 429 || status === 503)
    return {
      ok: false,
      trouble: 'asks-to-wait',
      ...(Number.isInteger(waitSeconds) && waitSeconds > 0 ? { waitSeconds } : {}),
    }
  return { ok: false, trouble: 'http-error' }
}
