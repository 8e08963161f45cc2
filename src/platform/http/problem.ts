import type { Context } from 'hono'
import { html } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

import { type AppEnv, edge, type ProblemPage } from './env.ts'
import { marksOf } from './marks.ts'

/** What can go wrong at the edge; each has its words under `http.problem`. */
export type ProblemCode =
  | 'busy'
  | 'conflict'
  | 'cross-site'
  | 'fault'
  | 'key-malformed'
  | 'key-reused'
  | 'key-running'
  | 'malformed'
  | 'missing'
  | 'no-scope'
  | 'no-token'
  | 'too-large'
  | 'too-many'

/** Thrown where returning is out of reach; it rolls the transaction back and becomes the same page. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: ContentfulStatusCode
  readonly code: ProblemCode
  constructor(status: ContentfulStatusCode, code: ProblemCode) {
    super(code)
    this.status = status
    this.code = code
  }
}

/** The one error page, or `application/problem+json` for a program: what happened and what to do. */
export async function problem<E extends AppEnv>(
  context: Context<E>,
  status: ContentfulStatusCode,
  code: ProblemCode,
): Promise<Response> {
  const c = edge(context)
  c.set('code', code)
  const { t } = c.var
  const title = t(`http.problem.${code}.title`)
  const text = t(`http.problem.${code}.text`)
  const { writeProblem } = marksOf(c)
  if (writeProblem !== undefined) {
    const { body, type } = writeProblem({ status, text })
    return c.body(body, status, { 'Content-Type': type })
  }
  if (wantsJson(c)) {
    const body = { type: 'about:blank', title, status, code, detail: text }
    return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json' })
  }
  const reference = status >= 500 ? c.var.requestId : undefined
  const draw = c.var.problemPage ?? plainProblemPage
  return c.html(await draw({ t, status, title, text, reference }), status)
}

/** Missing and forbidden alike: the same status and the same bytes, so that nobody learns which. */
export function notFound<E extends AppEnv>(c: Context<E>): Promise<Response>
/** The same as something to throw. */
export function notFound(): Problem
export function notFound<E extends AppEnv>(c?: Context<E>): Promise<Response> | Problem {
  return c ? problem(c, 404, 'missing') : new Problem(404, 'missing')
}

/** A page without layout, for when the app gives no better one. */
const plainProblemPage: ProblemPage = ({ t, title, text, reference }) =>
  html`<!doctype html>
    <html lang="${t.lang}" dir="${t.dir}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          <p>${text}</p>
          ${reference === undefined ? '' : html`<p>${t('http.problem.reference', { reference })}</p>`}
        </main>
      </body>
    </html>`

function wantsJson(c: Context): boolean {
  if (c.req.path.startsWith('/api/')) return true
  const accept = c.req.header('accept') ?? ''
  return /\bapplication\/(problem\+)?json\b/.test(accept) && !accept.includes('text/html')
}
