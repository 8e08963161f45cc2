import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'

import { actChecks } from './fences-acts.ts'
import { tablesOf } from './fences-catalogue.ts'
import {
  askingChecks,
  catalogueChecks,
  type FenceCheck,
  type Fences,
  partyTablesOf,
} from './fences-checks.ts'
import { groundChecks } from './fences-grounds.ts'
import { countPlanted, type PlantedKind } from './planted-count.ts'
import { type Fault, looseFaults, namedFaults } from './planted-faults.ts'
import { strangerChecks } from './fences-strangers.ts'
import { realSeals, sealProblems, weakSeals } from './planted-seals.ts'
import { fillEverything } from './world/filled.ts'

const checks: Readonly<Record<string, FenceCheck>> = {
  ...catalogueChecks,
  ...askingChecks,
  ...actChecks,
  ...groundChecks,
  ...strangerChecks,
}
const proving = process.env['ANYDOOR_PROVE'] !== undefined

let fences: Fences
let superuser: pg.Client

beforeAll(async () => {
  const filled = await fillEverything()
  superuser = new pg.Client({ connectionString: filled.world.database.superUrl })
  await superuser.connect()
  fences = {
    filled,
    owner: superuser,
    tables: await tablesOf(superuser),
    as: (row, work) => standing('select * from access.begin($1, null, $2)', row, work),
    asBearer: (row, work) => standing('select * from access.begin_bearer($1, $2)', row, work),
  }
})
afterAll(async () => {
  await superuser.end()
  await fences.filled.world.close()
})

describe('without a fault', () => {
  test.each(Object.entries(checks))('%s', async (_name, check) => {
    expect(await undone(() => check(fences))).toEqual([])
  })
})

describe('a planted fault is caught', () => {
  test.each(namedFaults.map((fault) => [fault.what, fault.caughtBy, fault] as const))(
    '%s — by “%s”',
    async (_what, _by, fault) => {
      const caught = await caughtBy(fault)
      count('fence', 1, Number(caught.includes(fault.caughtBy)))
      expect(caught).toContain(fault.caughtBy)
    },
  )

  test('a loose policy on any table of any party', async () => {
    const { mayBeEmpty } = fences.filled
    const names = partyTablesOf(fences.tables).map((table) => table.name)
    const faults = await looseFaults(
      superuser,
      names.filter((name) => !mayBeEmpty.includes(name)),
    )
    expect(faults.length).toBeGreaterThan(30)
    const missed: string[] = []
    for (const fault of faults) if (!(await caughtBy(fault)).includes(fault.caughtBy)) missed.push(fault.what)
    count('fence', faults.length, faults.length - missed.length)
    expect(missed).toEqual([])
  })
})

describe('a planted fault in the sealing is caught', () => {
  test('the real seals have none', () => {
    expect(sealProblems(realSeals)).toEqual([])
  })

  test.each(Object.entries(weakSeals))('%s', (problem, seals) => {
    const problems = sealProblems(seals)
    count('seal', 1, Number(problems.includes(problem)))
    expect(problems).toContain(problem)
  })
})

test('an asker that outlives the transaction is caught on a pooled connection', async () => {
  const { b, world } = fences.filled
  await superuser.query(fresh)
  const client = new pg.Client({ connectionString: world.database.urlFor('web') })
  await client.connect()
  const carriedOver = async () => {
    await client.query('begin')
    await client.query('select * from access.begin($1, null, $2)', [b.row, 'test'])
    await client.query('commit')
    return (await client.query('select id from people."case"')).rowCount
  }
  expect(await carriedOver()).toBe(0)
  const { rows } = await superuser.query<{ text: string }>(
    `select pg_get_functiondef('access.set_asker'::regproc) as text`,
  )
  const text = rows[0]?.text ?? ''
  await superuser.query(text.replaceAll(', true)', ', false)'))
  const noticed = await carriedOver()
  count('fence', 1, Number(noticed === 1))
  expect(noticed).toBe(1)
  await superuser.query(text)
  await client.end()
})

function count(kind: PlantedKind, planted: number, caught: number): void {
  countPlanted(inject('plantedBook'), kind, planted, caught)
}

/** The names of the checks that notice: the one that must, or with ANYDOOR_PROVE every one that does. */
async function caughtBy(fault: Fault): Promise<readonly string[]> {
  const names = proving ? Object.keys(checks) : [fault.caughtBy]
  const caught: string[] = []
  for (const name of names) {
    const problems = await undone(async () => {
      await fault.plant(superuser)
      const tables =
        fault.table === undefined ? fences.tables : fences.tables.filter((one) => one.name === fault.table)
      return checks[name]?.({ ...fences, tables }).catch((error: unknown) => [String(error)])
    })
    if (problems === undefined || problems.length > 0) caught.push(name)
  }
  return caught
}

/** With the full figures this takes longer than a session lives, and a dead session would pass for a caught fault. */
const fresh = `update access.session set seen_at = clock_timestamp(), started_at = clock_timestamp();
  update access.bearer set ends_at = clock_timestamp() + interval '1 hour';
  update keyring.case_wrap set ends_at = clock_timestamp() + interval '1 hour' where ends_at is not null`

/** Everything happens in one transaction that is never kept, so that each fault meets the same world. */
async function undone<T>(work: () => Promise<T>): Promise<T> {
  await superuser.query('begin')
  try {
    await superuser.query(fresh)
    return await work()
  } finally {
    await superuser.query('rollback')
  }
}

/** Stands before the fences as the web login, inside the transaction that holds the fault. */
async function standing<T>(
  opener: string,
  row: Uint8Array | null,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  await superuser.query('savepoint asker')
  try {
    await superuser.query('set local role anydoor_web')
    if (row !== null) await superuser.query(opener, [row, 'test'])
    return await work(superuser)
  } finally {
    await superuser.query('rollback to savepoint asker')
  }
}
