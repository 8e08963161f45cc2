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
const plan: Move = { act: 'introduce', on: '2096-12-01', agreed: true }
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
  scene('a place on a list', 'to', { act: 'wait', on: '2096-12-24', place: 7 }),
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

/** What comes in a row, so that every rule that says no is met in each run, and what is let after it. */
export const walks: readonly Pick<Scene, 'name' | 'sort' | 'before'>[] = [
  walk('after a no for danger only somebody else ends it', [
    ['to', danger],
    ['to', { act: 'end', quiet: false }],
    ['from', { act: 'end', quiet: false }],
    ['from', { act: 'settle', how: 'own' }],
    ['from', { act: 'settle', how: 'not-wanted' }],
    ['from', { act: 'settle', how: 'thread' }],
    ['from', { act: 'settle', how: 'word' }],
    ['from', { act: 'settle', how: 'word' }],
    ['from', { act: 'end', quiet: false }],
  ]),
  walk('after any other no this agency can say that it keeps hold, until it goes on', [
    ['from', { act: 'meanwhile' }],
    ['to', no],
    ['from', { act: 'settle', how: 'own' }],
    ['from', { act: 'reopen' }],
    ['to', no],
    ['to', { act: 'undo' }],
    ['to', no],
    ['from', { act: 'end', quiet: false }],
    ['from', { act: 'undo' }],
  ]),
  walk(
    'a question that was answered is not called off',
    [
      ['from', { act: 'nudge' }],
      ['to', { act: 'call-off' }],
      ['to', yes],
      ['from', { act: 'call-off' }],
      ['to', { act: 'undo' }],
      ['from', { act: 'call-off' }],
      ['from', { act: 'call-off' }],
      ['to', { act: 'reopen' }],
    ],
    'ask',
  ),
  walk('an introduction goes step by step, and to the end only as the person says', [
    ['to', yes],
    ['to', { act: 'introduction-step', step: 'agreed' }],
    ['from', { act: 'introduce', on: '2096-12-01', agreed: false }],
    ['to', { act: 'introduction-step', step: 'agreed' }],
    ['from', { act: 'introduce', on: '2096-12-24', agreed: true }],
    ['to', { act: 'introduction-step', step: 'not-happened' }],
    ['from', { act: 'introduction-step', step: 'happened' }],
    ['from', plan],
    ['from', { act: 'introduction-step', step: 'happened' }],
    ['to', { act: 'introduction-step', step: 'not-happened' }],
    ['to', { act: 'met' }],
    ['from', plan],
  ]),
  walk('an answer is asked for once in a day, and not once it is there', [
    ['from', { act: 'nudge' }],
    ['from', { act: 'nudge' }],
    ['to', { act: 'nudge' }],
    ['to', yes],
    ['from', { act: 'nudge' }],
  ]),
  walk('whoever helps is listed as it is now, and nowhere after a no', [
    ['from', list],
    ['to', { act: 'look' }],
    ['from', list],
    ['from', { act: 'helpers', who: 'c' }],
    ['to', { act: 'look' }],
    ['to', no],
    ['from', list],
  ]),
  walk('whoever stepped aside finds no thread, until whoever is left takes it into a case', [
    ['to', { act: 'step-aside' }],
    ['to', { act: 'look' }],
    ['to', yes],
    ['from', { act: 'step-aside' }],
  ]),
]

function walk(name: string, before: Scene['before'], sort: Pair['sort'] = 'referral') {
  return { name, before, sort }
}
