import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { facetWords } from '#directory'
import { roles, type Role } from '#platform/access'

import { CardBody, cardRoles, type StoredCard } from './card.ts'
import { changedCard, inReadingOrder, nameToSay, subjectOf } from './card.rules.ts'
import { closedTeam } from './close.rules.ts'
import { contactAfter, ContactForm, contactFormOf } from './contact-form.ts'
import { folded, mayFit, nameFit } from './name-search.rules.ts'
import { movedUp, needsFrom } from './need.rules.ts'
import { isFresh, mayContact } from './safe-contact.rules.ts'
import { SafeContact } from './safe-contact.ts'
import { answerFrom, facetsFor, isOld, nextToAsk } from './situation.rules.ts'
import type { Answers } from './situation.ts'
import { typedFrom, wishesFrom, wishUp } from './wish.rules.ts'
import { Wish } from './wish.ts'

const seeded = { seed: 7, numRuns: 500 }
const facets = facetWords('uk')
const today = '2026-11-22'

describe('finding by name', () => {
  test.each([
    ['Élodie Świt', 'swit'],
    ['Élodie Świt', 'ELO'],
    ['O’Neill-Łęcka', 'neill lecka'],
    ['Straße', 'strasse'],
    ['Nguyễn Thị Ánh', 'thi anh'],
    ['Anne-Marie', 'marie'],
  ])('%s is found by %s', (name, query) => {
    expect(nameFit([name], folded(query))).not.toBeNull()
  })

  test('what a name begins with, and every part of it, finds it; the empty query finds nobody', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Za-zéśüß]{2,12}( [A-Za-zéśüß]{2,12})?$/),
        fc.nat(10),
        (name, from) => {
          const whole = folded(name)
          expect(nameFit([name], whole)).toBe(0)
          const part = whole.slice(from % whole.length).trim()
          if (part !== '') expect(nameFit([name], part)).not.toBeNull()
          expect(nameFit([name], '')).toBeNull()
        },
      ),
      seeded,
    )
  })

  test('no card that answers is left unread', () => {
    const names = fc.array(fc.stringMatching(/^[aBé Ł’.n"\\\n-]*$/), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(names, fc.nat(2), fc.nat(9), (given, which, from) => {
        const query = folded(folded(given[which] ?? '').slice(from))
        const stored = JSON.stringify({ name: given[0], sayAloud: given.slice(1) })
        if (nameFit(given, query) !== null) expect(mayFit(stored, query)).toBe(true)
      }),
      seeded,
    )
    expect(mayFit(JSON.stringify({ name: 'Ash Brook', sayAloud: [] }), 'ash dale')).toBe(false)
  })

  test('a beginning comes before a word, a word before a part', () => {
    const fits = ['Robin', 'Ash Robin', 'Strobinska'].map((name) => nameFit([name], 'robin'))
    expect(fits).toEqual([0, 1, 2])
  })
})

describe('a card', () => {
  const body = (name: string, role: (typeof cardRoles)[number]): CardBody => CardBody.parse({ name, role })

  test('keeps every name that was in use, once it is no longer', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 2, maxLength: 6 }), (names) => {
        let card: StoredCard | null = null
        for (const name of names) card = changedCard(card, body(name, 'survivor'), today)
        const seen = new Set([...(card?.formerNames ?? []), card?.name])
        expect(names.every((name) => seen.has(name))).toBe(true)
        expect(card?.name).toBe(names.at(-1))
      }),
      seeded,
    )
  })

  test('keeps a role with its source until the day it changed', () => {
    const first = changedCard(null, body('Ash', 'personCausingHarm'), '2026-01-01')
    const second = changedCard(first, body('Ash', 'survivor'), today)
    expect(second).toMatchObject({ role: 'survivor', roleSince: today })
    expect(second.formerRoles).toEqual([{ role: 'personCausingHarm', source: 'said-so', until: today }])
  })

  test('whoever causes harm comes last and is never whom the case is for, while anybody else is there', () => {
    const cards = cardRoles.map((role, i) => ({ ...body(role, role), id: String(i), version: 1 }))
    expect(inReadingOrder(cards.toReversed()).map((card) => card.role)).toEqual([
      'survivor',
      'child',
      'other',
      'personCausingHarm',
    ])
    expect(subjectOf(cards.filter((card) => card.role !== 'survivor'))?.role).toBe('child')
  })
})

