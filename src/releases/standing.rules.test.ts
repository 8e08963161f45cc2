import { describe, expect, test } from 'vitest'

import type { Card } from '#people'

import { hello, now } from '../../test/world/hello-release.ts'
import { type DraftContext, problemsOf } from './draft.rules.ts'
import type { KeptRelease, StoredRelease } from './kept-release.ts'
import { rulesInForce } from './rule-packs.ts'
import { standingOf, stoppedByName, verdictsNow } from './standing.rules.ts'

const kept: KeptRelease = {
  release: hello,
  words: [],
  service: { id: null, name: 'Talking team' },
  wait: { text: '', days: null },
  ask: null,
  renews: null,
  signers: [{ as: 'self', personRef: 'subject', name: 'Wren', authority: null }],
  talked: true,
  confirmedAt: null,
  ended: null,
}
const end = new Date(hello.endsAt)
const stored: StoredRelease = {
  id: '01890000-0000-7000-8000-0000000000f1',
  caseId: hello.subject.caseId,
  recipientId: hello.recipient.partyId,
  state: 'signed',
  startsAt: now,
  endsAt: end,
  withdrawnAt: null,
  madeBy: 'a',
  leftAt: null,
  version: 1,
  kept,
}
const harm: Card = {
  id: 'h',
  name: 'Dane Vale',
  role: 'personCausingHarm',
  sayAloud: [],
  pronoun: '',
  roleSource: 'said-so',
  roleSince: '',
  note: '',
  version: 1,
}
const at: DraftContext = {
  rules: rulesInForce('us'),
  now,
  people: { flagged: new Set(), cards: [], subjectId: 'subject' },
  excluded: new Set(),
}
const naming: DraftContext = { ...at, people: { ...at.people, flagged: new Set(['h']), cards: [harm] } }
const later = (ms: number) => new Date(end.getTime() + ms)

/** What the first item of it is answered, by the rule that decides. */
function saidOf(release: StoredRelease, context: DraftContext = at): readonly (string | undefined)[] {
  return verdictsNow(release, context).map(({ verdict }) => `${verdict.outcome} ${verdict.rules[0]}`)
}

describe('where a stored release stands', () => {
  test('by its marks and the clock', () => {
    expect(standingOf(stored, now)).toBe('active')
    expect(standingOf(stored, later(-1))).toBe('active')
    expect(standingOf(stored, end)).toBe('expired')
    expect(standingOf({ ...stored, state: 'suspended' }, now)).toBe('suspended')
    expect(standingOf({ ...stored, state: 'suspended' }, end)).toBe('expired')
    expect(standingOf({ ...stored, state: 'withdrawn', withdrawnAt: now }, now)).toBe('withdrawn')
    expect(standingOf({ ...stored, state: 'draft' }, now)).toBe('draft')
    expect(standingOf({ ...stored, startsAt: null, endsAt: null, state: 'withdrawn' }, now)).toBe('withdrawn')
  })

  test('us-5: its items go while it stands, and not in any other state', () => {
    expect(new Set(saidOf(stored))).toEqual(new Set(['allow us-14']))
    for (const release of [
      { ...stored, state: 'suspended' as const },
      { ...stored, withdrawnAt: now },
      { ...stored, endsAt: now },
    ])
      expect(new Set(saidOf(release))).toEqual(new Set(['forbidden us-5']))
    expect(saidOf({ ...stored, state: 'draft' })).toEqual([])
    expect(saidOf({ ...stored, startsAt: null, endsAt: null })).toEqual([])
  })

  test('us-4, us-101: by what the case says today, not by what it said at the signing', () => {
    const flagged: DraftContext = { ...at, people: { ...at.people, flagged: new Set(['subject']) } }
    expect(new Set(saidOf(stored, flagged))).toEqual(new Set(['forbidden us-4']))
    const excluded: DraftContext = { ...at, excluded: new Set([hello.recipient.partyId]) }
    expect(new Set(saidOf(stored, excluded))).toEqual(new Set(['forbidden us-101']))
  })
})

describe('us-4, uk-4: whom the case names today', () => {
  const withRelease = (change: Partial<typeof hello>): StoredRelease => ({
    ...stored,
    kept: { ...kept, release: { ...hello, ...change } },
  })

  test.each([
    ['asked for', { recipient: { ...hello.recipient, person: 'Dane Vale' } }, 'person'],
    ['the witness', { witness: 'Dane Vale' }, 'witness'],
    ['the interpreter', { interpreter: { name: 'Dane Vale', familyOrFriend: false } }, 'interpreter'],
    ['in the room', { present: ['advocate', 'Dane Vale'] }, 'present'],
  ])('as %s: it stops', (_as, change, field) => {
    const release = withRelease(change)
    expect(problemsOf(release.kept, at).map((each) => each.field)).not.toContain(field)
    expect(problemsOf(release.kept, naming)).toContainEqual({
      field,
      rule: 'us-4',
      key: 'releases.problem.named-not-safe',
    })
    expect([stoppedByName(release, at), stoppedByName(release, naming)]).toEqual([false, true])
  })

  test('an agency that is named, and a signer who is: it stops; for anything else it goes on', () => {
    const excluded: DraftContext = { ...at, excluded: new Set([hello.recipient.partyId]) }
    const signer: DraftContext = { ...at, people: { ...at.people, flagged: new Set(['subject']) } }
    expect([stoppedByName(stored, excluded), stoppedByName(stored, signer)]).toEqual([true, true])
    expect([stoppedByName(stored, at), stoppedByName(stored, naming)]).toEqual([false, false])
    // Over for a reason of its own is nothing that a name has done.
    expect(stoppedByName(stored, { ...at, now: later(1) })).toBe(false)
  })
})
