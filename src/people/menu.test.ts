import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { importDirectory, needs } from '#directory'
import { openPool, type Pool, type Tx } from '#platform/db'

import { freshDatabase, type FreshDatabase } from '../../test/database.ts'
import type { Menu } from './menu.ts'
import { menuFor } from './menu.actions.ts'
import { abuseMarked, bringsTogether } from './menu.rules.ts'

let database: FreshDatabase
let owner: Pool
let visitor: Pool

beforeAll(async () => {
  database = await freshDatabase()
  owner = openPool(database.ownerUrl, 2)
  visitor = openPool(database.urlFor('public'), 2)
  for (const file of ['northmere', 'us-county']) {
    const text = readFileSync(new URL(`../demo/${file}.hsds.json`, import.meta.url), 'utf8')
    const done = await owner.transaction().execute((db) => importDirectory(db, text))
    expect(done).not.toHaveProperty('refused')
  }
})
afterAll(async () => {
  await owner.destroy()
  await visitor.destroy()
  await database.close()
})

function ask(asked: Parameters<typeof menuFor>[1]): Promise<Menu> {
  return visitor.transaction().execute((db: Tx) => menuFor(db, { pack: 'uk', ...asked }))
}

const boyOfNine = {
  who: 'child',
  age: 112,
  abuse: 'on-and-off',
  'same-home': 'yes',
  severity: 'moderate',
  weeks: 16,
  complex: 'yes',
  tried: 'one',
  suicide: 'none',
  'other-help': 'none',
  home: 'settled',
  safeguarding: 'worry',
  agreement: 'one-parent',
  school: 'taking-part',
}

test('says which threshold keeps the boy of nine out, and never ends without a next step', async () => {
  const menu = await ask({ situation: boyOfNine, need: 'child-mental-health' })
  expect(menu.takes).toEqual([])
  const blocks = Object.fromEntries(
    menu.no.map(({ service, reason }) => [service.code, reason.blocks.map((block) => block.facet)]),
  )
  expect(blocks).toMatchObject({ N02: ['safeguarding'], N03: ['complex'] })
  for (const entry of menu.no) for (const block of entry.reason.blocks) expect(block.wants).not.toBe('')
  expect(menu.nextSteps.length).toBeGreaterThan(0)
})

test('an unknown answer asks, and never says no', async () => {
  const { abuse: _abuse, ...rest } = boyOfNine
  const menu = await ask({ situation: { ...rest, 'same-home': 'no', complex: 'no' }, need: 'child-recovery' })
  const depends = menu.depends.find(({ service }) => service.code === 'N06')
  expect(depends?.reason.questions).toContain('abuse')
  expect(menu.bestQuestion).not.toBeNull()
})

test('orders by the wishes, first wish first, and hides nobody', async () => {
  const situation = { who: 'adult', age: 400, gender: 'woman', abuse: 'ongoing', risk: 'medium' }
  const plain = await ask({ situation, need: 'safety' })
  const wished = await ask({ situation, need: 'safety', wishes: [{ about: 'ledBy', oneOf: ['deaf'] }] })
  const codes = (menu: Menu) =>
    [...menu.takes, ...menu.asks, ...menu.depends, ...menu.no].map(({ service }) => service.id)
  expect(codes(wished).toSorted()).toEqual(codes(plain).toSorted())
  const lists = [wished.takes, wished.depends, wished.no]
  for (const list of lists) {
    const ranks = list.map(({ wishes }) => ['met', 'unknown', 'not-met'].indexOf(wishes[0]?.outcome ?? ''))
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
  }
})

test('lists services for people who use abuse apart', async () => {
  const menu = await ask({ situation: { who: 'adult', age: 400 }, need: 'change-behaviour' })
  expect([...menu.takes, ...menu.depends, ...menu.no]).toEqual([])
  expect(menu.apart.length).toBeGreaterThan(0)
  const father = await ask({
    situation: { who: 'person-using-abuse', age: 400, gender: 'man', proceedings: 'none' },
    need: 'change-behaviour',
  })
  expect([...father.takes, ...father.asks, ...father.depends].length).toBeGreaterThan(0)
})

