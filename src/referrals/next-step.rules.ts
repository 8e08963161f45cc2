import { actsOpen } from './thread.rules.ts'
import type { ThreadAct, ThreadEvent, ThreadRow } from './thread.ts'

/** What to do next: the key of its sentence, and the acts that belong to it, the likeliest first. */
export interface NextStep {
  readonly key: string
  readonly acts: readonly ThreadAct[]
  /** Everything else that may be done now. */
  readonly others: readonly ThreadAct[]
}

/** What else is known of it. */
export interface StepFacts {
  /** The day that was named for the beginning has gone by. */
  readonly dayGone?: boolean
  /** The introduction was planned and did not come about. */
  readonly missed?: boolean
  /** Nobody else has said yet that they have the person, after a no. */
  readonly noOpen?: boolean
}

/**
 * The next step of a thread for the side that reads it. `shared` false: the permission has ended. `openQuestion`: the other
 * side asked something that nobody has answered.
 */
export function nextStep(
  thread: Pick<ThreadRow, 'side' | 'kind' | 'state' | 'comesBack' | 'caseId'>,
  shared: boolean,
  openQuestion: boolean,
  facts: StepFacts = {},
): NextStep {
  const open = actsOpen(thread).filter(
    (act) =>
      !elsewhere.has(act) &&
      (shared || act === 'end') &&
      (act !== 'answer' || openQuestion || writesFirst(thread)) &&
      // A question without a name is answered yes on the thread itself.
      !(act === 'accept' && thread.kind === 'ask'),
  )
  const [key, wanted] = shared || thread.state === 'withdrawn' ? stepOf(thread, facts) : goneOf(thread)
  const acts = wanted.filter((act) => open.includes(act))
  const others = open.filter(
    (act) => !acts.includes(act) && !(act === 'take' && thread.caseId !== null && thread.side === 'to'),
  )
  return { key, acts, others }
}

/** What is left to offer beside the ways on from where somebody is not reached: nothing stands there twice. */
export function besideWays({ acts, others }: Pick<NextStep, 'acts' | 'others'>): readonly ThreadAct[] {
  return [...acts, ...others].filter((act) => !waysOnActs.has(act))
}

const waysOnActs: ReadonlySet<ThreadAct> = new Set(['question', 'answer', 'introduce', 'met'])

/** Whether the one who sent can write with nothing asked: of somebody by name, once there was an answer. */
function writesFirst({ kind, state }: Pick<ThreadRow, 'kind' | 'state'>): boolean {
  return kind === 'referral' && state !== 'question'
}

/** Whether the newest question came after the newest answer; what was undone does not count. Events as they happened. */
export function openQuestion(events: readonly Pick<ThreadEvent, 'id' | 'kind' | 'undoes'>[]): boolean {
  const undone = new Set(events.map((event) => event.undoes))
  const talk = events.filter(({ id, kind }) => ['question', 'answer'].includes(kind) && !undone.has(id))
  return talk.at(-1)?.kind === 'question'
}

// Led to from where they belong: the permission, the last line of the timeline, the list of sessions.
const elsewhere: ReadonlySet<ThreadAct> = new Set(['withdraw', 'undo', 'session', 'unreached'])

type Step = readonly [key: string, acts: readonly ThreadAct[]]

function goneOf(thread: Pick<ThreadRow, 'side'>): Step {
  return [`${thread.side}-gone`, ['end']]
}

function stepOf(thread: Pick<ThreadRow, 'side' | 'kind' | 'state' | 'caseId'>, facts: StepFacts): Step {
  if (thread.state === 'started' && facts.missed === true) return ['missed', ['introduce', 'met']]
  const step = thread.side === 'from' ? fromStep(thread) : toStep(thread)
  if (thread.state === 'waiting' && facts.dayGone === true) return [`${step[0]}-over`, step[1]]
  return facts.noOpen === true && step[0] === 'from-declined' ? [step[0], []] : step
}

function fromStep({ kind, state }: Pick<ThreadRow, 'kind' | 'state'>): Step {
  switch (state) {
    case 'question':
      return ['from-question', ['answer']]
    case 'accepted':
      return kind === 'ask' ? ['from-would-take', []] : ['from-accepted', ['introduce', 'met']]
    case 'started':
      return ['from-started', ['met', 'introduce']]
    case 'unreached':
      return ['from-unreached', ['answer', 'met', 'introduce']]
    case 'declined':
      return ['from-declined', ['end']]
    case 'met':
      return ['from-met', ['end']]
    default:
      return [`from-${state}`, []]
  }
}

function toStep({ kind, state, caseId }: Pick<ThreadRow, 'kind' | 'state' | 'caseId'>): Step {
  switch (state) {
    case 'sent':
    case 'received':
      return kind === 'ask'
        ? ['to-asked', ['question', 'decline']]
        : ['to-received', ['accept', 'question', 'wait', 'decline']]
    case 'question':
      return kind === 'ask' ? ['to-question', ['decline']] : ['to-question', ['accept', 'wait', 'decline']]
    case 'waiting':
      return ['to-waiting', ['accept', 'wait', 'question']]
    case 'unreached':
      return ['to-unreached', ['question', 'met', 'introduce', 'wait']]
    case 'accepted':
      if (kind === 'ask') return ['to-would-take', []]
      return caseId === null ? ['to-accepted', ['take', 'introduce']] : ['to-taken', ['introduce', 'met']]
    case 'started':
      return ['to-started', caseId === null ? ['met', 'take'] : ['met']]
    case 'met':
      return ['to-met', caseId === null ? ['take', 'end'] : ['end']]
    default:
      return [`to-${state}`, []]
  }
}
