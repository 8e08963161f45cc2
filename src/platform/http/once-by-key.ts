import type { Next } from 'hono'
import type { Context } from 'hono'

import { type KeptAnswer, keepAnswer, requestKey, takeRequest } from '#platform/access'
import { fromText, toText } from '#platform/crypto'

import { problem } from './problem.ts'
import type { ClientEnv } from './site.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Headers that belong to an answer and are given again with it. */
const kept = ['content-type', 'content-location', 'etag', 'last-modified', 'location']

/**
 * Runs the rest of an unsafe request once for its `Idempotency-Key`: sent again within a day it is answered the same without a second
 * effect, another request under the same key is refused, and so is one whose first is still running. Without the header it just runs.
 * What fails is not kept: it had no effect. Gives the answer where the rest did not run.
 */
export async function onceByKey(c: Context<ClientEnv>, next: Next): Promise<Response | null> {
  const header = c.req.header('idempotency-key')
  if (header === undefined || safe.has(c.req.method)) {
    await next()
    return null
  }
  const key = keyOf(header)
  if (key === null) return problem(c, 400, 'key-malformed')
  const { db, actor } = c.var
  const url = new URL(c.req.url)
  const said = new TextEncoder().encode(
    JSON.stringify([
      c.req.method,
      url.pathname,
      url.search,
      c.req.header('content-type'),
      c.req.header('if-match'),
    ]),
  )
  const named = requestKey(actor, key, said, new Uint8Array(await c.req.arrayBuffer()))
  const known = await takeRequest(db, actor, named)
  if (known.known === 'done') return again(known.answer)
  if (known.known === 'other-request') return problem(c, 422, 'key-reused')
  if (known.known === 'running') {
    c.header('Retry-After', '1')
    return problem(c, 409, 'key-running')
  }
  await next()
  if (c.error === undefined && c.res.status < 500) await keepAnswer(db, actor, named, await answerOf(c.res))
  return null
}

/** The key as the header has it: a string in quotes (RFC 9651), or bare as most send it. */
function keyOf(header: string): string | null {
  const bare = /^"([^"\\]*)"$/.exec(header.trim())?.[1] ?? header.trim()
  return /^[\x21-\x7e]{8,200}$/.test(bare) && !bare.includes('"') ? bare : null
}

async function answerOf(response: Response): Promise<KeptAnswer> {
  const body = new Uint8Array(await response.clone().arrayBuffer())
  const headers = kept.flatMap((name): [string, string][] => {
    const value = response.headers.get(name)
    return value === null ? [] : [[name, value]]
  })
  return { status: response.status, headers, body: toText(body) }
}

function again({ status, headers, body }: KeptAnswer): Response {
  const bytes = fromText(body)
  return new Response(bytes.length === 0 ? null : Buffer.from(bytes), {
    status,
    headers: [...headers, ['idempotency-replayed', 'true']],
  })
}
