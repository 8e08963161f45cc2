import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { SchemaObject } from 'ajv'
import { expect, test } from 'vitest'
import { sourceOf } from './bringing.ts'
import { faultsOf, newAjv, standardJson, standardsFolder } from './standards.ts'

const folder = standardsFolder()
const versions = ['3.1', '3.0'] as const

/** The table schemas of a version, as they are: each by the name that the others point to. */
function schemasOf(version: string) {
  const ajv = newAjv()
  const names = readdirSync(path.join(folder ?? '', 'hsds', version, 'schema')).filter(
    (name) => name.endsWith('.json') && name !== 'openapi.json',
  )
  for (const name of names)
    ajv.addSchema(
      standardJson('hsds', version, 'schema', name) as SchemaObject,
      `http://schemas.example.org/${name}`,
    )
  return (name: string) => {
    const validate = ajv.getSchema(`http://schemas.example.org/${name}.json`)
    if (validate === undefined) throw new Error(`there is no schema ${name}`)
    return validate
  }
}

/** The examples of a version: each object, and each item of each page, with the name of its schema. */
function examplesOf(version: string): readonly (readonly [file: string, schema: string, example: unknown])[] {
  const files = readdirSync(path.join(folder ?? '', 'hsds', version, 'examples')).filter((file) =>
    file.endsWith('.json'),
  )
  return files
    .filter((file) => file !== 'base.json' && file !== 'tabular.json')
    .flatMap((file) => {
      const json = standardJson('hsds', version, 'examples', file)
      const schema = file.replace(/(_full|_list)?\.json$/, '')
      const items = (json as { readonly contents?: readonly unknown[] }).contents ?? [json]
      return items.map((each) => [file, schema, each] as const)
    })
}

test.skipIf(folder === null).each(versions)(
  'every example of HSDS %s is valid against its schema',
  (version) => {
    const schemaOf = schemasOf(version)
    const examples = examplesOf(version)
    expect(new Set(examples.map(([file]) => file)).size).toBeGreaterThanOrEqual(9)
    const started = performance.now()
    expect(
      examples.flatMap(([file, schema, example]) =>
        faultsOf(schemaOf(schema), example).map((fault) => `${file} ${fault}`),
      ),
    ).toEqual([])
    expect(performance.now() - started).toBeLessThan(5_000)
  },
)

test.skipIf(folder === null)('and the same schemas find what is wrong', () => {
  const schemaOf = schemasOf('3.1')
  expect(faultsOf(schemaOf('service'), { id: 'x', status: 'open' }).toSorted()).toEqual([
    '/ required:name',
    '/id format:uuid',
    '/status enum',
  ])
})

const read = [
  ['hsds', '3.1', 'examples', 'service_full.json'],
  ['hsds', '3.1', 'examples', 'service_list.json'],
  ['hsds', '3.1', 'examples', 'organization_list.json'],
  ['hsds', '3.1', 'examples', 'service_at_location_list.json'],
  ['hsds', '3.0', 'examples', 'service_full.json'],
  ['hsds', '3.0', 'examples', 'organization_full.json'],
  ['hsds', '3.0', 'examples', 'service_at_location_full.json'],
  ['oruk', '3.0', 'examples', 'service_full.json'],
  ['oruk', '3.0', 'examples', 'service_list.json'],
  ['oruk', '3.0', 'examples', 'organization_full.json'],
  ['oruk', '3.0', 'validator', 'mocks', 'Default', 'service_full.json'],
  ['oruk', '3.0', 'validator', 'mocks', 'Fail', 'service_list.json'],
  ['oruk', '3.0', 'validator', 'mocks', 'Warn', 'service_full.json'],
] as const

test.skipIf(folder === null).each(read.map((parts) => [parts.join('/'), parts] as const))(
  'our reader finds the records of %s',
  async (_, parts) => {
    const text = readFileSync(path.join(folder ?? '', ...parts), 'utf8')
    const records = await Array.fromAsync((await sourceOf(text)).open())
    expect(records.length).toBeGreaterThan(0)
    for (const { json } of records) expect(json).toMatchObject({ id: expect.any(String) })
  },
)
