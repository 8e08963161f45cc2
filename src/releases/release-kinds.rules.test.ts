import { describe, expect, test } from 'vitest'

import { LawPack } from './law-pack.ts'
import { lawPackOf } from './law-packs.ts'
import { evaluateRelease } from './release-items.rules.ts'
import { asKind, kindProblems, kindsFor, rightsOf } from './release-kinds.rules.ts'
import { draftRelease } from './release-draft.rules.ts'
import { releaseProblems } from './release.rules.ts'
import type { Release } from './release.ts'
import { rulesInForce } from './rule-packs.ts'
import type { Sector } from '#platform/access'

const now = new Date('2026-11-27T12:00:00Z')
const washington = lawPackOf('us', 'us-wa')
const worker = { userId: '00000000-0000-4000-8000-000000000001', name: 'Kim' }

function draft(from: Sector, to: Sector, change: Partial<Release> = {}): Release {
  const side = (sector: Sector, at: number) => ({
    partyId: `00000000-0000-4000-8000-00000000000${at}`,
    agency: `Agency ${at}`,
    unit: null,
    sector,
  })
  const items = [{ kind: 'attendance' as const, ref: null, title: 'In touch with us', reason: null }]
  const made = draftRelease({
    pack: 'us',
    state: 'us-wa',
    discloser: side(from, 2),
    recipient: { ...side(to, 3), person: null },
    items,
    worker,
    language: 'en',
    caseId: '00000000-0000-4000-8000-000000000009',
    nameToUse: 'Rowan',
    rules: rulesInForce('us', washington),
    now,
    expectedWaitDays: null,
  })
  return { ...made, ...change }
}

const problemsOf = (release: Release, law: LawPack | null = washington) =>
  releaseProblems(release, { now, flagged: new Set(), law }).map(({ rule }) => rule)

function outcomes(release: Release, facts: readonly string[] = []) {
  const said = { ...release, purpose: 'For this', attachments: ['part2-notice', 'consent-copy'] as const }
  return evaluateRelease({ ...said, attachments: [...said.attachments] }, release.items, {
    rules: rulesInForce('us', washington),
    now,
    marks: null,
    danger: null,
    flagged: new Set(),
    excludedParties: new Set(),
    facts: ['intermediary-named', 'recipient-not-flagged', ...facts],
  }).map(({ verdict }) => `${verdict.outcome} ${verdict.rules[0]}`)
}

describe('the kinds on offer', () => {
  const kinds = (from: Parameters<typeof kindsFor>[0]['from'], to: typeof from, law = washington) =>
    kindsFor({ pack: 'us', from, to, law })

  test('one consent for treatment, payment and operations goes only to those who treat or pay', () => {
    expect(kinds('SUD', 'PCP')).toContain('care')
    expect(kinds('SUD', 'DVA')).not.toContain('care')
    expect(kinds('SUD', 'POL')).not.toContain('care')
    expect(kinds('MHC', 'PCP')).not.toContain('care')
  })
  test('a consent for proceedings goes only to a court or the police', () => {
    expect(kinds('SUD', 'POL')).toContain('proceedings')
    expect(kinds('SUD', 'MHC')).not.toContain('proceedings')
    expect(kinds('DVA', 'POL')).not.toContain('proceedings')
  })
  test('one for after a death is there only where the law of the place knows it', () => {
    expect(kinds('DVA', 'MHC')).toContain('after-death')
    expect(kinds('DVA', 'MHC', null)).not.toContain('after-death')
    expect(kinds('DVA', 'MHC', lawPackOf('us', 'us-ct'))).not.toContain('after-death')
  })
  test('none of these is there in the United Kingdom, an emergency contact is', () => {
    expect(kindsFor({ pack: 'uk', from: 'SUD', to: 'PCP', law: lawPackOf('uk', 'uk-eng') })).toEqual([
      'general',
      'emergency-contact',
    ])
  })
  test('a form that was posted where it is not on offer is refused', () => {
    expect(problemsOf(asKind(draft('substance-use', 'domestic-abuse'), 'care'))).toContain(
      'release-form-care',
    )
    expect(problemsOf(asKind(draft('domestic-abuse', 'police'), 'proceedings'))).toContain(
      'release-form-proceedings',
    )
    expect(kindProblems(asKind(draft('domestic-abuse', 'mental-health'), 'after-death'), null)[0]?.rule).toBe(
      'no-pack:after-death-release',
    )
  })
})

