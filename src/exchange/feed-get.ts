import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { ClosedAddress, type Reach, requestOnce } from '#platform/reach'
import { mayFollow } from './feed-address.rules.ts'

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

function responseOf(
  url: URL,
  reach: Reach,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return requestOnce(url, reach, {
    method: 'GET',
    signal,
    headers: {
      accept: 'application/json, application/x-ndjson, text/csv;q=0.8, */*;q=0.1',
      'accept-encoding': 'gzip, identity',
      'user-agent': userAgent,
      ...headers,
    },
  })
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
