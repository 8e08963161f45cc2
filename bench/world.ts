/**
 * Fills an empty installation for the benchmark, through the same acts that the pages call, and writes down who can sign in.
 * Run by bench.ts: `node bench/world.ts FILE SIZE` with DATA_DIR and KEYS_DIR set and the project built.
 */
import { writeFileSync } from 'node:fs'

import { sql } from 'kysely'

import { importDirectory, linkParty, listOrganizations, listServices } from '#directory'
import { acceptPartner } from '#parties'
import { addNote, CardBody, saveCard, saveNeeds, saveSituation, startCase } from '#people'
import type { Actor } from '#platform/access'
import { readConfig } from '#platform/config'
import { cryptoReady, openInstallation } from '#platform/crypto'
import { openDatabase, openPool, type Pool, type Tx } from '#platform/db'

import { directoryFile } from './directory-file.ts'
import { found, type Hand, join, password, type Place } from './hands.ts'
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
  // As the database does by itself within a minute of what was filled in.
  await sql`vacuum analyze`.execute(owner)
  await owner.destroy()
  await database.close()
  return { users, serviceId, people: size.people, services: size.services }
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