test('never applies a threshold that the pack forbids, and reads no answer that the list does not know', async () => {
  const situation = { who: 'adult', age: 400, abuse: 'ongoing', substance: 'yes', risk: 'high' }
  const sober = await ask({ situation: { ...situation, substance: 'no' }, need: 'safe-place' })
  const using = await ask({ situation, need: 'safe-place' })
  const verdicts = (menu: Menu) => [menu.takes, menu.asks, menu.depends, menu.no].map((list) => list.length)
  expect(verdicts(using)).toEqual(verdicts(sober))
  const odd = await ask({ situation: { who: 'adult', nothing: 'x', abuse: 'never-heard' }, need: 'safety' })
  expect(odd.possible).toBe(true)
})

test('says when two answers cannot both be right', async () => {
  expect((await ask({ situation: { who: 'child', age: 400 }, need: 'safety' })).possible).toBe(false)
})

test('every need of every country leads somewhere', async () => {
  for (const pack of ['uk', 'us'] as const) {
    for (const need of ['safety', 'talk', 'mental-health', 'child-mental-health', 'safe-place', 'money']) {
      const menu = await ask({ situation: {}, need, pack })
      expect([...menu.takes, ...menu.asks, ...menu.depends, ...menu.nextSteps].length).toBeGreaterThan(0)
    }
  }
})

test('us-U20: work that brings both together is not offered while abuse is marked; parent and child stay open', async () => {
  const wishes = (models: readonly string[]) => ({ name: 'Any name', wishes: { models } }) as never
  for (const model of [
    'couples',
    'couple-counselling',
    'mediation',
    'family-group-conference',
    'restorative',
  ]) {
    expect([model, bringsTogether(wishes([model]))]).toEqual([model, true])
  }
  for (const model of ['individual', 'dyadic', 'multigenerational', 'group']) {
    expect([model, bringsTogether(wishes([model]))]).toEqual([model, false])
  }
  const named = (name: string) => bringsTogether({ name, wishes: { models: [] } } as never)
  for (const name of [
    'Couples counselling',
    'Family mediation',
    'Marriage guidance',
    'Relationship counseling',
  ])
    expect([name, named(name)]).toEqual([name, true])
  for (const name of ['Parent and child play', 'Family support', 'Immediate housing'])
    expect([name, named(name)]).toEqual([name, false])
  expect(abuseMarked({}, false)).toBe(false)
  expect(abuseMarked({}, true)).toBe(true)
  expect(abuseMarked({ abuse: 'ended-over-12-months' }, false)).toBe(true)

  const menu = await ask({ situation: boyOfNine, need: needs.map((each) => each.id) })
  const before = menu.withheld
  await owner.transaction().execute(async (db) => {
    const one = await db
      .selectFrom('directory.service')
      .select('id')
      .where('name', 'like', '%DA worker%')
      .limit(1)
      .executeTakeFirst()
    const any =
      one ?? (await db.selectFrom('directory.service').select('id').limit(1).executeTakeFirstOrThrow())
    await db
      .updateTable('directory.service')
      .set({ models: ['mediation'] })
      .where('id', '=', any.id)
      .execute()
  })
  const after = await ask({ situation: boyOfNine, need: needs.map((each) => each.id) })
  expect(after.withheld).toBe(before + 1)
})

test('an organisation that the person named as not safe stands nowhere on it, and its help elsewhere does', async () => {
  const situation = { who: 'adult', age: 400, gender: 'woman', abuse: 'ongoing', risk: 'medium' }
  const listed = (menu: Menu) =>
    [menu.takes, menu.asks, menu.depends, menu.no, menu.apart, menu.nextSteps]
      .flat()
      .map(({ service }) => service.organizationName)
  const before = listed(await ask({ situation, need: 'safety' }))
  const [shut] = before
  const after = await ask({ situation, need: 'safety', notSafe: (name) => name === shut })
  expect(new Set(listed(after))).toEqual(new Set(before.filter((name) => name !== shut)))
  const empty = await ask({ situation: boyOfNine, need: 'child-mental-health', notSafe: () => true })
  expect(listed(empty)).toEqual([])
})
