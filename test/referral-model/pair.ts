import type { BackLevel, EnvelopeKind, ThreadState } from '#envelopes'

/** The end of a thread that somebody holds. */
export type End = 'from' | 'to'

/** What becomes of an introduction that was planned. */
export type StepName = 'agreed' | 'happened' | 'not-happened'
/** Who has the person after a no: a thread of our own, somebody's word, this agency, or nobody, as the person wants. */
export type Holder = 'thread' | 'word' | 'own' | 'not-wanted'

/** What somebody can do with a thread, each with what of it the model has to know. */
export type Move =
  | { readonly act: 'look' }
  | { readonly act: 'question' | 'answer' | 'met' | 'reopen' | 'undo' }
  | { readonly act: 'unreached' | 'withdraw' | 'take' | 'contact' }
  | { readonly act: 'nudge' | 'call-off' | 'step-aside' | 'meanwhile' }
  | { readonly act: 'decline'; readonly danger: boolean }
  | { readonly act: 'end'; readonly quiet: boolean }
  | { readonly act: 'accept'; readonly on: string | null }
  | { readonly act: 'introduce'; readonly on: string | null; readonly agreed: boolean }
  | { readonly act: 'introduction-step'; readonly step: StepName }
  | { readonly act: 'wait'; readonly on: string | null; readonly place: number | null }
  | { readonly act: 'session'; readonly came: boolean; readonly on: string | null }
  | { readonly act: 'settle'; readonly how: Holder }
  | { readonly act: 'helpers'; readonly who: string }
export type ActName = Move['act']

/** One line of a timeline. `mine`: who of this end did it, null where it came from the other end. */
interface Line {
  readonly kind: string
  readonly letter: number | null
  readonly mine: number | null
  readonly before: Standing | null
  readonly undoes: number | null
}

export interface Standing {
  readonly state: ThreadState
  readonly due: boolean
  readonly expected: string | null
  readonly place: number | null
}

export interface Half extends Standing {
  readonly version: number
  readonly lines: readonly Line[]
  /** Lines of the ledger by their kind. */
  readonly ledger: Readonly<Record<string, number>>
  /** Workers who stepped aside: for them there is no such thread. */
  readonly aside: readonly number[]
  /** Something of its own is kept with the thread: from the start where it was sent. */
  readonly keeps: boolean
}

/** What a letter says, as far as anything follows from it. */
export type Says =
  | { readonly about: 'plan'; readonly dated: boolean; readonly agreed: boolean }
  | { readonly about: 'step'; readonly step: StepName }
  | { readonly about: 'no'; readonly danger: boolean }
  | { readonly about: 'helpers'; readonly who: string }
  | { readonly about: 'met' | 'reopened' | 'other' }

export interface Posted {
  readonly kind: EnvelopeKind
  readonly by: End
  readonly says: Says
  readonly arrived: boolean
  readonly read: boolean
  readonly over: boolean
}

/** Who keeps hold of the person after a no, at the end that sent them: since a no, and whether somebody has them now. */
export interface Hold {
  readonly since: boolean
  readonly settled: boolean
  readonly version: number
}

/** Both halves of one thread and what went between them; a value, never changed in place. */
export interface Pair {
  readonly sort: 'ask' | 'referral'
  readonly level: BackLevel
  readonly from: Half
  readonly to: Half
  readonly letters: readonly Posted[]
  readonly taken: boolean
  readonly hold: Hold | null
  readonly nudged: boolean
}

/** What somebody is told: where it stands and whether the other end heard, or the rule that said no. */
export type Told = { readonly state?: ThreadState; readonly reached: string } | { readonly refused: string }

export interface Outcome {
  readonly pair: Pair
  readonly told: Told
}

const levels: readonly BackLevel[] = ['nothing', 'received', 'decision-and-place', 'first-contact', 'outcome']
export const atLeast = (pair: Pair, level: BackLevel): boolean =>
  pair.sort === 'ask' || levels.indexOf(pair.level) >= levels.indexOf(level)

