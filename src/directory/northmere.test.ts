import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { match, matchIndex, type MatchReport } from '#engine/matching'
import type { PartialSituation, System } from '#engine/space'
import { nothingKnown } from './import.ts'
import { readDirectoryFile } from './import.rules.ts'
import type { ServiceRecord } from './listing.ts'
import { systemOf } from './matching.rules.ts'
import { permitted } from './threshold.rules.ts'

/** The services of a demo directory, under their short codes (N01, US01), as the engine sees them. */
function world(name: string) {
  const text = readFileSync(new URL(`../demo/${name}.hsds.json`, import.meta.url), 'utf8')
  const file = readDirectoryFile(text, nothingKnown)
  if (!file.ok) throw new Error(file.refused)
  const services = file.records.flatMap((each) => each.service ?? [])
  return { records: file.records, services, index: matchIndex(systemFrom(services)) }
}

function systemFrom(services: readonly ServiceRecord[]): System {
  return systemOf({
    agencies: JSON.stringify(
      [...new Set(services.map((each) => each.organization.sourceId))].map((id) => ({ id })),
    ),
    services: JSON.stringify(
      services.map((each) => ({
        id: codeOf(each),
        agency: each.organization.sourceId,
        meets: each.needs,
        accepts: each.thresholds.map((one) => permitted(one.condition, one.forbiddenFacets)),
        selfReferral: each.selfReferral,
      })),
    ),
  })
}

function codeOf(service: ServiceRecord): string {
  return (service.alternateName ?? '').toLowerCase()
}

const northmere = world('northmere')
const alder = world('us-county')

function ask(situation: PartialSituation, need?: string): MatchReport {
  return match(northmere.index, situation, need === undefined ? {} : { need })
}

function refusal(report: MatchReport, service: string): readonly string[] | undefined {
  return report.doesNotTake.find((each) => each.service === service)?.blocks
}

function questions(report: MatchReport, service: string): readonly string[] | undefined {
  return report.dependsOn.find((each) => each.service === service)?.questions
}

test('every entry of both directories is read without a single problem', () => {
  for (const { records } of [northmere, alder]) {
    expect(records.filter((each) => each.outcome !== 'imported')).toEqual([])
  }
  const codes = northmere.services.map(codeOf)
  expect(codes).toEqual(Array.from({ length: 27 }, (_, i) => `n${String(i + 1).padStart(2, '0')}`))
})

test('every service says in plain words who it is for, what it meets, and every agency what it must report', () => {
  for (const each of [...northmere.services, ...alder.services]) {
    expect(each.thresholds.length, each.name).toBeGreaterThan(0)
    expect(each.needs.length, each.name).toBeGreaterThan(0)
    expect(each.organization.mustReport, each.name).toHaveLength(3)
    expect(each.capacity, each.name).not.toBeNull()
  }
})

const childNine: PartialSituation = {
  who: 'child',
  age: 9 * 12,
  abuse: 'on-and-off',
  'same-home': 'yes',
  severity: 'moderate',
  weeks: 16,
  complex: 'yes',
  tried: 'one',
  safeguarding: 'worry',
  agreement: 'one-parent',
  'other-help': 'none',
}

test('uk-G1: a child of nine while abuse stops and starts falls between the services', () => {
  const recovery = ask(childNine, 'child-recovery')
  expect(refusal(recovery, 'n06')).toContain('abuse')
  expect(questions(recovery, 'n07')).toEqual(['school'])
  const therapy = ask({ ...childNine, school: 'taking-part' }, 'child-mental-health')
  expect(refusal(therapy, 'n02')).toEqual(['safeguarding'])
  expect(refusal(therapy, 'n03')).toEqual(['complex'])
  expect(therapy.gap).toBe(true)
  expect(ask({ ...childNine, school: 'none' }, 'child-recovery').gap).toBe(true)
  const school = ask({ ...childNine, school: 'taking-part' })
  expect(school.takes).toEqual(expect.arrayContaining(['n01', 'n07', 'n22', 'n23', 'n24']))
})

test('uk-G1: once somebody has decided about the worry, the community team takes the child', () => {
  expect(ask({ ...childNine, safeguarding: 'early-help' }, 'child-mental-health').takes).toEqual(['n02'])
})

test('uk-G2: a child of six in a refuge is too young for the group and too old for the babies', () => {
  const report = ask({
    who: 'child',
    age: 6 * 12,
    abuse: 'ended-under-3-months',
    'same-home': 'no',
    home: 'refuge',
    safeguarding: 'none',
    agreement: 'one-parent',
  })
  expect(refusal(report, 'n06')).toContain('age')
  expect(refusal(report, 'n05')).toContain('age')
  expect(questions(report, 'n02')?.toSorted()).toEqual(['severity', 'tried', 'weeks'])
  expect(report.takes).toContain('n07')
})

test('uk-G3: a boy of fifteen does not fit the refuge, and housing takes the family', () => {
  const mother: PartialSituation = {
    who: 'adult',
    age: 38 * 12,
    gender: 'woman',
    abuse: 'ongoing',
    home: 'must-leave',
    severity: 'mild',
    sons: '15-or-over',
  }
  const report = ask(mother, 'safe-place')
  expect(refusal(report, 'n12')).toEqual(['sons'])
  expect(report.takes).toEqual(['n26'])
  expect(ask({ ...mother, sons: 'under-15' }, 'safe-place').takes).toEqual(['n12', 'n26'])
})

