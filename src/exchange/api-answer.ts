import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { type AppEnv, edge } from '#platform/http'
import type { ListParameter } from './list-query.ts'

/** Which sentence says what a parameter takes; those that take the same share one. */
const sentences: Readonly<Partial<Record<ListParameter, string>>> = {
  page: 'whole',
  per_page: 'whole',
  format: 'format',
  minimal: 'flag',
  full: 'flag',
  full_service: 'flag',
  top_only: 'flag',
  modified_after: 'moment',
  taxonomy_term_id: 'id',
  taxonomy_id: 'id',
  organization_id: 'id',
  parent_id: 'id',
  proximity: 'metres',
  postcode: 'postcode',
  minimum_age: 'age',
  maximum_age: 'age',
  day: 'day',
  start_time: 'time',
  end_time: 'time',
  search: 'text',
}

/** Says which parameters could not be read and what they take: RFC 9457, and nothing of what was sent. */
export function wrongParameters<E extends AppEnv>(
  context: Context<E>,
  wrong: readonly ListParameter[],
): Response {
  const c = edge(context)
  const { t } = c.var
  c.set('code', 'malformed')
  const errors = wrong.map((parameter) => ({
    parameter,
    detail: t(`exchange.api.wrong.${sentences[parameter] ?? 'text'}`, { parameter }),
  }))
  const body = {
    type: 'about:blank',
    title: t('exchange.api.wrong.title'),
    status: 400,
    code: 'malformed',
    detail: errors.map((each) => each.detail).join(' '),
    errors,
  }
  return c.body(JSON.stringify(body), 400, { 'Content-Type': 'application/problem+json' })
}

/** Says that an address is only read, and how. */
export function wrongMethod<E extends AppEnv>(context: Context<E>, allow: string): Response {
  const c = edge(context)
  const { t } = c.var
  c.set('code', 'malformed')
  const title = t('exchange.api.method.title')
  const detail = t('exchange.api.method.text')
  const body = { type: 'about:blank', title, status: 405, code: 'method', detail }
  return c.body(JSON.stringify(body), 405, { 'Content-Type': 'application/problem+json', Allow: allow })
}

/**
 * An answer with the mark of what is in it, so that whoever asks again and has it gets no more than *not changed*. What was
 * searched for is not kept by anybody.
 */
export function markedJson<E extends AppEnv>(
  c: Context<E>,
  json: object,
  options: { readonly keep: boolean } = { keep: true },
): Response {
  const body = JSON.stringify(json)
  if (!options.keep) return c.body(body, 200, { 'Content-Type': 'application/json' })
  const mark = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const headers = { ETag: mark, 'Cache-Control': 'no-cache' }
  if (isHeld(c.req.header('if-none-match'), mark)) return c.body(null, 304, headers)
  return c.body(body, 200, { ...headers, 'Content-Type': 'application/json' })
}

function isHeld(sent: string | undefined, mark: string): boolean {
  if (sent === undefined) return false
  return sent.split(',').some((each) => ['*', mark, `W/${mark}`].includes(each.trim()))
}
