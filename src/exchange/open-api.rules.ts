import type { Dialect } from './dialect.ts'
import { shapesAsSchemas } from './hsds-shape.ts'
import { type ListName, type ListParameter, listParameters } from './list-query.ts'
import examples from './open-api-examples.json' with { type: 'json' }
import { describedParameters } from './open-api-parameters.ts'
import { pageOf } from './page.rules.ts'

type Json = Readonly<Record<string, unknown>>

const shapeOf = {
  services: 'Service',
  organizations: 'Organization',
  service_at_locations: 'ServiceAtLocation',
  taxonomies: 'Taxonomy',
  taxonomy_terms: 'TaxonomyTerm',
} as const satisfies Readonly<Record<ListName, keyof typeof examples>>
const said: Readonly<Record<ListName, string>> = {
  services: 'services',
  organizations: 'organisations',
  service_at_locations: 'services at their places',
  taxonomies: 'taxonomies',
  taxonomy_terms: 'terms',
}

/** The OpenAPI 3.1 document of one of the open APIs: made of the same tables as its routes, the same for everybody. */
export function documentOf(dialect: Dialect): Json {
  const names = Object.keys(listParameters) as ListName[]
  return {
    openapi: '3.1.0',
    info: {
      title: dialect.title,
      version: dialect.version,
      summary: 'The public directory of services, to be read by anybody.',
      description:
        'The same entries as the public pages, and no more than those: no address of a confidential place, nothing that only partners see, nobody who edits. No key, no cookie, any site may read. Services for people who use abuse are listed apart, without times and venues.',
      license: { name: 'As the installation says on its page /api' },
    },
    servers: [{ url: dialect.root }],
    tags: [{ name: 'required' }, { name: 'optional' }],
    paths: Object.fromEntries([
      ['/', { get: aboutOperation(dialect) }],
      ['/openapi.json', { get: documentOperation() }],
      ...names.flatMap((name) => [
        [
          `/${name}`,
          { get: listOperation(name, dialect, 'get'), post: listOperation(name, dialect, 'post') },
        ],
        [`/${name}/{id}`, { get: oneOperation(name, dialect) }],
      ]),
    ]) as Json,
    components: {
      schemas: putBackIn(shapesAsSchemas(), dialect),
      parameters: Object.fromEntries(
        Object.entries(describedParameters).map(([name, parameter]) => [
          name,
          { name, in: 'query', required: false, ...parameter },
        ]),
      ),
      responses: {
        Problem: {
          description:
            'What was wrong (RFC 9457): 400 a parameter, 404 no such entry, 413, 429 and 503 too much.',
          content: { 'application/problem+json': { schema: ref('Problem'), example: examples.Problem } },
        },
      },
    },
  }
}

function aboutOperation(dialect: Dialect): Json {
  const example = {
    version: dialect.version,
    profile: dialect.profile,
    openapi_url: `https://directory.example.org${dialect.root}/openapi.json`,
  }
  return {
    operationId: 'getAbout',
    summary: 'What this API is.',
    tags: ['required'],
    responses: { 200: answer('What it is.', ref('About'), example), default: problemRef },
  }
}

function documentOperation(): Json {
  return {
    operationId: 'getOpenApi',
    summary: 'This document.',
    tags: ['optional'],
    responses: { 200: answer('OpenAPI 3.1.', { type: 'object' }, { openapi: '3.1.0' }), default: problemRef },
  }
}

function listOperation(name: ListName, dialect: Dialect, method: 'get' | 'post'): Json {
  const shape = shapeOf[name]
  const example = pageOf([dialect.says(examples[shape], name)], 1, 1, 50)
  const page = answer('A page, or with format=ndjson the whole list.', ref(`${shape}Page`), example)
  const lines = { schema: { type: 'string', description: 'One JSON object a line.' } }
  return {
    operationId: `${method === 'get' ? 'list' : 'search'}_${name}`,
    summary: `A page of ${said[name]}${method === 'post' ? ', asked for in the body' : ''}.`,
    tags: tagsOf(name),
    ...(method === 'get'
      ? { parameters: listParameters[name].map((each) => ({ $ref: `#/components/parameters/${each}` })) }
      : { requestBody: bodyOf(listParameters[name]) }),
    responses: {
      200: { ...page, content: { ...page.content, 'application/x-ndjson': lines } },
      ...(method === 'get' ? { 304: { description: 'Not changed since the ETag that was sent.' } } : {}),
      default: problemRef,
    },
  }
}

function oneOperation(name: ListName, dialect: Dialect): Json {
  const shape = shapeOf[name]
  return {
    operationId: `get_${name}`,
    summary: `One of the ${said[name]}, with all that belongs to it.`,
    tags: tagsOf(name),
    parameters: [
      {
        name: 'id',
        in: 'path',
        required: true,
        schema: { type: 'string', format: 'uuid' },
        example: examples[shape].id,
      },
      ...(name === 'organizations' ? [{ $ref: '#/components/parameters/full_service' }] : []),
    ],
    responses: {
      200: answer('The entry.', ref(shape), dialect.says(examples[shape], name)),
      304: { description: 'Not changed since the ETag that was sent.' },
      default: problemRef,
    },
  }
}

function bodyOf(parameters: readonly ListParameter[]): Json {
  const schema = {
    type: 'object',
    properties: Object.fromEntries(
      parameters.map((name) => {
        const { schema: one, description } = describedParameters[name]
        return [name, { ...one, description }]
      }),
    ),
  }
  const example = Object.fromEntries(
    parameters
      .filter((name) => ['search', 'postcode', 'proximity', 'per_page'].includes(name))
      .map((name) => [name, describedParameters[name].example]),
  )
  return {
    required: false,
    content: {
      'application/json': { schema, example },
      'application/x-www-form-urlencoded': { schema, example },
    },
  }
}

function answer(description: string, schema: Json, example: unknown) {
  return { description, content: { 'application/json': { schema, example } } }
}

function tagsOf(name: ListName): readonly string[] {
  return [name === 'services' ? 'required' : 'optional']
}

function ref(name: string): Json {
  return { $ref: `#/components/schemas/${name}` }
}

const problemRef = { $ref: '#/components/responses/Problem' }

// The three fields that the UK profile puts back.
function putBackIn(schemas: Readonly<Record<string, Json>>, { name }: Dialect): Json {
  if (name !== 'oruk') return schemas
  const more = { ServiceArea: 'service_area', Accessibility: 'accessibility', TaxonomyTerm: 'term' }
  return {
    ...schemas,
    ...Object.fromEntries(
      Object.entries(more).map(([shape, field]) => {
        const schema = schemas[shape] ?? {}
        const properties = { ...(schema['properties'] as Json), [field]: { type: 'string' } }
        return [shape, { ...schema, properties }]
      }),
    ),
  }
}
