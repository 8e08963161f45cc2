import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { asPublic } from '#platform/access'
import {
  allowBody,
  notFound,
  openAnswers,
  openRead,
  Problem,
  publicDb,
  type PublicEnv,
  readFields,
} from '#platform/http'
import { markedJson, wrongMethod, wrongParameters } from './api-answer.ts'
import { type Bounds, type Gate, gated, rateBound } from './api-gate.ts'
import { isUuid } from './derived-id.rules.ts'
import type { Dialect } from './dialect.ts'
import { type ListName, type ListQuery, pageSize, readQuery } from './list-query.ts'
import { ndjsonOf } from './ndjson.ts'
import { documentOf } from './open-api.rules.ts'
import { pageOf } from './page.rules.ts'
import { resources } from './served.ts'

const bodyBytes = 16 * 1024

interface ApiEnv extends PublicEnv {
  Variables: PublicEnv['Variables'] & { sent: Readonly<Record<string, unknown>> }
}

/**
 * One of the open APIs over the public directory: everybody may read it from any site, nobody is asked who they are, and no cookie
 * is looked at. The lists are read by POST too, so that what somebody searches for stands in no address and no log.
 */
export function directoryApi(dialect: Dialect, parts: { readonly bounds: Bounds; readonly gate: Gate }) {
  const { root } = dialect
  const api = new Hono<ApiEnv>()
  const inTurn = gated(parts.gate)
  api.use(`${root}/*`, openAnswers, askedBefore, rateBound(parts.bounds))
  for (const path of [root, `${root}/`]) api.get(path, (c) => c.json(aboutApi(c, dialect)))
  api.get(`${root}/openapi.json`, (c) => c.json(documentOf(dialect)))
  for (const name of Object.keys(resources) as ListName[]) {
    const list = answerList(name, dialect, parts.gate)
    const path = `${root}/${name}`
    api.get(path, inTurn, publicDb(), async (c) => list(c, c.req.query()))
    api.post(path, openRead, allowBody(bodyBytes), readSent, inTurn, publicDb(), async (c) =>
      list(c, { ...c.req.query(), ...c.var.sent }),
    )
    api.get(`${path}/:id`, inTurn, publicDb(), async (c) => answerOne(c, name, dialect))
    api.all(path, openRead, (c) => wrongMethod(c, 'GET, HEAD, POST, OPTIONS'))
    api.all(`${path}/:id`, openRead, (c) => wrongMethod(c, 'GET, HEAD, OPTIONS'))
  }
  return api
}

/** Answers a browser that asks beforehand. None may bring what a browser adds by itself: credentials are never allowed. */
const askedBefore: MiddlewareHandler<ApiEnv> = async (c, next) =>
  c.req.method === 'OPTIONS'
    ? c.body(null, 204, {
        'Access-Control-Allow-Methods': 'GET, HEAD, POST, OPTIONS',
        'Access-Control-Allow-Headers': 'Accept, Content-Type, If-None-Match',
        'Access-Control-Max-Age': '86400',
      })
    : next()

function aboutApi(c: Context<ApiEnv>, { root, version, profile }: Dialect) {
  return { version, profile, openapi_url: `${c.var.config.publicUrl}${root}/openapi.json` }
}

function answerList(name: ListName, dialect: Dialect, gate: Gate) {
  const says = (json: object) => dialect.says(json, name)
  return async (c: Context<ApiEnv>, sent: Readonly<Record<string, unknown>>): Promise<Response> => {
    const read = readQuery(name, sent)
    if (!read.ok) return wrongParameters(c, read.wrong)
    const { query } = read
    const list = await resources[name].list(c.var.db, query, c.var.t.pack)
    if (query.format === 'ndjson') {
      const headers = { 'Content-Type': 'application/x-ndjson; charset=utf-8' }
      if (c.req.method === 'HEAD') return c.body(null, 200, headers)
      const { pools } = c.var.site
      return c.body(
        ndjsonOf(list, says, (work) => gate.run(() => asPublic(pools, work))),
        200,
        headers,
      )
    }
    const perPage = pageSize(query)
    const at = { offset: (query.page - 1) * perPage, limit: perPage }
    const { total, entries } = await list.page(c.var.db, at)
    const page = pageOf(entries.map(says), total, query.page, perPage)
    return markedJson(c, page, { keep: c.req.method !== 'POST' && !tells(query) })
  }
}

/** Whether a question tells of whoever asks: such an answer stays in no browser's store. */
function tells({ search, postcode }: ListQuery): boolean {
  return search !== undefined || postcode !== undefined
}

async function answerOne(c: Context<ApiEnv>, name: ListName, dialect: Dialect): Promise<Response> {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) return notFound(c)
  const read = readQuery(name, c.req.query())
  if (!read.ok) return wrongParameters(c, read.wrong)
  const found = await resources[name].byId(c.var.db, id, read.query)
  return found === null ? notFound(c) : markedJson(c, dialect.says(found, name))
}

// Before anybody's turn begins: a body that comes slowly holds no connection.
const readSent: MiddlewareHandler<ApiEnv> = async (c, next) => {
  c.set('sent', await sentFields(c))
  return next()
}

/** The fields of a JSON object or of a form. A body that is neither is said to be malformed. */
async function sentFields(c: Context<ApiEnv>): Promise<Readonly<Record<string, unknown>>> {
  const type = c.req.header('content-type') ?? ''
  if (/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type))
    return Object.fromEntries(await readFields(c))
  const text = await c.req.text()
  if (text.trim() === '') return {}
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Problem(400, 'malformed')
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Problem(400, 'malformed')
  return json as Readonly<Record<string, unknown>>
}
