import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { caseKey } from '#platform/access'
import { checkStoredLedger, sealLedger } from '#platform/ledger'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { CardBody } from './card.ts'
import { saveCard } from './card.actions.ts'
import { saveDanger } from './careful.actions.ts'
import { assignCase, startCase } from './case.actions.ts'
import { closeForTeam, declareConflict } from './close.actions.ts'
import { Danger } from './danger.ts'
import { eraseCase } from './erase.actions.ts'
import { searchNames } from './name-search.actions.ts'
import { addNote, notesOf } from './note.actions.ts'
import { casesOf, openFile } from './open.actions.ts'
import { saveNeeds, saveSituation, saveWishes } from './sheet.actions.ts'

let world: TestWorld
let amina: Person
let lead: Person
let privacy: Person
let other: Person

beforeAll(async () => {
  world = await testWorld()
  amina = await world.found('Harbour Advocacy', 'domestic-abuse')
  lead = await world.join(amina, 'Lena', ['lead'])
  privacy = await world.join(amina, 'Piers', ['privacy-lead'])
  other = await world.found('Hill Clinic', 'mental-health')
})
afterAll(() => world.close())

async function caseOf(name: string, by: Person = amina): Promise<string> {
  return by.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    await saveCard(db, actor, { caseId, id: null, version: 0 }, card(name))
    await saveNeeds(db, actor, { caseId, version: 0 }, [{ id: 'a', code: 'safety', words: 'To sleep' }])
    await saveSituation(
      db,
      actor,
      { caseId, version: 0 },
      {
        who: { state: 'known', value: 'adult', askedOn: '2026-11-01' },
        abuse: { state: 'not-now', value: null, askedOn: '2026-11-01' },
      },
    )
    await addNote(db, actor, caseId, 'A first talk')
    return caseId
  })
}

function card(name: string): CardBody {
  return CardBody.parse({ name, role: 'survivor' })
}

describe('a case', () => {
  test('starts without a name and is filled page by page', async () => {
    const { caseId } = await amina.act((db, actor) => startCase(db, actor))
    const empty = await amina.act((db, actor) => openFile(db, actor, caseId))
    expect(empty).toMatchObject({ survivor: null, contact: null, needs: [], situation: {}, version: 1 })
    const full = await caseOf('Ash')
    const file = await amina.act((db, actor) => openFile(db, actor, full))
    expect(file?.survivor?.name).toBe('Ash')
    expect(file?.situation).toEqual({ who: 'adult' })
    expect(file?.answers['abuse']).toEqual({ state: 'not-now', value: null, askedOn: '2026-11-01' })
    expect(file?.needs).toEqual([{ id: 'a', code: 'safety', words: 'To sleep' }])
  })

  test('is not there for another agency, nor under an address that is no id', async () => {
    const caseId = await caseOf('Birch')
    expect(await other.act((db, actor) => openFile(db, actor, caseId))).toBeNull()
    expect(await other.act((db, actor) => openFile(db, actor, 'no-id'))).toBeNull()
    const saved = await other.act((db, actor) => saveNeeds(db, actor, { caseId, version: 1 }, []))
    expect(saved).toEqual({ refused: 'no-case' })
  })

  test('two people who save the same page at once: the second is told, and nothing is written over', async () => {
    const caseId = await caseOf('Cedar')
    const save = (by: Person, words: string) =>
      by.act((db, actor) => saveWishes(db, actor, { caseId, version: 0 }, { list: [], words }))
    const answers = await Promise.all([save(amina, 'one'), save(lead, 'two')])
    expect(answers.filter((answer) => 'refused' in answer)).toEqual([{ refused: 'changed-meanwhile' }])
    const won = answers.findIndex((answer) => 'version' in answer)
    const file = await amina.act((db, actor) => openFile(db, actor, caseId))
    expect(file?.wishes.words).toBe(['one', 'two'][won])
    expect(file?.sheets.wishes.version).toBe(1)
  })

  test('us-U15: keeps an old name sealed: no search finds it, no reader sees it', async () => {
    const caseId = await caseOf('Dogwood')
    const file = await amina.act((db, actor) => openFile(db, actor, caseId))
    const id = file?.survivor?.id ?? ''
    await amina.act((db, actor) => saveCard(db, actor, { caseId, id, version: 1 }, card('Élodie Świt')))
    const find = (query: string) => amina.act((db, actor) => searchNames(db, actor, { query }))
    expect((await find('dogw')).total).toBe(0)
    expect(await find('swit elo')).toMatchObject({ total: 1, found: [{ caseId, name: 'Élodie Świt' }] })
    const again = await amina.act((db, actor) => openFile(db, actor, caseId))
    expect(JSON.stringify(again?.cards)).not.toContain('Dogwood')
    const stale = await amina.act((db, actor) => saveCard(db, actor, { caseId, id, version: 1 }, card('X')))
    expect(stale).toEqual({ refused: 'changed-meanwhile' })
  })

  test('shows nothing in the clear', async () => {
    await caseOf('Elderberry Planted')
    const tables = ['people.case', 'people.card', 'people.sheet', 'people.note', 'ledger.entry']
    for (const table of tables) {
      const { rows } = await sql<{ line: string }>`select t::text as line from ${sql.table(table)} t`.execute(
        world.owner,
      )
      const text = rows.map((row) => row.line).join('\n')
      const bytes = Buffer.from(text.replaceAll(/\\\\?x([0-9a-f]+)/g, '$1'), 'hex').toString('latin1')
      for (const planted of ['Elderberry', 'To sleep', 'first talk', 'adult']) {
        expect(text).not.toContain(planted)
        expect(bytes).not.toContain(planted)
      }
    }
  })

  test('goes to a colleague, and never to somebody without casework or from elsewhere', async () => {
    const caseId = await caseOf('Fir')
    const give = (to: Person) => amina.act((db, actor) => assignCase(db, actor, caseId, to.accountId))
    expect(await give(lead)).toEqual({ done: true })
    expect(await give(other)).toEqual({ refused: 'not-a-caseworker' })
    const mine = await lead.act((db, actor) => casesOf(db, actor, { whose: 'mine', limit: 200 }))
    expect(mine.lines.map((line) => line.name)).toContain('Fir')
  })
})

