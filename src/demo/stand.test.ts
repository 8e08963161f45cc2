import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { foundAgency, offerAsOwner } from '#parties'
import { rowOf } from '#platform/access'
import { newAuthenticator } from '#platform/auth'
import { cryptoReady, type Installation, newCookie, openInstallation } from '#platform/crypto'
import { createWords } from '#platform/i18n'
import { openPool, openPools, type Pool, type Pools } from '#platform/db'

import { freshDatabase, type FreshDatabase } from '../../test/database.ts'
import { cast } from './cast.ts'
import { demoState } from './demo.store.ts'
import { keptFile, readKept } from './kept.ts'
import { demoLeftHalfMade, standDemo } from './stand.actions.ts'

let database: FreshDatabase
let pools: Pools
let owner: Pool
let installation: Installation
let dataDir: string

/** One small agency and nobody who needs help: what is tested here is not the story. */
const agencies = cast.agencies.filter((agency) => agency.id === 'millbrook-primary')
const small = { areas: cast.areas, agencies, people: [] }

beforeAll(cryptoReady)
beforeEach(async () => {
  database = await freshDatabase()
  pools = openPools({
    web: database.urlFor('web'),
    public: database.urlFor('public'),
    jobs: database.urlFor('jobs'),
    sealer: database.urlFor('sealer'),
  })
  owner = openPool(database.ownerUrl, 2)
  installation = openInstallation(database.keysDir).installation
  dataDir = mkdtempSync(join(tmpdir(), 'anydoor-stand-'))
})
afterEach(async () => {
  await pools.close()
  await owner.destroy()
  await database.close()
  rmSync(dataDir, { recursive: true })
})

test('a demo that is broken off is noticed, cleared and made again', async () => {
  const last = agencies[0]?.staff.at(-1)
  const broken = agencies.map((agency) => ({
    ...agency,
    staff: [...agency.staff, { id: 'cut', name: '', job: '', roles: last?.roles ?? [] }],
  }))
  await expect(stand({ ...small, agencies: broken })).rejects.toThrow()
  expect(await demoState(owner)).toMatchObject({ demo: false, empty: false })
  expect(await demoLeftHalfMade(ground())).toBe(true)
  expect(await stand()).toBe('made')
  expect(await demoLeftHalfMade(ground())).toBe(false)
  expect(await stand()).toBe('here')
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from parties.agency`.execute(owner)
  expect(rows).toEqual([{ n: 1 }])
  expect(statSync(keptFile(dataDir)).mode & 0o777).toBe(0o600)
}, 180_000)

test('the invented council listens where the demo does, and no other feed is touched', async () => {
  expect(await stand()).toBe('made')
  for (const address of [
    'http://127.0.0.1:3000/council-list/services',
    'https://example.org/council-list/services',
  ])
    await sql`insert into exchange.feed (party_id, name, address, made_by, trouble, trouble_since, next_at)
      values (gen_random_uuid(), 'Council', ${address}, gen_random_uuid(), 'unreachable', now(), now() + interval '1 day')`.execute(
      owner,
    )
  const at = { ...ground(), config: { ...ground().config, publicUrl: 'http://127.0.0.1:3999' } }
  expect(await standDemo(at)).toBe('here')
  const { rows } = await sql`
    select address, trouble, next_at <= now() as due from exchange.feed order by address`.execute(owner)
  expect(rows).toEqual([
    { address: 'http://127.0.0.1:3999/council-list/services', trouble: null, due: true },
    { address: 'https://example.org/council-list/services', trouble: 'unreachable', due: false },
  ])
}, 180_000)

test('nothing is made where somebody is, nor where others can reach the server', async () => {
  const away = { ...ground(), config: { ...ground().config, loopback: false } }
  expect(await standDemo(away)).toBe('not-loopback')
  await foundReal()
  expect(await stand()).toBe('not-empty')
  expect(await demoState(owner)).toEqual({ demo: false, begun: null, empty: false })
})

test('a half-made demo whose mark lies elsewhere is never cleared', async () => {
  await sql`select access.begin_demo(gen_random_uuid())`.execute(owner)
  expect(await stand()).toBe('half-made-elsewhere')
})

test('a real agency ends the demo for good, and its sign-ins are forgotten', async () => {
  expect(await stand()).toBe('made')
  await foundReal()
  expect(await demoState(owner)).toMatchObject({ demo: false })
  expect(await demoLeftHalfMade(ground())).toBe(false)
  expect(readKept(dataDir)).toBeNull()
  expect(await stand()).toBe('not-empty')
})

function ground() {
  return {
    config: { dataDir, keysDir: database.keysDir, loopback: true, publicUrl: 'http://127.0.0.1:3000' },
    database: { ownerUrl: database.ownerUrl, pools },
    installation,
    wordsFor: createWords([]),
    out: { write: () => undefined },
  }
}

function stand(world = small) {
  return standDemo({ ...ground(), world })
}

async function foundReal(): Promise<void> {
  const token = newCookie()
  await offerAsOwner(owner, rowOf(token), { name: 'Real', sector: 'housing', pack: 'uk', area: '' })
  const done = await foundAgency(pools.web, installation, token, {
    agencyName: 'Real',
    sector: 'housing',
    area: '',
    publicPhone: '01632 960999',
    login: 'real@example.org',
    password: newCookie(),
    card: { name: 'Robin', title: '' },
    roles: ['agency-administrator'],
    authenticator: newAuthenticator('test').secret,
  })
  if ('refused' in done) throw new Error(done.refused)
}
