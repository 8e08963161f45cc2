import { openIncoming } from '#envelopes'
import { caseKey } from '#platform/access'
import { releaseOf } from '#releases'

import { Request } from '../../src/referrals/letter.ts'
import { type Person, type TestWorld, testWorld } from './agencies.ts'
import { listServicesOf } from './sending.ts'
import { type Served, serveWorld } from './served.ts'

/** An advocacy service with two partners and a stranger, each with a listed service, and the whole app over them. */
export interface SendingWorld {
  readonly world: TestWorld
  readonly served: Served
  readonly advocate: Person
  readonly clinician: Person
  /** Services: the clinic's, the school's, and one of an agency whose key nobody accepted. */
  readonly talking: string
  readonly keyAdult: string
  readonly housing: string
}

/** Makes it. */
export async function sendingWorld(pack: 'uk' | 'us' = 'uk'): Promise<SendingWorld> {
  const world = await testWorld()
  const served = serveWorld(world)
  const advocate = await world.found(
    'Northmere Domestic Abuse Service',
    'domestic-abuse',
    ['agency-administrator', 'worker', 'lead', 'privacy-lead'],
    pack,
  )
  const clinician = await world.found('Hill Clinic', 'mental-health', undefined, pack)
  const school = await world.found('Millbrook Primary School', 'education', undefined, pack)
  const stranger = await world.found('Housing Options', 'housing', undefined, pack)
  await world.pair(advocate, clinician)
  await world.pair(advocate, school)
  const [talking = '', keyAdult = '', housing = ''] = await listServicesOf(world, [
    { person: clinician, organization: 'Northmere Adult Mental Health' },
    { person: school, organization: 'Millbrook Primary School' },
    { person: stranger, organization: 'Northmere Housing Options' },
  ])
  return { world, served, advocate, clinician, talking, keyAdult, housing }
}

/** The envelopes that a party has received, newest first. */
export async function received(who: Person) {
  return who.act((db, actor) =>
    db
      .selectFrom('envelopes.incoming')
      .select(['id', 'thread_id', 'state'])
      .where('party_id', '=', actor.partyId)
      .orderBy('id', 'desc')
      .execute(),
  )
}

/** The newest of them. */
export async function newest(who: Person): Promise<string> {
  const [row] = await received(who)
  if (row === undefined) throw new Error('Nothing arrived.')
  return row.id
}

/** A referral as its recipient opens it. */
export async function bodyOf(who: Person, id: string): Promise<Request> {
  const opened = await who.act((db, actor) => openIncoming(db, actor, id))
  if ('refused' in opened) throw new Error(opened.refused)
  return Request.parse(opened.body)
}

/** A release as its agency keeps it. */
export async function storedOf(who: Person, caseId: string, id: string) {
  return who.act(async (db, actor) => {
    const key = await caseKey(db, actor, caseId)
    const release = key === null ? null : await releaseOf(db, key, id)
    if (release === null) throw new Error('There is no such release.')
    return release
  })
}
