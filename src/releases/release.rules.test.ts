import { describe, expect, test } from 'vitest'

import { at, draft, hello, items, nobody, now, signing } from '../../test/world/hello-release.ts'
import type { LawPack } from './law-pack.ts'
import { lawPackOf } from './law-packs.ts'
import { evaluateRelease, isConfirmable, verdictProblems } from './release-items.rules.ts'
import type { JudgingContext } from './release-items.rules.ts'
import { demandedFields, releaseProblems, regimeIds, regimesOf } from './release.rules.ts'
import { Release } from './release.ts'
import type { ReleaseProblem } from './release.ts'
import { rulesInForce } from './rule-packs.ts'
import { sectorIds } from './sharing.ts'
import { warningKeys } from './recipients.ts'
import uk from './words.uk.json' with { type: 'json' }
import us from './words.us.json' with { type: 'json' }

const rulesOf = (given: Release) => releaseProblems(given, signing).map(ruleSaid)

/** The rule of a problem, once its sentence was found in a catalogue. */
function ruleSaid({ rule, key }: ReleaseProblem): string {
  const said = [uk, us].map((words) =>
    key
      .split('.')
      .reduce<unknown>((branch, part) => (branch as Record<string, unknown> | undefined)?.[part], words),
  )
  expect([key, said.some(Boolean)]).toEqual([key, true])
  return rule
}

const written = {
  citation: 'Section 1',
  source: 'statute',
  owner: 'A lawyer',
  reviewedOn: '2026-11-01',
  reviewedBySurvivors: 'not yet' as const,
}
/** A made-up state in which somebody of fourteen may agree alone. */
const alonePack: LawPack = {
  id: 'us-made',
  name: 'Made-up State',
  version: 'us-made-1',
  note: 'Invented for a test.',
  reviewBy: '2027-01-01',
  sources: { statute: { title: 'An invented statute', standing: 'seen' } },
  fields: {
    'minor-advocacy-age': { ...written, value: 14 },
    'minor-release-with-parent': { ...written, value: false },
  },
}

