import { type Actor, isId } from '#platform/access'
import type { Tx } from '#platform/db'

import { act, type ThreadAt } from './act.actions.ts'
import { dueHere } from './chase.actions.ts'
import { hearsAnswer } from './chase.rules.ts'
import { noLacks } from './decline.rules.ts'
import type { Introduction, Meeting } from './introduction.ts'
import type { Answer, Decision, endings, Outcome, Question, Reopening } from './letter.ts'
import type { NoIncomplete } from './keeping.ts'
import { openQuestion } from './next-step.rules.ts'
import { countNo } from './no-reasons.actions.ts'
import { eventsOf, type ThreadChange, threadRow } from './thread.store.ts'
import type { ActDone, EndTelling, ThreadAct, ThreadRefusal } from './thread.ts'

type Done = Promise<ActDone | ThreadRefusal>

/** Asks the other side something before deciding. */
export function askQuestion(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  question: Omit<Question, 'about'>,
  dueAt?: Date,
): Done {
  const letter: Question = { about: 'question', ...question }
  return act(db, actor, at, {
    act: 'question',
    kind: 'question',
    letter,
    news: { state: 'question', ...(dueAt === undefined ? {} : { dueAt }) },
    ...(dueAt === undefined ? {} : { change: { due_at: dueAt } }),
  })
}

/** Answers what the other side asked; with nothing asked it is a line to them, and no answer falls due by it. */
export async function giveAnswer(db: Tx, actor: Actor, at: ThreadAt, text: string, due?: Date): Done {
  const asked = isId(at.threadId) && openQuestion(await eventsOf(db, actor.partyId, at.threadId))
  const letter: Answer = { about: 'answer', text, ...(asked ? {} : { unasked: true as const }) }
  const dueAt = asked ? due : undefined
  return act(db, actor, at, {
    act: 'answer',
    kind: 'answer',
    letter,
    news: { state: 'received', ...(dueAt === undefined ? {} : { dueAt }) },
    ...(dueAt === undefined ? {} : { change: { due_at: dueAt } }),
  })
}

/** Yes, wait or no. A no carries its reason, a sentence and the next door; for danger, who has the person today. */
export async function decide(db: Tx, actor: Actor, at: ThreadAt, decision: Decision): Done {
  const lacking = decision.about === 'declined' ? await incomplete(db, actor, at.threadId, decision) : null
  if (lacking !== null) return lacking
  const done = await give(db, actor, at, decision)
  if (!('refused' in done) && decision.about === 'declined')
    await countNo(db, actor, { threadId: done.threadId, reason: decision.reason })
  return done
}

/** A thread that is missing is told so by the act itself. */
async function incomplete(
  db: Tx,
  actor: Actor,
  threadId: string,
  no: Extract<Decision, { about: 'declined' }>,
): Promise<NoIncomplete | null> {
  const row = isId(threadId) ? await threadRow(db, actor.partyId, threadId) : null
  const lacks = row === null ? null : noLacks(no, hearsAnswer(row))
  return lacks === null ? null : { refused: 'no-incomplete', lacks }
}

function give(db: Tx, actor: Actor, at: ThreadAt, decision: Decision): Done {
  const what = actOf[decision.about]
  if (decision.about === 'waiting') {
    const expected = decision.expectedOn === null ? null : new Date(`${decision.expectedOn}T12:00:00Z`)
    const { place } = decision
    return act(db, actor, at, {
      act: what,
      kind: 'decision',
      letter: decision,
      news: {
        state: 'waiting',
        ...(expected === null ? {} : { expectedAt: expected }),
        ...(place === null ? {} : { place }),
      },
      change: { expected_at: expected, place, due_at: null },
    })
  }
  const state = what === 'decline' ? 'declined' : 'accepted'
  const expected = decision.about === 'accepted' ? firstDay(decision) : null
  return act(db, actor, at, {
    act: what,
    kind: 'decision',
    letter: decision,
    news: { state, ...(expected === null ? {} : { expectedAt: expected }) },
    change: { due_at: null, ...(expected === null ? {} : { expected_at: expected }) },
  })
}

const actOf: Readonly<Record<Decision['about'], ThreadAct>> = {
  accepted: 'accept',
  'would-take': 'accept',
  waiting: 'wait',
  declined: 'decline',
}

function firstDay(decision: Extract<Decision, { about: 'accepted' }>): Date | null {
  const at = decision.first?.at ?? (decision.startsOn === null ? null : `${decision.startsOn}T12:00:00Z`)
  return at === null ? null : new Date(at)
}

/** The introduction as planned: when, in which region, who goes along; what else is known of it goes in the same letter. */
export function recordIntroduction(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  meeting: Meeting,
  more: {
    readonly said?: Pick<Extract<Introduction, { about: 'introduction' }>, 'agreed' | 'moved'>
    readonly change?: ThreadChange
  } = {},
): Done {
  const expected = meeting.at === null ? null : new Date(meeting.at)
  const letter: Introduction = { about: 'introduction', meeting, ...more.said }
  return act(db, actor, at, {
    act: 'introduce',
    kind: 'introduction',
    letter,
    news: { state: 'started', ...(expected === null ? {} : { expectedAt: expected }) },
    change: { ...more.change, ...(expected === null ? {} : { expected_at: expected }) },
  })
}

/** The person says that they have met. Only the person's word counts; the worker writes down that it was said. */
export function recordMet(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  met: { readonly on: string; readonly words: string; readonly cameAlong?: string },
): Done {
  const { on, words, cameAlong = '' } = met
  const letter: Introduction = { about: 'met', on, personSaysSo: true, cameAlong, words }
  return act(db, actor, at, {
    act: 'met',
    kind: 'introduction',
    letter,
    news: { state: 'met' },
    change: { due_at: null, expected_at: null },
  })
}

/** How it ended, as the person judges it. The other side hears what the permission lets come back, or less, as the person wants. */
export function endThread(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  judged: { readonly outcome: (typeof endings)[number]; readonly words: string },
  told: EndTelling = 'all',
): Done {
  const said = told === 'all' ? judged : { outcome: null, words: '' }
  const letter: Outcome = { about: 'ended', ...said }
  return act(db, actor, at, {
    act: 'end',
    kind: 'outcome',
    letter,
    news: { state: 'ended' },
    keeps: (body) => ({ ...body, ended: { ...judged, told } }),
    quiet: told === 'nothing',
    change: { due_at: null, expected_at: null },
  })
}

/** It goes on after all: with why, and received again on both sides, with an answer due. What the person took back never does. */
export async function reopenThread(
  db: Tx,
  actor: Actor,
  at: ThreadAt,
  why: string,
  dueAt: Date | null = null,
): Done {
  const letter: Reopening = { about: 'reopened', why }
  const row = isId(at.threadId) ? await threadRow(db, actor.partyId, at.threadId) : null
  const due = row === null ? null : await dueHere(db, actor, row, dueAt)
  return act(db, actor, at, {
    act: 'reopen',
    kind: 'reopening',
    letter,
    news: { state: 'reopened', ...(dueAt === null ? {} : { dueAt }) },
    change: { due_at: due, expected_at: null, place: null },
  })
}