test('the name to say follows the card: what is no longer safe to say is not said', () => {
  const card = (sayAloud: string[]) => [
    { ...CardBody.parse({ name: 'Ash', role: 'survivor', sayAloud }), id: '1', version: 1 },
  ]
  expect(nameToSay(card(['Ash']), 'Ash')).toBe('Ash')
  expect(nameToSay(card(['Robin']), 'Ash')).toBe('Robin')
  expect(nameToSay(card([]), 'Ash')).toBeNull()
  expect(nameToSay(card(['Ash']), null)).toBe('Ash')
  expect(nameToSay([], 'Ash')).toBe('Ash')
})

describe('the team of a closed case', () => {
  const staff = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    fc.uniqueArray(fc.constantFrom(...roles)),
  )
  const some = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'))

  test('never holds anybody who is shut out, has casework to the last member, at most two privacy leads beside the named', () => {
    fc.assert(
      fc.property(staff, some, some, fc.constantFrom('a', 'b', 'c'), (people, team, excluded, ownerId) => {
        const map = new Map<string, readonly Role[]>(Object.entries(people))
        const done = closedTeam(map, { ownerId, team, excluded })
        if ('refused' in done) return
        expect(done.members.filter((member) => (excluded as readonly string[]).includes(member))).toEqual([])
        expect(done.members).toContain(done.ownerId)
        expect(done.members.every((member) => map.has(member))).toBe(true)
        const beside = done.members.filter((member) => ![done.ownerId, ownerId, ...team].includes(member))
        expect(beside.length).toBeLessThanOrEqual(2)
      }),
      { ...seeded, numRuns: 2000 },
    )
  })
})

describe('needs', () => {
  const rows = fc.array(
    fc.record({
      id: fc.uuid(),
      code: fc.constantFrom('', 'safety'),
      words: fc.stringMatching(/^[a-z ]{0,9}$/),
    }),
  )

  test('moving one up keeps every need, and moves only two', () => {
    fc.assert(
      fc.property(rows, fc.nat(25), (needs, place) => {
        const moved = movedUp(needs, place)
        expect(moved.toSorted(byId)).toEqual(needs.toSorted(byId))
        expect(moved.filter((need, i) => need.id !== needs[i]?.id).length).toBeLessThanOrEqual(2)
      }),
      seeded,
    )
  })

  test('a line with neither words nor code is taken away, and too long words are named and kept', () => {
    const typed = needsFrom(
      new Map([
        ['id-0', ['a']],
        ['words-0', ['']],
        ['code-0', ['']],
        ['id-1', ['b']],
        ['words-1', ['x'.repeat(2001)]],
        ['version', ['3']],
      ]),
    )
    expect(typed).toMatchObject({ version: 3, tooLong: 0, up: null })
    expect(typed.rows.map((need) => need.words.length)).toEqual([2001])
  })

  function byId(a: { readonly id: string }, b: { readonly id: string }): number {
    return a.id < b.id ? -1 : 1
  }
})

describe('details', () => {
  test('every answer that a page can give is read back; nonsense is told, never kept', () => {
    for (const facet of facets) {
      const read = (value: string, months = '', state: '' | 'unknown' | 'not-now' = '') =>
        answerFrom(facet, { value, months, state }, today)
      expect(read('')).toBeNull()
      expect(read('anything', '', 'not-now')).toEqual({ state: 'not-now', value: null, askedOn: today })
      expect(read('no such thing')).toHaveProperty('wrong')
      for (const { value } of facet.values) expect(read(value)).toMatchObject({ state: 'known', value })
      if (facet.unit === 'months') expect(read('9', '4')).toMatchObject({ value: 112 })
      if (facet.unit === 'weeks') expect(read('300')).toMatchObject({ value: 104 })
    }
  })

  test('asks a few at a time, never the same twice, and ends', () => {
    let answers: Answers = {}
    const asked: string[] = []
    for (let turn = 0; turn < 12; turn++) {
      const next = nextToAsk(facets, answers, [], today)
      expect(next.length).toBeLessThanOrEqual(4)
      asked.push(...next.map((facet) => facet.id))
      const told = Object.fromEntries(
        next.map(({ id }) => [id, { state: 'not-now', value: null, askedOn: today } as const]),
      )
      answers = { ...answers, ...told }
    }
    expect(new Set(asked).size).toBe(asked.length)
    expect(nextToAsk(facets, answers, [], today)).toEqual([])
  })

  test('what could not be asked in private comes back another day; what somebody would not say does not', () => {
    const said = (state: 'not-private' | 'declined', askedOn: string): Answers => ({
      who: { state, value: null, askedOn },
    })
    const asks = (answers: Answers) => nextToAsk(facets, answers, [], '2026-11-27').map(({ id }) => id)
    expect(asks(said('not-private', '2026-11-27'))).not.toContain('who')
    expect(asks(said('not-private', '2026-11-26'))).toContain('who')
    expect(asks(said('declined', '2026-01-01'))).not.toContain('who')
  })

  test('asks a grown-up nothing about school', () => {
    const adult: Answers = { who: { state: 'known', value: 'adult', askedOn: today } }
    expect(facetsFor(facets, adult).map((facet) => facet.id)).not.toContain('school')
  })

  test('how things are is asked again after a month; an age is not', () => {
    const old = { state: 'known', value: 'ongoing', askedOn: '2026-09-01' } as const
    expect([isOld('abuse', old, today), isOld('age', old, today)]).toEqual([true, false])
    expect(isOld('abuse', { ...old, state: 'not-now', value: null }, today)).toBe(false)
  })
})

