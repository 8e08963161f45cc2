import type { ThreadState } from '#envelopes'

import {
  atLeast,
  type End,
  type Half,
  type Hold,
  type Holder,
  isFirst,
  led,
  noted,
  type Outcome,
  ownLine,
  type Pair,
  type Posted,
  reading,
  refused,
  standingOf,
} from './pair.ts'

/** Asking once more for an answer: a line on both sides and nothing else, once in a day, where one is late or a planned day has gone by. */
export function nudged(pair: Pair, end: End, worker: number): Outcome {
  const { from, to } = pair
  if (end === 'to') return refused(pair, 'no-thread')
  const sharing = pair.letters.some((letter) => isFirst(letter) && !letter.over)
  const planned = pair.sort !== 'ask' && ['waiting', 'accepted', 'started'].includes(from.state)
  const needed = ['accepted', 'started'].includes(from.state) ? 'first-contact' : 'decision-and-place'
  if (!(planned || ['sent', 'received'].includes(from.state)) || !atLeast(pair, needed) || !sharing)
    return refused(pair, 'not-now')
  // Every planned day of a play lies far ahead, and where there is none a month has to go by.
  if (planned || !from.due) return refused(pair, 'not-due')
  if (pair.nudged) return refused(pair, 'asked-today')
  return {
    pair: {
      ...pair,
      from: noted(ownLine(from, 'nudged', worker), 'referral.changed'),
      to: ownLine(to, 'nudged', null),
      nudged: true,
    },
    told: { reached: 'own' },
  }
}

/** A question that needs no answer any more: the other side hears this and no more, and nothing of it is taken back. */
export function calledOff(pair: Pair, end: End, worker: number): Outcome {
  const { from, to } = pair
  const open = end === 'from' && pair.sort === 'ask' && ['sent', 'received', 'question'].includes(from.state)
  if (!open) return refused(pair, 'not-awaited')
  const line = { kind: 'outcome', letter: pair.letters.length, undoes: null }
  return {
    pair: {
      ...pair,
      letters: [...pair.letters, posted('outcome', { about: 'other' })],
      from: sentBy({
        ...from,
        state: 'ended',
        due: false,
        version: from.version + 1,
        lines: [...from.lines, { ...line, mine: worker, before: null }],
      }),
      to: noted(
        {
          ...to,
          state: led(to.state, 'ended'),
          version: to.version + 1,
          lines: [...to.lines, { ...line, mine: null, before: standingOf(to) }],
        },
        'envelope.received',
      ),
    },
    told: { reached: 'delivered' },
  }
}

const posted = (kind: Posted['kind'], says: Posted['says']): Posted => ({
  kind,
  by: 'from',
  says,
  arrived: true,
  read: false,
  over: false,
})
const sentBy = (half: Half): Half => noted(noted(half, 'envelope.sent'), 'referral.changed')

/** The list of who helps as it is now: the copy before it ends, and one that says the same is not sent. */
export function helpersTold(pair: Pair, worker: number, who: string): Outcome {
  const { from, to } = pair
  const now = ['declined', 'ended', 'withdrawn'].includes(from.state) ? '' : who
  const before = pair.letters.filter((letter) => letter.kind === 'helpers' && !letter.over)
  const says = before.at(-1)?.says
  if ((says?.about === 'helpers' ? says.who : '') === now) return { pair, told: { reached: 'own' } }
  const letters = pair.letters.map((letter) => (before.includes(letter) ? { ...letter, over: true } : letter))
  const half = noted(from, 'envelope.withdrawn', before.length)
  if (now === '') return { pair: { ...pair, letters, from: half }, told: { reached: 'delivered' } }
  const line = { kind: 'helpers', letter: letters.length, undoes: null }
  return {
    pair: {
      ...pair,
      letters: [...letters, posted('helpers', { about: 'helpers', who: now })],
      from: sentBy({ ...half, lines: [...half.lines, { ...line, mine: worker, before: null }] }),
      to: noted(
        {
          ...to,
          version: to.version + 1,
          lines: [...to.lines, { ...line, mine: null, before: standingOf(to) }],
        },
        'envelope.received',
      ),
    },
    told: { reached: 'delivered' },
  }
}

/** Somebody knows the person: from then on there is no such thread for them, and the rest goes on as it was. */
export function steppedAside(pair: Pair, end: End, worker: number): Outcome {
  // What belongs to a case is closed with the case.
  if ((end === 'from' && pair.sort === 'referral') || (end === 'to' && pair.taken))
    return refused(pair, 'has-case')
  const half = noted(ownLine(pair[end], 'stepped-aside', worker), 'conflict.declared')
  return {
    pair: { ...pair, [end]: { ...half, aside: [...half.aside, worker] } },
    told: { reached: 'own' },
  }
}

