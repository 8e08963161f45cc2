import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { SchemaObject } from 'ajv'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormatsModule from 'ajv-formats'

const folder = path.join(fileURLToPath(new URL('../..', import.meta.url)), '..', 'shared', 'standards')
// The module's types speak of a default export that Node gives as the module itself.
const addFormats = addFormatsModule as unknown as (ajv: Ajv2020) => void

/** The folder of other people's schemas and examples beside this checkout, or null: then what reads it is skipped. */
export function standardsFolder(): string | null {
  return existsSync(folder) ? folder : null
}

/** One file of the standards as JSON; a name without its file is looked for gzipped. */
export function standardJson(...parts: readonly string[]): unknown {
  const file = path.join(folder, ...parts)
  const text = existsSync(file) ? readFileSync(file) : gunzipSync(readFileSync(`${file}.gz`))
  return JSON.parse(text.toString('utf8'))
}

/** Reads schemas of the standards (JSON Schema 2020-12 with words of their own). */
export function newAjv(): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats(ajv)
  return ajv
}

/** A schema as a function; closed, it takes no property that it does not name, at any depth. */
export function compiled(schema: unknown, options: { readonly closed?: boolean } = {}): ValidateFunction {
  return newAjv().compile((options.closed ? closed(schema) : schema) as SchemaObject)
}

/** What an answer is found wrong in, as `/where keyword`; empty when it is right. */
export function faultsOf(validate: ValidateFunction, answer: unknown): readonly string[] {
  if (validate(answer)) return []
  return (validate.errors ?? []).map(({ instancePath, keyword, params }) => {
    const more = ['missingProperty', 'additionalProperty', 'format'].flatMap(
      (name) => (params as Readonly<Record<string, string>>)[name] ?? [],
    )
    return `${instancePath || '/'} ${[keyword, ...more].join(':')}`
  })
}

function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  const isObject = typeof inner['properties'] === 'object' && inner['type'] === 'object'
  return isObject ? { ...inner, additionalProperties: false } : inner
}
