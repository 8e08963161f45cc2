import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Tx } from '#platform/db'
import { install, type Installation } from './installations.ts'

let at: Installation
beforeAll(async () => {
  at = await install()
})
afterAll(() => at.close())

type Owner = 'service' | 'location' | 'organization'

/** Two entries of one organisation, Hall and Room; the second place is Room's own. Nothing is secret yet. */
async function twoEntries(db: Tx): Promise<void> {
  await sql`insert into directory.organization (source_id, name) values ('house', 'House')`.execute(db)
  for (const name of ['hall', 'room']) {
    await sql`insert into directory.service (source_id, organization_id, name)
      select ${name}, id, ${name} from directory.organization`.execute(db)
    await place(db, name)
    await join(db, name, name)
  }
}

const place = (db: Tx, name: string) =>
  sql`insert into directory.location (source_id, organization_id, kind, name)
    select ${name}, id, 'virtual', ${name} from directory.organization`.execute(db)

const join = (db: Tx, service: string, location: string) =>
  sql`insert into directory.service_at_location (service_id, location_id) select s.id, l.id
    from directory.service s, directory.location l where s.source_id = ${service} and l.source_id = ${location}`.execute(
    db,
  )

const turn = (db: Tx, what: 'service' | 'location', name: string) =>
  what === 'service'
    ? sql`update directory.service set confidential = true where source_id = ${name}`.execute(db)
    : sql`update directory.location set confidential = true, name = null where source_id = ${name}`.execute(
        db,
      )

const apart = (db: Tx, name: string) =>
  sql`delete from directory.service_at_location a using directory.service s
    where s.id = a.service_id and s.source_id = ${name}`.execute(db)

const keep = (db: Tx, what: Owner, name: string) =>
  sql`insert into directory.kept_beside (${sql.ref(`${what}_id`)}, kept)
    select id, '{"rest": {"a": 1}}' from ${sql.table(`directory.${what}`)} where source_id = ${name}`.execute(
    db,
  )

async function kept(db: Tx): Promise<number> {
  return (await sql`select from directory.kept_beside`.execute(db)).rows.length
}

/** Does something in a directory of its own, of which nothing stays. */
async function inTwoEntries(work: (db: Tx) => Promise<void>): Promise<void> {
  const back = new Error('back')
  const done = at.owner.transaction().execute(async (db) => {
    await twoEntries(db)
    await work(db)
    throw back
  })
  await expect(done).rejects.toBe(back)
}

// Each ground by itself: two that hold at once would hide that one of them is gone.
describe.each<{ ground: string; secret: (db: Tx) => Promise<unknown>; what: Owner; name: string }>([
  {
    ground: 'an entry that is secret and has no place',
    secret: async (db) => [await apart(db, 'hall'), await turn(db, 'service', 'hall')],
    what: 'service',
    name: 'hall',
  },
  {
    ground: 'an open entry at a secret place',
    secret: (db) => turn(db, 'location', 'hall'),
    what: 'service',
    name: 'hall',
  },
  {
    ground: 'a secret place where nobody is',
    secret: async (db) => [await apart(db, 'hall'), await turn(db, 'location', 'hall')],
    what: 'location',
    name: 'hall',
  },
  {
    ground: 'an open place of a secret entry',
    secret: (db) => turn(db, 'service', 'hall'),
    what: 'location',
    name: 'hall',
  },
  {
    ground: 'an open place of an entry that is at a secret one too',
    secret: async (db) => [await join(db, 'hall', 'room'), await turn(db, 'location', 'room')],
    what: 'location',
    name: 'hall',
  },
  {
    ground: 'an organisation with a secret entry without a place',
    secret: async (db) => [await apart(db, 'hall'), await turn(db, 'service', 'hall')],
    what: 'organization',
    name: 'house',
  },
  {
    ground: 'an organisation with an open entry at a secret place',
    secret: (db) => turn(db, 'location', 'hall'),
    what: 'organization',
    name: 'house',
  },
])('$ground', ({ secret, what, name }) => {
  test('keeps nothing beside, whoever writes', () =>
    inTwoEntries(async (db) => {
      await secret(db)
      await keep(db, what, name)
      expect(await kept(db)).toBe(0)
    }))

  test('loses in the same statement what was kept while it was open', () =>
    inTwoEntries(async (db) => {
      await keep(db, what, name)
      expect(await kept(db)).toBe(1)
      await secret(db)
      expect(await kept(db)).toBe(0)
    }))
})

test('work with people who use abuse keeps nothing beside', () =>
  inTwoEntries(async (db) => {
    await sql`update directory.service set kind = 'for-people-using-abuse' where source_id = 'hall'`.execute(
      db,
    )
    await keep(db, 'service', 'hall')
    expect(await kept(db)).toBe(0)
  }))

test('an organisation loses what was kept when an entry begins secret, before it is anywhere', () =>
  inTwoEntries(async (db) => {
    await keep(db, 'organization', 'house')
    await sql`insert into directory.service (source_id, organization_id, name, confidential)
      select 'new', id, 'New', true from directory.organization`.execute(db)
    expect(await kept(db)).toBe(0)
  }))

test('an entry, its places and its organisation lose what was kept when it joins a secret place', () =>
  inTwoEntries(async (db) => {
    await apart(db, 'room')
    await turn(db, 'location', 'room')
    for (const what of ['service', 'location'] as const) await keep(db, what, 'hall')
    await keep(db, 'organization', 'house')
    expect(await kept(db)).toBe(3)
    await join(db, 'hall', 'room')
    expect(await kept(db)).toBe(0)
  }))

test('an entry that joins a secret place takes the words of its organisation’s history with it', () =>
  inTwoEntries(async (db) => {
    await sql`insert into directory.import_run (file_sha256, format, imported, imported_with_warnings, held, rejected, records)
      values ('\\x00', 'hsds', 0, 0, 0, 0, '[]')`.execute(db)
    await sql`insert into directory.change (organization_id, what, via, run_id, fields)
      select o.id, 'import', 'import', r.id, '[{"field": "description", "before": "By the mill", "after": ""}]'
      from directory.organization o, directory.import_run r`.execute(db)
    await apart(db, 'room')
    await turn(db, 'location', 'room')
    const words = async () =>
      (await sql`select from directory.change where fields::text like '%By the mill%'`.execute(db)).rows
        .length
    expect(await words()).toBe(1)
    await join(db, 'hall', 'room')
    expect(await words()).toBe(0)
  }))
