import { sql } from 'kysely'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import {
  addNote,
  assignCase,
  bringCells,
  CardBody,
  closeForTeam,
  Danger,
  declareConflict,
  endCase,
  openFile,
  saveCard,
  saveDanger,
  searchNames,
  startCase,
} from '#people'

import { letGo } from '../src/parties/member.actions.ts'
import { saveKnown } from '../src/people/known.actions.ts'
import { ownKnown } from '../src/people/known.store.ts'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { everHeld, keysNow, opensNow, type Held } from './world/ever-held.ts'

const histories = process.env['ANYDOOR_PROVE'] === undefined ? 8 : 300

let world: TestWorld
let staff: readonly Person[]
let temps = 0

beforeAll(async () => {
  bringCells([])
  world = await testWorld()
  const amina = await world.found('Harbour Advocacy', 'domestic-abuse')
  staff = [
    amina,
    await world.join(amina, 'Lena Wren', ['lead']),
    await world.join(amina, 'Omar Reed', ['worker']),
    await world.join(amina, 'Piers Pond', ['privacy-lead']),
  ]
})
afterAll(() => world?.close())

const names = ['Ash Vale', 'Robin Thorn', 'Kit Birch', 'Hazel Moss']
const staffNames = ['Nobody Here', 'Wren, Lena', 'Omar Reed', 'Piers Pond']

const who = fc.nat({ max: 3 })
const name = fc.constantFrom(...names)
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('note' as const), by: who }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('rename' as const), by: who, name }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('declare' as const), by: who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pick' as const), by: who, whom: who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('name' as const), by: who, whom: who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('know' as const), by: who, name }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const), by: who, team: fc.array(who) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hand' as const), by: who, whom: who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const), by: who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('new keys' as const), by: who }) },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const person = (n: number): Person => staff[n] ?? staff[0]!
const account = (n: number) => person(n).accountId

/** One step as whoever takes it; somebody who may not, is refused like anybody. */
async function take(caseId: string, one: Step): Promise<void> {
  const by = person(one.by)
  await by.act(async (db, actor) => {
    const file = await openFile(db, actor, caseId)
    if (one.do === 'know') {
      const { version } = await ownKnown(db, actor)
      return saveKnown(db, actor, version, [one.name])
    }
    if (file === null) return null
    switch (one.do) {
      case 'note':
        return addNote(db, actor, caseId, `A note of ${file.version}`)
      case 'rename': {
        const [card] = file.cards
        const at = { caseId, id: card?.id ?? null, version: card?.version ?? 0 }
        return saveCard(db, actor, at, CardBody.parse({ name: one.name, role: 'survivor' }))
      }
      case 'declare':
        return declareConflict(db, actor, caseId, [])
      case 'pick':
      case 'name': {
        const now = file.danger ?? Danger.parse({})
        const more =
          one.do === 'pick'
            ? { colleagues: [...new Set([...now.colleagues, account(one.whom)])] }
            : { names: [...new Set([...now.names, staffNames[one.whom] ?? ''])] }
        return saveDanger(db, actor, { caseId, version: file.sheets.danger.version }, { ...now, ...more }, [])
      }
      case 'close':
        return closeForTeam(db, actor, caseId, { team: one.team.map(account), cells: [] })
      case 'hand':
        return assignCase(db, actor, caseId, account(one.whom))
      case 'reopen':
        return endCase(db, actor, caseId, 'active')
      case 'new keys':
        return null
    }
  })
}

/** Somebody joins and is let go: from then on the agency has a new version of its keys. */
async function newKeys(): Promise<void> {
  temps += 1
  const leaving = await world.join(person(0), `Temporary ${temps}`, ['worker'])
  const done = await person(0).act((db, actor) => letGo(db, actor, leaving.accountId))
  expect(done).toHaveProperty('version')
}

async function excludedNow(caseId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ account_id: string }>`
    select account_id from people.exclusion where case_id = ${caseId}::uuid`.execute(world.owner)
  return rows.map((row) => row.account_id)
}

/** For everybody who was ever shut out: no key they ever held opens anything of the case as it lies now. */
async function check(
  caseId: string,
  held: ReadonlyMap<string, Held>,
  history: readonly Step[],
): Promise<number> {
  const out = await excludedNow(caseId)
  let tried = 0
  for (const each of staff) {
    const keys = held.get(each.accountId)
    if (keys === undefined) continue
    const { opened, cells } = await opensNow(world, caseId, keys)
    const seen = await each.act((db, actor) => openFile(db, actor, caseId))
    const told = JSON.stringify(history)
    if (out.includes(each.accountId)) {
      tried += 1
      expect({ opened, seen, told }).toEqual({ opened: [], seen: null, told })
      const found = await each.act((db, actor) => searchNames(db, actor, { query: 'a', limit: 500 }))
      expect(found.found.filter((one) => one.caseId === caseId)).toEqual([])
    } else if (seen !== null) expect({ opened: opened.length, told }).toEqual({ opened: cells, told })
  }
  return tried
}

test(
  `over ${histories} random histories, no key that somebody shut out ever held opens anything of the case`,
  async () => {
    let tried = 0
    let lists = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 24 }), async (steps) => {
        for (const each of staff)
          await each.act(async (db, actor) => saveKnown(db, actor, (await ownKnown(db, actor)).version, []))
        const { caseId } = await person(0).act((db, actor) => startCase(db, actor))
        const held = new Map(staff.map((each) => [each.accountId, everHeld()]))
        for (const [index, one] of steps.entries()) {
          for (const each of staff) await keysNow(each, caseId, held.get(each.accountId)!)
          if (one.do === 'new keys') {
            if (index < 2) await newKeys()
          } else await take(caseId, one)
          if (one.do === 'know' || one.do === 'declare') lists += 1
          if (index % 6 === 5) tried += await check(caseId, held, steps.slice(0, index + 1))
        }
        for (const each of staff) await keysNow(each, caseId, held.get(each.accountId)!)
        tried += await check(caseId, held, steps)
      }),
      { numRuns: histories, seed: 20_261_127 },
    )
    // A history in which nobody is shut out proves nothing.
    expect(tried).toBeGreaterThan(histories)
    expect(lists).toBeGreaterThan(histories)
  },
  histories * 20_000,
)