const fresh: Hold = { since: false, settled: false, version: 0 }

/** What there is for the person meanwhile: kept on the side that sent, at any time. */
export function meanwhile(pair: Pair, end: End, worker: number, version: number): Outcome {
  const hold = pair.hold ?? fresh
  if (end === 'to') return refused(pair, 'no-thread')
  if (hold.version !== version) return refused(pair, 'changed-meanwhile')
  return {
    pair: {
      ...pair,
      hold: { ...hold, version: version + 1 },
      from: noted(ownLine(pair.from, 'meanwhile', worker), 'referral.changed'),
    },
    told: { reached: 'own' },
  }
}

/** Who has the person now. After a no for danger only somebody else does; and a thread of ours that nobody answered stands for nobody. */
export function settled(pair: Pair, end: End, worker: number, version: number, how: Holder): Outcome {
  if (end === 'to') return refused(pair, 'no-thread')
  const { hold } = pair
  if (hold === null || hold.version !== version || !isHeld(hold)) return refused(pair, 'changed-meanwhile')
  const known = noRead(pair)
  if (isDanger(pair, 'from') && (how === 'own' || how === 'not-wanted'))
    return refused(known, 'same-day-first')
  if (how === 'thread') return refused(known, 'not-acknowledged')
  return {
    pair: {
      ...known,
      hold: { ...hold, settled: true, version: version + 1 },
      from: noted(ownLine(known.from, 'handed', worker), 'referral.changed'),
    },
    told: { reached: 'own' },
  }
}

const isHeld = (hold: Hold | null): boolean => hold !== null && hold.since && !hold.settled

/** A no that an end can read is looked for from the newest decision on; those that were undone after it are met on the way. */
function noAt(pair: Pair, end: End): number {
  return pair.letters.findLastIndex(
    (letter) =>
      letter.says.about === 'no' && letter.by === 'to' && (end === 'to' || (letter.arrived && !letter.over)),
  )
}

function isDanger(pair: Pair, end: End): boolean {
  const says = pair.letters[noAt(pair, end)]?.says
  return says?.about === 'no' && says.danger
}

function noRead(pair: Pair): Pair {
  const no = noAt(pair, 'from')
  return reading(pair, 'from', (letter, at) => letter.kind === 'decision' && at >= no)
}

/** Ending after a no reads the no first. For danger it ends nothing before somebody has the person; else it says that we have them. */
export function endedAfterNo(pair: Pair, end: End): Pair | Outcome {
  const danger = isDanger(pair, end)
  // Whoever said no for danger, and is heard, leaves it open: it is the others' to end.
  if (end === 'to')
    return danger && atLeast(pair, 'decision-and-place') ? refused(pair, 'same-day-theirs') : pair
  const known = noRead(pair)
  const { hold } = known
  if (hold === null || !isHeld(hold)) return known
  if (danger) return refused(known, 'same-day-first')
  return { ...known, hold: { ...hold, settled: true, version: hold.version + 1 } }
}

/** From a no that arrives on, whoever sent the person has them in hand, until it goes on after all. */
export function holdAfter(pair: Pair, was: ThreadState): Pair {
  const { state } = pair.from
  const { hold } = pair
  if (state === was || state === 'withdrawn' || state === 'ended') return pair
  // An end that is undone stands where it stood.
  if (state === 'declined')
    return was === 'ended'
      ? pair
      : { ...pair, hold: { since: true, settled: false, version: (hold?.version ?? 0) + 1 } }
  if (hold === null || !hold.since || !['declined', 'ended'].includes(was)) return pair
  return { ...pair, hold: { since: false, settled: false, version: hold.version + 1 } }
}

/** A permission that was made again: the copies under the one before end, a fresh one goes into the same thread, and nothing moves. */
export function goesOn(pair: Pair, worker: number): Pair {
  const ended = pair.letters.map((letter) => (letter.by === 'from' ? { ...letter, over: true } : letter))
  const { from, to } = pair
  const line = { kind: 'request', letter: ended.length, undoes: null }
  const sent = { ...from, lines: [...from.lines, { ...line, mine: worker, before: null }] }
  const heard = {
    ...to,
    version: to.version + 1,
    lines: [...to.lines, { ...line, mine: null, before: standingOf(to) }],
  }
  return {
    ...pair,
    letters: [...ended, posted('request', { about: 'other' })],
    from: noted(noted(sent, 'envelope.withdrawn'), 'envelope.sent'),
    to: noted(heard, 'envelope.received'),
  }
}
