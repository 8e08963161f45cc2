import { writeFileSync } from 'node:fs'
import path from 'node:path'

import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { openIncoming } from '#envelopes'
import { readConfig } from '#platform/config'
import {
  checkStoredLedger,
  headText,
  type LedgerReport,
  newestHead,
  sealLedger,
  witnessHead,
} from '#platform/ledger'

import { runLedger } from '../src/ledger.command.ts'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { sendOne } from './world/crossing.ts'
import { emptyFolder } from './world/restored.ts'

let world: TestWorld
let clinician: Person
let advocate: Person
/** What the clinic printed and keeps in a drawer. */
let kept: string
const place = emptyFolder()

beforeAll(async () => {
  world = await testWorld()
  advocate = await world.found('Harbour Advocacy', 'domestic-abuse')
  clinician = await world.found('Hill Clinic', 'mental-health')
  await world.pair(advocate, clinician)
  const sent = await sendOne(advocate, clinician, { name: 'Ash' })
  await clinician.act((db, actor) => openIncoming(db, actor, sent.envelopeId))
  await seal()
  await clinician.act((db, actor) => witnessHead(db, actor))
  const newest = await world.pools.sealer.transaction().execute(newestHead)
  if (newest === null) throw new Error('no head')
  kept = path.join(place.folder, 'head.txt')
  writeFileSync(kept, headText(newest.head))
})
afterAll(async () => {
  await world.close()
  place.remove()
})

async function seal() {
  while ((await sealLedger(world.pools, world.installation.sign)) > 0);
}

/** Runs `anydoor ledger` on this world's database: what it printed and its exit code. */
async function anydoor(
  ...args: readonly string[]
): Promise<{ code: number; said: string; complained: string }> {
  const { ownerUrl, keysDir } = world.database
  const config = readConfig(
    { DATABASE_URL: ownerUrl, KEYS_DIR: keysDir, DATA_DIR: path.join(place.folder, 'data') },
    '/',
  )
  if ('refused' in config) throw new Error(config.message)
  const out: string[] = []
  const err: string[] = []
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0)
  const complain = vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0)
  try {
    return { code: await runLedger(config, args), said: out.join(''), complained: err.join('') }
  } finally {
    write.mockRestore()
    complain.mockRestore()
  }
}

const rulesOf = (report: { said: string }) =>
  (JSON.parse(report.said) as LedgerReport).problems.map((problem) => problem.rule)

test('a whole ledger holds, alone and with a kept head, and the unsealed tail is told', async () => {
  const alone = await anydoor('verify')
  expect(alone.code).toBe(0)
  expect(alone.said).toContain('a rollback of the whole database cannot be excluded')
  await sendOne(advocate, clinician, { name: 'Birch' })
  const tail = await anydoor('verify', '--head', kept)
  expect(tail.code).toBe(0)
  expect(tail.said).toContain('Not sealed yet')
  expect(tail.said).toContain('those that the pinned head of')
  await seal()
  const printed = await anydoor('head')
  expect(printed.said.split('\n')[0]).toBe('anydoor ledger head')
})

test('what cannot be checked is one line and 2', async () => {
  for (const args of [
    [],
    ['verify', '--head'],
    ['verify', '--head', '/nowhere'],
    ['verify', 'twice'],
    ['verify', '--what'],
  ]) {
    const refused = await anydoor(...args)
    expect([args, refused.code, refused.complained.split('\n').length, refused.said]).toEqual([
      args,
      2,
      2,
      '',
    ])
  }
  const other = path.join(place.folder, 'other.txt')
  writeFileSync(other, 'a shopping list')
  expect((await anydoor('verify', '--head', other)).complained).toContain('is not a head of a ledger')
})

test('history rewritten with every key of the host is found by the clinic’s countersignature, and by the head it kept', async () => {
  await withoutTheLook()
  const witnessed = await anydoor('verify', '--json')
  expect([witnessed.code, new Set(rulesOf(witnessed))]).toEqual([1, new Set(['witness-root'])])

  await asSuperuser('delete from ledger.witness')
  const alone = await anydoor('verify', '--json')
  expect([alone.code, rulesOf(alone)]).toEqual([0, []])
  expect(alone.said).toContain('cannot be excluded')

  const pinned = await anydoor('verify', '--json', '--head', kept)
  expect([pinned.code, rulesOf(pinned)]).toEqual([1, ['pinned-root']])
  expect((await anydoor('verify', '--head', kept)).said).toContain('history was rewritten')
})

test('a countersignature cannot be made anew without the clinic’s own key', async () => {
  const { rows } = await sql<{
    size: number
    root: Buffer
  }>`select size, root from ledger.head order by size desc limit 1`.execute(world.owner)
  const head = rows[0]
  if (head === undefined) throw new Error('no head')
  const { signWitness } = await import('../src/platform/ledger/head.ts')
  const forged = signWitness(world.installation.sign.secretKey, { size: Number(head.size), root: head.root })
  await asSuperuser(
    'insert into ledger.witness (party_id, size, root, sign_version, signature) values ($1, $2, $3, 1, $4)',
    [clinician.partyId, head.size, head.root, forged],
  )
  const report = await checkStoredLedger(world.owner, world.installation.sign.publicKey)
  expect(report.problems.map((problem) => problem.rule)).toEqual(['witness-signature'])
})

/** What somebody with the whole host can do: take a line out, number the rest anew, sign every head again. */
async function withoutTheLook(): Promise<void> {
  await asSuperuser(`delete from ledger.entry where kind = 'envelope.opened'`)
  await asSuperuser('delete from ledger.head')
  await asSuperuser('update ledger.entry set position = null')
  await seal()
}

async function asSuperuser(text: string, values: readonly unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: world.database.superUrl })
  await client.connect()
  try {
    await client.query(text, [...values])
  } finally {
    await client.end()
  }
}
