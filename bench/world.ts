/**
 * Fills an empty installation for the benchmark, through the same acts that the pages call, and writes down who can sign in.
 * Run by bench.ts: `node bench/world.ts FILE SIZE` with DATA_DIR and KEYS_DIR set and the project built.
 */
import { writeFileSync } from 'node:fs'

import { importDirectory, linkParty, listOrganizations, listServices } from '#directory'
import { acceptPartner, admitMember, answer, foundAgency, introduce, invite, offerAsOwner } from '#parties'
import { addNote, CardBody, saveCard, saveNeeds, saveSituation, startCase } from '#people'
import { type Actor, asMember, rowOf } from '#platform/access'
import {
  codeAt,
  newAuthenticator,
  passCode,
  setFirstAuthenticator,
  signInMaterial,
  startSession,
} from '#platform/auth'
import { readConfig } from '#platform/config'
import {
  cryptoReady,
  type Installation,
  newCookie,
  openInstallation,
  unlockByRecovery,
} from '#platform/crypto'
import { openDatabase, openPool, type Pool, type Pools, type Tx } from '#platform/db'

import { directoryFile } from './directory-file.ts'
import { sizeOf, sizes } from './sizes.ts'

/** Somebody who works during the benchmark. */
export interface BenchUser {
  readonly login: string
  readonly password: string
  readonly authenticator: string
  readonly cookie: string
  /** Cases with needs and details, ready to be sent from. */
  readonly cases: readonly string[]
}

export interface BenchWorld {
  /** The last one has no cases, and only signs in. */
  readonly users: readonly BenchUser[]
  readonly serviceId: string
  readonly people: number
  readonly services: number
}

const [file, wanted] = process.argv.slice(2)
const size = sizes[sizeOf(wanted ?? 'area') ?? 'area']
const password = 'a password for the bench'
const firstNames = [
  'Ash',
  'Birch',
  'Cedar',
  'Dogwood',
  'Elder',
  'Fir',
  'Gorse',
  'Hazel',
  'Ivy',
  'Juniper',
  'Kale',
]
const lastNames = [
  'Brook',
  'Cove',
  'Dale',
  'Ford',
  'Glen',
  'Hill',
  'Isle',
  'Lake',
  'Marsh',
  'Ness',
  'Pool',
  'Ridge',
  'Shaw',
]

interface Place {
  readonly pools: Pools
  readonly owner: Pool
  readonly installation: Installation
}

interface Hand {
  readonly login: string
  readonly authenticator: string
  readonly cookie: string
  readonly accountId: string
  readonly partyId: string
  readonly act: <T>(work: (db: Tx, actor: Actor) => Promise<T>) => Promise<T>
}

if (file !== undefined) writeFileSync(file, JSON.stringify(await fill()))

async function fill(): Promise<BenchWorld> {
  const config = readConfig(process.env, process.cwd())
  if ('refused' in config) throw new Error(config.message)
  await cryptoReady()
  const database = await openDatabase(config)
  if ('refused' in database) throw new Error(database.message)
  const { installation } = openInstallation(config.keysDir)
  const owner = openPool(database.ownerUrl, 2)
  const at: Place = { pools: database.pools, owner, installation }
  const advocates = await found(at, 'Bench Advocacy', 'domestic-abuse')
  const clinic = await found(at, 'Bench Clinic', 'mental-health')
  await advocates.act((db, actor) => acceptPartner(db, actor, clinic.partyId))
  await clinic.act((db, actor) => acceptPartner(db, actor, advocates.partyId))
  const serviceId = await fillDirectory(owner, clinic.partyId)
  const users: BenchUser[] = []
  for (let i = 0; i <= size.users; i += 1) {
    const hand = await join(at, advocates, i)
    const { login, authenticator, cookie } = hand
    users.push({
      login,
      password,
      authenticator,
      cookie,
      cases: i < size.users ? await fillCases(hand, i) : [],
    })
    process.stderr.write('.')
  }
  process.stderr.write('\n')
  await owner.destroy()
  await database.close()
  return { users, serviceId, people: size.people, services: size.services }
}

async function found(at: Place, name: string, sector: 'domestic-abuse' | 'mental-health'): Promise<Hand> {
  const token = newCookie()
  const authenticator = newAuthenticator('bench').secret
  const login = `${sector}@example.org`
  await offerAsOwner(at.owner, rowOf(token), { name, sector, pack: 'uk', area: 'Northmere' })
  const done = await foundAgency(at.pools.web, at.installation, token, {
    agencyName: name,
    sector,
    area: 'Northmere',
    publicPhone: '01632 960001',
    login,
    password,
    card: { name: `${name} first`, title: '' },
    roles: ['agency-administrator', 'worker', 'lead'],
    authenticator,
  })
  if ('refused' in done) throw new Error(done.refused)
  return handOf(at, { login, authenticator, ...done, first: true })
}

