import { serviceByCode, type ServiceDetail } from '#directory'
import { writeOffice } from '#parties'
import { openFile } from '#people'
import { dueFor, saveMeanwhile, startAndSend } from '#referrals'
import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import { backdateStep } from './demo.store.ts'
import { daysAgo, type Making } from './make.ts'
import { answerAsOffice } from './office.actions.ts'
import { contactOf, handOf, held, type Sent, type Step, take, type Way } from './referral-step.actions.ts'
import { sendUnderRelease } from './release.actions.ts'
import type { Hand } from './staff.actions.ts'

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
    if (step.office !== undefined) {
      // Its link was made a moment ago: so was its answer.
      await answerAsOffice(way, handOf(way, first), sent, step)
      continue
    }
    await handOf(way, step).act((db, actor) => take(db, actor, way, sent, step))
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
  const withSomeone = way.referral.withSomeone ?? false
  const zone = way.person.contact.ways[0]?.zone ?? 'UTC'
  const soon = { kind: 'ask', level: 'in-the-room', toParty: service.partyId, zone } as const
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
      dueAt: withSomeone ? await dueFor(db, actor, soon) : null,
      body: { who: file.survivor?.name ?? '' },
    },
    {
      kind: 'ask',
      body: {
        about: 'ask',
        service: { id: service.id, name: service.name },
        facets: Object.fromEntries(facets),
        needs: [...new Set(needs.length > 0 ? needs : file.needs.map((need) => need.code))],
        withSomeone,
        ringBack: contactOf(way, hand),
      },
    },
  )
  if ('refused' in sent) throw new Error(`${way.person.id} to ${service.name}: ${sent.refused}`)
  return sent.threadId
}
