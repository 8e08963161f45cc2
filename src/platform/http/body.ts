import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'

import type { AppEnv } from './env.ts'
import { marksOf } from './marks.ts'
import { problem } from './problem.ts'

const FORM_BYTES = 256 * 1024

/** Refuses a body larger than a form has, or than its route's `allowBody(bytes)` takes. */
export function requestLimits(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const maxSize = marksOf(c).bodyBytes ?? FORM_BYTES
    return bodyLimit({ maxSize, onError: () => problem(c, 413, 'too-large') })(c, next)
  }
}
