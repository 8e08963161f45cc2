import { describe, expect, test } from 'vitest'

import { type Card, CardBody } from '#people'

import {
  actRefused,
  causesHarm,
  mayBeNamedTogether,
  namesAlone,
  namesUnsafe,
  type Naming,
  type Picked,
} from './pick.rules.ts'

let next = 0
const card = (name: string, role: Card['role'], more: Partial<CardBody> = {}): Card => {
  next += 1
  return { ...CardBody.parse({ name, role, ...more }), id: `card-${next}`, version: 1 }
}

function file(...cards: readonly Card[]) {
  return {
    cards,
    subject: cards[0] ?? null,
    survivor: cards.find((each) => each.role === 'survivor') ?? null,
    personsCausingHarm: cards.filter((each) => each.role === 'personCausingHarm'),
  }
}

describe('whoever causes harm', () => {
  const mother = file(card('Mariam', 'survivor'), card('Kareem Aziz', 'personCausingHarm'))
  test.each([
    ['is known by the role in their own file', file(card('Somebody', 'personCausingHarm')), true],
    ['is known by the name that another file gives them', file(card('Kareem Aziz', 'survivor')), true],
    ['also in another order and with capitals', file(card('AZIZ, Kareem', 'survivor')), true],
    [
      'also where the name to say is theirs',
      file(card('K.', 'survivor', { sayAloud: ['Kareem Aziz'] })),
      true,
    ],
    ['a child of the same last name is somebody else', file(card('Idris Aziz', 'child')), false],
  ])('%s', (_, other, harm) => {
    expect(causesHarm(other.subject, [mother, other])).toBe(harm)
  })

  test('whoever a file is for is not taken for somebody of the same name in it', () => {
    const own = file(card('Kareem Aziz', 'survivor'), card('Kareem Aziz', 'personCausingHarm'))
    expect(causesHarm(own.subject, [own])).toBe(false)
  })
})

const one = (said: Partial<Picked>): Picked => ({
  caseId: 'a',
  service: 's',
  joint: false,
  child: false,
  harm: false,
  apart: false,
  ...said,
})

describe('who may be helped in one act', () => {
  test.each([
    ['nobody', [], 'nobody-picked'],
    ['each alone', [one({}), one({ caseId: 'b', child: true })], null],
    ['with whoever causes harm, each alone', [one({}), one({ caseId: 'b', harm: true })], 'harm-not-joined'],
    ['whoever causes harm alone', [one({ harm: true })], 'harm-not-joined'],
    ['a service that brings both together', [one({ apart: true })], 'kept-apart'],
    ['parent and child', [one({ joint: true }), one({ caseId: 'b', child: true, joint: true })], null],
    [
      'parent and two children',
      ['b', 'c'].map((caseId) => one({ caseId, child: true, joint: true })).concat(one({ joint: true })),
      null,
    ],
    ['two children', ['b', 'c'].map((caseId) => one({ caseId, child: true, joint: true })), null],
    ['a couple', [one({ joint: true }), one({ caseId: 'b', joint: true })], 'joint-one-adult'],
    [
      'two grown-ups and a child',
      [
        one({ joint: true }),
        one({ caseId: 'b', joint: true }),
        one({ caseId: 'c', child: true, joint: true }),
      ],
      'joint-one-adult',
    ],
    ['together alone', [one({ joint: true }), one({ caseId: 'b', child: true })], 'joint-two'],
    [
      'together at two services',
      [one({ joint: true }), one({ caseId: 'b', child: true, joint: true, service: 'other' })],
      'joint-two',
    ],
  ] as const)('%s', (_, picked, refused) => {
    expect(actRefused(picked)?.refused ?? null).toBe(refused)
  })
})

describe('who may be named beside whom', () => {
  const side = (name: string, role: Card['role'], more: Partial<Naming['file']> = {}, whom = ''): Naming => {
    const own = file(card(name, role))
    return {
      file: { ...own, contact: null, danger: null, ...more },
      subject: own.subject,
      notTold: whom === '' ? [] : [{ what: 'That I come here', whom }],
    }
  }
  const danger = { afraidOf: '', safeToTalkTo: '', notSafeToTalkTo: '', colleagues: [], names: [] }
  const parent = side('Ines Marsh', 'survivor')
  test.each([
    ['nobody says anything against it', side('Kit', 'child'), true],
    ['the child does not want the parent told', side('Kit', 'child', {}, 'Ines Marsh'), false],
    ['the child does not want somebody else told', side('Kit', 'child', {}, 'my teacher'), true],
    [
      'not safe to talk to',
      side('Kit', 'child', { danger: { ...danger, notSafeToTalkTo: 'not ines marsh' } }),
      false,
    ],
    [
      'named as somebody to be careful of',
      side('Kit', 'child', { danger: { ...danger, names: ['Ines Marsh'] } }),
      false,
    ],
    ['somebody without a name', side('', 'child'), false],
  ])('%s', (_, child, may) => {
    expect(mayBeNamedTogether(parent, child)).toBe(may)
    expect(mayBeNamedTogether(child, parent)).toBe(may)
  })
})

test('whom a letter names is looked up in its own file, whatever the other file says', () => {
  const ours = (more: Partial<Naming['file']>, notTold: Naming['notTold'] = []): Naming => {
    const [kit, ines] = [card('Kit', 'child'), card('Ines Marsh', 'other')]
    const own = file(kit)
    return {
      file: { ...own, cards: [kit, ines], contact: null, danger: null, ...more },
      subject: kit,
      notTold,
    }
  }
  const line = 'In one piece of work with Ines Marsh and Bo.'
  const danger = { afraidOf: '', safeToTalkTo: '', notSafeToTalkTo: '', colleagues: [], names: [] }
  expect(namesUnsafe(ours({}), line)).toBe(false)
  expect(namesUnsafe(ours({ danger: { ...danger, names: ['Bo'] } }), line)).toBe(true)
  expect(namesUnsafe(ours({ danger: { ...danger, names: ['Kit', 'Bob'] } }), line)).toBe(false)
  expect(namesUnsafe(ours({}, [{ what: 'where I am', whom: 'ines marsh, ever' }]), line)).toBe(true)
  const harm = card('Ines Marsh', 'personCausingHarm')
  expect(namesUnsafe(ours({ cards: [harm], personsCausingHarm: [harm] }), line)).toBe(true)
})

test('a letter names another only while their permission names this one, is agreed, and lasts as long', () => {
  const own = { names: true, agreed: true, endsAt: 10 }
  const cases: readonly (readonly [readonly (typeof own)[], boolean])[] = [
    [[], true],
    [[own], false],
    [[own, own], false],
    [[own, { ...own, names: false }], true],
    [[{ ...own, agreed: false }], true],
    [[{ ...own, endsAt: 9 }], true],
    [[{ ...own, endsAt: 11 }], false],
  ]
  for (const [others, alone] of cases) expect(namesAlone(own, others)).toBe(alone)
  expect(namesAlone({ ...own, names: false }, [])).toBe(false)
})
