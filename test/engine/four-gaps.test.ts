import { load, reportOf, type Report } from '#engine/check'
import { problemLine, readSystem } from '#engine/space'
import { expect, test } from 'vitest'

// An invented area built to have the four gaps that the systems study names (domain report, section 3); nobody tells the engine.
const CHILD = { person: ['child'] }
const ADULT = { person: ['adult'] }
const area = {
  facets: [
    { id: 'person', kind: 'choice', values: ['child', 'adult', 'person-using-abuse'] },
    { id: 'age', kind: 'integer', min: 0, max: 80 },
    { id: 'severity', kind: 'ordered', values: ['mild', 'moderate', 'severe'] },
    { id: 'abuse', kind: 'choice', values: ['ongoing', 'intermittent', 'ended'] },
  ],
  possible: [
    { ...CHILD, age: { max: 17 } },
    { ...ADULT, age: { min: 18 } },
    { person: ['person-using-abuse'], age: { min: 18 } },
  ],
  needs: [
    { id: 'child-therapy', arises: [CHILD] },
    { id: 'adult-therapy', arises: [ADULT] },
    { id: 'family-safety', arises: [CHILD, ADULT] },
    { id: 'stop-abuse', arises: [{ person: ['person-using-abuse'] }] },
  ],
  agencies: [
    { id: 'gp' },
    { id: 'child-mental-health' },
    { id: 'adult-mental-health' },
    { id: 'domestic-abuse' },
  ],
  services: [
    {
      id: 'clinic',
      agency: 'child-mental-health',
      meets: ['child-therapy'],
      accepts: [{ ...CHILD, age: { min: 5 }, severity: ['severe'], abuse: ['ended'] }],
    },
    {
      id: 'recovery-group',
      agency: 'domestic-abuse',
      meets: ['child-therapy'],
      accepts: [{ ...CHILD, age: { min: 5, max: 14 }, severity: { max: 'moderate' }, abuse: ['ended'] }],
    },
    { id: 'advocates', agency: 'domestic-abuse', meets: ['family-safety'], accepts: [CHILD, ADULT] },
    {
      id: 'talking-therapy',
      agency: 'adult-mental-health',
      meets: ['adult-therapy'],
      accepts: [{ ...ADULT, severity: ['mild'] }],
    },
    {
      id: 'community-team',
      agency: 'adult-mental-health',
      meets: ['adult-therapy'],
      accepts: [{ ...ADULT, severity: ['severe'] }],
    },
  ],
  pathways: [
    { from: 'gp', to: 'child-mental-health', kind: 'referral' },
    { from: 'gp', to: 'adult-mental-health', kind: 'referral' },
    { from: 'gp', to: 'domestic-abuse', kind: 'referral' },
    { from: 'adult-mental-health', to: 'domestic-abuse', kind: 'referral' },
  ],
}

const report = checked(area)

test('no way between child mental health and domestic-abuse services', () => {
  expect(report.deadEnds).toContainEqual(
    expect.objectContaining({
      door: 'child-mental-health',
      need: 'family-safety',
      when: {},
      share: 1,
      cause: 'no-pathway',
    }),
  )
  expect(report.remedies.map((one) => one.change)).toContainEqual({
    kind: 'open-pathway',
    from: 'child-mental-health',
    to: 'advocates',
  })
})

test('abuse that is ongoing or comes and goes', () => {
  expect(gaps('child-therapy')[0]).toMatchObject({
    when: { abuse: ['ongoing', 'intermittent'] },
    situations: '108',
  })
})

test('between thresholds', () => {
  expect(gaps('adult-therapy')).toEqual([
    expect.objectContaining({ when: { severity: { min: 'moderate', max: 'moderate' } } }),
  ])
})

test('people who use abuse', () => {
  expect(report.needs.find((one) => one.need === 'stop-abuse')).toMatchObject({
    met: 0,
    gaps: [{ when: {}, share: 1 }],
  })
})

test('a circular wait is named with those in it, and the smallest change that breaks it', () => {
  const circle = checked({
    facets: [{ id: 'age', kind: 'integer', min: 0, max: 17 }],
    needs: [{ id: 'safeguarding' }, { id: 'therapy' }, { id: 'group' }],
    services: [
      { id: 'clinic', agency: 'health', meets: ['therapy'], after: ['safeguarding'] },
      { id: 'social-care', agency: 'council', meets: ['safeguarding'], after: ['therapy'] },
      {
        id: 'recovery-group',
        agency: 'domestic-abuse',
        meets: ['group'],
        after: ['therapy'],
        accepts: [{ age: { min: 7, max: 14 } }],
      },
    ],
  })
  expect(circle.circularWaits.map((one) => [one.need, one.when, one.services])).toEqual([
    ['safeguarding', {}, ['clinic', 'social-care', 'recovery-group']],
    ['therapy', {}, ['clinic', 'social-care', 'recovery-group']],
    ['group', { age: { min: 7, max: 14 } }, ['clinic', 'social-care', 'recovery-group']],
  ])
  const [first, second] = circle.remedies
  expect(first?.change).toEqual({ kind: 'lift-after', service: 'clinic', need: 'safeguarding' })
  expect(second?.change).toEqual({ kind: 'lift-after', service: 'social-care', need: 'therapy' })
  expect(first?.gain).toBeCloseTo(second?.gain ?? 0, 12)
})

function gaps(need: string) {
  return report.needs.find((one) => one.need === need)?.gaps ?? []
}

function checked(json: object): Report {
  const read = readSystem(json)
  if (!read.ok) throw new Error(problemLine(read.problem))
  const loaded = load(read.value)
  if ('place' in loaded) throw new Error(problemLine(loaded))
  return reportOf(loaded)
}
