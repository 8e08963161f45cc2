import type { BackLevel, EnvelopeKind, ThreadState } from '#envelopes'

import {
  calledOff,
  endedAfterNo,
  helpersTold,
  holdAfter,
  meanwhile,
  nudged,
  settled,
  steppedAside,
} from './beside.ts'
import { introduced, mayFollow, tellsOfIt, undoneAt } from './introduced.ts'
import {
  type ActName,
  atLeast,
  type End,
  type Half,
  isFirst,
  led,
  type Move,
  noted,
  other,
  type Outcome,
  type Pair,
  type Posted,
  reading,
  refused,
  type Says,
  type Standing,
  standingOf,
} from './pair.ts'

/** Who may do what where; written by hand, not taken from the rules that are tried. */
const may: Readonly<Record<ThreadState, Readonly<Record<End, string>>>> = {
  sent: { from: 'withdraw undo', to: 'undo' },
  received: { from: 'withdraw undo unreached', to: 'question accept wait decline undo unreached' },
  question: { from: 'answer withdraw undo unreached', to: 'question accept wait decline undo unreached' },
  waiting: {
    from: 'answer introduce met end withdraw undo unreached',
    to: 'question accept wait decline introduce met end take undo session unreached',
  },
  accepted: {
    from: 'answer introduce met end withdraw undo unreached',
    to: 'question decline introduce met end take undo session unreached',
  },
  unreached: {
    from: 'answer introduce met end withdraw undo unreached',
    to: 'question accept wait introduce met end take undo session unreached',
  },
  declined: { from: 'end withdraw reopen undo', to: 'end reopen undo' },
  started: {
    from: 'answer introduce met end withdraw undo unreached',
    to: 'question introduce met end take undo session unreached',
  },
  met: { from: 'end withdraw reopen undo', to: 'end take reopen undo session' },
  ended: { from: 'withdraw reopen undo', to: 'reopen undo' },
  withdrawn: { from: '', to: '' },
}
const onTheTelephone = ['introduce', 'met', 'end', 'unreached']
const beforeDecision: readonly ThreadState[] = ['sent', 'received', 'question']
const ofAnAsk = ['question', 'answer', 'accept', 'decline', 'end', 'reopen', 'undo']
const onlyFrom = ['answer', 'withdraw']
const onlyTo = ['question', 'accept', 'wait', 'decline', 'take', 'session']

/** What each act sends, what it is news of, and how far the release has to let it come back. */
const sends: Readonly<Record<string, readonly [EnvelopeKind, string | null, BackLevel]>> = {
  question: ['question', 'question', 'received'],
  answer: ['answer', 'received', 'received'],
  accept: ['decision', 'accepted', 'decision-and-place'],
  wait: ['decision', 'waiting', 'decision-and-place'],
  decline: ['decision', 'declined', 'decision-and-place'],
  reopen: ['reopening', 'reopened', 'decision-and-place'],
  introduce: ['introduction', 'started', 'first-contact'],
  'introduction-step': ['introduction', 'started', 'first-contact'],
  met: ['introduction', 'met', 'first-contact'],
  unreached: ['unreached', 'unreached', 'first-contact'],
  end: ['outcome', 'ended', 'outcome'],
  session: ['session', null, 'outcome'],
}

/** What happens when a worker of one end makes a move, having read their half at a version. */
export function after(pair: Pair, end: End, worker: number, version: number, move: Move): Outcome {
  const done = played(pair, end, worker, version, move)
  return { ...done, pair: holdAfter(done.pair, pair.from.state) }
}

function played(pair: Pair, end: End, worker: number, version: number, move: Move): Outcome {
  if (pair[end].aside.includes(worker))
    return refused(pair, move.act === 'call-off' ? 'not-awaited' : 'no-thread')
  switch (move.act) {
    case 'look':
      return { pair: looked(pair, end), told: { state: pair[end].state, reached: 'own' } }
    case 'withdraw':
      return takenBack(pair, worker)
    case 'nudge':
      return nudged(pair, end, worker)
    case 'call-off':
      return calledOff(pair, end, worker)
    case 'helpers':
      return helpersTold(pair, worker, move.who)
    case 'step-aside':
      return steppedAside(pair, end, worker)
    case 'meanwhile':
      return meanwhile(pair, end, worker, version)
    case 'settle':
      return settled(pair, end, worker, version, move.how)
    default:
      return pair[end].version === version
        ? onThread(pair, end, worker, move)
        : refused(pair, 'changed-meanwhile')
  }
}

function onThread(pair: Pair, end: End, worker: number, move: OnThread | { act: 'undo' | 'take' }): Outcome {
  const rule = ruleAgainst(pair, end, move.act === 'introduction-step' ? 'introduce' : move.act)
  if (rule !== null) return refused(pair, rule)
  const shared = pair.letters.some((letter) => isFirst(letter) && !letter.over)
  // Whoever was asked and acts has the first letter open.
  const held = end === 'to' && shared ? { ...pair, letters: readFirst(pair.letters) } : pair
  if (!shared && !['end', 'met'].includes(move.act)) return refused(held, 'no-longer-shared')
  if (move.act === 'undo') return undone(held, end, worker)
  if (move.act === 'take') return intoRecord(held, worker)
  const ready = prepared(held, end, move)
  return 'told' in ready ? ready : acted(ready, end, worker, move, shared)
}

