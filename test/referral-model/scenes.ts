import type { End, Move, Pair } from './pair.ts'

/** How an act comes to be possible: what happened before it, by whom. */
export interface Scene {
  readonly name: string
  readonly end: End
  readonly move: Move
  readonly before: readonly (readonly [End, Move])[]
  readonly sort: Pair['sort']
}

const yes: Move = { act: 'accept', on: null }
const no: Move = { act: 'decline', danger: false }
const danger: Move = { act: 'decline', danger: true }
const ask: Move = { act: 'question' }
const plan: Move = { act: 'introduce', on: '2026-12-01', agreed: true }
const list: Move = { act: 'helpers', who: 'ab' }

function scene(
  name: string,
  end: End,
  move: Move,
  before: Scene['before'] = [],
  sort: Pair['sort'] = 'referral',
) {
  return { name, end, move, before, sort }
}

export const scenes: readonly Scene[] = [
  scene('a look', 'to', { act: 'look' }),
  scene('a question', 'to', ask),
  scene('an answer', 'from', { act: 'answer' }, [['to', ask]]),
  scene('a yes', 'to', yes),
  scene('a place on a list', 'to', { act: 'wait', on: '2026-12-24', place: 7 }),
  scene('a no', 'to', no),
  scene('a no for danger', 'to', danger),
  scene('an introduction', 'from', plan, [['to', yes]]),
  scene('another day for one', 'from', plan, [
    ['to', yes],
    ['from', plan],
  ]),
  scene('one that did not come about', 'to', { act: 'introduction-step', step: 'not-happened' }, [
    ['to', yes],
    ['from', plan],
  ]),
  scene('that they have met', 'to', { act: 'met' }, [['to', yes]]),
  scene('an end', 'to', { act: 'end', quiet: false }, [['to', yes]]),
  scene('an end of which nothing is told', 'to', { act: 'end', quiet: true }, [['to', yes]]),
  scene('an end after a no', 'from', { act: 'end', quiet: false }, [['to', no]]),
  scene('opening again', 'to', { act: 'reopen' }, [['to', no]]),
  scene('undoing', 'to', { act: 'undo' }, [['to', yes]]),
  scene('taking into a record', 'to', { act: 'take' }, [['to', yes]]),
  scene('a session', 'to', { act: 'session', came: true, on: null }, [['to', yes]]),
  scene('that nobody was reached', 'to', { act: 'unreached' }, [['to', yes]]),
  scene('whom to ring', 'to', { act: 'contact' }, [['to', yes]]),
  scene('who has the person', 'from', { act: 'settle', how: 'word' }, [['to', danger]]),
  scene('what there is meanwhile', 'from', { act: 'meanwhile' }, [['to', no]]),
  scene('please answer', 'from', { act: 'nudge' }),
  scene('a list of who helps', 'from', list),
  scene('a changed list of who helps', 'from', { act: 'helpers', who: 'c' }, [['from', list]]),
  scene('taking a permission back', 'from', { act: 'withdraw' }, [['to', ask]]),
  scene('stepping aside', 'to', { act: 'step-aside' }),
  scene('calling a question off', 'from', { act: 'call-off' }, [['to', ask]], 'ask'),
]
