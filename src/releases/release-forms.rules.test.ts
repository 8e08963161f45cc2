import { describe, expect, test } from 'vitest'

import { at, draft, hello, items, nobody, now, signing } from '../../test/world/hello-release.ts'
import { evaluateRelease } from './release-items.rules.ts'
import { attachmentsFor, isAboutChild, regimesOf, releaseProblems } from './release.rules.ts'
import { formIds, type Release } from './release.ts'

const rulesOf = (given: Release) => releaseProblems(given, signing).map((each) => each.rule)
const notes = items('therapy-notes').map((item) => ({ ...item, reason: 'A reason' }))

describe('a form of its own', () => {
  const advocate = { ...hello.recipient, sector: 'domestic-abuse' } as const
  const clinic: Release = { ...hello, discloser: at('mental-health'), recipient: advocate, items: notes }

  test('us-48, uk-36: psychotherapy notes go by no general release, not even alone', () => {
    expect(rulesOf({ ...clinic, form: 'general' })).toContain('us-48')
    expect(rulesOf({ ...clinic, pack: 'uk', form: 'general' })).toContain('uk-36')
    expect(rulesOf({ ...clinic, form: 'therapy-notes' })).not.toContain('us-48')
  })

  test('us-48: nothing else stands on their form', () => {
    const mixed: Release = {
      ...clinic,
      form: 'therapy-notes',
      items: [...notes, ...items('clinical-summary')],
    }
    expect(rulesOf(mixed)).toContain('us-48')
  })

  test('us-34: on any other form the verdict itself is no, on its own it is allowed', () => {
    for (const form of formIds) {
      const given: Release = { ...clinic, form }
      const [alone] = evaluateRelease(given, notes, draft)
      expect([form, alone?.verdict.outcome]).toEqual([form, form === 'therapy-notes' ? 'allow' : 'forbidden'])
    }
  })

  test('us-48: a substance use programme’s notes want the form that is theirs', () => {
    const given: Release = { ...clinic, discloser: at('substance-use'), form: 'counselling-notes' }
    const needs = evaluateRelease(given, notes, draft).flatMap(({ verdict }) =>
      verdict.missing.map((each) => each.need),
    )
    expect(needs).toContain('separate-form')
  })
})

describe('substance use records', () => {
  test('us-T22: carry the notice and what was agreed to, wherever they lie', () => {
    const both = ['part2-notice', 'consent-copy']
    expect(attachmentsFor({ ...hello, discloser: at('substance-use') })).toEqual(both)
    expect(
      attachmentsFor({ ...hello, discloser: at('mental-health'), items: items('counselling-notes') }),
    ).toEqual(both)
    expect(attachmentsFor(hello)).toEqual([])
    expect([...regimesOf('us', 'MHC', ['R8'])]).toContain('part2')
    expect([...regimesOf('us', 'MHC', ['R9'])]).toContain('part2')
    expect([...regimesOf('us', 'MHC', ['R6'])]).not.toContain('part2')
  })

  test('us-T22: half of the notice is not the notice', () => {
    const given: Release = { ...hello, discloser: at('substance-use') }
    for (const attachments of [['part2-notice'], ['consent-copy'], []] as const)
      expect(rulesOf({ ...given, attachments: [...attachments] })).toContain('release-notice-attached')
    const whole: Release = { ...given, attachments: ['part2-notice', 'consent-copy'] }
    expect(rulesOf(whole)).not.toContain('release-notice-attached')
  })
})

test('a signature is from now, and an end is after now', () => {
  const [signature] = hello.signatures
  if (signature === undefined) throw new Error('The example is not signed.')
  const tomorrow = { ...signature, at: '2026-11-23T10:00:00Z' }
  expect(rulesOf({ ...hello, signatures: [tomorrow] })).toEqual(['release-signed-later'])
  const end = { now: new Date(hello.endsAt), flagged: nobody }
  expect(releaseProblems(hello, end).map((each) => each.rule)).toContain('release-already-over')
})

test('a release that names something about a child is about a child', () => {
  expect(isAboutChild(hello)).toBe(false)
  const health: Release = { ...hello, items: items('child-health') }
  expect(isAboutChild(health)).toBe(true)
  expect(isAboutChild({ ...hello, subject: { ...hello.subject, kind: 'child' } })).toBe(true)
})

test('a child’s own release is judged as one about a child', () => {
  const child: Release = { ...hello, subject: { ...hello.subject, kind: 'child' }, signatures: [] }
  const needs = (given: Release) =>
    evaluateRelease(given, given.items, draft).flatMap(({ verdict }) =>
      verdict.missing.map((each) => each.need),
    )
  expect(needs(hello)).toEqual([])
  expect(needs(child)).toEqual(expect.arrayContaining(['minor-signed']))
})

test('us-4: whoever is named after signing stops what was signed', () => {
  const marks = {
    startsAt: now,
    endsAt: new Date(hello.endsAt),
    confirmedAt: now,
    withdrawnAt: null,
    lastSeenAt: null,
  }
  const said = (flagged: ReadonlySet<string>, given = hello) =>
    evaluateRelease(given, given.items, { ...draft, marks, flagged })[0]?.verdict.rules[0]
  expect(said(nobody)).toBe('us-14')
  expect(said(new Set(['subject']))).toBe('us-4')
  expect(said(nobody, { ...hello, signerSafe: null })).toBe('us-4')
  expect(said(nobody, { ...hello, signatures: [] })).toBe('us-4')
})