export const isFirst = (letter: Posted): boolean => letter.kind === 'ask' || letter.kind === 'request'
export const refused = (pair: Pair, rule: string): Outcome => ({ pair, told: { refused: rule } })
export const other = (end: End): End => (end === 'from' ? 'to' : 'from')

export function noted(half: Half, kind: string, times = 1): Half {
  return { ...half, ledger: { ...half.ledger, [kind]: (half.ledger[kind] ?? 0) + times } }
}

/** A line that one end writes for itself, without a letter and with nothing to undo; `mine` null: it came from the other end. */
export function ownLine(half: Half, kind: string, mine: number | null): Half {
  return { ...half, lines: [...half.lines, { kind, letter: null, mine, before: null, undoes: null }] }
}

export function standingOf({ state, due, expected, place }: Standing): Standing {
  return { state, due, expected, place }
}

const undecided: readonly ThreadState[] = ['sent', 'received', 'question']
/** From where news takes a half on; from anywhere else it stays. */
const leads: Readonly<Record<string, readonly ThreadState[]>> = {
  received: ['sent', 'question'],
  question: ['sent', 'received'],
  waiting: ['sent', 'received', 'question', 'unreached'],
  accepted: ['sent', 'received', 'question', 'waiting', 'unreached'],
  declined: ['sent', 'received', 'question', 'waiting', 'accepted'],
  started: ['sent', 'received', 'question', 'waiting', 'accepted', 'unreached'],
  met: ['sent', 'received', 'question', 'waiting', 'accepted', 'unreached', 'started'],
  ended: [...undecided, 'waiting', 'accepted', 'unreached', 'declined', 'started', 'met'],
  unreached: [...undecided, 'waiting', 'accepted', 'started'],
  reopened: ['declined', 'met', 'ended'],
}

export function led(state: ThreadState, news: string | null): ThreadState {
  if (news === null || leads[news]?.includes(state) !== true) return state
  return news === 'reopened' ? 'received' : (news as ThreadState)
}

/** The letters in which an end finds something out are read there: what is over is told so, and each is a line of the ledger. */
export function reading(pair: Pair, end: End, which: (letter: Posted, at: number) => boolean): Pair {
  const here = pair.letters.filter((letter, at) => letter.by !== end && letter.arrived && which(letter, at))
  const open = here.filter((letter) => !letter.over)
  const letters = pair.letters.map((letter) => (open.includes(letter) ? { ...letter, read: true } : letter))
  const opened = noted(pair[end], 'envelope.opened', open.length)
  return { ...pair, letters, [end]: noted(opened, 'envelope.not-open', here.length - open.length) }
}

/** A thread just begun: sent by worker 0, and nobody there has looked. */
export function begun(sort: Pair['sort'], level: BackLevel, due: boolean, toOffice = false): Pair {
  const kind = sort === 'ask' ? ('ask' as const) : ('request' as const)
  const standing = { due, expected: null, place: null, version: 1, aside: [], keeps: true }
  const line = { kind, letter: 0, before: null, undoes: null }
  return {
    sort,
    level,
    from: {
      ...standing,
      // Where no decision comes back, nothing is waited for, but at an office: nobody there is reminded, so the sender's own clock runs.
      due: due && (toOffice || levels.indexOf(level) >= levels.indexOf('decision-and-place')),
      state: 'sent',
      lines: [{ ...line, mine: 0 }],
      ledger: { 'envelope.sent': 1, 'referral.changed': 1 },
    },
    to: {
      ...standing,
      keeps: false,
      state: 'received',
      lines: [{ ...line, mine: null }],
      ledger: { 'envelope.received': 1 },
    },
    letters: [{ kind, by: 'from', says: { about: 'other' }, arrived: true, read: false, over: false }],
    taken: false,
    hold: null,
    nudged: false,
  }
}
