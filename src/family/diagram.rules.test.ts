import fc from 'fast-check'
import { expect, test } from 'vitest'

import { type Card, CardBody, type CardRole } from '#people'

import { box, type DiagramPerson, layoutOf, nameLines } from './diagram.rules.ts'
import type { Link } from './link.ts'
import { membersOf } from './member.rules.ts'

const anyPeople = fc.uniqueArray(
  fc.record({ id: fc.uuid(), place: fc.constantFrom('above', 'beside', 'below') }),
  { maxLength: 14, selector: (each) => each.id },
)

test('every person given has one box inside the picture, and no two boxes touch', () => {
  fc.assert(
    fc.property(anyPeople, fc.constantFrom('ltr', 'rtl'), (people, dir) => {
      const { boxes, self, width, height } = layoutOf(people, dir)
      expect(boxes.map((each) => each.id).toSorted()).toEqual(people.map((each) => each.id).toSorted())
      const all = [self, ...boxes]
      for (const one of all) {
        expect(one.x >= 0 && one.y >= 0 && one.x + box.wide <= width && one.y + box.high <= height).toBe(true)
        for (const other of all) {
          if (one === other) continue
          const apart = Math.abs(one.x - other.x) >= box.wide || Math.abs(one.y - other.y) >= box.high
          expect(apart).toBe(true)
        }
      }
    }),
  )
})

test('from the right it is the mirror image', () => {
  fc.assert(
    fc.property(anyPeople, (people) => {
      const left = layoutOf(people, 'ltr')
      const right = layoutOf(people, 'rtl')
      for (const each of left.boxes) {
        const other = right.boxes.find((one) => one.id === each.id)
        expect(other).toEqual({ ...each, x: left.width - each.x - box.wide })
      }
    }),
  )
})

test('a name stands on at most two lines', () => {
  expect(nameLines('Ash')).toEqual(['Ash'])
  expect(nameLines('Maria-Lourdes da Conceição Ferreira')).toHaveLength(2)
  fc.assert(
    fc.property(fc.string({ maxLength: 120 }), (name) => {
      const lines = nameLines(name)
      expect(lines.length).toBeLessThanOrEqual(2)
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(14)
    }),
  )
})

const card = (id: string, role: CardRole, name = id): Card => ({
  ...CardBody.parse({ name, role }),
  id,
  version: 1,
})
const link = (id: string, cardId: string | null): Link => ({
  id,
  other: `file-${id}`,
  mirror: `mirror-${id}`,
  relation: 'child',
  source: 'said-so',
  since: '2027-03-01',
  card: cardId,
})

test('somebody on a card who has a file is one person; hidden, the card is all that there is', () => {
  const subject = card('ines', 'survivor')
  const cards = [subject, card('kit', 'child', 'Kit'), card('dov', 'personCausingHarm', 'Dov')]
  const seen = {
    link: link('one', 'kit'),
    caseId: 'file-one',
    person: card('x', 'child', 'Kit'),
    ended: false,
  }
  const shown = (relatives: Parameters<typeof membersOf>[1]) =>
    membersOf({ cards, subject }, relatives, []).map((each) => [each.name, each.relation, each.caseId])
  expect(shown([seen])).toEqual([
    ['Kit', 'child', 'file-one'],
    ['Dov', 'harm', null],
  ])
  expect(shown([{ ...seen, link: link('one', null) }])).toHaveLength(2)
  expect(shown([])).toEqual([
    ['Kit', 'child', null],
    ['Dov', 'harm', null],
  ])
})

test('the order and place of whoever is shown does not change with who is hidden before', () => {
  fc.assert(
    fc.property(anyPeople, (people: readonly DiagramPerson[]) => {
      // Laid out from those who are shown alone: there is no place for anybody else to leave empty.
      const { boxes, height } = layoutOf(people, 'ltr')
      const rows = new Set(boxes.map((each) => each.y))
      rows.add(layoutOf(people, 'ltr').self.y)
      expect(height).toBe(rows.size * (box.high + box.down) - box.down)
    }),
  )
})
