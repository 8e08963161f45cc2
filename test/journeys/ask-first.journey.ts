import { readFileSync } from 'node:fs'

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { importDirectory, linkParty, listOrganizations } from '#directory'

import type { Person } from '../world/agencies.ts'
import { type AgenciesSite, agenciesSite } from './site.ts'
import { type Walk, walkIn } from './walk.ts'

let site: AgenciesSite
let school: Person
let advocate: Person
let byAndFor: Person
const name = 'Northmere Domestic Abuse Service'

beforeAll(async () => {
  site = await agenciesSite()
  const { world } = site
  const text = readFileSync(new URL('../../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
  await world.owner.transaction().execute((db) => importDirectory(db, text))
  advocate = await world.found(name, 'domestic-abuse')
  byAndFor = await world.found('By and For', 'domestic-abuse')
  school = await world.found('Hill School', 'education')
  await world.pair(school, advocate)
  await world.pair(school, byAndFor)
  await world.owner.transaction().execute(async (db) => {
    const own = (await listOrganizations(db)).find((each) => each.name === name)
    if (own === undefined) throw new Error('no such organisation')
    await linkParty(db, own.id, advocate.partyId)
  })
})
afterAll(() => site?.close())

async function windowOf(who: Person, scripts: boolean): Promise<Walk> {
  const walk = await walkIn({ browser: site.browser, address: site.address }, { scripts })
  await site.signIn(walk.context, who)
  return walk
}

/** From *My work* to asked: two choices and two clicks, nothing typed. Gives the thread's page. */
async function ask(walk: Walk, more: readonly string[] = []): Promise<string> {
  await walk.go('/work')
  walk.effort()
  await walk.press('Someone is with me now')
  await walk.choose('Who?', 'Adult')
  await walk.choose('Help with', 'Safety')
  if (more.length > 0) await walk.open('Others')
  for (const each of more) await walk.choose('Ask them too, or instead', each)
  await walk.press('Ask now')
  if (more.length === 0) expect(walk.effort()).toMatchObject({ inputs: 2, clicks: 2, letters: 0 })
  return walk.path()
}

/** How many mails the minute's work puts, and that none says more than that something waits. */
async function mailed(): Promise<number> {
  const { owner, pools } = site.world
  await sql`delete from jobs.mail`.execute(owner)
  await sql`select jobs.notify_at_once()`.execute(pools.jobs)
  const { rows } = await sql<{ template: string }>`select template from jobs.mail`.execute(owner)
  expect(new Set(rows.map((each) => each.template))).toEqual(new Set(['something-waits']))
  return rows.length
}

test.each([true, false])(
  'asked in two clicks, mailed at once, opened in one and answered in one; nothing is typed again (scripts: %s)',
  { timeout: 120_000 },
  async (scripts) => {
    const asking = await windowOf(school, scripts)
    const thread = await ask(asking)
    expect(await asking.text()).toContain('This page looks for the answer every 30 seconds')
    expect(await mailed()).toBeGreaterThan(0)
    const answering = await windowOf(advocate, scripts)
    await answering.go('/work')
    answering.effort()
    await answering.press(/^Question from Hill School/)
    await answering.press('Yes, ring us now together')
    expect(answering.effort()).toMatchObject({ inputs: 0, clicks: 2, letters: 0 })
    await asking.go(`${thread}?look=3`)
    expect(await asking.text()).toContain('Ring us now with the person beside you.')
    await asking.press('Start the referral')
    expect(asking.path()).toMatch(/^\/cases\/[0-9a-f-]{36}\/referrals\/new$/)
    expect(await asking.text()).toContain('Being safer')
    expect(asking.typed).toEqual([])
    await Promise.all([asking.close(), answering.close()])
  },
)

test('asked back and answered no: three inputs and clicks each, and whoever asked sees why and where next', async () => {
  const asking = await windowOf(school, true)
  const thread = await ask(asking)
  const answering = await windowOf(advocate, true)
  await answering.go(thread)
  answering.effort()
  await answering.press('Ask something')
  await answering.fill('Your question', 'Are there children in the home?')
  await answering.press('Send the question')
  let spent = answering.effort()
  expect(spent.inputs + spent.clicks).toBeLessThanOrEqual(3)
  await asking.go(thread)
  expect(await asking.text()).toContain('Are there children in the home?')
  await answering.go(thread)
  answering.effort()
  await answering.press('Not for us')
  await answering.choose('Why not here?', 'No room, or the waiting list is closed')
  await answering.press('Say no and name the next door')
  spent = answering.effort()
  expect(spent.inputs + spent.clicks).toBeLessThanOrEqual(3)
  await asking.go(thread)
  expect(await asking.text()).toMatch(/They suggest|They know of no other service/)
  await Promise.all([asking.close(), answering.close()])
})

test('two asked at once: the first yes is enough, and the other hears that no answer is needed', async () => {
  const asking = await windowOf(school, false)
  const thread = await ask(asking, ['By and For'])
  expect(await asking.text()).toContain('Also asked')
  const first = await windowOf(advocate, false)
  await first.go('/work')
  await first.press(/^Question from Hill School/)
  await first.press('Yes, send them')
  await asking.go(thread)
  await asking.press('Tell the others: no longer needed')
  expect(await asking.text()).toContain('Told: no answer is needed any more.')
  const other = await windowOf(byAndFor, true)
  await other.go('/referrals?show=closed')
  await other.press(/^Question from Hill School/)
  const text = await other.text()
  expect(text).toContain('No answer is needed any more. There is nothing to do.')
  expect(text).not.toContain(name)
  await Promise.all([asking.close(), first.close(), other.close()])
})
