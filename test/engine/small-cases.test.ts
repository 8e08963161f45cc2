import { load, reportOf, type CheckOptions, type Report } from '#engine/check'
import { readSystem } from '#engine/space'
import { expect, test } from 'vitest'
import type { SystemJson } from './oracle.ts'

test('a door that loses less in all may still lose most in one region', () => {
  const ends = (ids: string[]) => ids.map((id) => ({ id: `${id}-service`, agency: id, meets: ['n'] }))
  const report = checked(
    {
      facets: [{ id: 'age', kind: 'integer', min: 0, max: 9 }],
      needs: [{ id: 'n' }],
      agencies: [{ id: 'split' }, { id: 'half' }],
      services: ends(['split', 'half']).map((one) => ({
        ...one,
        accepts: one.agency === 'split' ? [{ age: { min: 3, max: 6 } }] : [{ age: { max: 4 } }],
      })),
    },
    { deadEnds: 1 },
  )
  expect(report.deadEnds).toMatchObject([{ door: 'half', when: { age: { min: 5 } }, share: 0.5 }])
})

test('two circles in one need are told apart', () => {
  const agencies = [{ id: 'a' }]
  const service = (id: string, meets: string, after: string, side: string) => ({
    id,
    agency: 'a',
    meets: [meets],
    after: [after],
    accepts: [{ side: [side] }],
  })
  const report = checked({
    facets: [{ id: 'side', kind: 'choice', values: ['left', 'right', 'none'] }],
    needs: [{ id: 'safety' }, { id: 'therapy' }],
    agencies,
    services: [
      service('therapy-left', 'therapy', 'safety', 'left'),
      service('safety-left', 'safety', 'therapy', 'left'),
      service('therapy-right', 'therapy', 'safety', 'right'),
      service('safety-right', 'safety', 'therapy', 'right'),
    ],
  })
  expect(report.circularWaits.filter((one) => one.need === 'therapy')).toEqual([
    {
      need: 'therapy',
      when: { side: ['left', 'right'] },
      share: 2 / 3,
      services: ['therapy-left', 'safety-left', 'therapy-right', 'safety-right'],
    },
  ])
  const split = checked({
    facets: [{ id: 'age', kind: 'integer', min: 0, max: 9 }],
    needs: [{ id: 'safety' }, { id: 'therapy' }],
    agencies,
    services: [
      { ...service('young', 'therapy', 'safety', ''), accepts: [{ age: { max: 2 } }] },
      { ...service('young-safe', 'safety', 'therapy', ''), accepts: [{ age: { max: 2 } }] },
      { ...service('old', 'therapy', 'safety', ''), accepts: [{ age: { min: 8 } }] },
      { ...service('old-safe', 'safety', 'therapy', ''), accepts: [{ age: { min: 8 } }] },
    ],
  })
  expect(
    split.circularWaits.filter((one) => one.need === 'safety').map((one) => [one.when, one.services]),
  ).toEqual([
    [{ age: { max: 2 } }, ['young', 'young-safe']],
    [{ age: { min: 8 } }, ['old', 'old-safe']],
  ])
})

function checked(json: SystemJson, options: CheckOptions = {}): Report {
  const read = readSystem(json)
  if (!read.ok) throw new Error(JSON.stringify(read.problem))
  const loaded = load(read.value)
  if ('place' in loaded) throw new Error(loaded.wrong)
  return reportOf(loaded, { gaps: 1000, loops: 1000, ...options })
}
