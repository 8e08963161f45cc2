import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { findTargetHandler } from 'hono/utils/handler'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** Writes a problem in the language of a standard that has one of its own for it. */
export type WriteProblem = (told: { readonly status: ContentfulStatusCode; readonly text: string }) => {
  readonly body: string
  readonly type: string
}

interface Mark {
  readonly from?: 'anywhere' | 'programs'
  readonly readFrom?: 'anywhere'
  readonly bodyBytes?: number
  readonly writeProblem?: WriteProblem
}

const marks = new WeakMap<object, Mark>()

/** Marks a route that reads open data by POST: any site may call it, and it never looks at a cookie. */
export const openRead: MiddlewareHandler = mark({ from: 'anywhere' })

/** Marks a route for programs: any site may call it, but only without a cookie and with `Authorization`. */
export const forPrograms: MiddlewareHandler = mark({ from: 'programs' })

/** Marks a route whose body can say who asks: any site may call it, and it never looks at a cookie. */
export const provesItself: MiddlewareHandler = mark({ from: 'anywhere' })

/** Marks a route whose every answer pages of any site may read, the edge's refusals too; credentials never count. */
export const openAnswers: MiddlewareHandler = mark({ readFrom: 'anywhere' })

/** Marks a route that takes a larger body than a form has, up to `bytes`. */
export function allowBody(bytes: number): MiddlewareHandler {
  return mark({ bodyBytes: bytes })
}

/** Marks a route whose problems, the edge's own too, are written in another form than `application/problem+json`. */
export function answersProblems(writeProblem: WriteProblem): MiddlewareHandler {
  return mark({ writeProblem })
}

/** The marks of the route that this request will reach. */
export function marksOf(c: Context): Mark {
  const found = matchedRoutes(c).map((route) => marks.get(findTargetHandler(route.handler)) ?? {})
  return Object.assign({}, ...found)
}

/** The template of the route that this request reaches, such as `/people/:id`: never the address itself. */
export function routeTemplate(c: Context): string {
  const own = matchedRoutes(c).filter((route) => !route.path.endsWith('*'))
  return own.at(-1)?.path ?? 'none'
}

function mark(what: Mark): MiddlewareHandler {
  const pass: MiddlewareHandler = async (_c, next) => next()
  markRoute(pass, what)
  return pass
}

/** Marks a route by a guard that it has anyway. */
export function markRoute(guard: object, what: Mark): void {
  marks.set(guard, what)
}
