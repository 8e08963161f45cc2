import type { MiddlewareHandler } from 'hono'

import { problem } from './problem.ts'
import type { AppEnv } from './env.ts'

/**
 * Lets so many requests of a route run at once and asks the others to come again in a minute. Stands before `needs`: whoever sends a
 * long file slowly holds a database connection all the while, and the rest must stay for everybody else.
 */
export function fewAtOnce(most: number): MiddlewareHandler<AppEnv> {
  let running = 0
  return async (c, next) => {
    if (running >= most) return problem(c, 503, 'busy')
    running += 1
    try {
      await next()
    } finally {
      running -= 1
    }
    return undefined
  }
}
