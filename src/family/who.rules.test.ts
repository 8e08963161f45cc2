import { describe, expect, test } from 'vitest'

import { type Card, CardBody, type CardRole, type Relationship } from '#people'

import { linkRefused, likelyRelation, ownFileRefused } from './link.rules.ts'
import { isCounter, lineRefused, marksCard, reviewRefused } from './who.rules.ts'

const card = (id: string, role: CardRole, name = id): Card => ({
  ...CardBody.parse({ name, role }),
  id,
  version: 1,
})
const cards = [
  card('ines', 'survivor'),
  card('dov', 'personCausingHarm'),
  card('kit', 'child'),
  card('gran', 'other'),
]

const line = (
  who: string,
  role: Relationship['role'],
  to: string,
  more: Partial<Relationship> = {},
): Relationship => ({
  id: `${who}-${to}`,
  who,
  to,
  role,
  source: 'said-so',
  since: '2027-03-01',
  until: '',
  by: 'worker',
  review: null,
  ...more,
})

describe('a counter-allegation', () => {
  const harm = (who: string, to: string) => line(who, 'personCausingHarm', to)

  test.each([
    ['against the one who was hurt, by the card', harm('ines', 'dov'), [], true],
    ['the first account is none', harm('dov', 'ines'), [], false],
    ['against somebody whom a line names first', harm('gran', 'kit'), [harm('kit', 'gran')], true],
    [
      'of which the other came later is none',
      harm('gran', 'kit'),
      [harm('gran', 'kit'), harm('kit', 'gran')],
      false,
    ],
    ['a child towards the parent who was hurt is none', harm('kit', 'ines'), [], false],
    ['no other role is one', line('ines', 'parent', 'dov'), [], false],
  ] as const)('%s', (_, said, lines, counter) => {
    expect(isCounter(said, lines, cards)).toBe(counter)
  })

  test('marks no card: only a grown-up who stands here as somebody else is marked', () => {
    expect(marksCard(harm('ines', 'dov'), [], cards)).toBeNull()
    expect(marksCard(harm('kit', 'ines'), [], cards)).toBeNull()
    expect(marksCard(harm('gran', 'kit'), [], cards)?.id).toBe('gran')
    expect(marksCard(line('gran', 'carer', 'kit'), [], cards)).toBeNull()
  })

  test('is reviewed once, by somebody who did not write it', () => {
    const said = harm('ines', 'dov')
    const by = (entry: Relationship, actor: string) =>
      reviewRefused(entry, [entry], cards, actor)?.refused ?? null
    expect(by(said, 'lead')).toBeNull()
    expect(by(said, 'worker')).toBe('own-entry')
    expect(by(harm('dov', 'ines'), 'lead')).toBe('no-entry')
    const review = {
      specialist: 'S',
      outcome: 'first-stands',
      words: 'w',
      on: '2027-03-02',
      by: 'lead',
    } as const
    expect(by({ ...said, review }, 'lead')).toBe('reviewed-already')
  })
})

test('a line is between two people of the case, and is written once', () => {
  const said = line('gran', 'carer', 'kit')
  expect(lineRefused(said, [], cards)).toBeNull()
  expect(lineRefused(line('kit', 'carer', 'kit'), [], cards)?.refused).toBe('same-person')
  expect(lineRefused(line('kit', 'carer', 'nobody'), [], cards)?.refused).toBe('no-card')
  expect(lineRefused(said, [said], cards)?.refused).toBe('said-already')
  expect(lineRefused(said, [{ ...said, until: '2027-03-02' }], cards)).toBeNull()
})

describe('a file of their own', () => {
  const [ines = null] = cards

  test.each([
    ['kit', [], 0, null],
    ['gran', [], 0, null],
    ['dov', [], 0, 'harm-file'],
    ['ines', [], 0, 'own-already'],
    ['kit', ['kit'], 1, 'own-already'],
    ['kit', [], 12, 'too-many-links'],
    ['nobody', [], 0, 'no-card'],
  ] as const)('%s with %j and %i links: %s', (id, taken, links, refused) => {
    const found = cards.find((each) => each.id === id)
    expect(ownFileRefused(found, ines, taken, links)?.refused ?? null).toBe(refused)
  })

  test('what they most likely are to whoever the file is for', () => {
    const kit = card('kit', 'child')
    expect(likelyRelation(kit, ines)).toBe('child')
    expect(likelyRelation(kit, card('wren', 'child'))).toBe('sibling')
    expect(likelyRelation(card('ines', 'survivor'), kit)).toBe('parent')
    expect(likelyRelation(card('gran', 'other'), ines)).toBe('other')
  })

  test.each([
    ['two people of a family', cards, [card('k', 'child', 'Kit')], null],
    [
      'a file kept for somebody who causes harm',
      cards,
      [card('d', 'personCausingHarm', 'Somebody')],
      'paired-files',
    ],
    ['a file whose person the other names so', cards, [card('d', 'survivor', ' DÓV ')], 'paired-files'],
    ['and from the other side', [card('d', 'survivor', 'Dov')], cards, 'paired-files'],
    [
      'two without names',
      [card('a', 'survivor', '')],
      [card('b', 'personCausingHarm', ''), card('c', 'survivor', '')],
      null,
    ],
  ] as const)('%s', (_, one, other, refused) => {
    const subject = (list: readonly Card[]) =>
      list.find((each) => each.role === 'survivor') ?? list[0] ?? null
    const subjects = { one: subject(one), other: subject(other) }
    expect(linkRefused(one, other, subjects)?.refused ?? null).toBe(refused)
  })
})
