import type { BackLevel } from '#envelopes'

import type { ActName, End, Move } from './pair.ts'

/** Numbers that look like chance and are the same in every run. */
export interface Chance {
  readonly below: (limit: number) => number
  readonly one: <T>(of: readonly T[]) => T
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
  const one = <T>(of: readonly T[]): T => of[below(of.length)] as T
  return { below, one }
}

/** How a step goes wrong, or does not. */
export type Mishap = 'none' | 'sent-twice' | 'answer-lost' | 'ends-between' | 'both-at-once' | 'old-page'

export interface Step {
  readonly end: End
  readonly worker: 0 | 1
  readonly move: Move
  readonly mishap: Mishap
}

// What happens often stands often: a history in which everything is refused proves little.
const often: readonly ActName[] = [
  'look',
  'look',
  'question',
  'question',
  'answer',
  'answer',
  'accept',
  'accept',
  'wait',
  'wait',
  'decline',
  'decline',
  'introduce',
  'introduce',
  'introduction-step',
  'introduction-step',
  'introduction-step',
  'met',
  'end',
  'reopen',
  'reopen',
  'undo',
  'undo',
  'undo',
  'session',
  'session',
  'unreached',
  'unreached',
  'contact',
  'nudge',
  'call-off',
  'meanwhile',
  'settle',
  'settle',
  'helpers',
  'helpers',
  'step-aside',
  'take',
  'withdraw',
]
const mishaps: readonly Mishap[] = [
  'none',
  'none',
  'none',
  'none',
  'none',
  'sent-twice',
  'answer-lost',
  'ends-between',
  'ends-between',
  'both-at-once',
  'old-page',
]
const days = [null, '2096-12-01', '2096-12-24'] as const

export const allLevels: readonly BackLevel[] = [
  'nothing',
  'received',
  'decision-and-place',
  'first-contact',
  'outcome',
]

export function moveOf(chance: Chance, act: ActName): Move {
  switch (act) {
    case 'accept':
      return { act, on: chance.one(days) }
    case 'introduce':
      return { act, on: chance.one(days), agreed: chance.below(2) === 0 }
    case 'introduction-step':
      return { act, step: chance.one(['agreed', 'happened', 'not-happened'] as const) }
    case 'decline':
      return { act, danger: chance.below(3) === 0 }
    case 'end':
      return { act, quiet: chance.below(4) === 0 }
    case 'wait':
      return { act, on: chance.one(days), place: chance.one([null, 1, 7]) }
    case 'session':
      return { act, came: chance.below(2) === 0, on: chance.one(days) }
    case 'settle':
      return { act, how: chance.one(['thread', 'word', 'own', 'not-wanted'] as const) }
    case 'helpers':
      return { act, who: chance.one(['', 'a', 'ab', 'bc']) }
    default:
      return { act }
  }
}

/** A step of somebody at one end; mostly one that the end may do at all. */
export function stepOf(chance: Chance, sort: 'ask' | 'referral'): Step {
  const end = chance.one(['from', 'to'] as const)
  const act = chance.one(often)
  const fitting = rare(chance, act) || misplaced(end, act, sort) ? 'look' : act
  return {
    end,
    worker: chance.below(4) === 0 ? 1 : 0,
    move: moveOf(chance, fitting),
    mishap: chance.one(mishaps),
  }
}

/** After these little happens any more. */
function rare(chance: Chance, act: ActName): boolean {
  return (act === 'withdraw' || act === 'step-aside') && chance.below(3) > 0
}

/** What rests on a permission is done where it was given, and a question rests on none. */
function misplaced(end: End, act: ActName, sort: 'ask' | 'referral'): boolean {
  return (act === 'withdraw' || act === 'helpers') && (end === 'to' || sort === 'ask')
}
