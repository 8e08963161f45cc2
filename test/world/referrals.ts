import { randomUUIDv7 } from 'node:crypto'

import type { BackLevel } from '#envelopes'
import { CardBody, saveCard, startCase } from '#people'
import type { CaseKey } from '#platform/access'
import { startAndSend } from '#referrals'

import type { Person } from './agencies.ts'

const phone = '01632 960123'

/** A case with one person in it, or one that is there, and a referral sent out of it under a release. */
export async function sendReferral(
  from: Person,
  to: Person,
  comesBack: BackLevel = 'outcome',
  name = 'Ash',
  of?: { readonly caseId: string; readonly key: CaseKey },
) {
  return from.act(async (db, actor) => {
    const { caseId, key } = of ?? (await startCase(db, actor))
    const card = CardBody.parse({ name, role: 'survivor' })
    if (of === undefined) await saveCard(db, actor, { caseId, id: null, version: 0 }, card)
    const releaseId = randomUUIDv7()
    const sent = await startAndSend(
      db,
      actor,
      {
        kind: 'referral',
        toParty: to.partyId,
        serviceId: null,
        serviceName: 'Talking room',
        ofCase: key,
        comesBack,
        dueAt: new Date('2026-11-25T16:00:00Z'),
        body: { who: name },
      },
      {
        kind: 'request',
        releaseId,
        endsAt: null,
        body: {
          about: 'request',
          service: { id: null, name: 'Talking room' },
          items: [
            {
              kind: 'name-to-use',
              ref: null,
              title: 'The name to use',
              text: name,
              data: { name, sayAloud: [name], pronoun: 'they' },
            },
            {
              kind: 'what-they-want',
              ref: 'need-1',
              title: 'What they want help with',
              text: 'Sleep through the night',
              data: { id: 'need-1', code: 'mental-health', words: 'Sleep through the night' },
            },
            {
              kind: 'matching-detail',
              ref: 'abuse',
              title: 'How the abuse is now',
              text: 'it stops and starts',
              data: { facet: 'abuse', value: 'on-and-off', askedOn: '2026-11-20' },
            },
            { kind: 'short-summary', ref: null, title: 'A short summary', text: 'Canary summary.' },
          ],
          handling: [],
          purpose: 'So that I do not have to tell it all again.',
          safeContact: ['Text only, on weekdays'],
          comesBack,
          ask: null,
          answerTo: { name: 'Robin', phone, cover: 'Sam, 01632 960124' },
          amends: false,
        },
      },
    )
    if ('refused' in sent) throw new Error(sent.refused)
    return { ...sent, caseId, releaseId, key }
  })
}

/** A question without a name: would you take …? */
export async function sendAsk(from: Person, to: Pick<Person, 'partyId'>) {
  return from.act(async (db, actor) => {
    const sent = await startAndSend(
      db,
      actor,
      {
        kind: 'ask',
        toParty: to.partyId,
        serviceId: null,
        serviceName: 'Advocates',
        ofCase: null,
        comesBack: 'outcome',
        dueAt: null,
      },
      {
        kind: 'ask',
        body: {
          about: 'ask',
          service: { id: null, name: 'Advocates' },
          facets: { who: 'adult', abuse: 'ongoing' },
          needs: ['safety'],
          withSomeone: true,
          ringBack: { name: 'Robin', phone, cover: '' },
        },
      },
    )
    if ('refused' in sent) throw new Error(sent.refused)
    return sent
  })
}

/** A thread as this side's row has it now. */
export async function threadOf(person: Person, id: string) {
  return person.act((db) =>
    db
      .selectFrom('referrals.thread')
      .selectAll()
      .where('party_id', '=', person.partyId)
      .where('id', '=', id)
      .executeTakeFirst(),
  )
}

/** Which thread, at the version that this side sees now. */
export async function threadNow(person: Person, threadId: string) {
  return { threadId, version: (await threadOf(person, threadId))?.version ?? 0 }
}
