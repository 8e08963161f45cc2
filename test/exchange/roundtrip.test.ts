import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aloneFile, demoWorld, type HsdsFile, install, type Installation, sorted } from './installations.ts'
import type { ServiceRecord } from '../../src/directory/listing.ts'
import { conditionInWords, permitted } from '../../src/directory/threshold.rules.ts'
import { anyDirectory } from './any-listing.ts'
import { empty, store, storedModel } from './stored-model.ts'

let first: Installation
let second: Installation

beforeAll(async () => {
  first = await install()
  second = await install()
})

afterAll(async () => {
  await first.close()
  await second.close()
})

test('out of one installation, into an empty one and out again: alike to the byte, on both demo worlds', async () => {
  for (const text of [demoWorld('northmere'), demoWorld('us-county'), aloneFile]) await first.bring(text)
  const text = await first.file()
  const out = JSON.parse(text) as HsdsFile
  expect([out.contents.length, out.organizations.length]).toEqual([40, 1])
  expect(await second.bring(text)).toMatchObject({
    imported: 41,
    importedWithWarnings: 0,
    held: 0,
    rejected: 0,
  })
  const again = JSON.parse(await second.file()) as HsdsFile
  for (const [i, each] of out.contents.entries()) expect(again.contents[i]).toEqual(each)
  expect(sorted(again)).toBe(sorted(out))
})

/**
 * The same without what the public is not told: the part of a clause that a rule closes, and its sentence, which would say it; the
 * site of an organisation that has nothing but secret places.
 */
function asThePublicSeesThem(services: readonly ServiceRecord[]): readonly ServiceRecord[] {
  return services.map((service) => {
    const { organization } = service
    const open = services.some((each) => each.organization === organization && !each.confidential)
    const thresholds = service.thresholds.map((each) => {
      if (each.forbiddenRule === null) return each
      const condition = permitted(each.condition, each.forbiddenFacets)
      const sentence = `${conditionInWords(condition, organization.pack).join('. ') || 'Everyone'}.`
      return { ...each, condition, sentence, forbiddenRule: null, forbiddenFacets: [] }
    })
    return {
      ...service,
      thresholds,
      organization: { ...organization, website: open ? organization.website : null },
    }
  })
}

test(
  'whatever is stored, its file brings the same rows into an empty installation',
  { timeout: 600_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(anyDirectory, async (services) => {
        await empty(first.owner)
        await empty(second.owner)
        await store(first.owner, services)
        const report = await second.bring(await first.file())
        expect(report).toMatchObject({
          imported: services.length,
          records: services.map(() => ({ problems: [] })),
        })
        await empty(first.owner)
        await store(first.owner, asThePublicSeesThem(services))
        expect(await storedModel(second.owner)).toEqual(await storedModel(first.owner))
      }),
      { seed: 97, endOnFailure: true, numRuns: process.env['ANYDOOR_PROVE'] === '1' ? 600 : 30 },
    )
  },
)
