import type { KyselyPlugin } from 'kysely'
import { z } from 'zod'

import { type BackLevel, threadStates } from '#envelopes'
import type { Helper } from '#people'
import type { Actor, CaseKey } from '#platform/access'
import { endTransaction, type Tx } from '#platform/db'
import {
  act,
  askQuestion,
  type Decision,
  decide,
  endThread,
  giveAnswer,
  recordMet,
  stepAside,
  takeIntoRecord,
  type ThreadAt,
  withdrawUnder,
} from '#referrals'

import { callOff } from '../../src/referrals/call-off.actions.ts'
import { askAgain } from '../../src/referrals/chase.actions.ts'
import { reopenThread } from '../../src/referrals/decide.actions.ts'
import { openThreadFile } from '../../src/referrals/file.actions.ts'
import { planIntroduction, stepIntroduction, type Why } from '../../src/referrals/introduction.actions.ts'
import { saveMeanwhile, settle } from '../../src/referrals/keeping.actions.ts'
import { nameContact } from '../../src/referrals/named-contact.actions.ts'
import { writeSession } from '../../src/referrals/session.actions.ts'
import { undo } from '../../src/referrals/undo.actions.ts'
import { sendHelperList } from '../../src/referrals/who-helps.actions.ts'
import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'
import { sendAsk, sendReferral } from '../world/referrals.ts'
import type { End, Holder, Move, Told } from './pair.ts'

/** Two agencies that refer to each other, with two workers each. */
export interface Stage {
  readonly world: TestWorld
  readonly people: Readonly<Record<End, readonly [Person, Person]>>
  readonly close: () => Promise<void>
}

export async function makeStage(): Promise<Stage> {
  const world = await testWorld()
  const sender = await world.found('Harbour Advocacy', 'domestic-abuse')
  const recipient = await world.found('Hill Clinic', 'mental-health')
  await world.pair(sender, recipient)
  const people = {
    from: [sender, await world.join(sender, 'Sol', ['worker'])],
    to: [recipient, await world.join(recipient, 'Rae', ['worker'])],
  } as const
  return { world, people, close: world.close }
}

/** A thread of the stage, and what withdrawing needs. */
export interface Begun {
  readonly threadId: string
  readonly toParty: string
  readonly release: Parameters<typeof withdrawUnder>[2] | null
}

export async function begin(stage: Stage, sort: 'ask' | 'referral', level: BackLevel): Promise<Begun> {
  const [sender] = stage.people.from
  const [recipient] = stage.people.to
  const toParty = recipient.partyId
  if (sort === 'ask') return { threadId: (await sendAsk(sender, recipient)).threadId, toParty, release: null }
  const sent = await sendReferral(sender, recipient, level)
  return { threadId: sent.threadId, toParty, release: { id: sent.releaseId, of: sent.key } }
}

const person = { name: 'Kim', phone: '01632 960200', cover: '' }
const today = '2026-11-20'
const why: Why = { inTheWay: ['transport'], words: '', pass: false }

/** The real act that a move stands for. */
export async function doing(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  move: Move,
  begun: Begun,
): Promise<object | null> {
  switch (move.act) {
    case 'look':
      return openThreadFile(db, actor, at.threadId)
    case 'question':
      return askQuestion(db, actor, at, { text: 'Mornings?', ringBack: person })
    case 'answer':
      return giveAnswer(db, actor, at, 'Mornings.')
    case 'introduce': {
      const day = move.on === null ? null : `${move.on}T12:00:00Z`
      const meeting = { at: day, where: 'North', whoGoesAlong: '' }
      return planIntroduction(db, actor, at, { meeting, agreed: move.agreed, why, today })
    }
    case 'introduction-step':
      return stepIntroduction(db, actor, at, { step: move.step, on: today, who: 'Robin', why })
    case 'met':
      return recordMet(db, actor, at, { on: today, words: '' })
    case 'end': {
      const judged = { outcome: 'not-said', words: '' } as const
      return endThread(db, actor, at, judged, move.quiet ? 'nothing' : 'all')
    }
    case 'reopen':
      return reopenThread(db, actor, at, 'It goes on.')
    case 'undo':
      return undo(db, actor, at)
    case 'take':
      return takeIntoRecord(db, actor, at, [0])
    case 'withdraw':
      return withdrawUnder(db, actor, releaseOf(begun), 'spoken')
    case 'unreached': {
      const letter = { about: 'question', text: 'Nobody was reached.', ringBack: person } as const
      return act(db, actor, at, { act: 'unreached', kind: 'unreached', letter, news: { state: 'unreached' } })
    }
    case 'contact':
      return nameContact(db, actor, at, { person, awayUntil: null })
    case 'session':
      return writeSession(db, actor, at, {
        went: move.came ? 'attended' : 'moved',
        on: today,
        movedTo: move.on,
        barriers: move.came ? [] : ['transport'],
        words: '',
        tell: false,
      })
    case 'accept':
    case 'wait':
    case 'decline':
      return decide(db, actor, at, decisionOf(move))
    default:
      return doingBeside(db, actor, at, move, begun)
  }
}

type Beside = Extract<
  Move,
  { readonly act: 'nudge' | 'call-off' | 'step-aside' | 'meanwhile' | 'settle' | 'helpers' }
>

