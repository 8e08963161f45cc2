import type { Office, OfficeMove } from './office-model.ts'
import type { ActName, Move } from './pair.ts'
import { type Chance, moveOf } from './steps.ts'

/** What an office can do on its pages, and what the sender does with its own half meanwhile. */
const atOffice: readonly ActName[] = ['look', 'question', 'accept', 'wait', 'decline', 'met', 'end']
const atSender: readonly ActName[] = [
  'look',
  'look',
  'answer',
  'answer',
  'introduce',
  'introduction-step',
  'met',
  'end',
  'reopen',
  'unreached',
  'contact',
  'undo',
  'nudge',
  'settle',
  'meanwhile',
  'helpers',
  'withdraw',
]

/** A move that mostly leads somewhere: where no link is open one is made, and where one is its code is typed. */
export function officeMoveOf(chance: Chance, office: Office): OfficeMove {
  const kind = chance.below(20)
  if (kind < 6) return say(chance, office, 'from')
  const newest = office.links.at(-1)
  if (kind < 15 && !office.member) {
    if (newest?.stands === 'sent' && !newest.over)
      return { act: 'code', back: chance.below(8) === 0 ? 1 : 0, right: chance.below(3) > 0 }
    if (newest?.stands !== 'opened' || newest.over) return { act: 'link' }
  }
  if (kind < 15) return say(chance, office, 'to')
  return chance.one<OfficeMove>([
    { act: 'link' },
    { act: 'end-link' },
    { act: 'leave' },
    { act: 'ask-again', back: chance.below(2) },
    { act: 'code', back: chance.below(2), right: chance.below(2) === 0 },
    { act: 'time' },
    { act: 'sweep' },
  ])
}

function say(chance: Chance, office: Office, end: 'from' | 'to'): OfficeMove {
  const act = chance.one(end === 'from' ? atSender : atOffice)
  const { sort } = office.pair
  const rests = act === 'helpers' || act === 'withdraw'
  const fitting = (rests && sort === 'ask') || (act === 'withdraw' && chance.below(2) === 0) ? 'look' : act
  return { act: 'say', end, worker: end === 'to' && office.member ? 1 : 0, move: moveOf(chance, fitting) }
}

const yes: Move = { act: 'accept', on: '2096-12-01' }
const no: Move = { act: 'decline', danger: false }
const to = (move: Move, worker = 0): OfficeMove => ({ act: 'say', end: 'to', worker, move })
const from = (move: Move): OfficeMove => ({ act: 'say', end: 'from', worker: 0, move })
const link: OfficeMove = { act: 'link' }
const code: OfficeMove = { act: 'code', back: 0, right: true }
const wrong: OfficeMove = { act: 'code', back: 0, right: false }

/** What happens before a move, and the move, which ends between any two of its statements. */
export const officeScenes: readonly {
  readonly name: string
  readonly before: readonly OfficeMove[]
  readonly move: OfficeMove
}[] = [
  { name: 'a link', before: [], move: link },
  { name: 'a new link', before: [link, code], move: link },
  { name: 'a right code', before: [link], move: code },
  { name: 'a wrong code', before: [link], move: wrong },
  { name: 'an answer by link', before: [link, code], move: to(yes) },
  { name: 'putting a letter away', before: [link, code], move: { act: 'leave' } },
  { name: 'taking a link back', before: [link], move: { act: 'end-link' } },
  { name: 'a permission taken back', before: [link, code], move: from({ act: 'withdraw' }) },
]

/** What comes in a row, so that each run meets every way in which a link comes to its end. */
export const officeWalks: readonly { readonly name: string; readonly moves: readonly OfficeMove[] }[] = [
  {
    name: 'five wrong codes end a link, and the right one opens nothing any more',
    moves: [link, wrong, wrong, wrong, wrong, wrong, code, { act: 'ask-again', back: 0 }, link, code],
  },
  {
    name: 'a link that was taken back opens nothing, and is taken back once',
    moves: [
      from({ act: 'nudge' }),
      { act: 'end-link' },
      link,
      { act: 'end-link' },
      { act: 'end-link' },
      code,
    ],
  },
  {
    name: 'a link is over with its time, before the job comes by and after',
    moves: [
      link,
      { act: 'time' },
      code,
      link,
      code,
      { act: 'time' },
      to(yes),
      { act: 'sweep' },
      link,
      code,
      to(yes),
    ],
  },
  {
    name: 'each answer takes a new link, and what ends the thread ends the way in',
    moves: [
      link,
      code,
      to({ act: 'question' }),
      to(yes),
      from({ act: 'answer' }),
      link,
      { ...code, back: 1 },
      code,
      code,
      to(no),
      to(no),
      link,
      from({ act: 'end', quiet: false }),
      code,
      link,
    ],
  },
  {
    name: 'an office that ends the thread itself closes its letter with it',
    moves: [link, code, to(yes), link, code, to({ act: 'end', quiet: false }), to({ act: 'look' }), link],
  },
  {
    name: 'the office becomes a member: no link opens any more, and all of it goes on as between two agencies',
    moves: [
      link,
      code,
      to({ act: 'look' }),
      to({ act: 'question' }),
      from({ act: 'answer' }),
      link,
      code,
      to(yes),
      link,
      { act: 'join' } as const,
      code,
      link,
      to({ act: 'look' }, 1),
      from({ act: 'look' }),
      from({ act: 'introduce', on: '2096-12-24', agreed: true }),
      to({ act: 'look' }, 1),
      to({ act: 'introduction-step', step: 'not-happened' }, 1),
      to({ act: 'undo' }, 1),
      to({ act: 'met' }, 1),
      to({ act: 'end', quiet: false }, 1),
      from({ act: 'look' }),
    ],
  },
  {
    name: 'what an office ended is open to it once it is a member',
    moves: [
      link,
      code,
      to(no),
      link,
      code,
      to({ act: 'end', quiet: false }),
      { act: 'join' } as const,
      to({ act: 'look' }, 1),
      to({ act: 'reopen' }, 1),
      to(yes, 1),
      to({ act: 'end', quiet: false }, 1),
    ],
  },
]