describe('what keeps a release from being saved', () => {
  test('a finished one is kept by nothing', () => {
    expect(releaseProblems(hello, signing)).toEqual([])
  })

  test('every demanded field of every regime is asked for when it is empty', () => {
    const empty: Release = {
      ...hello,
      subject: { ...hello.subject, nameToUse: '' },
      discloser: { ...hello.discloser, agency: '' },
      recipient: { ...hello.recipient, agency: '' },
      items: [],
      purpose: '',
      talked: { risksAndBenefits: false, otherWays: false, note: '' },
      endsAt: hello.startsAt,
      shown: {
        notACondition: false,
        mayWithdraw: false,
        redisclosure: false,
        dutyToReport: false,
        notAWaiver: false,
        refusalConsequences: false,
      },
      signatures: [],
      signerSafe: null,
      interpreter: { name: 'A cousin', familyOrFriend: true },
      language: '',
      copy: null,
      worker: { ...hello.worker, name: '' },
    }
    const alwaysThere = ['how', 'times', 'refusal-consequences', 'notice-attached']
    const wanted = demandedFields(new Set(['house', 'vawa'])).filter((field) => !alwaysThere.includes(field))
    expect(rulesOf(empty)).toEqual(expect.arrayContaining(wanted.map((field) => `release-${field}`)))
    expect(wanted.length).toBe(19)
  })

  test('the regimes of discloser and record add up', () => {
    expect([...regimesOf('us', 'SUD', ['R8'])].toSorted()).toEqual(['hipaa', 'house', 'part2'])
    expect([...regimesOf('us', 'DVA', ['R16'])].toSorted()).toEqual(['ferpa', 'house', 'vawa'])
    expect([...regimesOf('us', 'OTH', ['R1'])].toSorted()).toEqual(['house', 'vawa'])
    expect([...regimesOf('uk', 'MHC', ['R6'])].toSorted()).toEqual(['house', 'uk'])
    expect(rulesOf({ ...hello, discloser: at('substance-use') })).toContain('release-notice-attached')
    expect(rulesOf({ ...hello, discloser: at('substance-use'), form: 'care' })).toContain(
      'release-refusal-consequences',
    )
    for (const regime of regimeIds) expect(demandedFields(new Set([regime])).length).toBeGreaterThan(0)
  })

  test('us-T35: one recipient, by shape', () => {
    expect(Release.safeParse({ ...hello, recipient: [hello.recipient, hello.recipient] }).success).toBe(false)
    expect(Release.safeParse({ ...hello, recipients: [hello.recipient] }).success).toBe(false)
    expect(
      rulesOf({ ...hello, recipient: { ...hello.recipient, partyId: hello.discloser.partyId } }),
    ).toContain('release-recipient')
  })

  test('us-T36: no kind, reference or title means everything', () => {
    for (const kind of ['*', 'all', 'entire-record'])
      expect(Release.safeParse({ ...hello, items: [{ ...hello.items[0], kind }] }).success).toBe(false)
    expect(Release.safeParse({ ...hello, items: [{ ...hello.items[0], ref: '*' }] }).success).toBe(false)
    for (const title of ['Entire record', 'everything', 'All of their notes', 'the whole file'])
      expect(rulesOf({ ...hello, items: [{ ...items('own-words')[0]!, title }] })).toContain(
        'release-wildcard',
      )
  })

  test('us-T9: a signer who causes harm', () => {
    const guardian = {
      as: 'guardian',
      personRef: 'p2',
      typedName: 'Sam',
      at: hello.startsAt,
      authority: 'parent',
    } as const
    const child: Release = {
      ...hello,
      subject: { ...hello.subject, kind: 'child', tooYoung: true },
      signatures: [guardian],
    }
    expect(releaseProblems(child, { now, flagged: new Set(['p2']) }).map(ruleSaid)).toEqual(['us-4'])
    expect(rulesOf(child)).toEqual([])
    expect(rulesOf({ ...child, signatures: [{ ...guardian, authority: null }] })).toEqual([
      'release-authority',
    ])
    expect(rulesOf({ ...child, subject: { ...child.subject, tooYoung: false } })).toEqual([
      'release-signer-minor',
    ])
    const alone: Release = { ...child, subject: { ...child.subject, tooYoung: false, agreesAlone: true } }
    const own: Release = {
      ...alone,
      signatures: [{ ...guardian, as: 'minor', personRef: 'subject', authority: null }],
    }
    const under = (law: LawPack | null) => releaseProblems(own, { ...signing, law }).map(ruleSaid)
    // Alone only where the pack of the state says so: not without one, and not in Washington.
    expect([under(null), under(lawPackOf('us', 'us-wa'))]).toEqual([
      ['release-signer-guardian'],
      ['release-signer-guardian'],
    ])
    expect(under(alonePack)).toEqual([])
  })

  test('a release for after a death is there only where the law of the place knows it', () => {
    const later: Release = { ...hello, form: 'after-death' }
    const under = (id: string | null) =>
      releaseProblems(later, { ...signing, law: lawPackOf('us', id) }).map((each) => each.rule)
    expect(under(null)).toContain('no-pack:after-death-release')
    expect(under('us-ct')).toContain('us-ct:after-death-release')
    expect(under('us-wa')).not.toContain('us-wa:after-death-release')
  })

  test('us-T24, us-T26: notes with a form of their own', () => {
    const notes = items('therapy-notes').map((item) => ({ ...item, reason: 'A reason' }))
    const clinic: Release = {
      ...hello,
      discloser: at('mental-health'),
      recipient: { ...hello.recipient, sector: 'domestic-abuse' },
    }
    expect(rulesOf({ ...clinic, items: [...notes, ...items('clinical-summary')] })).toEqual(['us-48'])
    expect(rulesOf({ ...clinic, form: 'therapy-notes', items: notes })).toEqual([])
    const [refused, summary] = evaluateRelease(
      { ...clinic, items: [...notes, ...items('clinical-summary')] },
      [...notes, ...items('clinical-summary')],
      draft,
    )
    expect([refused?.verdict.outcome, refused?.verdict.rules[0]]).toEqual(['forbidden', 'us-34'])
    expect([summary?.verdict.outcome, summary?.verdict.rules[0]]).toEqual(['allow', 'us-33'])
  })

  test('a time beyond the ceiling, over already, repeated where it may be once', () => {
    expect(releaseProblems({ ...hello, endsAt: '2026-12-23T10:00:00Z' }, signing)).toMatchObject([
      { field: 'endsAt', rule: 'release-ceiling', values: { days: 30 } },
    ])
    expect(
      releaseProblems(hello, { now: new Date('2027-01-01'), flagged: nobody }).map((each) => each.rule),
    ).toEqual(['release-already-over'])
    const police: Release = { ...hello, recipient: { ...hello.recipient, sector: 'police' }, times: 'repeat' }
    expect(rulesOf(police)).toEqual(['release-one-time'])
  })

  test('a diagnosis needs a reason, and nothing may be both shared and kept back', () => {
    expect(rulesOf({ ...hello, excluded: [], items: items('diagnosis') })).toEqual(['release-reason'])
    expect(rulesOf({ ...hello, excluded: ['safe-contact'] })).toEqual(['release-excluded'])
    expect(rulesOf({ ...hello, items: items('own-words', 'own-words') })).toEqual(['release-twice'])
  })
})