describe('wishes', () => {
  const chosen = fc.record({
    languages: fc.uniqueArray(fc.constantFrom('pl', 'ur')),
    ledBy: fc.uniqueArray(fc.constantFrom('deaf')),
    workerGender: fc.uniqueArray(fc.constantFrom('woman', 'man')),
    place: fc.uniqueArray(fc.constantFrom('northmere')),
    modelOfWork: fc.uniqueArray(fc.constantFrom('group')),
  })
  const typed = fc.record({
    chosen,
    remote: fc.constantFrom('yes', 'no', '') as fc.Arbitrary<'yes' | 'no' | ''>,
    free: fc.boolean(),
    waitWeeks: fc.option(fc.nat(52)),
  })

  test('what was ticked is what is kept and shown again; a place once taken is kept', () => {
    fc.assert(
      fc.property(typed, typed, fc.nat(8), (first, second, place) => {
        const kept = wishUp(wishesFrom(first, []), place)
        expect(typedFrom(kept)).toEqual(first)
        const after = wishesFrom(second, kept)
        expect(typedFrom(after)).toEqual(second)
        const stayed = kept
          .map((wish) => wish.about)
          .filter((about) => after.some((wish) => wish.about === about))
        expect(after.map((wish) => wish.about).slice(0, stayed.length)).toEqual(stayed)
        for (const wish of after) expect(Wish.safeParse(wish).success).toBe(true)
      }),
      seeded,
    )
  })
})

describe('safe contact as the page asks it', () => {
  const context = {
    zone: 'Europe/London',
    nameSafeToSay: 'Ash',
    by: 'Amina',
    now: '2026-11-22T10:00:00Z',
    newId: 'new',
    notSafe: ['dale'],
  }

  test('the careful answers are the ones nobody changed: no voicemail, no name of the agency, no paper', () => {
    const form = ContactForm.parse({ channel: 'call', value: '07700 900123', checked: 'yes' })
    const contact = contactAfter(null, form, context)
    expect(SafeContact.safeParse(contact).success).toBe(true)
    expect(contact).toMatchObject({ printing: 'no', reminders: 'no', calendar: 'no', nothingAtAll: false })
    expect(contact.ways[0]).toMatchObject({ voicemail: 'no', callAs: 'neutral', ifSomeoneElse: 'hang-up' })
    const call = {
      kind: 'call',
      wayId: 'new',
      namesAgency: false,
      hasLink: false,
      tellsMore: false,
      reminder: false,
    } as const
    const now = new Date('2026-11-22T11:00:00Z')
    expect(mayContact(contact, call, now)).toMatchObject({ refused: 'contact-no-safe-time' })
    expect(isFresh(contact, new Date('2026-12-30T00:00:00Z'))).toBe(false)
  })

  test('a form shown again and saved unchanged changes nothing; another way is added beside the first', () => {
    const form = ContactForm.parse({
      channel: 'text',
      value: '07700 900124',
      whoElseSees: 'maybe',
      when: 'only',
      days: [1, 3],
      from: '9:00',
      to: '15:30',
      unsafeDays: [5],
      checked: 'yes',
    })
    const first = contactAfter(null, form, context)
    const again = contactAfter(first, { ...contactFormOf(first, '', 1), checked: 'yes' }, context)
    expect(again).toEqual(first)
    const second = contactAfter(first, ContactForm.parse({ channel: 'call', value: 'x' }), {
      ...context,
      newId: 'two',
    })
    expect(second.ways.map((way) => way.id).toSorted()).toEqual(['new', 'two'])
    const none = contactAfter(second, ContactForm.parse({ channel: 'none' }), context)
    expect(none).toMatchObject({ nothingAtAll: true, ways: second.ways })
  })
})
