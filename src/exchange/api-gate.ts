import type { MiddlewareHandler } from 'hono'
import { type AppEnv, problem, rateGuard } from '#platform/http'

/** How much the open APIs may take of one installation, for everybody together: no caller's address is remembered. */
export interface Bounds {
  readonly perMinute: number
  /** So many read at once; the pages that people read keep the rest of the public login's connections. */
  readonly atOnce: number
  readonly waiting: number
}

/** The bounds of an installation of its own on two cores. */
export const bounds: Bounds = { perMinute: 6_000, atOnce: 2, waiting: 40 }

/** Lets so many works run at once; further ones wait in order, and beyond those are refused. */
export interface Gate {
  /** Runs the work when its turn comes; null when too many wait already. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T | null>
}

/** A gate with these bounds. */
export function gateOf({ atOnce, waiting }: Pick<Bounds, 'atOnce' | 'waiting'>): Gate {
  let running = 0
  const queue: (() => void)[] = []
  return {
    async run(work) {
      if (running >= atOnce) {
        if (queue.length >= waiting) return null
        await new Promise<void>((resolve) => queue.push(resolve))
      } else running += 1
      try {
        return await work()
      } finally {
        const next = queue.shift()
        if (next === undefined) running -= 1
        else next()
      }
    },
  }
}

/** Refuses what comes too fast, and says when to come again. */
export function rateBound({ perMinute }: Pick<Bounds, 'perMinute'>): MiddlewareHandler<AppEnv> {
  const guard = rateGuard(perMinute)
  return async (c, next) => {
    if (guard.take(performance.now())) return next()
    c.header('Retry-After', '10')
    return problem(c, 429, 'too-many')
  }
}

/** Lets a request in when its turn comes; with too many waiting it is refused, and told when to come again. */
export function gated(gate: Gate): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const done = await gate.run(async () => {
      await next()
      return true
    })
    if (done !== null) return undefined
    c.header('Retry-After', '5')
    return problem(c, 503, 'busy')
  }
}
