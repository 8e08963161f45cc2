import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type LawFieldId, lawFieldIds, lawFields, type LawPack } from './law-pack.ts'
import {
  countryOf,
  fieldsFor,
  mayAgreeAlone,
  packFaults,
  packField,
  readLawPack,
  stateAllows,
} from './law-pack.rules.ts'
import { lawPackOf, lawPacks, loadLawPacks, packsIn } from './law-packs.ts'
import { durationFor, type DurationQuestion } from './release-times.rules.ts'
import { judge, rulesFor, rulesInForce } from './rule-packs.ts'

const folder = mkdtempSync(join(tmpdir(), 'packs-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
  loadLawPacks(null)
})

const wa = lawPackOf('us', 'us-wa')
const ct = lawPackOf('us', 'us-ct')

/** A made-up state, in which only these answers are set. */
const madeUp = (set: Partial<Record<LawFieldId, unknown>>, id = 'us-made') => ({
  id,
  name: 'Made-up State',
  version: `${id}-1`,
  note: 'Invented for a test.',
  reviewBy: '2027-01-01',
  sources: { statute: { title: 'An invented statute', standing: 'seen' } },
  fields: Object.fromEntries(
    Object.entries(set).map(([field, value]) => [
      field,
      {
        value,
        citation: 'Section 1',
        source: 'statute',
        owner: 'A lawyer',
        reviewedOn: '2026-11-01',
        reviewedBySurvivors: '2026-11-02',
      },
    ]),
  ),
})
const asPack = (json: unknown): LawPack => {
  const read = readLawPack(json)
  if ('cannot' in read) throw new Error(read.cannot)
  return read
}

describe('a field of a pack', () => {
  test('is the value of the pack with its row and its source', () => {
    expect(packField(wa, 'release-cap-days')).toMatchObject({
      row: 'us-wa:release-cap-days',
      isSet: true,
      value: 90,
      citation: 'RCW 70.123.076',
      reviewedBySurvivors: 'not yet',
    })
    expect(packField(wa, 'release-cap-days').source).toContain('RCW 70.123.076')
    expect(packField(wa, 'exposure-is-ground')).toMatchObject({ isSet: true, value: false })
    expect(packField(ct, 'advocate-privilege').value).toMatchObject({ protects: true, trainingHours: 20 })
  })

  test('us-T45: not set, and no pack at all, act most restrictively', () => {
    for (const id of lawFieldIds) {
      const field = packField(null, id)
      expect(field).toMatchObject({ row: `no-pack:${id}`, isSet: false, value: lawFields[id].strictest })
    }
    expect(packField(ct, 'release-cap-days')).toMatchObject({ isSet: false, value: 30, source: null })
    expect(packField(ct, 'mandated-reporters')).toMatchObject({ isSet: false, value: [] })
    expect(packField(wa, 'report-clock-hours')).toMatchObject({ isSet: false, value: 0 })
  })

  test('nothing that nobody has read is set in a pack of the program', () => {
    expect(
      lawPacks()
        .map((pack) => pack.id)
        .toSorted(),
    ).toEqual(['uk-eng', 'uk-nir', 'uk-sct', 'uk-wls', 'us-ct', 'us-wa'])
    for (const pack of lawPacks()) {
      expect([pack.id, packFaults(pack)]).toEqual([pack.id, []])
      expect(Object.keys(pack.fields).toSorted()).toEqual(fieldsFor(countryOf(pack)).toSorted())
    }
    expect(Object.values(lawPackOf('uk', 'uk-sct')?.fields ?? {}).every((each) => each.value === null)).toBe(
      true,
    )
  })

  test('a pack of another country counts as none', () => {
    expect(lawPackOf('us', 'uk-eng')).toBeNull()
    expect(rulesFor({ pack: 'us', law: 'uk-eng' })).toMatchObject({ law: null, packMissing: true })
  })
})

test('what no law says is not allowed, and a report alone rests on the law of injuries', () => {
  const asked = { from: 'PCP', to: 'LEG', record: 'R15', basis: 'REL', facts: [] } as const
  for (const law of [null, wa, ct]) expect(stateAllows(law, asked)).toBe(false)
  const law = asPack(madeUp({ 'injury-report': true, 'special-records': true }))
  expect(stateAllows(law, asked)).toBe(true)
  expect(stateAllows(law, { ...asked, record: 'R6', basis: 'MAND' })).toBe(true)
  expect(stateAllows(law, { ...asked, record: 'R6' })).toBe(false)
})

test('a value that cannot be acted on is not set', () => {
  const law = { ...asPack(madeUp({})), fields: madeUp({ 'release-cap-days': 'long' }).fields } as LawPack
  expect(packField(law, 'release-cap-days')).toMatchObject({
    isSet: false,
    value: packField(null, 'release-cap-days').value,
  })
})