/** What somebody reads before an act, and what it may say no to. */
function prepared(pair: Pair, end: End, move: OnThread): Pair | Outcome {
  if (move.act === 'end' && pair[end].state === 'declined') return endedAfterNo(pair, end)
  if (move.act !== 'introduce' && move.act !== 'introduction-step') return pair
  const known = reading(pair, end, (letter, at) => tellsOfIt(letter) && !undoneAt(pair, end, at))
  const what = move.act === 'introduce' ? 'plan' : move.step
  if (!mayFollow(pair, end, what)) return refused(known, 'not-now')
  const now = introduced(pair, end)
  const asksWhy = what === 'not-happened' || (what === 'plan' && now.state === 'agreed' && now.dated)
  if (!asksWhy) return known
  // What got in the way is kept here. Where nothing was kept yet, the request says of which service it is.
  const request = known.letters.findLastIndex(isFirst)
  const found = known[end].keeps ? known : reading(known, end, (_, at) => at === request)
  return { ...found, [end]: { ...found[end], keeps: true } }
}

/** The newest of what began it is the one that counts. */
function readFirst(letters: readonly Posted[]): readonly Posted[] {
  const newest = letters.findLastIndex(isFirst)
  return letters.map((letter, at) => (at === newest ? { ...letter, read: true } : letter))
}

function ruleAgainst(pair: Pair, end: End, act: ActName): string | null {
  const { state } = pair[end]
  // Whom to ring can be said as long as somebody could ring.
  if (act === 'contact') return ['declined', 'ended', 'withdrawn'].includes(state) ? 'not-now' : null
  if ((end === 'from' ? onlyTo : onlyFrom).includes(act)) return 'other-side-does-this'
  if (pair.sort === 'ask' && !ofAnAsk.includes(act)) return 'not-for-an-ask'
  if (may[state][end].split(' ').includes(act)) return null
  const untold = end === 'from' && !atLeast(pair, 'decision-and-place')
  return untold && beforeDecision.includes(state) && onTheTelephone.includes(act) ? null : 'not-now'
}

function looked(pair: Pair, end: End): Pair {
  const open = pair.letters.filter((letter) => letter.by !== end && letter.arrived && !letter.over)
  const seen = reading(pair, end, () => true)
  if (end === 'from' || open.length === 0 || pair.from.state !== 'sent') return seen
  if (!atLeast(pair, 'received')) return seen
  const line = { kind: 'received', letter: null, before: null, undoes: null }
  return {
    ...seen,
    from: {
      ...seen.from,
      state: 'received',
      version: seen.from.version + 1,
      lines: [...seen.from.lines, { ...line, mine: null }],
    },
    to: { ...seen.to, lines: [...seen.to.lines, { ...line, mine: null }] },
  }
}

function takenBack(pair: Pair, worker: number): Outcome {
  const letters = pair.letters.map((letter) => (letter.by === 'from' ? { ...letter, over: true } : letter))
  const { from } = pair
  if (from.state === 'withdrawn')
    return {
      pair: { ...pair, from: noted(from, 'envelope.withdrawn') },
      told: { state: 'withdrawn', reached: 'own' },
    }
  const line = { kind: 'withdrawn', letter: null, mine: worker, before: null, undoes: null }
  const closed = {
    ...from,
    state: 'withdrawn' as const,
    due: false,
    version: from.version + 1,
    lines: [...from.lines, line],
  }
  const half = noted(noted(closed, 'envelope.withdrawn'), 'referral.changed')
  return { pair: { ...pair, letters, from: half }, told: { state: 'withdrawn', reached: 'own' } }
}

function intoRecord(pair: Pair, worker: number): Outcome {
  if (pair.taken) return refused(pair, 'not-now')
  const line = { kind: 'taken', letter: 0, mine: worker, before: null, undoes: null }
  const to = noted(
    { ...pair.to, keeps: true, version: pair.to.version + 1, lines: [...pair.to.lines, line] },
    'envelope.opened',
  )
  return { pair: { ...pair, to, taken: true }, told: { reached: 'own' } }
}

type Beside = 'look' | 'withdraw' | 'nudge' | 'call-off' | 'helpers' | 'step-aside' | 'meanwhile' | 'settle'
type OnThread = Exclude<Move, { readonly act: Beside | 'take' | 'undo' }>
type Plain = OnThread['act']

