import { serviceByCode, type ServiceDetail } from '#directory'
import { writeOffice } from '#parties'
import { openFile } from '#people'
import {
  askQuestion,
  type Contact,
  decide,
  type Decision,
  giveAnswer,
  openDesk,
  saveMeanwhile,
  SessionBody,
  startAndSend,
  takeBack,
  writeSession,
} from '#referrals'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import type { CastPerson, CastReferral } from './cast.ts'
import { backdateStep, threadAt } from './demo.store.ts'
import { daysAgo, type Making } from './make.ts'
import { sendUnderRelease } from './release.actions.ts'
import type { Hand } from './staff.actions.ts'

type Step = CastReferral['steps'][number]

/** A referral of the cast on its way. */
interface Way {
  readonly at: Making
  readonly person: CastPerson
  readonly caseId: string
  readonly referral: CastReferral
  readonly hands: ReadonlyMap<string, Hand>
}

/** What the first step made. */
interface Sent {
  readonly threadId: string
  readonly releaseId: string | null
}

/**
 * Every referral and every ask of the cast, step by step, each by whoever did it, each put on its day. Gives the first
 * referral of each person.
 */
export async function makeReferrals(
  at: Making,
  cases: ReadonlyMap<string, string>,
  hands: ReadonlyMap<string, Hand>,
): Promise<ReadonlyMap<string, string>> {
  const threads = new Map<string, string>()
  await Promise.all(
    at.world.people.map(async (person) => {
      const caseId = cases.get(person.id)
      if (caseId === undefined) return
      // One after the other: they share a case.
      for (const referral of person.referrals) {
        const threadId = await goOneWay({ at, person, caseId, referral, hands })
        if (referral.release !== null && !threads.has(person.id)) threads.set(person.id, threadId)
      }
    }),
  )
  return threads
}

async function goOneWay(way: Way): Promise<string> {
  const [first, ...rest] = way.referral.steps
  if (first === undefined) throw new Error(`${way.person.id} has a referral without a step.`)
  const sent = await begin(way, first)
  await backdateStep(way.at.owner, sent.threadId, daysAgo(way.at.now, first.daysAgo))
  for (const step of rest) {
    const hand = handOf(way, step)
    await hand.act((db, actor) => take(db, actor, way, sent, step))
    await backdateStep(way.at.owner, sent.threadId, daysAgo(way.at.now, step.daysAgo))
  }
  const { meanwhile } = way.referral
  if (meanwhile !== undefined) {
    // A no that was heard has made the row: it stands at its first version.
    const at = { threadId: sent.threadId, version: 1 }
    held(
      await handOf(way, first).act((db, actor) =>
        saveMeanwhile(db, actor, at, { ...meanwhile, askOn: null }),
      ),
    )
  }
  return sent.threadId
}

async function begin(way: Way, step: Step): Promise<Sent> {
  const hand = handOf(way, step)
  return hand.act(async (db, actor) => {
    const service = await serviceToReach(db, actor, way.referral.service)
    if (service === null || service.partyId === null)
      throw new Error(`${way.referral.service} has no agency.`)
    const { release } = way.referral
    if (release === null) return { threadId: await ask(db, actor, way, hand, service), releaseId: null }
    const at = { t: way.at.wordsFor({ pack: actor.pack, sector: actor.sector }), now: way.at.now }
    return sendUnderRelease(db, actor, at, { caseId: way.caseId, service, terms: release })
  })
}

/** A service of the directory; an organisation that has no account in the demo is written to by mail and link. */
async function serviceToReach(db: Tx, actor: Actor, code: string): Promise<ServiceDetail | null> {
  const service = await serviceByCode(db, code)
  if (service === null || service.partyId !== null) return service
  const office = await writeOffice(db, actor, service.organizationId, service.organizationEmail ?? '')
  return office === null ? service : { ...service, partyId: office.officeId }
}

/** Details and needs by their codes, and whom to ring back: an ask has no place for a name. */
async function ask(db: Tx, actor: Actor, way: Way, hand: Hand, service: ServiceDetail): Promise<string> {
  const file = await openFile(db, actor, way.caseId)
  if (file === null || service.partyId === null) throw new Error(`${way.person.id} cannot be asked for.`)
  const facets = Object.entries(way.person.facets)
  const needs = file.needs.map((need) => need.code).filter((code) => service.needs.includes(code))
  const sent = await startAndSend(
    db,
    actor,
    {
      kind: 'ask',
      toParty: service.partyId,
      serviceId: service.id,
      serviceName: service.name,
      ofCase: file.key,
      comesBack: 'outcome',
      dueAt: null,
      body: { who: file.survivor?.name ?? '' },
    },
    {
      kind: 'ask',
      body: {
        about: 'ask',
        service: { id: service.id, name: service.name },
        facets: Object.fromEntries(facets),
        needs: [...new Set(needs.length > 0 ? needs : file.needs.map((need) => need.code))],
        withSomeone: way.referral.withSomeone ?? false,
        ringBack: contactOf(way, hand),
      },
    },
  )
  if ('refused' in sent) throw new Error(`${way.person.id} to ${service.name}: ${sent.refused}`)
  return sent.threadId
}

async function take(db: Tx, actor: Actor, way: Way, sent: Sent, step: Step): Promise<void> {
  const at = await threadAt(db, sent.threadId)
  const ringBack = contactOf(way, handOf(way, step))
  if (step.act === 'question') return held(await askQuestion(db, actor, at, { text: step.words, ringBack }))
  if (step.act === 'answer') return held(await giveAnswer(db, actor, at, step.words))
  if (step.act === 'session') {
    const { went, barriers, words } = step
    const on = way.at.now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: step.daysAgo }).toString()
    return held(await writeSession(db, actor, at, SessionBody.parse({ went, on, barriers, words })))
  }
  if (step.act === 'withdrawn') {
    const desk = await openDesk(db, actor, way.caseId)
    const back =
      desk === null ? null : await takeBack(db, actor, desk.key, sent.releaseId ?? '', 'spoken-here')
    if (back === null) throw new Error(`${way.person.id} has nothing to take back.`)
    return undefined
  }
  return held(await decide(db, actor, at, decisionOf(way, step, ringBack)))
}

function decisionOf(way: Way, step: Step, person: Contact): Decision {
  const { words, reason, startsInDays } = step
  if (step.act === 'would-take') return { about: 'would-take', how: 'send', person }
  if (step.act === 'declined') return declined(reason ?? 'other', words, person)
  const day = way.at.now
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .add({ days: startsInDays ?? 7 })
  const first = { at: `${day.toString()}T10:30:00Z`, where: '', whoGoesAlong: '' }
  return { about: 'accepted', startsOn: day.toString(), person, first, note: words }
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

function handOf(way: Way, step: Step): Hand {
  const hand = way.hands.get(step.by)
  if (hand === undefined) throw new Error(`${step.by} is not here.`)
  return hand
}

function contactOf(way: Way, hand: Hand): Contact {
  const agency = way.at.world.agencies.find((each) => each.id === hand.agencyId)
  const name = agency?.staff.find((each) => each.id === hand.castId)?.name ?? ''
  return { name, phone: agency?.phone ?? '', cover: '' }
}

/** An act that nothing can refuse here; a refusal is a fault of the cast. */
function held(done: object): void {
  if ('refused' in done) throw new Error(`The demo was refused: ${String(done.refused)}`)
}
