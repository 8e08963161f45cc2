import type { OperationOutcome, Resource } from '@medplum/fhirtypes'
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

import { answersProblems, openRead, type PublicEnv, publicDb, readFields } from '#platform/http'
import { type Bounds, type Gate, gated, rateBound } from './api-gate.ts'
import { outcome, refusedOutcome, searchset } from './fhir-bundle.rules.ts'
import { capabilityStatement } from './fhir-capability.rules.ts'
import { mostSealed, openPage, sealPage } from './fhir-page.rules.ts'
import { type InFhir, resourcesOf } from './fhir-resource.ts'
import { formatAsked, readSearch } from './fhir-search.rules.ts'
import {
  type Given,
  type ResourceType,
  resourceTypes,
  type Search,
  type SearchRefused,
} from './fhir-search.ts'
import { findInFhir, isInvented } from './fhir.store.ts'
import { fhirJson, fhirRoot } from './fhir.ts'

const typed = `${fhirRoot}/:type{(?:${resourceTypes.join('|')})}`

/** The public directory in FHIR R4: read and search, nothing else, within the same bounds as the other open interfaces. */
export function fhirApi(parts: { readonly bounds: Bounds; readonly gate: Gate }): Hono<PublicEnv> {
  const api = new Hono<PublicEnv>()
  const inTurn = gated(parts.gate)
  api.use(`${fhirRoot}/*`, rateBound(parts.bounds))
  api.get(`${fhirRoot}/metadata`, publicDb(), async (c) => {
    return spoken(c, queryOf(c)) ?? answer(c, 200, capabilityStatement(c.var.t, baseOf(c)))
  })
  api.get(typed, inTurn, publicDb(), async (c) => search(c, typeOf(c), queryOf(c), 'address'))
  // By POST no word of a search lies in an address, a log or a history.
  api.post(`${typed}/_search`, openRead, inTurn, publicDb(), async (c) =>
    search(c, typeOf(c), [...queryOf(c), ...(await readFields(c))], 'body'),
  )
  api.get(`${typed}/:id`, inTurn, publicDb(), async (c) => read(c, typeOf(c), c.req.param('id')))
  // Everything else under the root answers in FHIR too, whatever went wrong.
  for (const path of [fhirRoot, `${fhirRoot}/*`])
    api.all(path, openRead, answersProblems(problemInFhir), missing)
  return api
}

async function read(c: Context<PublicEnv>, type: ResourceType, id: string): Promise<Response> {
  const refused = spoken(c, queryOf(c))
  if (refused !== null) return refused
  const [resource] = await resourcesOf(c.var.db, type, [id.toLowerCase()], await inFhir(c))
  return resource === undefined ? missing(c) : answer(c, 200, resource)
}

async function search(
  c: Context<PublicEnv>,
  type: ResourceType,
  given: Given,
  from: 'address' | 'body',
): Promise<Response> {
  const notSpoken = spoken(c, given)
  if (notSpoken !== null) return notSpoken
  const { pepper } = c.var.site.installation
  const sealed = given.find(([name]) => name === '_page')?.[1]
  const opened = sealed === undefined ? null : openPage(pepper, type, sealed)
  if (sealed !== undefined && opened === null) return refuse(c, { rule: 'page-unknown', parameter: '_page' })
  const asked =
    opened === null
      ? given
      : [...opened.used, ...(opened.after === null ? [] : [['_after', opened.after] as const])]
  const strict = /\bhandling\s*=\s*strict\b/i.test(c.req.header('prefer') ?? '')
  const asks = readSearch(type, asked, strict && opened === null)
  if (!asks.ok) return refuse(c, asks.refused)
  const secret = from === 'body' || opened !== null
  if (secret && JSON.stringify(asks.used).length > mostSealed)
    return refuse(c, { rule: 'too-many', parameter: '_search' })
  const found = await findInFhir(c.var.db, asks.search)
  const resources = await resourcesOf(c.var.db, type, found.ids, await inFhir(c))
  const address = (after: string | null) =>
    `${baseOf(c)}/${type}?${
      secret
        ? new URLSearchParams({ _page: sealPage(pepper, type, { used: asks.used, after }) }).toString()
        : queryWith(asks.used, asks.search, after)
    }`
  const last = found.more ? (found.ids.at(-1) ?? null) : null
  return answer(
    c,
    200,
    searchset(c.var.t, {
      base: baseOf(c),
      resources,
      total: found.total,
      self: address(asks.search.after),
      next: last === null ? null : address(last),
      ignored: asks.ignored,
    }),
  )
}

function queryWith(used: Given, { count }: Search, after: string | null): string {
  const rest = used.filter(([name]) => name !== '_count')
  const page = [['_count', String(count)] as const, ...(after === null ? [] : [['_after', after] as const])]
  return new URLSearchParams([...rest, ...page].map(([name, value]) => [name, value])).toString()
}

function typeOf(c: Context<PublicEnv>): ResourceType {
  const given = c.req.param('type')
  return resourceTypes.find((type) => type === given) ?? 'Organization'
}

function queryOf(c: Context<PublicEnv>): Given {
  return [...new URL(c.req.url).searchParams]
}

/** The refusal where another format is asked for than the one that is spoken. */
function spoken(c: Context<PublicEnv>, given: Given): Response | null {
  const format = given.find(([name]) => name === '_format')?.[1] ?? null
  if (formatAsked(format, c.req.header('accept') ?? null) !== null) return null
  return answer(c, 406, refusedOutcome(c.var.t, { rule: 'format-unknown', parameter: '_format' }))
}

function refuse(c: Context<PublicEnv>, refused: SearchRefused): Response {
  return answer(c, 400, refusedOutcome(c.var.t, refused))
}

function missing(c: Context<PublicEnv>): Response {
  return answer(c, 404, outcome('not-found', c.var.t('exchange.fhir.missing')))
}

const problemCodes: Readonly<Record<number, OperationOutcome['issue'][number]['code']>> = {
  400: 'invalid',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-long',
  429: 'throttled',
  503: 'transient',
}

/** What the edge refuses, as FHIR says it. */
function problemInFhir(told: { readonly status: ContentfulStatusCode; readonly text: string }) {
  const code = problemCodes[told.status] ?? 'exception'
  return { body: JSON.stringify(outcome(code, told.text)), type: fhirJson }
}

function answer(c: Context<PublicEnv>, status: ContentfulStatusCode, resource: Resource): Response {
  return c.body(JSON.stringify(resource), status, { 'Content-Type': fhirJson })
}

async function inFhir(c: Context<PublicEnv>): Promise<InFhir> {
  return { wordsFor: c.var.wordsFor, demo: await isInvented(c.var.db) }
}

function baseOf(c: Context<PublicEnv>): string {
  return new URL(fhirRoot, c.var.config.publicUrl).href
}
