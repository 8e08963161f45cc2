import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { type TestWorld, testWorld } from './world/agencies.ts'
import { type Served, serveWorld } from './world/served.ts'

/** What nobody here is ever asked: status, numbers of a state, where somebody was born. */
const never =
  /immigra|citizenship|visa|asylum|residen(ce|cy)_?status|\bssn\b|social_?-?security|national_?-?insurance|passport|alien_?-?number|birth_?-?(country|place)|country_?-?of_?-?birth|nationality/i
/** An order of agencies by how well they do. */
const ranking = /rank|league|score|leader-?board|top-|best-|compare/i

let world: TestWorld
let served: Served
beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
})
afterAll(() => world?.close())

/** Every name under which a page takes an answer, or a schema keeps one. */
function namesInCode(): readonly string[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => /\.tsx?$/.test(file) && !/\.(test|fixture)\.tsx?$/.test(file) && !file.startsWith('demo'),
    )
    .flatMap((file) => {
      const text = readFileSync(join('src', file), 'utf8')
      const fields = [...text.matchAll(/\bname="([\w-]+)"/g)].map(([, name = '']) => name)
      const keys = [...text.matchAll(/^\s*'?([\w-]+)'?: z\./gm)].map(([, name = '']) => name)
      return [...fields, ...keys].map((name) => `${file}: ${name}`)
    })
}

test('us-U22: no column, no field and no question holds status, a state’s number or a country of birth', async () => {
  const { rows } = await sql<{ name: string }>`
    select table_schema || '.' || table_name || '.' || column_name as name from information_schema.columns
    where table_schema not in ('pg_catalog', 'information_schema', 'pgboss')`.execute(world.owner)
  expect(rows.length).toBeGreaterThan(300)
  const code = namesInCode()
  expect(code.length).toBeGreaterThan(300)
  const facets = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /facets?[^/]*\.json$/.test(file),
  )
  expect(facets.length).toBeGreaterThan(0)
  const ids = facets.flatMap((file) =>
    [...readFileSync(join('src', file), 'utf8').matchAll(/"id": ?"([^"]+)"/g)].map(
      ([, id = '']) => `${file}: ${id}`,
    ),
  )
  const all = [...rows.map((row) => row.name), ...code, ...ids]
  expect(all.filter((name) => never.test(name.replace(/^.*[.:] ?/, '')))).toEqual([])
  for (const name of ['visa', 'ssn', 'country_of_birth', 'immigration-status']) expect(name).toMatch(never)
})

test('us-U30: nothing that is served puts agencies in an order of merit', () => {
  const paths = [...new Set(served.app.routes.map((route) => route.path))]
  expect(paths.length).toBeGreaterThan(100)
  expect(paths.filter((path) => ranking.test(path))).toEqual([])
  for (const path of ['/api/ranking', '/self-assessment/score']) expect(path).toMatch(ranking)
})
