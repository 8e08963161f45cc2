import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** One answer of the server. */
export interface Answer {
  readonly status: number
  readonly location: string | null
  readonly cookies: readonly string[]
  readonly body: string
}

/** A user's connection: it asks, follows nothing, and remembers how long each answer took. */
export interface Asker {
  readonly get: (path: string) => Promise<Answer>
  readonly post: (path: string, fields: readonly (readonly [string, string])[]) => Promise<Answer>
}

/** What one user does between two pauses; `turn` counts up from 0. */
export type Act = (ask: Asker, user: number, turn: number) => Promise<void>

/** Milliseconds of every answer under one load. */
export interface Measured {
  readonly milliseconds: readonly number[]
  /** What went wrong, in words, first of its kind. */
  readonly wrong: readonly string[]
}

export interface Load {
  readonly port: number
  readonly users: number
  readonly seconds: number
  readonly pauseMs: number
  /** Each user's cookie header, by number. */
  readonly cookie: (user: number) => string
}

/** Lets `users` act side by side, each pausing between acts and starting somewhere within the first pause. */
export async function underLoad(load: Load, act: Act): Promise<Measured> {
  const milliseconds: number[] = []
  const wrong = new Set<string>()
  const until = performance.now() + load.seconds * 1000
  await Promise.all(
    Array.from({ length: load.users }, async (_, user) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 })
      const ask = askerOf(load, user, agent, milliseconds)
      await sleep((load.pauseMs * user) / load.users)
      for (let turn = 0; performance.now() < until; turn += 1) {
        await act(ask, user, turn).catch((error: unknown) => wrong.add(String(error).slice(0, 200)))
        await sleep(load.pauseMs)
      }
      agent.destroy()
    }),
  )
  return { milliseconds, wrong: [...wrong] }
}

/** The value below which this share of them lies; 0 for none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}

function askerOf(load: Load, user: number, agent: Agent, into: number[]): Asker {
  let cookie = load.cookie(user)
  const ask = async (method: string, path: string, body?: string) => {
    const since = performance.now()
    const answer = await once({ port: load.port, agent, method, path, cookie, body })
    into.push(performance.now() - since)
    for (const given of answer.cookies) cookie = `${cookie}; ${given.split(';')[0] ?? ''}`
    return answer
  }
  return {
    get: (path) => ask('GET', path),
    post: (path, fields) =>
      ask('POST', path, new URLSearchParams(fields.map(([name, value]) => [name, value])).toString()),
  }
}

interface Asked {
  readonly port: number
  readonly agent?: Agent
  readonly method: string
  readonly path: string
  readonly cookie?: string
  readonly body?: string | undefined
}

/** One request from our own pages' side; resolves when the last octet is here. */
export function once(asked: Asked): Promise<Answer> {
  const { port, agent, method, path, cookie = '', body } = asked
  const headers = {
    host: `127.0.0.1:${port}`,
    'sec-fetch-site': 'same-origin',
    ...(cookie === '' ? {} : { cookie }),
    ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
  }
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers, agent }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          location: answer.headers.location ?? null,
          cookies: answer.headers['set-cookie'] ?? [],
          body: Buffer.concat(parts).toString('utf8'),
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
