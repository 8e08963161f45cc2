import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aloneFile, demoWorld, type HsdsFile, install, type Installation } from './installations.ts'
import { compiled, faultsOf, standardJson, standardsFolder } from './standards.ts'

let made: Installation
let out: HsdsFile

beforeAll(async () => {
  made = await install()
  for (const text of [demoWorld('northmere'), demoWorld('us-county'), aloneFile]) await made.bring(text)
  out = JSON.parse(await made.file()) as HsdsFile
})

afterAll(() => made.close())

const here = standardsFolder() !== null

// Closed: a key that HSDS 3.1 does not know is an error, at any depth.
test.skipIf(!here)(
  'every demo entry as it goes out is valid HSDS 3.1, closed (skipped without ../shared/standards)',
  () => {
    const validate = compiled(standardJson('hsds', '3.1', 'schema', 'compiled', 'service.json'), {
      closed: true,
    })
    const faults = out.contents.flatMap((each) =>
      faultsOf(validate, each).map((fault) => `${each.alternate_name} ${fault}`),
    )
    expect(faults).toEqual([])
    expect(out.contents).toHaveLength(40)
    const planted = { ...out.contents[0], secret: 1 }
    expect(faultsOf(validate, planted)).toEqual(['/ additionalProperties:secret'])
  },
)

test.skipIf(!here)(
  'an organisation that lists nothing is valid HSDS 3.1, closed (skipped without ../shared/standards)',
  () => {
    const validate = compiled(standardJson('hsds', '3.1', 'schema', 'compiled', 'organization.json'), {
      closed: true,
    })
    expect(out.organizations.flatMap((each) => faultsOf(validate, each))).toEqual([])
    expect(out.organizations).toHaveLength(1)
  },
)

test('every id in an entry is there once, even of what is said twice', async () => {
  await sql`update directory.service set insurers = '{One,One}', areas = '{Here,Here}', phones = '[{"number": "1", "label": ""}, {"number": "1", "label": ""}]'`.execute(
    made.owner,
  )
  const { contents } = JSON.parse(await made.file()) as HsdsFile
  for (const each of contents) {
    const lists = [each.attributes, each.phones, each.service_areas, each.schedules, each.languages]
    const ids = lists.flatMap((list) => (list ?? []).map((one) => one['id' as keyof typeof one]))
    expect(new Set(ids).size).toBe(ids.length)
    expect([each.service_areas, each.phones].map((list) => list?.length)).toEqual([2, 2])
  }
})
