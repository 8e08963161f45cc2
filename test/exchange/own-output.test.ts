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
