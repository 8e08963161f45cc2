import {
  acceptPartner,
  admitMember,
  answer,
  foundAgency,
  introduce,
  invite,
  offerAsOwner,
  setLaw,
} from '#parties'
import { type Actor, asMember, rowOf } from '#platform/access'
import {
  codeAt,
  newAuthenticator,
  passCode,
  setFirstAuthenticator,
  signInMaterial,
  startSession,
} from '#platform/auth'
import { type BoxPair, newCookie, unlockByRecovery } from '#platform/crypto'
import type { Tx } from '#platform/db'

import { type CastAgency } from './cast.ts'
import type { KeptStaff } from './kept.ts'
import type { Making } from './make.ts'

/** Somebody of the cast at work while the demo is made. */
export interface Hand {
  readonly castId: string
  readonly agencyId: string
  readonly kept: KeptStaff
  /** One transaction as this person, like any page's. */
  readonly act: <T>(work: (db: Tx, actor: Actor) => Promise<T>) => Promise<T>
}

/** An agency with its first administrator and everybody else, all of them signed in. */
export interface Founded {
  readonly agency: CastAgency
  readonly partyId: string
  readonly administrator: Hand
  readonly hands: readonly Hand[]
}

/** Founds an agency of the cast through the link that an operator gives, and admits its staff, each with a password of their own. */
export async function foundCastAgency(at: Making, agency: CastAgency): Promise<Founded> {
  const first = agency.staff.find((each) => each.roles.includes('agency-administrator'))
  if (first === undefined) throw new Error(`${agency.id} has no administrator.`)
  const token = newCookie()
  const { name, sector, pack, area } = agency
  await offerAsOwner(at.owner, rowOf(token), { name, sector, pack, area })
  const login = loginOf(agency, first.id)
  const password = newCookie()
  const authenticator = newAuthenticator('demo').secret
  const card = { name: first.name, title: first.job }
  const done = await foundAgency(at.pools.web, at.installation, token, {
    agencyName: name,
    sector,
    area: at.areaName(area),
    publicPhone: agency.phone,
    login,
    password,
    card,
    roles: first.roles,
    authenticator,
  })
  if ('refused' in done) throw new Error(`${agency.id}: ${done.refused}`)
  const kept = { login, password, authenticator, accountId: done.accountId, partyId: done.partyId }
  const administrator = await handOf(at, agency, first.id, kept, done.recoveryCode)
  const law = at.lawOf(area)
  if (law !== null) await administrator.act((db, actor) => setLaw(db, actor, law))
  at.progress.step()
  const others = agency.staff.filter((each) => each.id !== first.id)
  const hands: Hand[] = [administrator]
  for (const person of others) {
    const hand = await admitCast(at, agency, administrator, person)
    if (hand !== null) hands.push(hand)
  }
  return { agency, partyId: done.partyId, administrator, hands }
}

/** The two steps of joining: the invitee's password, then the administrator's yes. Null for whoever still waits for the second. */
async function admitCast(
  at: Making,
  agency: CastAgency,
  administrator: Hand,
  person: CastAgency['staff'][number],
): Promise<Hand | null> {
  const login = loginOf(agency, person.id)
  const password = newCookie()
  const { token, id } = await administrator.act((db, actor) =>
    invite(db, actor, at.installation, {
      login,
      card: { name: person.name, title: person.job },
      roles: person.roles,
    }),
  )
  const answered = await answer(at.pools.web, at.installation, token, login, password)
  if ('refused' in answered) throw new Error(`${person.id}: ${answered.refused}`)
  at.progress.step()
  if (person.joining === true) return null
  const admitted = await administrator.act((db, actor) => admitMember(db, actor, id))
  if ('refused' in admitted) throw new Error(`${person.id}: ${admitted.refused}`)
  const kept = {
    login,
    password,
    authenticator: newAuthenticator('demo').secret,
    accountId: answered.accountId,
    partyId: administrator.kept.partyId,
  }
  return handOf(at, agency, person.id, kept, answered.recoveryCode)
}

/** Partners accept each other's keys, both ways. */
export async function pinPartners(founded: readonly Founded[]): Promise<void> {
  await Promise.all(
    founded.map(({ agency, partyId, administrator }) =>
      administrator.act(async (db, actor) => {
        for (const other of founded) {
          if (other.partyId === partyId || other.agency.pack !== agency.pack) continue
          await acceptPartner(db, actor, other.partyId)
        }
      }),
    ),
  )
}

/**
 * Signs somebody in by the recovery code they were just shown, which costs no slow password key, and sets their authenticator
 * where they have none.
 */
async function handOf(
  at: Making,
  agency: CastAgency,
  castId: string,
  kept: KeptStaff,
  recoveryCode: string,
): Promise<Hand> {
  const material = await signInMaterial(at.pools.web, at.installation.pepper, kept.login)
  const pair: BoxPair | null = material === null ? null : unlockByRecovery(recoveryCode, material.sealed)
  if (pair === null) throw new Error(`${castId} cannot sign in.`)
  const cookie = await startSession(at.pools.web, kept.accountId, pair, 'code')
  const now = Temporal.Now.instant()
  const code = codeAt(kept.authenticator, now)
  const passed =
    castId === firstOf(agency)
      ? await passCode(at.pools.web, cookie, code, now)
      : await setFirstAuthenticator(at.pools.web, cookie, kept.authenticator, code, now)
  if ('refused' in passed) throw new Error(`${castId}: ${passed.refused}`)
  const act: Hand['act'] = async (work) => {
    const done = await asMember({ pools: at.pools, introduce }, cookie, 'demo', async (db, actor) => ({
      done: await work(db, actor),
    }))
    if ('refused' in done) throw new Error(`${castId}: ${done.refused}`)
    return done.done
  }
  at.cookies.push(cookie)
  return { castId, agencyId: agency.id, kept, act }
}

function firstOf(agency: CastAgency): string | undefined {
  return agency.staff.find((each) => each.roles.includes('agency-administrator'))?.id
}

function loginOf(agency: CastAgency, castId: string): string {
  return `${castId}@${agency.mail}`
}
