import { afterAll, beforeAll, expect, test } from 'vitest'
import { givenText, runImport } from '#exchange'
import { demoWorld, install, type Installation } from './installations.ts'

let into: Installation

beforeAll(async () => {
  into = await install()
})

afterAll(() => into.close())

const problem = (rule: string, at: string) => ({ rule, at, message: expect.stringMatching(/\.$/) as string })

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
      withDatabase: (work) => into.owner.transaction().execute(work),
      open: async () => givenText(text),
      print: (line) => void out.push(line),
      printError: (line) => void errors.push(line),
    })
    return { code, out, errors }
  }
  expect(await run(['northmere.json', '--dry-run'], demoWorld('northmere'))).toEqual({
    code: 0,
    out: [
      'northmere.json was taken for HSDS as JSON.',
      'Nothing was changed. It would be: 27 imported, 0 imported with warnings, 0 held for a person, 0 rejected.',
    ],
    errors: [],
  })
  const fine = {
    id: 'ok',
    name: 'Fine',
    status: 'active',
    organization: { id: 'o9', name: 'Nine', description: '' },
  }
  const mixed = JSON.stringify([
    fine,
    { name: 'Broken' },
    secret,
    { ...fine, id: 'odd', name: 'Dirty', description: '<p>Open to <b>all</b></p>' },
  ])
  const told = await run(['mixed.json'], mixed)
  expect(told.code).toBe(1)
  expect(told.out[1]).toBe('1 imported, 1 imported with warnings, 1 held for a person, 1 rejected.')
  expect(told.out.join('\n')).toContain('[1]: rejected')
  expect(told.out.join('\n')).not.toMatch(/sycamore|zz99/i)
  const json = await run(['mixed.json', '--json'], mixed)
  const report: unknown = JSON.parse(json.out.join(''))
  expect(report).toEqual({
    imported: 1,
    importedWithWarnings: 1,
    held: 1,
    rejected: 1,
    records: [
      { path: '[0]', id: 'ok', outcome: 'imported', problems: [] },
      { path: '[1]', id: '', outcome: 'rejected', problems: [problem('id-missing', '[1]')] },
      {
        path: '[2]',
        id: 'r-1',
        outcome: 'held',
        problems: [problem('confidential-address', '[2]'), problem('looks-confidential', '[2]')],
      },
      {
        path: '[3]',
        id: 'odd',
        outcome: 'importedWithWarnings',
        problems: [problem('html-removed', '[3].description')],
      },
    ],
  })
  const refused = await run(['other.json'], '{"type":"FeatureCollection"}')
  expect([refused.code, refused.errors]).toEqual([
    2,
    [expect.stringMatching(/^other\.json: This is not an HSDS file: .+/)],
  ])
})
