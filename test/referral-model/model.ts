import type { BackLevel, EnvelopeKind, ThreadState } from '#envelopes'

/** The end of a thread that somebody holds. */
export type End = 'from' | 'to'

/** What somebody can do with a thread, each with what of it the model has to know. */
export type Move =
  | { readonly act: 'look' }
  | { readonly act: 'question' | 'answer' | 'decline' | 'met' | 'end' | 'reopen' | 'undo' }
  | { readonly act: 'unreached' | 'withdraw' | 'take' | 'contact' }
  | { readonly act: 'accept' | 'introduce'; readonly on: string | null }
  | { readonly act: 'wait'; readonly on: string | null; readonly place: number | null }
  | { readonly act: 'session'; readonly came: boolean; readonly on: string | null }
export type ActName = Move['act']

/** One line of a timeline. `mine`: who of this end did it, null where it came from the other end. */
interface Line {
  readonly kind: string
  readonly letter: number | null
  readonly mine: number | null
  readonly before: Standing | null
  readonly undoes: number | null
}

interface Standing {
  readonly state: ThreadState
  readonly due: boolean
  readonly expected: string | null
  readonly place: number | null
}

interface Half extends Standing {
  readonly version: number
  readonly lines: readonly Line[]
  /** Lines of the ledger by their kind. */
  readonly ledger: Readonly<Record<string, number>>
}

interface Posted {
  readonly kind: EnvelopeKind
  readonly by: End
  readonly arrived: boolean
  readonly read: boolean
  readonly over: boolean
}

/** Both halves of one thread and what went between them; a value, never changed in place. */
export interface Pair {
  readonly sort: 'ask' | 'referral'
  readonly level: BackLevel
  readonly from: Half
  readonly to: Half
  readonly letters: readonly Posted[]
  readonly taken: boolean
}

/** What somebody is told: where it stands and whether the other end heard, or the rule that said no. */
export type Told = { readonly state?: ThreadState; readonly reached: string } | { readonly refused: string }

export interface Outcome {
  readonly pair: Pair
  readonly told: Told
}

const levels: readonly BackLevel[] = ['nothing', 'received', 'decision-and-place', 'first-contact', 'outcome']
const atLeast = (pair: Pair, level: BackLevel): boolean =>
  pair.sort === 'ask' || levels.indexOf(pair.level) >= levels.indexOf(level)

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

/** From where news takes a half on; from anywhere else it stays. */
const leads: Readonly<Record<string, readonly ThreadState[]>> = {
  received: ['sent', 'question'],
  question: ['sent', 'received'],
  waiting: ['sent', 'received', 'question', 'unreached'],
  accepted: ['sent', 'received', 'question', 'waiting', 'unreached'],
  declined: ['sent', 'received', 'question', 'waiting', 'accepted'],
  started: ['sent', 'received', 'question', 'waiting', 'accepted', 'unreached'],
  met: ['sent', 'received', 'question', 'waiting', 'accepted', 'unreached', 'started'],
  ended: [...beforeDecision, 'waiting', 'accepted', 'unreached', 'declined', 'started', 'met'],
  unreached: [...beforeDecision, 'waiting', 'accepted', 'started'],
  reopened: ['declined', 'met', 'ended'],
}

function led(state: ThreadState, news: string | null): ThreadState {
  if (news === null || leads[news]?.includes(state) !== true) return state
  return news === 'reopened' ? 'received' : (news as ThreadState)
}

/** What each act sends, what it is news of, and how far the release has to let it come back. */
const sends: Readonly<Record<string, readonly [EnvelopeKind, string | null, BackLevel]>> = {
  question: ['question', 'question', 'received'],
  answer: ['answer', 'received', 'received'],
  accept: ['decision', 'accepted', 'decision-and-place'],
  wait: ['decision', 'waiting', 'decision-and-place'],
  decline: ['decision', 'declined', 'decision-and-place'],
  reopen: ['reopening', 'reopened', 'decision-and-place'],
  introduce: ['introduction', 'started', 'first-contact'],
  met: ['introduction', 'met', 'first-contact'],
  unreached: ['unreached', 'unreached', 'first-contact'],
  end: ['outcome', 'ended', 'outcome'],
  session: ['session', null, 'outcome'],
}

/** A thread just begun: sent by worker 0, and nobody there has looked. */
export function begun(sort: Pair['sort'], level: BackLevel, due: boolean): Pair {
  const kind = sort === 'ask' ? ('ask' as const) : ('request' as const)
  const standing = { due, expected: null, place: null, version: 1 }
  const line = { kind, letter: 0, before: null, undoes: null }
  return {
    sort,
    level,
    from: {
      ...standing,
      // Where no decision comes back, nothing is waited for.
      due: due && levels.indexOf(level) >= levels.indexOf('decision-and-place'),
      state: 'sent',
      lines: [{ ...line, mine: 0 }],
      ledger: { 'envelope.sent': 1, 'referral.changed': 1 },
    },
    to: {
      ...standing,
      state: 'received',
      lines: [{ ...line, mine: null }],
      ledger: { 'envelope.received': 1 },
    },
    letters: [{ kind, by: 'from', arrived: true, read: false, over: false }],
    taken: false,
  }
}

