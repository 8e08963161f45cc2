import { describe, expect, test } from 'vitest'
import type { DecisionRecord, KeptDecision } from './decision.ts'
import {
  type DecisionContext,
  decisionEnd,
  decisionProblems,
  decisionState,
  decisionVerdicts,
  decisionWaits,
  layerChoices,
  mayDecide,
  wantsSecond,
} from './decision.rules.ts'
import { lawPackOf } from './law-packs.ts'
import { layerIds, layerOptions } from './layered-test.ts'
import { rulesFor, rulesInForce } from './rule-packs.ts'
import { sectorIds } from './sharing.ts'
import uk from './words.uk.json' with { type: 'json' }

const england = lawPackOf('uk', 'uk-eng')
const party = '01890000-0000-7000-8000-0000000000b2'
const at: DecisionContext = {
  rules: rulesInForce('uk', england),
  fromSector: 'domestic-abuse',
  to: { partyId: party, sector: 'child-welfare' },
  people: { flagged: new Set(), cards: [], subjectId: null },
  excluded: new Set(),
  aboutChild: false,
}

const whole: DecisionRecord = {
  decision: 'share',
  items: [{ kind: 'short-summary', ref: null, title: 'Summary', text: 'A threat was made.' }],
  withheld: '',
  purpose: 'So that somebody looks today',
  service: 'wants',
  agreement: 'refuses',
  agreementWhy: 'Afraid',
  wishes: 'Peace',
  capacity: 'Understands, afraid',
  told: 'not-yet',
  toldWhy: 'Not alone',
  riskOfSharing: 'A visit at a bad hour',
  riskOfNot: 'Somebody may die',
  atRisk: ['child'],
  childWishes: 'Wants it to stop',
  careNeeds: false,
  power: 'crime-and-disorder-115',
  powerWords: '',
  article6: 'legitimate-interests',
  statedNeed: '',
  special: 'no',
  article9: '',
  offenceData: 'no',
  offence: '',
  confidence: 'public-interest',
  rights: 'Life against privacy',
  proportionate: true,
  steps: [],
  adviser: '',
  adviserRole: '',
  days: 14,
}
const rulesOf = (change: Partial<DecisionRecord>, where: Partial<DecisionContext> = {}) =>
  decisionProblems({ ...whole, ...change }, { ...at, ...where }).map((each) => `${each.field} ${each.rule}`)

test('a whole record is kept by nothing, and what goes is allowed', () => {
  expect(rulesOf({})).toEqual([])
  expect(decisionVerdicts(whole, at).map((each) => [each.outcome, each.rules[0]])).toEqual([
    ['allow', 'uk-49'],
  ])
})

test('uk-16: not told, and no reason why, holds the answer of the rules back', () => {
  const silent = { ...whole, toldWhy: '' }
  expect(decisionVerdicts(silent, at).flatMap((each) => each.missing.map(({ need }) => need))).toContain(
    'person-told-or-reason',
  )
  expect(decisionVerdicts({ ...silent, told: 'yes' }, at)[0]?.outcome).toBe('allow')
})

