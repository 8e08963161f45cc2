import { envelopesOfThread, openIncoming, openOutgoing } from '#envelopes'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { recordIntroduction } from './decide.actions.ts'
import { act, hold, type HeldThread, type ThreadAt } from './act.actions.ts'
import { undoneIn } from './file.actions.ts'
import type { Introduction, KeptWhy, Meeting } from './introduction.ts'
import {
  introductionOf,
  introductionOpen,
  type IntroductionNow,
  isMove,
  type Read,
} from './introduction.rules.ts'
import { Letter, Request } from './letter.ts'
import { newestRequest } from './take.actions.ts'
import { openThread, sealThread } from './thread-seal.ts'
import { eventsOf, type ThreadChange } from './thread.store.ts'
import { type ActDone, ThreadBody, type ThreadRefusal } from './thread.ts'

type Done = Promise<ActDone | ThreadRefusal>

/** What got in the way, as the person said it, and whether the other side may know. */
export interface Why {
  readonly inTheWay: KeptWhy['inTheWay']
  readonly words: string
  /** The person lets the other side know; else it stays with this one. */
  readonly pass: boolean
}

/** Proposes a first joint contact, or another time for one; agreed, once the person has said yes. */
export async function planIntroduction(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  plan: {
    readonly meeting: Meeting
    readonly agreed: boolean
    readonly why?: Why
    /** The day on which it was said, in the place's own time. */
    readonly today: string
  },
): Done {
  const now = await ready(db, actor, at, 'plan')
  if ('refused' in now) return now
  const { meeting, agreed, why, today } = plan
  if (!isMove(now.is)) return recordIntroduction(db, actor, at, meeting, { said: { agreed } })
  const moved = { inTheWay: why?.pass === true ? [...why.inTheWay] : [] }
  const change = await keeping(db, actor, now, why ?? null, today)
  return recordIntroduction(db, actor, at, meeting, { said: { agreed, moved }, change })
}

/** The person says yes to what was proposed; or the two sides met; or it did not come about, and what got in the way. */
export async function stepIntroduction(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  said: {
    readonly step: 'agreed' | 'happened' | 'not-happened'
    readonly on: string
    readonly who?: string
    readonly words?: string
    /** Null: nobody could ask the person yet. */
    readonly why?: Why | null
  },
): Done {
  const now = await ready(db, actor, at, said.step)
  if ('refused' in now) return now
  const { step, on, who = '', words = '', why = null } = said
  const missed = step === 'not-happened'
  const told = missed && why?.pass === true
  const letter: Introduction = {
    about: 'introduction-step',
    step,
    on,
    who,
    asked: !missed || why !== null,
    inTheWay: told ? [...why.inTheWay] : [],
    words: missed ? (told ? why.words : '') : words,
  }
  return act(db, actor, at, {
    act: 'introduce',
    kind: 'introduction',
    letter,
    news: { state: 'started' },
    change: missed ? { ...(await keeping(db, actor, now, why, on)), expected_at: null } : {},
  })
}

/** What tells of an introduction: a yes may name a first meeting, and opening again begins anew. */
const kinds: ReadonlySet<string> = new Set(['introduction', 'decision', 'reopening'])

type Ready = HeldThread & { readonly is: IntroductionNow }

/** Holds the thread and reads where its introduction stands; what does not follow from that is refused. */
async function ready(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  what: (typeof introductionOpen)[keyof typeof introductionOpen][number],
): Promise<Ready | ThreadRefusal> {
  const held = await hold(db, actor, at, 'introduce')
  if ('refused' in held) return held
  const is = introductionOf(await introductionLetters(db, actor, at.threadId))
  if (!introductionOpen[is.state].includes(what)) return { refused: 'not-now', state: held.row.state }
  return { ...held, is }
}

/** What tells of the introduction of a thread, as this side has it, oldest first; undone is left out. */
export async function introductionLetters(db: Tx, actor: Actor, threadId: string): Promise<readonly Read[]> {
  const found: Read[] = []
  const undone = undoneIn(await eventsOf(db, actor.partyId, threadId))
  for (const one of await envelopesOfThread(db, actor.partyId, threadId)) {
    if (!kinds.has(one.kind) || undone.has(one.id)) continue
    const opened =
      one.way === 'in' ? await openIncoming(db, actor, one.id) : await openOutgoing(db, actor, one.id)
    const read = 'refused' in opened ? null : Letter.safeParse(opened.body)
    found.push({ way: one.way, letter: read?.success === true ? read.data : null })
  }
  return found
}

/** What the person said stands in our own thread, sealed; the other side has only what it may know. */
async function keeping(
  db: Tx,
  actor: Actor,
  { row, of }: HeldThread,
  why: Why | null,
  on: string,
): Promise<ThreadChange> {
  if (why === null) return {}
  const body = openThread(actor, of, row) ?? (await begun(db, actor, row.id))
  const kept: KeptWhy = { on, inTheWay: [...why.inTheWay], words: why.words }
  return sealThread(actor, of, row.id, { ...body, keptWhy: [...body.keptWhy, kept].slice(-20) })
}

/** What this side keeps of a thread from now on, where it kept nothing yet. */
async function begun(db: Tx, actor: Actor, threadId: string): Promise<ThreadBody> {
  const request = Request.safeParse((await newestRequest(db, actor, threadId))?.body)
  const service = request.success ? request.data.service : { id: null, name: '' }
  return ThreadBody.parse({ serviceId: service.id, serviceName: service.name })
}
