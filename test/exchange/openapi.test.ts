import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dialects, documentOf } from '#exchange'
import { type ListName, listParameters, readQuery } from '../../src/exchange/list-query.ts'
import { type ApiServer, apiServer } from './api-server.ts'
import { newAjv } from './standards.ts'

type Json = Readonly<Record<string, unknown>>
interface Media {
  readonly schema?: Json
  readonly example?: unknown
}

let server: ApiServer
beforeAll(async () => {
  server = await apiServer()
}, 120_000)
afterAll(() => server.close())

describe.each(dialects)('the document of $root', (dialect) => {
  const document = documentOf(dialect)
  const ajv = newAjv()
  ajv.addSchema(document, 'document')
  const pointer = (...path: readonly string[]) =>
    `document#/${path.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

  test('is an OpenAPI 3.1 document', async () => {
    expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true })
  })

  test('is the one that is served and the one that is checked in', async () => {
    const served = await fetch(`${server.address}${dialect.root}/openapi.json`)
    expect(await served.json()).toEqual(document)
    const file = new URL(`../../docs/api/${dialect.name}.openapi.json`, import.meta.url)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(document)
  })

  test('says every route, and only routes that are there', () => {
    const paths = document['paths'] as Readonly<Record<string, Json>>
    const said = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(
        (method) => `${method.toUpperCase()} ${dialect.root}${path === '/' ? '' : path}`,
      ),
    )
    const there = server.routes
      .filter((route) => route.path.startsWith(dialect.root) && route.method !== 'ALL')
      .map((route) => `${route.method} ${route.path.replace(/\/$/, '').replaceAll(/:(\w+)/g, '{$1}')}`)
    expect(said.toSorted()).toEqual([...new Set(there)].toSorted())
    expect(said).toHaveLength(17)
  })

  test('has examples that are as it says', () => {
    const faults: string[] = []
    let looked = 0
    walk(document, [], (media, path) => {
      if (media.schema === undefined || media.example === undefined) return
      looked += 1
      const fits = ajv.compile({ $ref: pointer(...path, 'schema') })
      if (!fits(media.example)) faults.push(`${path.join(' ')} ${JSON.stringify(fits.errors?.[0])}`)
    })
    expect(faults).toEqual([])
    expect(looked).toBeGreaterThan(40)
  })

  test('has examples of parameters that every list with them takes', () => {
    const { parameters } = document['components'] as {
      readonly parameters: Readonly<Record<string, { readonly example: unknown }>>
    }
    for (const [list, names] of Object.entries(listParameters)) {
      const sent = Object.fromEntries(names.map((name) => [name, String(parameters[name]?.example)]))
      expect([list, readQuery(list as ListName, sent)]).toMatchObject([list, { ok: true }])
    }
  })

  test('says what is really answered', async () => {
    for (const list of Object.keys(listParameters)) {
      for (const query of ['', '?full=true&per_page=20', '?minimal=true', '?page=0']) {
        const answer = await fetch(`${server.address}${dialect.root}/${list}${query}`)
        const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? ''
        const path =
          answer.status === 200
            ? ['paths', `/${list}`, 'get', 'responses', '200', 'content', type, 'schema']
            : ['components', 'responses', 'Problem', 'content', type, 'schema']
        const fits = ajv.compile({ $ref: pointer(...path) })
        expect([list, query, fits(await answer.json()) || fits.errors]).toEqual([list, query, true])
      }
    }
  })
})

function walk(node: unknown, path: readonly string[], look: (media: Media, path: readonly string[]) => void) {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) look(node as Media, path)
  for (const [key, value] of Object.entries(node))
    if (key !== 'example' && key !== 'properties') walk(value, [...path, key], look)
}
