import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'

import type { AppEnv } from './env.ts'
import { routeTemplate } from './marks.ts'
import { Problem, problem } from './problem.ts'

/** Turns whatever was thrown into the error page. A problem is told; a fault is told as such and logged by code. */
export async function onFault(fault: Error, c: Context<AppEnv>): Promise<Response> {
  if (fault instanceof Problem) return problem(c, fault.status, fault.code)
  if (fault instanceof HTTPException && fault.status < 500) return problem(c, fault.status, 'malformed')
  c.var.log?.error({
    requestId: c.var.requestId,
    route: routeTemplate(c),
    code: codeOf(fault),
    at: placeOf(fault),
  })
  return problem(c, 500, 'fault')
}

/** The fault's code or class name; its message may quote a person and is never looked at. */
function codeOf(fault: Error): string {
  const code: unknown = 'code' in fault ? fault.code : undefined
  for (const word of [code, fault.name]) {
    if (typeof word === 'string' && /^[A-Za-z0-9_]{1,40}$/.test(word)) return word
  }
  return 'unnamed'
}

/** The first line of our own code in the stack, as `people/case.store.js:42`. */
function placeOf(fault: Error): string | undefined {
  const stack = fault.stack ?? ''
  // The stack begins with the message; without knowing where that ends, nothing of it may be used.
  const head = `${fault.name}: ${fault.message}`
  const frames = stack.startsWith(head) ? stack.slice(head.length) : ''
  return /\/(?:src|dist)\/((?:[\w-]+\/)*[\w.-]+\.(?:ts|tsx|js):\d+)/.exec(frames)?.[1]
}
