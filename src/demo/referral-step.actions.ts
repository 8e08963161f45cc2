import { serviceByCode } from '#directory'
import {
  askQuestion,
  type Contact,
  decide,
  type Decision,
  giveAnswer,
  keepTry,
  momentOf,
  openDesk,
  planIntroduction,
  recordMet,
  sayUnreached,
  SessionBody,
  stepIntroduction,
  takeBack,
  type ThreadAt,
  writeSession,
} from '#referrals'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import type { CastPerson, CastReferral } from './cast.ts'
import { threadAt } from './demo.store.ts'
import type { Making } from './make.ts'
import type { Hand } from './staff.actions.ts'

export type Step = CastReferral['steps'][number]

/** A referral of the cast on its way. */
export interface Way {
  readonly at: Making
  readonly person: CastPerson
  readonly caseId: string
  readonly referral: CastReferral
  readonly hands: ReadonlyMap<string, Hand>
}

/** What the first step made. */
export interface Sent {
  readonly threadId: string
  readonly releaseId: string | null
}

/** One step after the first, as whoever did it. */
export async function take(db: Tx, actor: Actor, way: Way, sent: Sent, step: Step): Promise<void> {
  const at = await threadAt(db, sent.threadId)
  const ringBack = contactOf(way, handOf(way, step))
  const on = dayOf(way, -step.daysAgo)
  switch (step.act) {
    case 'question':
      return held(await askQuestion(db, actor, at, { text: step.words, ringBack }))
    case 'answer':
      return held(await giveAnswer(db, actor, at, step.words))
    case 'session': {
      const { went, barriers, words } = step
      return held(await writeSession(db, actor, at, SessionBody.parse({ went, on, barriers, words })))
    }
    case 'tried': {
      const [first] = way.person.contact.ways
      if (first === undefined) throw new Error(`${way.person.id} has no way to be tried on.`)
      // Whoever was asked tries on what was shared, where the ways have numbers.
      const said = { wayId: 'way-1', came: step.came ?? 'no-answer', when: safeMoment(first, on) }
      return held(await keepTry(db, actor, at, said))
    }
    case 'unreached':
      return held(await sayUnreached(db, actor, at, []))
    case 'withdrawn': {
      const desk = await openDesk(db, actor, way.caseId)
      const back =
        desk === null ? null : await takeBack(db, actor, desk.key, sent.releaseId ?? '', 'spoken-here')
      if (back === null) throw new Error(`${way.person.id} has nothing to take back.`)
      return undefined
    }
    case 'introduced':
    case 'agreed':
    case 'happened':
    case 'not-happened':
    case 'met':
      return held(await introduce(db, actor, at, way, step))
    default:
      return held(await decide(db, actor, at, await decisionIn(db, way, step, ringBack)))
  }
}

/** What becomes of an introduction; where the person could not be asked yet what got in the way, nothing is said of it. */
async function introduce(db: Tx, actor: Actor, at: ThreadAt, way: Way, step: Step): Promise<object> {
  const on = dayOf(way, -step.daysAgo)
  const { words, act } = step
  if (act === 'met') return recordMet(db, actor, at, { on, words })
  if (act === 'introduced')
    return planIntroduction(db, actor, at, { meeting: meetingOf(way, step), agreed: false, today: on })
  if (act === 'agreed' || act === 'happened' || act === 'not-happened')
    return stepIntroduction(db, actor, at, { step: act, on, words })
  throw new Error(`${act} is no step of an introduction.`)
}

/** A no with its next door, looked up in the directory; everything else as the step says it. */
async function decisionIn(db: Tx, way: Way, step: Step, person: Contact): Promise<Decision> {
  const decision = decisionOf(way, step, person)
  if (decision.about !== 'declined' || step.next === undefined) return decision
  const door = await serviceByCode(db, step.next)
  if (door === null) throw new Error(`The directory has no ${step.next}.`)
  return { ...decision, next: [{ serviceId: door.id, name: door.name, phone: '' }] }
}

/** Yes, wait or no, as the step says it. */
export function decisionOf(way: Way, step: Step, person: Contact): Decision {
  const { words, reason, place } = step
  if (step.act === 'would-take') return { about: 'would-take', how: 'send', person }
  if (step.act === 'declined') return declined(reason ?? 'other', words, person)
  const expectedOn = dayOf(way, step.startsInDays ?? 7)
  if (step.act === 'waiting')
    return { about: 'waiting', place: place ?? null, expectedOn, person, note: words }
  return { about: 'accepted', startsOn: expectedOn, person, first: meetingOf(way, step), note: words }
}

function meetingOf(way: Way, { startsInDays, where, way: how, along }: Step) {
  const zone = way.person.contact.ways[0]?.zone ?? 'UTC'
  return {
    at: momentOf(dayOf(way, startsInDays ?? 7), '10:30', zone),
    where: where ?? '',
    whoGoesAlong: '',
    ...(how === undefined ? {} : { way: how }),
    ...(along === undefined ? {} : { along }),
  }
}

/** A no; one for danger says which service acts today. */
function declined(reason: string, sentence: string, person: Contact): Decision {
  const sameDay =
    reason === 'risk-too-high'
      ? { sameDay: { service: 'Northmere Crisis Line', person: 'Jo Heath, on duty' } }
      : {}
  const next = [{ serviceId: '', name: `${person.name}, ${person.phone}`, phone: '' }]
  return { about: 'declined', reason, sentence, ...sameDay, next, person }
}

/** A quarter of an hour into the time at which somebody may be rung or written to, on a day or on the last one before it. */
function safeMoment({ zone, whenever, safe }: CastPerson['contact']['ways'][number], on: string): Date {
  const [span] = safe
  let day = Temporal.PlainDate.from(on)
  while (!whenever && span !== undefined && !span.days.includes(day.dayOfWeek))
    day = day.subtract({ days: 1 })
  const plainTime = Temporal.PlainTime.from(whenever ? '11:05' : (span?.from ?? '11:05')).add({ minutes: 15 })
  return new Date(day.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds)
}

function dayOf(way: Way, inDays: number): string {
  return way.at.now.toZonedDateTimeISO('UTC').toPlainDate().add({ days: inDays }).toString()
}

/** Whoever of the cast does a step. */
export function handOf(way: Way, step: Step): Hand {
  const hand = way.hands.get(step.by)
  if (hand === undefined) throw new Error(`${step.by} is not here.`)
  return hand
}

/** Whom to ring back. */
export function contactOf(way: Way, hand: Hand): Contact {
  const agency = way.at.world.agencies.find((each) => each.id === hand.agencyId)
  const name = agency?.staff.find((each) => each.id === hand.castId)?.name ?? ''
  return { name, phone: agency?.phone ?? '', cover: '' }
}

/** An act that nothing can refuse here; a refusal is a fault of the cast. */
export function held(done: object): void {
  if ('refused' in done) throw new Error(`The demo was refused: ${JSON.stringify(done)}`)
}