test('uk-G5: a mother with a partner who is dangerous now goes to the Idva, not to talking therapy', () => {
  const report = ask({
    who: 'adult',
    age: 34 * 12,
    gender: 'woman',
    abuse: 'ongoing',
    'same-home': 'yes',
    risk: 'high',
    severity: 'moderate',
    suicide: 'none',
    'other-help': 'none',
    agreement: 'self',
  })
  expect(refusal(report, 'n15')?.toSorted()).toEqual(['abuse', 'risk'])
  expect(report.takes).toContain('n09')
})

const father: PartialSituation = { who: 'person-using-abuse', age: 35 * 12, gender: 'man', agreement: 'self' }

test('uk-G7: a father who asks for help while court goes on is told what would change it, and has a line to ring', () => {
  const report = ask({ ...father, risk: 'medium', proceedings: 'live' }, 'change-behaviour')
  expect(refusal(report, 'n20')).toEqual(['proceedings'])
  expect(refusal(report, 'n21')).toEqual(['risk'])
  expect(report.takes).toEqual(['n27'])
  expect(
    ask({ ...father, risk: 'medium', proceedings: 'live-assessed' }, 'change-behaviour').takes,
  ).toContain('n20')
})

test('uk-G8: a father who does high harm and refuses is worked with without his agreement', () => {
  const report = ask({ ...father, agreement: 'none', risk: 'high', proceedings: 'none' }, 'change-behaviour')
  expect(report.takes).toContain('n21')
  expect(refusal(report, 'n20')).toEqual(['agreement'])
})

const girl: PartialSituation = {
  who: 'young-person',
  gender: 'woman',
  abuse: 'ongoing',
  risk: 'high',
  agreement: 'young-person',
  safeguarding: 'worry',
}

test('uk-G9: a girl of sixteen has the young people\u2019s advocate and the Idva', () => {
  expect(ask({ ...girl, age: 16 * 12 }, 'safety').takes).toEqual(expect.arrayContaining(['n08', 'n09']))
})

test('uk-G10: a girl of fifteen has the young people\u2019s advocate and child safeguarding, not the Idva', () => {
  const report = ask({ ...girl, age: 15 * 12 })
  expect(report.takes).toEqual(expect.arrayContaining(['n08', 'n23']))
  expect(refusal(report, 'n09')).toEqual(['age'])
})

test('uk-G11: a woman with a low score and a worried doctor has the advocate at the practice and outreach', () => {
  const report = ask(
    {
      who: 'adult',
      age: 41 * 12,
      gender: 'woman',
      abuse: 'ongoing',
      risk: 'standard',
      'health-door': 'listed-practice',
    },
    'safety',
  )
  expect(report.takes).toEqual(expect.arrayContaining(['n11', 'n14']))
})

test('uk-G13: one parent\u2019s agreement is enough for the community team', () => {
  const child: PartialSituation = {
    ...childNine,
    abuse: 'ended-3-to-12-months',
    'same-home': 'no',
    safeguarding: 'none',
  }
  expect(ask({ ...child, agreement: 'one-parent' }, 'child-mental-health').takes).toEqual(['n02'])
  expect(refusal(ask({ ...child, agreement: 'none' }, 'child-mental-health'), 'n02')).toEqual(['agreement'])
})

test('uk-G15: no public funds is a wish that finds the fund, and no facet asks about papers', () => {
  const funded = northmere.services.filter((each) => each.wishes.needsNoPublicFunds === true).map(codeOf)
  expect(funded).toEqual(['n11', 'n13'])
  const refuge = northmere.services.find((each) => codeOf(each) === 'n12')
  expect(refuge?.wishes.needsNoPublicFunds).toBe(false)
  const asked = northmere.index.system.facets.map((facet) => JSON.stringify(facet)).join(' ')
  expect(asked).not.toMatch(
    /immigra|visa|citizen|passport|social security|country of birth|nationality|funds/i,
  )
})

test('services for people who use abuse carry neither times nor a place', () => {
  for (const each of [...northmere.services, ...alder.services]) {
    if (each.kind !== 'for-people-using-abuse') continue
    expect([each.timesText, each.locations]).toEqual([null, []])
  }
})

test('the shelter\u2019s practice about alcohol and drugs is kept, named, and not applied to a person', () => {
  const shelter = alder.services.find((each) => codeOf(each) === 'us02')
  expect(shelter?.thresholds[0]?.forbiddenRule).toBe('advocacy-never-asks-substance')
  const woman: PartialSituation = {
    who: 'adult',
    age: 400,
    home: 'must-leave',
    sons: 'none',
    substance: 'yes',
  }
  expect(match(alder.index, woman, { need: 'safe-place' }).takes).toContain('us02')
})

test('a child of seven to twelve while abuse goes on is the gap of the county', () => {
  const child: PartialSituation = {
    who: 'child',
    age: 99,
    abuse: 'on-and-off',
    'same-home': 'yes',
    severity: 'moderate',
    agreement: 'one-parent',
  }
  expect(match(alder.index, child, { need: 'child-recovery' }).gap).toBe(true)
})
