import { mkdirSync, readdirSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'

import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { lettersToErase } from '#asks'
import { openIncoming, withdrawRelease } from '#envelopes'
import { fileLetter } from '../src/asks/letter.actions.ts'
import { lettersOf } from '../src/asks/letter.store.ts'
import { letGo } from '../src/parties/member.actions.ts'
import {
  CardBody,
  addNote,
  closeForTeam,
  eraseCase,
  openFile,
  saveCard,
  searchNames,
  startCase,
} from '#people'
import { caseKey } from '#platform/access'
import { makeBackup, restoreBackup } from '#platform/backup'
import { newSignPair } from '#platform/crypto'
import { checkStoredLedger, newestHead, sealLedger } from '#platform/ledger'

import { freshDatabase } from './database.ts'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { type Sent, sendOne } from './world/crossing.ts'
import { backUp, bringBack, emptyFolder, type RestoredWorld } from './world/restored.ts'

let world: TestWorld
let back: RestoredWorld
let advocate: Person
let colleague: Person
let clinician: Person
let data: string
let keyring: string
let erased: Sent
let kept: Sent
let withdrawn: Sent
let closed: string
const place = emptyFolder()
const inPlace = (name: string) => path.join(place.folder, name)

beforeAll(async () => {
  world = await testWorld()
  advocate = await world.found('Harbour Advocacy', 'domestic-abuse')
  colleague = await world.join(advocate, 'Colleague', ['worker'])
  await world.join(advocate, 'Piers', ['privacy-lead'])
  clinician = await world.found('Hill Clinic', 'mental-health')
  await world.pair(advocate, clinician)
  erased = await crossing('Canary Ash')
  kept = await crossing('Canary Birch')
  withdrawn = await crossing('Canary Cedar')
  closed = await advocate.act((db, actor) => named(db, actor, 'Canary Dogwood'))
  for (const about of ['Everything on Canary Ash.', 'Everything on Canary Birch.'])
    await advocate.act((db, actor) =>
      fileLetter(db, actor, 'Europe/London', {
        writer: 'lawyer',
        from: 'A. Hart',
        about,
        answerTo: 'By post.',
      }),
    )
  await seal()
  data = await backUp(world, inPlace('data'), 'data')
  await after()
  keyring = await backUp(world, inPlace('keys'), 'keyring')
  back = await bringBack(world, data, keyring)
})
afterAll(async () => {
  await back.close()
  await world.close()
  place.remove()
})

/** What happens between the copy of the data and the disaster. */
async function after() {
  const letters = await advocate.act((db, actor) => lettersOf(db, actor))
  const about = letters.filter((each) => each.about.includes('Ash')).map((each) => each.id)
  await advocate.act((db, actor) =>
    eraseCase(db, actor, erased.caseId, 'asked', () => lettersToErase.erase(db, actor, about)),
  )
  await advocate.act(async (db, actor) => {
    const of = await caseKey(db, actor, withdrawn.caseId)
    if (of === null) throw new Error('no key')
    await withdrawRelease(db, actor, { id: withdrawn.releaseId, of }, 'spoken')
  })
  await advocate.act((db, actor) => closeForTeam(db, actor, closed, { team: [actor.accountId], cells: [] }))
  await advocate.act((db, actor) => letGo(db, actor, colleague.accountId))
  await advocate.act((db, actor) => startCase(db, actor))
  await seal()
}

async function crossing(name: string): Promise<Sent> {
  const sent = await sendOne(advocate, clinician, { name })
  await advocate.act(async (db, actor) => {
    await saveCard(
      db,
      actor,
      { caseId: sent.caseId, id: null, version: 0 },
      CardBody.parse({ name, role: 'survivor' }),
    )
    await addNote(db, actor, sent.caseId, `A note about ${name}`)
  })
  return sent
}

async function named(
  db: Parameters<typeof startCase>[0],
  actor: Parameters<typeof startCase>[1],
  name: string,
) {
  const { caseId } = await startCase(db, actor)
  await saveCard(db, actor, { caseId, id: null, version: 0 }, CardBody.parse({ name, role: 'survivor' }))
  return caseId
}

async function seal() {
  while ((await sealLedger(world.pools, world.installation.sign)) > 0);
}

describe('old data with the current keyring', () => {
  test('an erased case does not come back: no row, no wrap, no detail of what was done in it', async () => {
    expect(back.restored.replayed).toMatchObject({ erased: 1 })
    expect(await back.actAs(advocate, (db, actor) => openFile(db, actor, erased.caseId))).toBeNull()
    for (const table of [
      'people.card',
      'people.note',
      'envelopes.outgoing',
      'keyring.case_wrap',
      'referrals.thread',
    ]) {
      const { rows } = await sql`select from ${sql.table(table)} where case_id = ${erased.caseId}`.execute(
        back.owner,
      )
      expect([table, rows.length]).toEqual([table, 0])
    }
    const told =
      await sql`select from ledger.entry where case_id = ${erased.caseId} and detail is not null`.execute(
        back.owner,
      )
    expect(told.rows).toHaveLength(0)
    expect(await back.actAs(clinician, (db, actor) => openIncoming(db, actor, erased.envelopeId))).toEqual({
      refused: 'no-longer-shared',
    })
  })

  test('a letter about the person does not come back either, the others do', async () => {
    expect(back.restored.replayed).toMatchObject({ 'letters-erased': 1 })
    const letters = await back.actAs(advocate, (db, actor) => lettersOf(db, actor))
    expect(letters).toMatchObject([{ about: 'Everything on Canary Birch.' }])
  })

  test('everything else opens, by the same people with the same passwords', async () => {
    const file = await back.actAs(advocate, (db, actor) => openFile(db, actor, kept.caseId))
    expect(file).toMatchObject({ survivor: { name: 'Canary Birch' } })
    expect(
      await back.actAs(clinician, (db, actor) => openIncoming(db, actor, kept.envelopeId)),
    ).toMatchObject({
      body: { name: 'Canary Birch' },
    })
  })

  test('what was withdrawn stays withdrawn, on both sides', async () => {
    expect(await back.actAs(clinician, (db, actor) => openIncoming(db, actor, withdrawn.envelopeId))).toEqual(
      {
        refused: 'no-longer-shared',
      },
    )
    const { rows } = await sql<{
      state: string
    }>`select state from releases.release where id in (${withdrawn.releaseId}, ${kept.releaseId}) order by id = ${kept.releaseId}`.execute(
      back.owner,
    )
    expect(rows.map((row) => row.state)).toEqual(['withdrawn', 'signed'])
  })

  test('a removed colleague stays outside, and a case closed under a new key is left out', async () => {
    expect(await back.actAs(colleague, async () => 'in')).toBe('no-session')
    expect(back.restored.replayed).toMatchObject({ 'members-removed': 1, rekeyed: 1 })
    const found = await back.actAs(advocate, (db, actor) => searchNames(db, actor, { query: 'canary' }))
    expect(found).toMatchObject({ total: 2 })
    const left = await sql`select from people."case" where id = ${closed}`.execute(back.owner)
    expect(left.rows).toHaveLength(0)
  })

  test('the ledger holds, and whoever kept a later head sees that it was taken back', async () => {
    const { publicKey } = world.installation.sign
    const alone = await checkStoredLedger(back.owner, publicKey)
    expect(alone.problems).toEqual([])
    expect(alone.caveat).toContain('rollback')
    const newest = await newestHead(world.owner as never)
    if (newest === null) throw new Error('no head')
    const pinned = await checkStoredLedger(back.owner, publicKey, newest.head)
    expect(pinned.problems.map((problem) => problem.rule)).toEqual(['pinned-ahead'])
  })

  test('every fence stands again', async () => {
    const { rows } = await sql`select from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname in ('access', 'keyring', 'people', 'envelopes', 'ledger') and not c.relforcerowsecurity`.execute(
      back.owner,
    )
    expect(rows).toHaveLength(0)
  })
})

describe('a backup', () => {
  test('shows no name and no word of anybody, and leaves the keyring, sessions and mail out', () => {
    const files = readdirSync(data)
    const text = files
      .filter((file) => file.endsWith('.gz'))
      .map((file) => gunzipSync(readFileSync(path.join(data, file))).toString('latin1'))
      .join('\n')
    expect(text).not.toMatch(/canary|Canary/)
    expect(text).not.toContain(Buffer.from('Canary').toString('hex'))
    expect(
      files.filter((file) => /^(keyring|jobs|pgboss|access\.session|access\.attempt)/.test(file)),
    ).toEqual([])
    expect(
      readdirSync(keyring)
        .filter((file) => file.endsWith('.gz'))
        .every((file) => file.startsWith('keyring.')),
    ).toBe(true)
  })

  test('of the keyring is kept for thirty days, and kept apart from the data', async () => {
    const dir = inPlace('rolling')
    const first = await backUp(world, dir, 'keyring')
    const old = path.join(
      dir,
      `keyring-${new Date(Date.now() - 31 * 86_400_000).toISOString().replaceAll(':', '-')}`,
    )
    renameSync(first, old)
    mkdirSync(path.join(dir, '.unfinished-1'))
    utimesSync(path.join(dir, '.unfinished-1'), 0, 0)
    const at = { ownerUrl: world.database.ownerUrl, sign: world.installation.sign, dir }
    expect(await makeBackup({ ...at, part: 'keyring' })).toMatchObject({ forgotten: [old] })
    expect(readdirSync(dir)).toHaveLength(1)
    expect(await makeBackup({ ...at, part: 'data' })).toMatchObject({ refused: 'backup' })
  })

  test('is refused when a fence hides rows from the owner, since it would be silently short', async () => {
    const fresh = await freshDatabase()
    const client = new pg.Client({ connectionString: fresh.superUrl })
    await client.connect()
    await client.query('drop policy owner on people.note')
    await client.end()
    const made = await makeBackup({
      ownerUrl: fresh.ownerUrl,
      sign: world.installation.sign,
      dir: inPlace('short'),
      part: 'data',
    })
    expect(made).toMatchObject({ message: expect.stringContaining('people.note') })
    await fresh.close()
  })

  test('is refused in one line: changed files, other keys, the wrong half, a database in use', async () => {
    const at = { ...world.database, publicKey: world.installation.sign.publicKey, data, keyring }
    const saying = async (change: Partial<typeof at>) => {
      const done = await restoreBackup({ ...at, ...change })
      return 'refused' in done ? done.message : 'restored'
    }
    expect(await saying({})).toMatch(/Stop it|not empty/)
    expect(await saying({ data: keyring })).toContain('backup of the keyring')
    expect(await saying({ publicKey: newSignPair().publicKey })).toContain('another installation')
    expect(await saying({ data: place.folder })).toContain('is not a backup')
    const fresh = await freshDatabase()
    expect(await saying({ ownerUrl: fresh.ownerUrl, keyring: null as never })).toContain('--keyring')
    const changed = await backUp(world, inPlace('changed'), 'data')
    const manifest = path.join(changed, 'manifest.json')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"rows": 1', '"rows": 2'))
    expect(await saying({ ownerUrl: fresh.ownerUrl, data: changed })).toContain('signature does not hold')
    writeFileSync(path.join(data, 'people.card.copy.gz'), 'x')
    expect(await saying({ ownerUrl: fresh.ownerUrl })).toContain('damaged')
    await fresh.close()
  })
})