describe('a closed case', () => {
  test('opens for its team and two privacy leads, for nobody else, with everything that was in it', async () => {
    const caseId = await caseOf('Gorse')
    const before = await world.owner
      .selectFrom('keyring.case_wrap')
      .select(['holder', 'wrap'])
      .where('case_id', '=', caseId)
      .execute()
    expect(before.map((wrap) => wrap.holder)).toEqual([amina.partyId])
    const closed = await amina.act((db, actor) => closeForTeam(db, actor, caseId, { cells: [] }))
    expect(closed).toEqual({ ownerId: amina.accountId, members: [amina.accountId, privacy.accountId] })
    for (const person of [amina, privacy]) {
      const file = await person.act((db, actor) => openFile(db, actor, caseId))
      expect(file).toMatchObject({ sort: 'closed', survivor: { name: 'Gorse' }, situation: { who: 'adult' } })
      const notes = await person.act((db) => notesOf(db, file!.key))
      expect(notes.map((note) => note.words)).toEqual(['A first talk'])
    }
    expect(await lead.act((db, actor) => openFile(db, actor, caseId))).toBeNull()
    expect(await lead.act((db, actor) => caseKey(db, actor, caseId))).toBeNull()
    expect((await lead.act((db, actor) => searchNames(db, actor, { query: 'gorse' }))).total).toBe(0)
    const seen = await lead.act((db, actor) => casesOf(db, actor, { whose: 'everyone', limit: 500 }))
    expect(seen.lines.map((line) => line.caseId)).not.toContain(caseId)
    const left = await world.owner
      .selectFrom('keyring.case_wrap')
      .select(['holder', 'key_version'])
      .where('case_id', '=', caseId)
      .execute()
    expect(left.map((wrap) => wrap.key_version)).toEqual([2, 2])
    expect(left.map((wrap) => wrap.holder)).not.toContain(amina.partyId)
  })

  test('closes at once for a worker who knows somebody in it, and goes to somebody else', async () => {
    const caseId = await caseOf('Hazel')
    const done = await amina.act((db, actor) => declareConflict(db, actor, caseId, []))
    expect(done).toEqual({ ownerId: lead.accountId, members: [lead.accountId, privacy.accountId] })
    expect(await amina.act((db, actor) => openFile(db, actor, caseId))).toBeNull()
    const file = await lead.act((db, actor) => openFile(db, actor, caseId))
    expect(file?.survivor?.name).toBe('Hazel')
    const back = await lead.act((db, actor) => assignCase(db, actor, caseId, amina.accountId))
    expect(back).toEqual({ refused: 'may-not-see' })
  })

  test('closes for a colleague named as not safe', async () => {
    const caseId = await caseOf('Ivy')
    const danger = Danger.parse({ colleagues: [lead.accountId] })
    const saved = await amina.act((db, actor) => saveDanger(db, actor, { caseId, version: 0 }, danger, []))
    expect(saved).toEqual({ version: 1 })
    expect(await lead.act((db, actor) => openFile(db, actor, caseId))).toBeNull()
    const file = await amina.act((db, actor) => openFile(db, actor, caseId))
    expect(file).toMatchObject({ sort: 'closed', danger })
    const again = await amina.act((db, actor) =>
      closeForTeam(db, actor, caseId, { team: [lead.accountId], cells: [] }),
    )
    expect(again).toMatchObject({ members: [amina.accountId, privacy.accountId] })
    expect((await amina.act((db, actor) => openFile(db, actor, caseId)))?.key.version).toBe(3)
  })

  test('loses nothing that is saved at the very moment it closes', async () => {
    for (let round = 0; round < 8; round++) {
      const caseId = await caseOf('Kale')
      const note = (n: number) => amina.act((db, actor) => addNote(db, actor, caseId, `note ${n}`))
      const close = () => amina.act((db, actor) => closeForTeam(db, actor, caseId, { cells: [] }))
      const look = () => lead.act((db, actor) => openFile(db, actor, caseId))
      const acts = [note(1), close(), note(2), look(), note(3)]
      const done = await Promise.all(acts)
      expect(done.filter((one) => one !== null && 'refused' in one)).toEqual([])
      const file = await amina.act((db, actor) => openFile(db, actor, caseId))
      const notes = await amina.act((db) => notesOf(db, file!.key))
      expect(notes.map((each) => each.words).toSorted()).toEqual([
        'A first talk',
        'note 1',
        'note 2',
        'note 3',
      ])
      expect(await look()).toBeNull()
    }
  })

  test('stays open where nobody else could hold it', async () => {
    const caseId = await caseOf('Juniper', other)
    const refused = await other.act((db, actor) => declareConflict(db, actor, caseId, []))
    expect(refused).toEqual({ refused: 'nobody-left' })
    expect(await other.act((db, actor) => openFile(db, actor, caseId))).not.toBeNull()
  })

  test('keeps its account readable and the tree whole', async () => {
    const caseId = await caseOf('Larch')
    while ((await sealLedger(world.pools, world.installation.sign)) > 0);
    await amina.act((db, actor) => closeForTeam(db, actor, caseId, { cells: [] }))
    const { rows } = await sql<{ key_version: number }>`
      select distinct key_version from ledger.entry where case_id = ${caseId}`.execute(world.owner)
    expect(rows).toEqual([{ key_version: 2 }])
    const report = await checkStoredLedger(world.owner, world.installation.sign.publicKey)
    expect(report.problems).toEqual([])
  })
})

test('an erased case is gone: rows, wraps and what the ledger told about it', async () => {
  const caseId = await caseOf('Maple')
  expect(await other.act((db, actor) => eraseCase(db, actor, caseId))).toEqual({ refused: 'no-case' })
  expect(await privacy.act((db, actor) => eraseCase(db, actor, caseId))).toMatchObject({
    proof: { agencies: 0, counts: { cards: 1, keys: 1 } },
  })
  expect(await amina.act((db, actor) => openFile(db, actor, caseId))).toBeNull()
  const { rows } = await sql<{ told: number; all: number }>`
    select count(detail)::int as told, count(*)::int as all from ledger.entry where case_id = ${caseId}`.execute(
    world.owner,
  )
  expect(rows[0]?.told).toBe(0)
  expect(rows[0]?.all).toBeGreaterThan(3)
})
