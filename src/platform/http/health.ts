import { Hono } from 'hono'

import type { AppEnv } from './env.ts'

/** One thing that must work before people are sent here; resolves false or throws when it does not. */
export interface ReadyCheck {
  readonly name: string
  check(): Promise<boolean>
}

const PATIENCE_MS = 2000

/** `/health/live`: the process answers. `/health/ready`: every check passes, each named with true or false. */
export function healthRoutes(checks: readonly ReadyCheck[]): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  routes.get('/health/live', (c) => c.json({ live: true }))
  routes.get('/health/ready', async (c) => {
    const results = await Promise.all(checks.map(async (one) => [one.name, await passes(one)] as const))
    const ready = results.every(([, passed]) => passed)
    return c.json({ ready, checks: Object.fromEntries(results) }, ready ? 200 : 503)
  })
  return routes
}

async function passes(one: ReadyCheck): Promise<boolean> {
  const slow = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => slow.resolve(false), PATIENCE_MS)
  try {
    return await Promise.race([one.check(), slow.promise])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