describe('the layers of uk-domain 1.5', () => {
  test.each([
    ['power', { power: '' }, 'power uk-16'],
    ['article 6', { article6: '' }, 'article6 uk-16'],
    ['article 9, for health', { special: 'yes' as const }, 'article9 decision-missing-article9'],
    ['offence data', { offenceData: 'yes' as const }, 'offence decision-missing-offence'],
    ['confidence', { confidence: '' }, 'confidence uk-16'],
    ['human rights', { rights: '' }, 'rights decision-missing-rights'],
    ['proportion', { proportionate: false }, 'proportionate decision-missing-proportionate'],
    ['wishes', { wishes: '' }, 'wishes decision-missing-wishes'],
    ['capacity and coercion', { capacity: '' }, 'capacity decision-missing-capacity'],
    ['who else is at risk', { atRisk: [] }, 'atRisk decision-missing-atRisk'],
    ['why the person was not told', { toldWhy: '' }, 'toldWhy decision-missing-toldWhy'],
    ['why agreement was not given', { agreementWhy: '' }, 'agreementWhy decision-missing-agreementWhy'],
    ['the child in their own right', { childWishes: '' }, 'childWishes decision-missing-childWishes'],
    ['exactly what goes', { items: [] }, 'pick decision-missing-items'],
  ])('%s has to be answered', (_layer, change, rule) => {
    expect(rulesOf(change)).toEqual([rule])
  })

  test('a record of offences or of health wants its condition whatever was ticked', () => {
    const item = (kind: 'abuse-pattern' | 'child-health') => [{ kind, ref: null, title: 'x', text: 'x' }]
    expect(rulesOf({ items: item('abuse-pattern') })).toEqual(['offence uk-16'])
    expect(rulesOf({ items: item('child-health') })).toEqual(['article9 uk-16'])
  })

  test('what is never sent on this ground is refused by its rule: therapy notes, a place', () => {
    const item = (kind: 'therapy-notes' | 'area') => [{ kind, ref: null, title: 'x', text: 'x' }]
    expect(rulesOf({ items: item('therapy-notes') })[0]).toMatch(/^pick uk-\d+$/)
    expect(rulesOf({ items: item('area') })[0]).toMatch(/^pick uk-\d+$/)
  })

  test('uk-14, uk-V14: the request route is closed until the need that was stated is written down', () => {
    const change = { article6: 'recognised-interest-asked', adviser: 'Kim' }
    expect(rulesOf(change)).toEqual(['statedNeed decision-missing-statedNeed'])
    expect(rulesOf({ ...change, statedNeed: 'A child protection enquiry' })).toEqual([])
    for (const sector of ['police', 'child-welfare', 'education', 'primary-care'])
      expect(rulesOf({ ...change, statedNeed: 'x' }, { fromSector: sector })).toContain(
        'article6 decision-not-open',
      )
  })

  test('uk-16, uk-V16: paragraph 18 is not for an adult without care needs, paragraph 10 is suggested, and nothing is preselected', () => {
    const change = {
      special: 'yes',
      article9: 'paragraph-18',
      adviser: 'Kim',
      atRisk: ['nobody-else'],
    } satisfies Partial<DecisionRecord>
    expect(rulesOf(change)).toEqual(['article9 decision-paragraph-18'])
    expect(uk.releases.decision.problem['paragraph-18']).toContain('unlawful acts')
    expect(rulesOf({ ...change, careNeeds: true })).toEqual([])
    expect(rulesOf({ ...change, article9: 'paragraph-10' })).toEqual([])
    expect(rulesOf({ ...change, atRisk: ['child'] })).toEqual([])
  })

  test('an answer that nobody has checked wants an adviser by name, and not one who causes harm', () => {
    expect(rulesOf({ article6: 'vital-interests' })).toEqual(['adviser decision-missing-adviser'])
    const people = {
      ...at.people,
      flagged: new Set(['h']),
      cards: [{ id: 'h', name: 'Dane Vale', sayAloud: [] }],
    }
    expect(
      rulesOf({ article6: 'vital-interests', adviser: 'Dane Vale' }, { people: people as never }),
    ).toEqual(['adviser decision-adviser-not-safe'])
  })

  test('public bodies and others are offered their own bases; consent is offered to nobody', () => {
    const ids = (sector: string) =>
      layerChoices('article-6', { ...at, fromSector: sector }).map((each) => each.id)
    expect(ids('police')).toEqual(['public-task', 'legal-obligation', 'vital-interests'])
    expect(ids('domestic-abuse')).toEqual([
      'legitimate-interests',
      'recognised-interest',
      'recognised-interest-asked',
      'vital-interests',
    ])
    expect(layerOptions.filter((each) => /consent|agree/.test(each.id))).toEqual([])
    for (const layer of layerIds) expect(layerOptions.some((each) => each.layer === layer)).toBe(true)
    for (const { id } of layerOptions) expect(uk.releases.decision.option).toHaveProperty([id])
  })

  test('a power of England is not offered elsewhere, nor the route to public bodies for a school', () => {
    const scotland = { ...at, rules: rulesInForce('uk', lawPackOf('uk', 'uk-sct')) }
    expect(layerChoices('power', scotland).map((each) => each.id)).toEqual(['other-power'])
    const school = { ...at, to: { partyId: party, sector: 'education' } }
    expect(layerChoices('power', school).map((each) => each.id)).toEqual(['children-act', 'other-power'])
    expect(rulesOf({ power: 'children-act', atRisk: ['other-adult'], childWishes: '' })).toEqual([
      'power decision-no-child',
    ])
  })
})

describe('the three consents stay apart', () => {
  test('somebody who agrees is asked for a permission; wanting a service changes nothing', () => {
    expect(rulesOf({ agreement: 'agrees' })).toEqual(['agreement decision-agreed'])
    for (const service of ['wants', 'does-not-want', 'not-asked'] as const)
      expect(rulesOf({ service })).toEqual([])
  })

  test('a decision not to share needs its reasons and no layer', () => {
    expect(
      rulesOf({ decision: 'not-share', items: [], power: '', article6: '', confidence: '', rights: '' }),
    ).toEqual([])
    expect(rulesOf({ decision: 'not-share', items: [], wishes: '' })).toEqual([
      'wishes decision-missing-wishes',
    ])
  })
})

