import { expect, test } from 'vitest'
import { draftRelease, unfinished } from './release-draft.rules.ts'
import type { DraftGiven } from './release-draft.rules.ts'
import { Release } from './release.ts'
import { rulesInForce } from './rule-packs.ts'

const now = new Date('2026-11-22T10:00:00Z')
const given: DraftGiven = {
  pack: 'uk',
  state: null,
  rules: rulesInForce('uk'),
  caseId: '01890000-0000-7000-8000-000000000001',
  nameToUse: 'Wren',
  discloser: {
    partyId: '01890000-0000-7000-8000-0000000000a1',
    agency: 'Harbour Advocacy',
    unit: null,
    sector: 'domestic-abuse',
  },
  recipient: {
    partyId: '01890000-0000-7000-8000-0000000000b2',
    agency: 'Northmere Practice',
    unit: null,
    sector: 'primary-care',
    person: null,
  },
  items: [{ kind: 'name-to-use', ref: null, title: 'The name to use: Wren', reason: null }],
  worker: { userId: '01890000-0000-7000-8000-0000000000c3', name: 'Ash Advocate' },
  language: 'en',
  now,
  expectedWaitDays: 40,
}
const context = {
  rules: given.rules,
  now,
  marks: null,
  danger: null,
  flagged: new Set<string>(),
  excludedParties: new Set<string>(),
}

test('a draft is whole, ends after the wait, leaves out what tells most, and ticks nothing', () => {
  const draft = draftRelease(given)
  expect(Release.parse(draft)).toEqual(draft)
  expect(draft.endsAt).toBe('2027-01-15T10:00:00.000Z')
  expect([draft.mayComeBack, draft.form, draft.signatures.length]).toEqual([
    'decision-and-place',
    'general',
    0,
  ])
  expect(Object.values(draft.shown)).not.toContain(true)
  expect(draft.excluded).toContain('diagnosis')
  const notes = [{ kind: 'therapy-notes', ref: null, title: 'Notes of June', reason: 'Asked for' }] as const
  const own = draftRelease({ ...given, items: [...notes] })
  expect([own.form, own.excluded.includes('therapy-notes'), own.endsAt]).toEqual([
    'therapy-notes',
    false,
    '2026-12-06T10:00:00.000Z',
  ])
})

test('what is left shrinks to nothing as the talk goes on', () => {
  const draft = draftRelease(given)
  const left = unfinished(draft, context).map((each) => each.rule)
  expect(left).toEqual(expect.arrayContaining(['release-purpose', 'release-signature', 'uk-17', 'uk-31']))
  const done: Release = {
    ...draft,
    purpose: 'So that I can be seen without saying why',
    talked: { risksAndBenefits: true, otherWays: true, note: '' },
    shown: { ...draft.shown, notACondition: true, mayWithdraw: true, redisclosure: true, dutyToReport: true },
    signatures: [
      { as: 'self', personRef: 'subject', typedName: 'Wren', at: now.toISOString(), authority: null },
    ],
    signerSafe: { attestedBy: 'Ash Advocate' },
    copy: 'no-copy-for-safety',
    steps: ['hidden-online', 'kept-from-child-record'].map((step) => ({ step, by: 'Ash Advocate' })),
  }
  expect(unfinished(done, context)).toEqual([])
  expect(unfinished({ ...done, signatures: [] }, context).map((each) => each.rule)).toEqual([
    'release-signature',
  ])
})