test('another kind is another form: nobody signed it, and what was signed stays what it is', () => {
  const signature = {
    personRef: null,
    who: 'person',
    name: 'Rowan',
    method: 'paper',
    at: '2026-11-27T11:00:00Z',
    authority: null,
  } as unknown as Release['signatures'][number]
  const signed = draft('domestic-abuse', 'mental-health', { signatures: [signature] })
  expect(asKind(signed, 'after-death').signatures).toEqual([])
  expect(asKind(signed, 'emergency-contact').signatures).toEqual([])
  expect(asKind(signed, 'general')).toBe(signed)
})

describe('substance use records', () => {
  test('us-T24: counselling notes never go on the form for treatment, payment and operations', () => {
    const notes = [{ kind: 'counselling-notes' as const, ref: 'added-1', title: 'Notes', reason: 'asked' }]
    const care = asKind(draft('substance-use', 'primary-care', { items: notes }), 'care')
    expect(problemsOf(care)).toContain('us-48')
    expect(outcomes(care)).toEqual(['forbidden us-48'])
  })
  test('the form for care carries its refusal in words, and it is demanded', () => {
    const care = asKind(draft('substance-use', 'primary-care'), 'care')
    expect(problemsOf(care)).toContain('release-refusal-consequences')
    expect(rightsOf(care, washington)).toContain('releases.turn.care-refused')
    expect(rightsOf(care, washington)).toContain('releases.kind.care.says')
    expect(outcomes(care)).toEqual(['allow us-43'])
  })
  test('a court gets nothing on the usual consent or the one for care, and one thing once on its own form', () => {
    const usual = draft('substance-use', 'police')
    expect(outcomes(usual).join(' ')).not.toContain('us-111')
    expect(outcomes({ ...usual, form: 'care' })).toEqual(['forbidden us-0'])
    expect(outcomes(asKind(usual, 'proceedings'))).toEqual(['allow us-111'])
  })
})

describe('an emergency contact', () => {
  test('takes the name, how to be in touch, what helps to understand each other, who is not safe', () => {
    const held = (['name-to-use', 'safe-contact', 'people-not-safe', 'access-needs'] as const).map(
      (kind) => ({
        kind,
        ref: null,
        title: kind,
        reason: null,
      }),
    )
    const both = [...held, { kind: 'own-words' as const, ref: null, title: 'Letter', reason: null }]
    const release = draft('domestic-abuse', 'mental-health', { items: both })
    expect(asKind(release, 'emergency-contact').items).toEqual(held)
    expect(problemsOf({ ...release, work: 'emergency-contact' })).toContain('release-emergency')
    expect(problemsOf(asKind(release, 'emergency-contact'))).not.toContain('release-emergency')
  })
})

describe('after a death', () => {
  const usual = draft('domestic-abuse', 'mental-health')
  test('the usual release opens nothing any more (us-73), the one that was signed for it does', () => {
    expect(outcomes(usual, ['deceased']).join(' ')).toContain('us-73')
    expect(outcomes(asKind(usual, 'after-death'), ['deceased']).join(' ')).not.toContain('needs us-73')
  })
})

describe('what the law of the place asks for', () => {
  const says = (id: string, value: boolean | null) =>
    LawPack.parse({
      ...washington,
      fields: { ...washington?.fields, [id]: { ...washington?.fields[id], value } },
    })
  const release = { form: 'general', work: 'hand-over' } as const

  test('the line that signing waives nothing stands unless a pack says it need not', () => {
    const line = 'releases.turn.not-a-waiver'
    expect(rightsOf(release, washington)).toContain(line)
    expect(rightsOf(release, null)).toContain(line)
    expect(rightsOf(release, says('not-a-waiver-line', null))).toContain(line)
    const waived = says('not-a-waiver-line', false)
    expect(rightsOf(release, waived)).not.toContain(line)
    const given = draft('domestic-abuse', 'mental-health')
    expect(problemsOf(given)).toContain('release-not-a-waiver')
    expect(problemsOf(given, waived)).not.toContain('release-not-a-waiver')
  })
  test('whatever the kind and the law, it can be taken back, and what stays is said', () => {
    for (const law of [washington, null])
      for (const work of ['hand-over', 'emergency-contact'] as const)
        for (const form of ['general', 'care', 'proceedings', 'after-death'] as const)
          expect(rightsOf({ form, work }, law)).toEqual(
            expect.arrayContaining(['releases.turn.withdraw', 'releases.turn.what-stays']),
          )
  })
  test('the right to a copy later stands unless a pack says no', () => {
    const line = 'releases.turn.copy-later'
    expect(rightsOf(release, null)).toContain(line)
    expect(rightsOf(release, says('copy-on-request', false))).not.toContain(line)
  })
})