/** What is done beside the thread, and what is said of it by whoever does it. */
async function doingBeside(db: Tx, actor: Actor, at: ThreadAt, move: Beside, begun: Begun): Promise<object> {
  switch (move.act) {
    case 'nudge': {
      const came = await askAgain(db, actor, at.threadId)
      return came === 'asked' ? own : { refused: came }
    }
    case 'call-off': {
      const told = await callOff(db, actor, [at.threadId])
      return told === 1 ? { reached: 'delivered' } : { refused: 'not-awaited' }
    }
    case 'step-aside':
      return stepAside(db, actor, at.threadId)
    case 'meanwhile':
      return saveMeanwhile(db, actor, at, { what: 'A room', who: 'Robin', askOn: null })
    case 'settle': {
      const next = move.how === 'thread' ? at.threadId : null
      return settle(db, actor, at, settledAs[move.how], next)
    }
    case 'helpers': {
      const { of, id } = releaseOf(begun)
      const list = {
        threadId: at.threadId,
        release: listing(id, begun.toParty),
        helpers: helpersOf(move.who),
      }
      return { reached: (await sendHelperList(db, actor, of, list)) ? 'delivered' : 'own' }
    }
  }
}

const own = { reached: 'own' }
const settledAs = {
  thread: { how: 'thread', service: 'Talking room' },
  word: { how: 'word', service: 'Night line', person: 'Robin', at: `${today}T12:00:00Z` },
  own: { how: 'own' },
  'not-wanted': { how: 'not-wanted' },
} as const satisfies Readonly<Record<Holder, Parameters<typeof settle>[3]>>

function releaseOf({ release }: Begun): { readonly id: string; readonly of: CaseKey } {
  if (release === null) throw new Error('An ask rests on no permission.')
  return release
}

type Listing = Parameters<typeof sendHelperList>[3]

/** A permission that lists every helper: which of them are on the list now is the person's to say. */
function listing(id: string, recipientId: string): Listing['release'] {
  const items = allHelpers.map((ref) => ({ kind: 'helper-pointer', ref, title: ref, reason: null }))
  return { id, recipientId, endsAt: null, kept: { release: { items } } } as unknown as Listing['release']
}

const allHelpers = ['a', 'b', 'c'] as const

function helpersOf(who: string): Listing['helpers'] {
  return allHelpers
    .filter((id) => who.includes(id))
    .map((id) => ({ id, agency: `Agency ${id}`, person: '', role: '', phone: '', next: '' }) as Helper)
}

function decisionOf(move: Extract<Move, { readonly act: 'accept' | 'wait' | 'decline' }>): Decision {
  if (move.act === 'accept') return { about: 'accepted', startsOn: move.on, person, first: null, note: '' }
  if (move.act === 'wait')
    return { about: 'waiting', place: move.place, expectedOn: move.on, person, note: '' }
  return {
    about: 'declined',
    reason: move.danger ? 'risk-too-high' : 'area',
    sentence: 'Not here.',
    ...(move.danger ? { sameDay: { service: 'Night line', person: 'Robin' } } : {}),
    next: [{ serviceId: '', name: 'Our advice line', phone: '' }],
    person,
  }
}

/** The process ended between two statements: what was written so far must not count. */
export class Gone extends Error {
  override readonly name = 'Gone'
}

/** Lets so many statements of a transaction through, and none after them. */
function endsAfter(statements: number): KyselyPlugin & { readonly seen: () => number } {
  let seen = 0
  return {
    seen: () => seen,
    transformQuery: ({ node }) => {
      seen += 1
      if (seen > statements) throw new Gone('between two statements')
      return node
    },
    transformResult: async ({ result }) => result,
  }
}

/** Who makes a move, on what, at which version. */
export interface Turn {
  readonly who: Person
  readonly at: ThreadAt
  readonly move: Move
}

/** Makes a move for real: what its worker is told. */
export async function make(begun: Begun, { who, at, move }: Turn): Promise<Told> {
  return toldOf(move, await who.act((db, actor) => doing(db, actor, at, move, begun)))
}

/** The same, but the process ends after so many statements; null: it needed no more than these and nothing ended. */
export async function makeAndDie(begun: Begun, turn: Turn, statements: number): Promise<'gone' | Told> {
  const { who, at, move } = turn
  try {
    const done = await who.act(async (db, actor) => {
      const plugin = endsAfter(statements)
      const dying = db.withPlugin(plugin) as Tx
      const result = await doing(dying, actor, at, move, begun)
      await endTransaction(dying)
      // After the last statement, and before any of it counts.
      if (plugin.seen() === statements) throw new Gone('before the end of the transaction')
      return result
    })
    return toldOf(move, done)
  } catch (error) {
    if (error instanceof Gone) return 'gone'
    throw error
  }
}

const Done = z.object({ state: z.enum(threadStates).optional(), reached: z.string().default('own') })

export function toldOf(move: Move, done: object | null): Told {
  // Whoever must not see a thread is told the same as of one that is not there.
  if (done === null) return { refused: 'no-thread' }
  if ('refused' in done) return { refused: String(done.refused) }
  if (move.act === 'withdraw') return { state: 'withdrawn', reached: 'own' }
  const { state, reached } = Done.parse('thread' in done ? done.thread : done)
  return { ...(state === undefined ? {} : { state }), reached }
}
