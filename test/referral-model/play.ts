import type { KyselyPlugin } from 'kysely'
import { z } from 'zod'

import { type BackLevel, threadStates } from '#envelopes'
import type { Actor } from '#platform/access'
import { endTransaction, type Tx } from '#platform/db'
import {
  act,
  askQuestion,
  type Decision,
  decide,
  endThread,
  giveAnswer,
  recordIntroduction,
  recordMet,
  takeIntoRecord,
  type ThreadAt,
  withdrawUnder,
} from '#referrals'

import { reopenThread } from '../../src/referrals/decide.actions.ts'
import { openThreadFile } from '../../src/referrals/file.actions.ts'
import { nameContact } from '../../src/referrals/named-contact.actions.ts'
import { writeSession } from '../../src/referrals/session.actions.ts'
import { undo } from '../../src/referrals/undo.actions.ts'
import { type Person, type TestWorld, testWorld } from '../world/agencies.ts'
import { sendAsk, sendReferral } from '../world/referrals.ts'
import type { End, Move, Told } from './model.ts'

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
  readonly release: Parameters<typeof withdrawUnder>[2] | null
}

export async function begin(stage: Stage, sort: 'ask' | 'referral', level: BackLevel): Promise<Begun> {
  const [sender] = stage.people.from
  const [recipient] = stage.people.to
  if (sort === 'ask') return { threadId: (await sendAsk(sender, recipient)).threadId, release: null }
  const sent = await sendReferral(sender, recipient, level)
  return { threadId: sent.threadId, release: { id: sent.releaseId, of: sent.key } }
}

const person = { name: 'Kim', phone: '01632 960200', cover: '' }

/** The real act that a move stands for. */
function doing(db: Tx, actor: Actor, at: ThreadAt, move: Move, { release }: Begun): Promise<object | null> {
  switch (move.act) {
    case 'look':
      return openThreadFile(db, actor, at.threadId)
    case 'question':
      return askQuestion(db, actor, at, { text: 'Mornings?', ringBack: person })
    case 'answer':
      return giveAnswer(db, actor, at, 'Mornings.')
    case 'introduce': {
      const day = move.on === null ? null : `${move.on}T12:00:00Z`
      return recordIntroduction(db, actor, at, { at: day, where: 'North', whoGoesAlong: '' })
    }
    case 'met':
      return recordMet(db, actor, at, { on: '2026-11-20', words: '' })
    case 'end':
      return endThread(db, actor, at, { outcome: 'not-said', words: '' })
    case 'reopen':
      return reopenThread(db, actor, at, 'It goes on.')
    case 'undo':
      return undo(db, actor, at)
    case 'take':
      return takeIntoRecord(db, actor, at, [0])
    case 'withdraw':
      if (release === null) throw new Error('An ask rests on no permission.')
      return withdrawUnder(db, actor, release, 'spoken')
    case 'unreached': {
      const letter = { about: 'question', text: 'Nobody was reached.', ringBack: person } as const
      return act(db, actor, at, { act: 'unreached', kind: 'unreached', letter, news: { state: 'unreached' } })
    }
    case 'contact':
      return nameContact(db, actor, at, { person, awayUntil: null })
    case 'session':
      return writeSession(db, actor, at, {
        went: move.came ? 'attended' : 'moved',
        on: '2026-11-20',
        movedTo: move.on,
        barriers: move.came ? [] : ['transport'],
        words: '',
        tell: false,
      })
    default:
      return decide(db, actor, at, decisionOf(move))
  }
}

function decisionOf(move: Move): Decision {
  if (move.act === 'accept') return { about: 'accepted', startsOn: move.on, person, first: null, note: '' }
  if (move.act === 'wait')
    return { about: 'waiting', place: move.place, expectedOn: move.on, person, note: '' }
  return {
    about: 'declined',
    reason: 'area',
    sentence: 'Another area.',
    next: [{ serviceId: '', name: 'Our advice line', phone: '' }],
    person,
  }
}

/** The process ended between two statements: what was written so far must not count. */
class Gone extends Error {
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

const Done = z.object({ state: z.enum(threadStates), reached: z.string().default('own') })

function toldOf(move: Move, done: object | null): Told {
  if (done === null) throw new Error('The thread is gone.')
  if ('refused' in done) return { refused: String(done.refused) }
  if (move.act === 'withdraw') return { state: 'withdrawn', reached: 'own' }
  if (move.act === 'take') return { reached: 'own' }
  const read = Done.parse('thread' in done ? done.thread : done)
  return { state: read.state, reached: read.reached }
}
