import fc from 'fast-check'
import { expect, test } from 'vitest'

import { CardBody, type CaseFile, SafeContact } from '#people'
import { createWords } from '#platform/i18n'
import { blankRelease, draftContext, type HeldItem, heldItems, type KeptRelease } from '#releases'

import people from '../src/people/words.uk.json' with { type: 'json' }
import { room as releases } from '../src/releases/routes.ts'
import { requestOf } from '../src/referrals/sending.actions.ts'
import { withPicks } from '../src/referrals/sending.rules.ts'
import { endOfDay } from '../src/referrals/sending-end.rules.ts'

const t = createWords([{ uk: people }, releases.words])({ pack: 'uk', sector: 'domestic-abuse' })
const now = new Date('2026-11-22T10:00:00Z')
const ids = { from: '01890000-0000-7000-8000-0000000000a1', to: '01890000-0000-7000-8000-0000000000b2' }
const caseId = '01890000-0000-7000-8000-000000000001'

/** A case in which every single text is a canary of its own. */
function caseOf(words: readonly string[]): CaseFile {
  const say = (at: number) => `canary${at}x${words[at] ?? ''}`
  const card = (id: string, at: number, role: 'survivor' | 'personCausingHarm' | 'child') => ({
    ...CardBody.parse({ name: say(at), role, note: say(at + 20), pronoun: say(at + 40) }),
    id,
    version: 1,
  })
  const survivor = card('card-1', 0, 'survivor')
  const harm = card('card-2', 1, 'personCausingHarm')
  return {
    caseId,
    cards: [survivor, harm, card('card-3', 2, 'child')],
    survivor,
    personsCausingHarm: [harm],
    contact: SafeContact.parse({
      nothingAtAll: false,
      ways: [
        {
          id: 'way-private',
          channel: 'call',
          value: say(3),
          whoElseSees: 'nobody',
          zone: 'Europe/London',
          whenever: true,
          safe: [],
          unsafe: [],
          trustedPersonRef: 'card-2',
        },
      ],
      nameSafeToSay: say(4),
      notSafe: ['card-2'],
      verifiedAt: '2026-11-20T10:00:00Z',
      verifiedBy: say(5),
      changedBecause: say(6),
    }),
    needs: [
      { id: 'n1', code: '', words: say(7) },
      { id: 'n2', code: '', words: say(8) },
    ],
    situation: { age: 400 },
    answers: { age: { state: 'known', value: 400, askedOn: '2026-11-20' } },
    danger: { afraidOf: say(9), safeToTalkTo: say(10), notSafeToTalkTo: say(11), colleagues: [] },
  } as unknown as CaseFile
}

function draftOf(file: CaseFile): KeptRelease {
  const side = (partyId: string, name: string, sector: string) => ({ partyId, name, sector })
  return {
    release: blankRelease({
      pack: 'uk',
      law: 'uk-eng',
      file,
      subjectName: file.survivor?.name ?? '',
      worker: { accountId: ids.from, name: 'Ash' },
      from: side(ids.from, 'Harbour', 'domestic-abuse'),
      to: side(ids.to, 'Hill Clinic', 'mental-health'),
      now,
    }),
    words: [],
    service: { id: null, name: 'Talking room' },
    wait: { text: '', days: null },
    ask: null,
    renews: null,
    signers: [],
    talked: false,
    confirmedAt: null,
    ended: null,
  }
}

const nothingAdded = {
  person: '',
  unit: '',
  'to-unit': '',
  'add-kind': undefined,
  'add-words': '',
  'add-reason': '',
} as const

test('what crosses is exactly what the release lists: no more, no less, word for word', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 12 }), { minLength: 12, maxLength: 12 }),
      fc.nat(),
      (words, mask) => {
        const file = caseOf(words)
        const shown = heldItems(t, file, new Set())
        const picked = shown.filter((_item, at) => ((mask >> at) & 1) === 1)
        const context = draftContext({ pack: 'uk', law: 'uk-eng' }, file, [], now)
        const form = { ...nothingAdded, pick: picked.map((item) => item.key), more: [] }
        const { kept, problems } = withPicks(draftOf(file), form, shown, (kind) => kind, context)
        expect(problems).toEqual([])
        const letter = requestOf(t, { displayName: 'Ash' }, { publicPhone: '01632 960001' }, { kept }, null)
        expect(letter.items.map(({ kind, ref, text }) => ({ kind, ref, text }))).toEqual(
          picked.map(({ kind, ref, text }) => ({ kind, ref, text: text.trim() })),
        )
        const sent = JSON.stringify(letter)
        const read = picked.map((item) => item.text).join('\n')
        for (const [canary] of sent.matchAll(/canary\d+x/g)) expect(read).toContain(canary)
        for (const hidden of ['card-1', 'card-2', 'card-3', 'way-private', caseId])
          expect(sent).not.toContain(hidden)
      },
    ),
    { numRuns: 150, seed: 20261122 },
  )
})

test('nothing that was not shown can be ticked, whatever the form holds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 5 }),
      (keys) => {
        const file = caseOf([])
        const shown = heldItems(t, file, new Set())
        const strange = keys.filter((key) => !shown.some((item: HeldItem) => item.key === key))
        const context = draftContext({ pack: 'uk', law: 'uk-eng' }, file, [], now)
        const made = withPicks(
          draftOf(file),
          { ...nothingAdded, pick: [], more: keys },
          shown,
          (kind) => kind,
          context,
        )
        expect(made.problems.some((each) => each.rule === 'release-wildcard')).toBe(strange.length > 0)
        expect(made.kept.release.items.every((item) => shown.some((each) => each.kind === item.kind))).toBe(
          true,
        )
      },
    ),
    { numRuns: 100, seed: 7 },
  )
})

test('the last day ends with the rules, any other at its last minute where the person is', () => {
  const latest = new Date('2026-12-22T10:00:00Z')
  expect(endOfDay('2026-12-22', 'Europe/London', latest)).toEqual(latest)
  expect(endOfDay('2026-12-21', 'Europe/London', latest).toISOString()).toBe('2026-12-21T23:59:00.000Z')
  expect(endOfDay('2026-12-20', 'America/New_York', latest).toISOString()).toBe('2026-12-21T04:59:00.000Z')
  expect(endOfDay('2027-01-05', 'Europe/London', latest).toISOString()).toBe('2027-01-05T23:59:00.000Z')
})