describe('where the law of the place does not know it', () => {
  test.each([
    ['no nation', null],
    ['Scotland', 'uk-sct'],
    ['Northern Ireland', 'uk-nir'],
  ])('%s: the route is closed and the rules refuse by the row of the pack', (_name, id) => {
    const rules = rulesFor({ pack: 'uk', law: id })
    expect(mayDecide(rules.law)).toBe(false)
    const [verdict] = decisionVerdicts(whole, { ...at, rules })
    expect(verdict?.outcome).toBe('forbidden')
    expect(verdict?.rules).toContain(`${id ?? 'no-pack'}:sharing-without-agreement`)
  })

  test('the United States: never, with a state or without', () => {
    for (const law of [null, 'us-wa', 'us-ct'])
      expect(mayDecide(rulesFor({ pack: 'us', law }).law)).toBe(false)
  })

  test('a second person is wanted unless the place says otherwise', () => {
    expect([wantsSecond(null), wantsSecond(england)]).toEqual([true, true])
    const field = { ...england?.fields['second-person'], value: false }
    const local = { ...england, fields: { ...england?.fields, 'second-person': field } }
    expect(wantsSecond(local as never)).toBe(false)
  })
})

test('uk-12: an agency that the person named as not safe gets nothing', () => {
  expect(rulesOf({}, { excluded: new Set([party]) })).toEqual(['pick uk-12'])
})

test('every sector has at least one answer to each layer that is always asked', () => {
  for (const fromSector of sectorIds)
    for (const layer of ['power', 'article-6', 'confidence'] as const)
      expect([fromSector, layer, layerChoices(layer, { ...at, fromSector }).length > 0]).toEqual([
        fromSector,
        layer,
        true,
      ])
})

describe('where it stands follows from what was done', () => {
  const someone = { accountId: party, name: 'Kim', at: '2026-11-27T09:00:00.000Z' }
  const fresh: KeptDecision = {
    law: 'uk-eng',
    rulesVersion: '1',
    recipient: { partyId: party, agency: 'Child care', sector: 'child-welfare' },
    record: whole,
    by: someone,
    secondWanted: true,
    second: null,
    toldLater: null,
    sent: null,
    ended: null,
  }
  const yes = { ...someone, agrees: true, why: 'Read it.' }
  const sent = { ...someone, envelopeId: party, threadId: party }
  const now = new Date('2026-11-28T09:00:00Z')

  test.each([
    ['waiting', {}],
    ['agreed', { secondWanted: false }],
    ['agreed', { second: yes }],
    ['kept', { second: { ...yes, agrees: false } }],
    ['kept', { record: { ...whole, decision: 'not-share' as const }, secondWanted: false }],
    ['sent', { second: yes, sent }],
    ['ended', { second: yes, sent, ended: { ...someone, why: 'Safe' } }],
    ['ended', { ended: { ...someone, why: 'Agreed after all' } }],
    ['waiting', { toldLater: { ...someone, how: 'By telephone' } }],
  ] as const)('%s: %o', (state, change) => {
    expect(decisionState({ ...fresh, ...change })).toBe(state)
  })

  test('it ends so many days after it was made', () => {
    expect(decisionEnd(fresh)).toEqual(new Date('2026-12-11T09:00:00Z'))
  })

  const waits = (kept: KeptDecision, by: { accountId: string; leads: boolean }, when = now) =>
    decisionWaits({ kept, state: decisionState(kept), endsAt: decisionEnd(kept) }, { ...by, now: when })

  test('it waits for a lead who did not make it, then for its maker, and after its end for nobody', () => {
    const lead = { accountId: 'lead', leads: true }
    const maker = { accountId: party, leads: true }
    expect(waits(fresh, lead)).toBe('second')
    for (const by of [maker, { ...lead, leads: false }]) expect(waits(fresh, by)).toBeNull()
    const agreed = { ...fresh, second: yes }
    expect(waits(agreed, maker)).toBe('send')
    expect(waits(agreed, lead)).toBeNull()
    expect(waits({ ...agreed, sent }, maker)).toBeNull()
    for (const kept of [fresh, agreed])
      for (const by of [lead, maker]) expect(waits(kept, by, decisionEnd(kept))).toBeNull()
  })
})
