import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

import { readResource, resourcesOf } from '#fhir'
import { sorted } from '../exchange/installations.ts'
import { standardJson, standardsFolder } from '../exchange/standards.ts'
import { seenAfter } from './referral-history.ts'

const folder = standardsFolder()
const examples =
  folder === null
    ? []
    : ['r4', 'uk-core'].flatMap((set) =>
        readdirSync(path.join(folder, 'fhir', 'examples', set)).map((name) => [set, name] as const),
      )

describe.skipIf(folder === null)('conformance: fhir-read', () => {
  test('there are sixty-six examples', () => expect(examples).toHaveLength(66))

  test.each(examples)('%s/%s is read and written back equal', (set, name) => {
    const json = standardJson('fhir', 'examples', set, name)
    const found = readResource(json)
    if (!found.ok) throw new Error(JSON.stringify(found.problems))
    expect(sorted(JSON.parse(JSON.stringify(found.resource)))).toBe(sorted(json))
    expect(found.known).toBe(/^(UKCore-)?(Bundle|Consent|ServiceRequest|Task)-/.test(name))
  })
})

test('what we write we read', () => {
  for (const each of resourcesOf(seenAfter(['question', 'answer', 'decline', 'reopen', 'wait']))) {
    const found = readResource(each)
    expect(found.ok && sorted(found.resource)).toBe(sorted(each))
  }
})

test('what is not known stays where it was, however deep, and names of the language do no harm', () => {
  const odd = JSON.parse(
    `{"resourceType":"Task","status":"requested","intent":"order","odd":{"deep":[1,{"more":null}]},
      "_status":{"extension":[{"url":"https://x.example","valueString":"x"}]},"constructor":{"prototype":1}}`,
  ) as object
  const found = readResource(odd)
  expect(found.ok && sorted(found.resource)).toBe(sorted(odd))
})

const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)])

test.each([
  [{ resourceType: 'Task', status: 'banana', intent: 'order' }, 'status'],
  [{ resourceType: 'Task', status: 'requested' }, 'intent'],
  [{ resourceType: 'Task', status: 'requested', intent: 'order', note: [] }, 'note'],
  [{ resourceType: 'ServiceRequest', status: 'active', intent: 'order' }, 'subject'],
  [{ resourceType: 'Consent', status: 'active', scope: {}, category: [] }, 'category'],
  [
    {
      resourceType: 'Consent',
      status: 'active',
      scope: {},
      category: [{}],
      provision: { provision: [{ provision: [{ type: 'perhaps' }] }] },
    },
    'provision.provision.0.provision.0.type',
  ],
  [{ resourceType: 'Patient', id: 'no blanks here' }, 'id'],
  [
    { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Task' } }] },
    'entry.0.resource.status',
  ],
  [{ resourceType: 'Basic', more: deep(50) }, ''],
  [{ resourceType: 'Bundle', type: 'collection', entry: Array.from({ length: 201 }, () => ({})) }, 'entry'],
  [{ resourceType: '../etc' }, 'resourceType'],
  ['a text', ''],
  [null, ''],
])('%j is refused with the place of what is wrong, and without its words', (json, at) => {
  const found = readResource(json)
  expect(found.ok ? [] : found.problems.map((each) => each.at).slice(0, 1)).toEqual([at])
  expect(JSON.stringify(found)).not.toContain('banana')
})