function acted(pair: Pair, end: End, worker: number, move: OnThread, permitted: boolean): Outcome {
  const [kind, plainNews, level] = sendingOf(move.act, end)
  // The person can let the other side hear nothing of how it ended.
  const shared = permitted && !(move.act === 'end' && move.quiet)
  const news = move.act === 'session' && move.came ? 'started' : plainNews
  const mine = pair[end]
  const theirs = pair[other(end)]
  const closedThere = ['declined', 'met', 'ended'].includes(theirs.state)
  const comesBack = end === 'from' || (atLeast(pair, level) && (move.act !== 'reopen' || closedThere))
  const reached = shared ? (comesBack ? 'delivered' : 'kept') : 'own'
  const letter = shared ? pair.letters.length : null
  const unheard = move.act === 'reopen' && end === 'from' && !atLeast(pair, 'received')
  const keeps = mine.keeps || move.act === 'end'
  const now = {
    ...mine,
    ...changed(mine, move),
    keeps,
    state: unheard ? 'sent' : led(mine.state, news),
  } as Half
  const line = {
    kind: shared && move.act !== 'contact' ? kind : actOf(move.act),
    letter,
    mine: worker,
    // It moves nothing, so that there is nothing to undo.
    before: move.act === 'contact' ? null : standingOf(mine),
    undoes: null,
  }
  const half = noted({ ...now, version: mine.version + 1, lines: [...mine.lines, line] }, 'referral.changed')
  const told = { state: half.state, reached }
  if (!shared) return { pair: { ...pair, [end]: half }, told }
  const posted = { kind, by: end, says: saying(move), arrived: comesBack, read: false, over: false }
  const sent = { ...pair, letters: [...pair.letters, posted], [end]: noted(half, 'envelope.sent') }
  if (!comesBack) return { pair: sent, told }
  const heard = {
    ...theirs,
    ...brought(theirs, move),
    state: led(theirs.state, news),
    version: theirs.version + 1,
    lines: [...theirs.lines, { ...line, kind, mine: null, before: standingOf(theirs) }],
  }
  return { pair: { ...sent, [other(end)]: noted(heard, 'envelope.received') }, told }
}

const actOf = (act: Plain): string => (act === 'introduction-step' ? 'introduce' : act)

function saying(move: OnThread): Says {
  switch (move.act) {
    case 'introduce':
      return { about: 'plan', dated: move.on !== null, agreed: move.agreed }
    case 'introduction-step':
      return { about: 'step', step: move.step }
    case 'decline':
      return { about: 'no', danger: move.danger }
    case 'met':
      return { about: 'met' }
    case 'reopen':
      return { about: 'reopened' }
    default:
      return { about: 'other' }
  }
}

function sendingOf(act: Plain, end: End): NonNullable<(typeof sends)[string]> {
  // Whom to ring comes back as a decision does, since that is where somebody is first named.
  if (act === 'contact') return [end === 'from' ? 'introduction' : 'decision', null, 'decision-and-place']
  return sends[act] as NonNullable<(typeof sends)[string]>
}

/** What an act changes on its own half, next to where it stands. */
function changed(half: Half, move: OnThread): Partial<Standing> {
  switch (move.act) {
    case 'accept':
      return { due: false, ...(move.on === null ? {} : { expected: move.on }) }
    case 'wait':
      return { due: false, expected: move.on, place: move.place }
    case 'decline':
      return { due: false }
    case 'introduce':
    case 'session':
      return { expected: move.on ?? half.expected }
    case 'introduction-step':
      return move.step === 'not-happened' ? { expected: null } : {}
    case 'met':
    case 'end':
      return { due: false, expected: null }
    case 'reopen':
      return { due: false, expected: null, place: null }
    default:
      return {}
  }
}

/** What news brings to the other half: a date and a place that is said stands, one that is not said changes nothing. */
function brought(half: Half, move: OnThread): Partial<Standing> {
  const on = 'on' in move ? (move.on ?? half.expected) : half.expected
  return { expected: on, place: move.act === 'wait' ? (move.place ?? half.place) : half.place }
}

function undone(pair: Pair, end: End, worker: number): Outcome {
  const mine = pair[end]
  const last = mine.lines.at(-1)
  if (last === undefined || last.before === null || last.mine !== worker)
    return refused(pair, 'nothing-to-undo')
  const theirs = pair[other(end)]
  const there = theirs.lines.findIndex((line) => line.letter !== null && line.letter === last.letter)
  const heard = theirs.lines[there]
  if (heard !== undefined) {
    if (end === 'from' && !atLeast(pair, 'received')) return refused(pair, 'undo-untold')
    const letter = pair.letters[last.letter ?? -1]
    if (letter === undefined || letter.read || letter.over || there < theirs.lines.length - 1)
      return refused(pair, 'undo-was-read')
  }
  const back = (half: Half, at: number, before: Standing, by: number | null): Half => ({
    ...half,
    ...before,
    version: half.version + 1,
    lines: [...half.lines, { kind: 'undone', letter: null, mine: by, before: null, undoes: at }],
  })
  const letters = pair.letters.map((letter, at) => (at === last.letter ? { ...letter, over: true } : letter))
  const half = noted(back(mine, mine.lines.length - 1, last.before, worker), 'referral.changed')
  const next = { ...pair, letters, [end]: half }
  const told = { state: half.state, reached: 'own' }
  if (heard === undefined || heard.before === null) return { pair: next, told }
  return { pair: { ...next, [other(end)]: back(theirs, there, heard.before, null) }, told }
}