describe('a verdict for each item', () => {
  test('us-T1, us-T2: what is listed goes, a plan that is not listed stays', () => {
    const verdicts = evaluateRelease(hello, [...hello.items, ...items('safety-plan-part')], draft)
    expect(verdicts.map(({ verdict }) => [verdict.outcome, verdict.rules[0]])).toEqual([
      ['allow', 'us-14'],
      ['allow', 'us-14'],
      ['allow', 'us-14'],
      ['forbidden', 'us-6'],
    ])
    expect(verdicts.every(({ verdict }) => verdict.packMissing)).toBe(true)
  })

  test('us-T3, us-T4: ended, taken back, on hold', () => {
    const marks = {
      startsAt: now,
      endsAt: new Date('2026-12-06T10:00:00Z'),
      confirmedAt: now,
      withdrawnAt: null,
      lastSeenAt: null,
    }
    const first = (context: Partial<JudgingContext>) =>
      evaluateRelease(hello, hello.items, { ...draft, marks, ...context })[0]?.verdict.rules[0]
    expect(first({})).toBe('us-14')
    expect(first({ now: new Date('2026-12-23T10:00:00Z') })).toBe('us-5')
    expect(first({ marks: { ...marks, withdrawnAt: now } })).toBe('us-5')
    expect(first({ danger: { changedAt: new Date(now.getTime() + 1) } })).toBe('us-5')
  })

  test('a signer who is named later, an agency that must not see it', () => {
    const flagged = evaluateRelease(hello, hello.items, { ...draft, flagged: new Set(['subject']) })
    expect(flagged[0]?.verdict.rules[0]).toBe('us-4')
    const excluded = evaluateRelease(hello, hello.items, {
      ...draft,
      excludedParties: new Set([hello.recipient.partyId]),
    })
    expect(excluded[0]?.verdict.rules[0]).toBe('us-101')
  })

  test('the other doors: each first greeting becomes a yes once its steps are taken', () => {
    const doors = [
      'mental-health',
      'primary-care',
      'education',
      'child-welfare',
      'housing',
      'domestic-abuse',
    ] as const
    for (const pack of ['us', 'uk'] as const)
      for (const door of doors) {
        const given: Release = {
          ...hello,
          pack,
          discloser: at(door),
          recipient: { ...hello.recipient, sector: 'domestic-abuse' },
        }
        const context = { ...draft, rules: rulesInForce(pack) }
        const asked = evaluateRelease(given, given.items, context).flatMap(({ verdict }) => verdict.missing)
        for (const each of asked)
          expect([door, each.need, isConfirmable(each.need)]).toEqual([door, each.need, true])
        const steps = asked.map((each) => ({ step: each.need, by: 'Ash Advocate' }))
        const verdicts = evaluateRelease({ ...given, steps }, given.items, context)
        expect([door, ...verdicts.map(({ verdict }) => verdict.outcome)]).toEqual([
          door,
          'allow',
          'allow',
          'allow',
        ])
      }
  })

  test('a tick never stands for what the form, the case or the clock must give', () => {
    const steps = [
      'release-active',
      'listed',
      'signer-cleared',
      'state-allows',
      'judges-order',
      'minor-signed',
    ]
    const ticked: Release = { ...hello, steps: steps.map((step) => ({ step, by: 'x' })) }
    const marks = { startsAt: now, endsAt: now, confirmedAt: now, withdrawnAt: now, lastSeenAt: null }
    const [verdict] = evaluateRelease(ticked, items('safety-plan-part'), { ...draft, marks })
    expect(verdict?.verdict.rules).toEqual(expect.arrayContaining(['us-5', 'us-6']))
  })

  test('what the verdicts leave to do: refused items, needs once, an end too far off', () => {
    const given: Release = {
      ...hello,
      endsAt: '2026-12-20T10:00:00Z',
      items: [...hello.items, ...items('worker-letter', 'area')],
    }
    const problems = verdictProblems(given, evaluateRelease(given, given.items, draft))
    expect(problems.map((each) => each.field)).toEqual([
      'need-privilege-warning',
      'need-second-look',
      'need-summary-considered',
      'item-area',
    ])
    const long: Release = {
      ...hello,
      recipient: { ...hello.recipient, sector: 'housing' },
      endsAt: '2027-01-22T10:00:00Z',
    }
    expect(verdictProblems(long, evaluateRelease(long, long.items, draft))).toMatchObject([
      { field: 'endsAt', rule: 'us-117', values: { days: 30 } },
    ])
  })
})

test('before signing there are three sentences about every recipient', () => {
  for (const pack of ['uk', 'us'] as const)
    for (const sector of [...sectorIds, 'circus']) expect(warningKeys(pack, sector).length).toBe(3)
  expect(warningKeys('uk', 'circus')).toEqual(warningKeys('uk', 'other'))
})