async function join(at: Place, admin: Hand, index: number): Promise<Hand> {
  const login = `worker-${index}@example.org`
  const authenticator = newAuthenticator('bench').secret
  const invitee = { login, card: { name: `Worker ${index}`, title: '' }, roles: ['worker', 'lead'] as const }
  const { token, id } = await admin.act((db, actor) => invite(db, actor, at.installation, invitee))
  const answered = await answer(at.pools.web, at.installation, token, login, password)
  if ('refused' in answered) throw new Error(answered.refused)
  const admitted = await admin.act((db, actor) => admitMember(db, actor, id))
  if ('refused' in admitted) throw new Error(admitted.refused)
  return handOf(at, { login, authenticator, ...answered, partyId: admin.partyId, first: false })
}

/** Signs in by the recovery code just shown, which needs no slow key; a half minute ago, so that its code is not used up. */
async function handOf(
  at: Place,
  who: Pick<Hand, 'login' | 'authenticator' | 'accountId' | 'partyId'> & {
    readonly recoveryCode: string
    readonly first: boolean
  },
): Promise<Hand> {
  const material = await signInMaterial(at.pools.web, at.installation.pepper, who.login)
  const pair = unlockByRecovery(who.recoveryCode, material?.sealed ?? null)
  if (pair === null) throw new Error(`${who.login} cannot sign in.`)
  const cookie = await startSession(at.pools.web, who.accountId, pair, 'code')
  const now = Temporal.Now.instant()
  const code = codeAt(who.authenticator, now.subtract({ seconds: 30 }))
  const passed = who.first
    ? await passCode(at.pools.web, cookie, code, now)
    : await setFirstAuthenticator(at.pools.web, cookie, who.authenticator, code, now)
  if ('refused' in passed) throw new Error(passed.refused)
  const act: Hand['act'] = async (work) => {
    const done = await asMember({ pools: at.pools, introduce }, cookie, 'bench', async (db, actor) => ({
      done: await work(db, actor),
    }))
    if ('refused' in done) throw new Error('The session is closed.')
    return done.done
  }
  const { login, authenticator, accountId, partyId } = who
  return { login, authenticator, cookie, accountId, partyId, act }
}

async function fillDirectory(owner: Pool, partyId: string): Promise<string> {
  const done = await owner.transaction().execute((db) => importDirectory(db, directoryFile(size.services)))
  if ('refused' in done) throw new Error(done.message)
  return owner.transaction().execute(async (db) => {
    const clinic = (await listOrganizations(db)).find((each) => each.sector === 'mental-health')
    if (clinic === undefined) throw new Error('The directory has no clinic.')
    await linkParty(db, clinic.id, partyId)
    const [service] = (await listServices(db, { partyId, perPage: 1 })).services
    if (service === undefined) throw new Error('The clinic has no service.')
    return service.id
  })
}

/** A worker's cases, fifty to a transaction; the first `ready` of them with needs and details. */
async function fillCases(hand: Hand, user: number): Promise<readonly string[]> {
  const extra = (size.people - size.users * size.casesEach) / size.users
  const ready: string[] = []
  for (let from = 0; from < size.casesEach; from += 50) {
    await hand.act(async (db, actor) => {
      for (let i = from; i < from + 50; i += 1) {
        const caseId = await oneCase(db, actor, user * size.casesEach + i, i < extra ? 2 : 1)
        if (i >= size.ready) continue
        await fillSheets(db, actor, caseId)
        ready.push(caseId)
      }
    })
  }
  return ready
}

async function oneCase(db: Tx, actor: Actor, index: number, people: number): Promise<string> {
  const { caseId } = await startCase(db, actor)
  for (let i = 0; i < people; i += 1) {
    const name = `${firstNames[(index + i) % firstNames.length]} ${lastNames[index % lastNames.length]} ${index}`
    const card = CardBody.parse({ name, role: i === 0 ? 'survivor' : 'child' })
    const saved = await saveCard(db, actor, { caseId, id: null, version: 0 }, card)
    if ('refused' in saved) throw new Error(saved.refused)
  }
  return caseId
}

async function fillSheets(db: Tx, actor: Actor, caseId: string): Promise<void> {
  const askedOn = Temporal.Now.plainDateISO().toString()
  const known = (value: string | number) => ({ state: 'known' as const, value, askedOn })
  await saveNeeds(db, actor, { caseId, version: 0 }, [
    { id: 'one', code: 'mental-health', words: 'To sleep, and to stop going over it.' },
  ])
  await saveSituation(db, actor, { caseId, version: 0 }, { who: known('adult'), age: known(34 * 12) })
  for (let i = 0; i < 12; i += 1)
    await addNote(db, actor, caseId, `Talk ${i}: ${'what was said, in plain words. '.repeat(12)}`)
}