/** What happens when a worker of one end makes a move, having read their half at a version. */
export function after(pair: Pair, end: End, worker: number, version: number, move: Move): Outcome {
  const half = pair[end]
  if (move.act === 'look') return { pair: looked(pair, end), told: { state: half.state, reached: 'own' } }
  if (move.act === 'withdraw') return takenBack(pair, worker)
  if (half.version !== version) return refused(pair, 'changed-meanwhile')
  const rule = ruleAgainst(pair, end, move.act)
  if (rule !== null) return refused(pair, rule)
  const shared = !pair.letters.some((letter) => isFirst(letter) && letter.over)
  // Whoever was asked and acts has the first letter open.
  const held = end === 'to' && shared ? { ...pair, letters: pair.letters.map(readFirst) } : pair
  if (!shared && !['end', 'met'].includes(move.act)) return refused(held, 'no-longer-shared')
  if (move.act === 'undo') return undone(held, end, worker)
  if (move.act === 'take') return intoRecord(held, worker)
  // Ending after a no reads the no first: for danger it would not be let end.
  const known = move.act === 'end' && end === 'from' && half.state === 'declined' ? noRead(held) : held
  return acted(known, end, worker, move, shared)
}

const isFirst = (letter: Posted): boolean => letter.kind === 'ask' || letter.kind === 'request'
const readFirst = (letter: Posted): Posted => (isFirst(letter) ? { ...letter, read: true } : letter)
const refused = (pair: Pair, rule: string): Outcome => ({ pair, told: { refused: rule } })
const other = (end: End): End => (end === 'from' ? 'to' : 'from')

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

function noted(half: Half, kind: string, times = 1): Half {
  return { ...half, ledger: { ...half.ledger, [kind]: (half.ledger[kind] ?? 0) + times } }
}

function looked(pair: Pair, end: End): Pair {
  const here = pair.letters.filter((letter) => letter.by !== end && letter.arrived)
  const open = here.filter((letter) => !letter.over)
  const letters = pair.letters.map((letter) => (open.includes(letter) ? { ...letter, read: true } : letter))
  const half = noted(
    noted(pair[end], 'envelope.opened', open.length),
    'envelope.not-open',
    here.length - open.length,
  )
  const seen = { ...pair, letters, [end]: half }
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

/** The newest decision that still opens is the no; those that were undone after it are met on the way. */
function noRead(pair: Pair): Pair {
  const came = pair.letters.filter(({ kind, by, arrived }) => kind === 'decision' && by === 'to' && arrived)
  const at = came.findLastIndex((letter) => !letter.over)
  const read = (letter: Posted): Posted => (letter === came[at] ? { ...letter, read: true } : letter)
  const from = noted(noted(pair.from, 'envelope.not-open', came.length - 1 - at), 'envelope.opened')
  return { ...pair, letters: pair.letters.map(read), from }
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
    { ...pair.to, version: pair.to.version + 1, lines: [...pair.to.lines, line] },
    'envelope.opened',
  )
  return { pair: { ...pair, to, taken: true }, told: { reached: 'own' } }
}

type Plain = Exclude<ActName, 'look' | 'withdraw' | 'take' | 'undo'>

function acted(pair: Pair, end: End, worker: number, move: Move, shared: boolean): Outcome {
  const [kind, plainNews, level] = sendingOf(move.act as Plain, end)
  const news = move.act === 'session' && move.came ? 'started' : plainNews
  const mine = pair[end]
  const theirs = pair[other(end)]
  const closedThere = ['declined', 'met', 'ended'].includes(theirs.state)
  const comesBack = end === 'from' || (atLeast(pair, level) && (move.act !== 'reopen' || closedThere))
  const reached = shared ? (comesBack ? 'delivered' : 'kept') : 'own'
  const letter = shared ? pair.letters.length : null
  const unheard = move.act === 'reopen' && end === 'from' && !atLeast(pair, 'received')
  const now = { ...mine, ...changed(mine, move), state: unheard ? 'sent' : led(mine.state, news) } as Half
  const line = {
    kind: shared && move.act !== 'contact' ? kind : move.act,
    letter,
    mine: worker,
    // It moves nothing, so that there is nothing to undo.
    before: move.act === 'contact' ? null : standingOf(mine),
    undoes: null,
  }
  const half = noted({ ...now, version: mine.version + 1, lines: [...mine.lines, line] }, 'referral.changed')
  const told = { state: half.state, reached }
  if (!shared) return { pair: { ...pair, [end]: half }, told }
  const posted = { kind, by: end, arrived: comesBack, read: false, over: false }
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

function sendingOf(act: Plain, end: End): NonNullable<(typeof sends)[string]> {
  // Whom to ring comes back as a decision does, since that is where somebody is first named.
  if (act === 'contact') return [end === 'from' ? 'introduction' : 'decision', null, 'decision-and-place']
  return sends[act] as NonNullable<(typeof sends)[string]>
}

function standingOf({ state, due, expected, place }: Standing): Standing {
  return { state, due, expected, place }
}

/** What an act changes on its own half, next to where it stands. */
function changed(half: Half, move: Move): Partial<Standing> {
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
function brought(half: Half, move: Move): Partial<Standing> {
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
