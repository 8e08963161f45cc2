import type { JudgingContext } from '../../src/releases/release-items.rules.ts'
import { type ItemKindId, Release } from '../../src/releases/release.ts'
import { rulesInForce } from '../../src/releases/rule-packs.ts'
import type { sectorIds } from '../../src/releases/sharing.ts'

/** When the release is made. */
export const now = new Date('2026-11-22T10:00:00Z')

/** Nobody is named as causing harm. */
export const nobody: ReadonlySet<string> = new Set()
/** What the case knows where it names nobody. */
export const signing = { now, flagged: nobody }

/** Items of these kinds, with invented titles. */
export function items(...kinds: ItemKindId[]): Release['items'] {
  return kinds.map((kind) => ({ kind, ref: null, title: `Invented ${kind}`, reason: null }))
}

/** A finished release of an advocate to a clinic. */
export const hello: Release = Release.parse({
  pack: 'us',
  state: null,
  rulesVersion: 'us-2026-11-22',
  subject: {
    caseId: '01890000-0000-7000-8000-000000000001',
    nameToUse: 'Wren',
    kind: 'adult',
    tooYoung: false,
    agreesAlone: false,
  },
  discloser: {
    partyId: '01890000-0000-7000-8000-0000000000a1',
    agency: 'Harbour Advocacy',
    unit: null,
    sector: 'domestic-abuse',
  },
  recipient: {
    partyId: '01890000-0000-7000-8000-0000000000b2',
    agency: 'Northmere Clinic',
    unit: 'Talking team',
    sector: 'mental-health',
    person: null,
  },
  form: 'general',
  work: 'hand-over',
  items: items('name-to-use', 'safe-contact', 'what-they-want'),
  excluded: ['diagnosis'],
  purpose: 'So that I do not have to tell it all again',
  how: 'through-anydoor',
  talked: { risksAndBenefits: true, otherWays: true, note: '' },
  startsAt: '2026-11-22T10:00:00Z',
  endsAt: '2026-12-06T10:00:00Z',
  times: 'one-time',
  shown: {
    notACondition: true,
    mayWithdraw: true,
    redisclosure: true,
    dutyToReport: true,
    notAWaiver: true,
    refusalConsequences: false,
  },
  signatures: [
    { as: 'self', personRef: 'subject', typedName: 'Wren', at: '2026-11-22T10:00:00Z', authority: null },
  ],
  present: ['advocate'],
  identity: 'known-to-us',
  signerSafe: { attestedBy: 'Ash Advocate' },
  interpreter: null,
  language: 'en',
  reading: 'read-aloud',
  copy: 'no-copy-for-safety',
  worker: { userId: '01890000-0000-7000-8000-0000000000c3', name: 'Ash Advocate' },
  witness: null,
  mayComeBack: 'nothing',
  steps: [],
  attachments: [],
})

/** How an unsigned one is judged. */
export const draft: JudgingContext = {
  rules: rulesInForce('us'),
  now,
  marks: null,
  danger: null,
  flagged: nobody,
  excludedParties: new Set(),
}

/** The agency of the release, in another line of work. */
export const at = (sector: (typeof sectorIds)[number]) => ({ ...hello.discloser, sector })
