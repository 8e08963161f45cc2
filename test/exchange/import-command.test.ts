import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenText, runImport } from '#exchange'
import { openPool, type Pool } from '#platform/db'
import { freshDatabase, type FreshDatabase } from '../database.ts'

let database: FreshDatabase
let owner: Pool

beforeAll(async () => {
  database = await freshDatabase()
  owner = openPool(database.ownerUrl, 2)
})

afterAll(async () => {
  await owner.destroy()
  await database.close()
})

const northmere = readFileSync(new URL('../../src/demo/northmere.hsds.json', import.meta.url), 'utf8')

const secret = {
  id: 'r-1',
  name: 'Harbour Refuge',
  status: 'active',
  description: 'Come to 14 Sycamore Rise.',
  organization: { id: 'r-o', name: 'Harbour Homes', description: '' },
  service_at_locations: [
    {
      location: {
        id: 'r-l',
        location_type: 'physical',
        name: 'Whispering Pines',
        latitude: 51.50722,
        longitude: -0.12751,
        addresses: [{ address_1: '14 Sycamore Rise', postal_code: 'ZZ99 3AB', state_province: 'Northshire' }],
      },
    },
  ],
}

test('the command says what became of each record, as text and as JSON, and ends with 0, 1 or 2', async () => {
  const run = async (argv: readonly string[], text: string) => {
    const out: string[] = []
    const errors: string[] = []
    const code = await runImport(argv, {
      withDatabase: (work) => owner.transaction().execute(work),
      open: async () => givenText(text),
      print: (line) => void out.push(line),
      printError: (line) => void errors.push(line),
    })
    return { code, out, errors }
  }
  expect(await run(['northmere.json', '--dry-run'], northmere)).toEqual({
    code: 0,
    out: [
      'northmere.json was taken for HSDS as JSON.',
      'Nothing was changed. It would be: 27 imported, 0 imported with warnings, 0 held for a person, 0 rejected.',
    ],
    errors: [],
  })
  const mixed = JSON.stringify([
    { id: 'ok', name: 'Fine', status: 'active', organization: { id: 'o9', name: 'Nine', description: '' } },
    { name: 'Broken' },
    secret,
  ])
  const told = await run(['mixed.json'], mixed)
  expect(told.code).toBe(1)
  expect(told.out[1]).toBe('1 imported, 0 imported with warnings, 1 held for a person, 1 rejected.')
  expect(told.out.join('\n')).toContain('[1]: rejected')
  expect(told.out.join('\n')).not.toMatch(/sycamore|zz99/i)
  const json = await run(['mixed.json', '--json'], mixed)
  expect(JSON.parse(json.out.join(''))).toMatchObject({
    imported: 1,
    importedWithWarnings: 0,
    held: 1,
    rejected: 1,
    records: [
      { path: '[0]', id: 'ok', outcome: 'imported', problems: [] },
      { outcome: 'rejected' },
      { outcome: 'held' },
    ],
  })
  const refused = await run(['other.json'], '{"type":"FeatureCollection"}')
  expect([refused.code, refused.errors]).toEqual([
    2,
    [expect.stringMatching(/^other\.json: This is not an HSDS file: .+/)],
  ])
})
