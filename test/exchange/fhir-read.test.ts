import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

import { readResource, writeResource } from '../../src/exchange/fhir-read.rules.ts'
import { sorted } from './installations.ts'
import { standardJson, standardsFolder } from './standards.ts'

const folder = standardsFolder()
const examples =
  folder === null
    ? []
    : ['r4', 'uk-core'].flatMap((set) =>
        readdirSync(path.join(folder, 'fhir', 'examples', set))
          .filter((name) => /^(UKCore-)?(HealthcareService|Location|Organization)-/.test(name))
          .map((name) => [set, name] as const),
      )

describe.skipIf(folder === null)(
  'examples of the standard (skipped where the standards are not beside this checkout)',
  () => {
    test('there are twelve of the directory’s three resources', () => expect(examples).toHaveLength(12))

    test.each(examples)('%s/%s is read and written back equal', (set, name) => {
      const json = standardJson('fhir', 'examples', set, name)
      const read = readResource(json)
      if (!read.ok) throw new Error(JSON.stringify(read.problems))
      expect(sorted(JSON.parse(writeResource(read.resource)))).toBe(sorted(json))
    })
  },
)

test('what is not known stays where it was, however deep', () => {
  const odd = {
    resourceType: 'Location',
    odd: { deep: [1, { more: null }] },
    _name: { extension: [{ url: 'https://x.example.org', valueString: 'x' }] },
    address: { line: ['1 Mill Lane'], district: 'Vale', odd: true },
    position: { latitude: 1.5, longitude: 2, altitude: 0 },
  }
  const read = readResource(odd)
  expect(read.ok && sorted(read.resource)).toBe(sorted(odd))
})

test.each([
  [{ resourceType: 'Patient' }, 'resourceType'],
  [{ resourceType: 'Location', status: 'open' }, 'status'],
  [{ resourceType: 'Location', position: { latitude: 1 } }, 'position.longitude'],
  [{ resourceType: 'Organization', name: '' }, 'name'],
  [{ resourceType: 'Organization', id: 'no blanks here' }, 'id'],
  [{ resourceType: 'HealthcareService', telecom: [] }, 'telecom'],
  [{ resourceType: 'HealthcareService', telecom: [{ system: 'carrier-pigeon' }] }, 'telecom.0.system'],
  [
    { resourceType: 'HealthcareService', availableTime: [{ availableStartTime: '9:00' }] },
    'availableTime.0.availableStartTime',
  ],
  ['a text', ''],
  [null, ''],
])('%j is refused with the place of what is wrong, and without its words', (json, at) => {
  const read = readResource(json)
  expect(read.ok ? [] : read.problems.map((each) => each.at)).toEqual([at])
  expect(JSON.stringify(read)).not.toContain('pigeon')
})