describe('a state added from data alone', () => {
  test('acts at once: its cap, its ages, what its law allows', () => {
    const set = {
      'release-cap-days': 60,
      'release-default-days': 45,
      'minor-advocacy-age': 14,
      'minor-release-with-parent': false,
      'injury-report': true,
    }
    writeFileSync(join(folder, 'made.json'), JSON.stringify(madeUp(set)))
    expect(loadLawPacks(folder)).toEqual([])
    const rules = rulesFor({ pack: 'us', law: 'us-made' })
    expect([rules.packMissing, rules.version]).toEqual([false, `${rules.tables[0].version}+us-made-1`])
    const question: DurationQuestion = {
      pack: 'us',
      from: 'DVA',
      to: 'MHC',
      work: 'joint-work',
      form: 'general',
      items: ['name-to-use'],
      aboutChild: false,
    }
    const lengths = [null, rules.law, wa].map((law) => durationFor({ ...question, law }))
    expect(lengths.map(({ days, ceiling }) => [days, ceiling])).toEqual([
      [14, 30],
      [30, 60],
      [30, 90],
    ])
    expect(lengths[1]?.rows).toContain('us-made:release-cap-days')
    expect(mayAgreeAlone(rules.law, 'DVA', 14 * 12)).toEqual({ may: true, row: 'us-made:minor-advocacy-age' })
    expect(mayAgreeAlone(rules.law, 'DVA', 14 * 12 - 1).may).toBe(false)
    expect(mayAgreeAlone(rules.law, 'DVA', null).may).toBe(false)
    expect(mayAgreeAlone(rules.law, 'MHC', 17 * 12).may).toBe(false)
    expect(mayAgreeAlone(rules.law, 'SCH', 17 * 12).may).toBe(false)
    expect(mayAgreeAlone(wa, 'DVA', 17 * 12)).toEqual({ may: false, row: 'us-wa:minor-release-with-parent' })
    const injury = {
      from: 'PCP',
      to: 'LEG',
      record: 'R6',
      basis: 'MAND',
      facts: ['adult-injury', 'state-allows', 'person-told-or-reason', 'safety-plan-first', 'minimum-only'],
    } as const
    expect(judge(rules, injury).outcome).toBe('allow')
    for (const law of [null, wa, ct]) expect(judge(rulesInForce('us', law), injury).outcome).toBe('needs')
  })

  test("an operator's file stands in for the program's own", () => {
    writeFileSync(
      join(folder, 'wa.json'),
      JSON.stringify(madeUp({ 'release-cap-days': 20, 'release-default-days': 10 }, 'us-wa')),
    )
    expect(loadLawPacks(folder)).toEqual([])
    expect(packField(lawPackOf('us', 'us-wa'), 'release-cap-days').value).toBe(20)
  })

  test.each([
    ['no JSON', '{', 'is not JSON'],
    ['no shape', '{"id":"us-x1"}', 'is no pack: name'],
    [
      'an unknown field',
      JSON.stringify(madeUp({ 'shoe-size': 4 } as never, 'us-x2')),
      'us-x2:shoe-size is asked nowhere',
    ],
    [
      'a value of the wrong kind',
      JSON.stringify(madeUp({ 'release-cap-days': 'long' }, 'us-x3')),
      'us-x3:release-cap-days cannot be acted on',
    ],
    [
      'speech for a signature',
      JSON.stringify(madeUp({ 'spoken-agreement': true }, 'us-x4')),
      'us-x4:spoken-agreement would take spoken words',
    ],
    [
      'a usual length over the cap',
      JSON.stringify(madeUp({ 'release-default-days': 90 }, 'us-x5')),
      'longer than us-x5:release-cap-days leaves (30)',
    ],
    [
      'a field of the other country',
      JSON.stringify(madeUp({ 'second-person': false }, 'us-x6')),
      'us-x6:second-person is not asked in us',
    ],
    [
      'sharing without a release',
      JSON.stringify(madeUp({ 'sharing-without-agreement': 'layered-test' }, 'us-x7')),
      'us-x7:sharing-without-agreement would share',
    ],
    [
      'a source that nobody has read',
      JSON.stringify(madeUp({ 'injury-report': true }, 'us-x8')).replace('"seen"', '"unverified"'),
      'us-x8:injury-report rests on a source',
    ],
    [
      'a value without a citation',
      JSON.stringify(madeUp({ 'injury-report': true }, 'us-x9')).replace('"Section 1"', 'null'),
      'a value needs its citation',
    ],
  ])('%s is said in one sentence and counts as missing', (name, text, says) => {
    const path = join(folder, `bad-${name.replaceAll(' ', '-')}.json`)
    writeFileSync(path, text)
    const { packs, problems } = packsIn(folder)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(says)
    expect(problems[0]?.split('\n')).toHaveLength(1)
    expect(packs.some((pack) => pack.id.startsWith('us-x'))).toBe(false)
    rmSync(path)
  })
})

test('no pack makes a release of an advocate longer than the rule table does', () => {
  const question: DurationQuestion = {
    pack: 'us',
    from: 'DVA',
    to: 'SCH',
    work: 'hand-over',
    form: 'general',
    items: [],
    aboutChild: false,
  }
  const law = asPack(madeUp({ 'release-cap-days': 365, 'release-default-days': 365 }))
  expect(durationFor({ ...question, law })).toMatchObject({ days: 14, ceiling: 30 })
})
