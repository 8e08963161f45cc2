import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { Tx } from '#platform/db'
import type { Actor } from '#platform/access'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { threadNow, threadOf } from '../../test/world/referrals.ts'
import { type Served, serveWorld } from '../../test/world/served.ts'
import { askedTogether, callOff } from './call-off.actions.ts'
import { decide } from './decide.actions.ts'
import { openThreadFile } from './file.actions.ts'
import { askFirst, type NowService, servicesNow } from './now.actions.ts'

let world: TestWorld
let served: Served
let school: Person
let harbour: Person
let colleague: Person
let editor: Person
let third: Person
const person = { name: 'Kim', phone: '01632 960200', cover: '' }

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  school = await world.found('Hill School', 'education')
  harbour = await world.found('Harbour Advocacy', 'domestic-abuse')
  third = await world.found('By and For', 'domestic-abuse')
  colleague = await world.join(harbour, 'Colin Dale', ['worker'])
  editor = await world.join(harbour, 'Edith Marsh', ['directory-editor'])
  await world.pair(school, harbour)
  await world.pair(school, third)
})
afterAll(() => world.close())
beforeEach(async () => {
  await sql`delete from jobs.mail`.execute(world.owner)
  await sql`update access.account set notified_at = null`.execute(world.owner)
  await sql`update referrals.thread set at_once_at = null`.execute(world.owner)
})

const inRoom = {
  facets: { who: 'adult' },
  needs: ['safety'],
  withSomeone: true,
  ringBack: { name: 'Robin', phone: '01632 960123', cover: '' },
} as const

/** Asks as the page does, of these agencies. */
function asks(to: readonly Person[], withSomeone = true): Promise<readonly string[]> {
  return school.act(async (db: Tx, actor: Actor) => {
    const known = await servicesNow(db, actor)
    const services = to.flatMap((each): NowService[] => known.filter((one) => one.partyId === each.partyId))
    return askFirst(db, actor, 'Europe/London', { ...inRoom, withSomeone, services })
  })
}

/** Runs the minute's work; gives how many mails it put, and to whom. */
async function minute(): Promise<readonly string[]> {
  const before = await sql<{ id: string }>`select id from jobs.mail`.execute(world.owner)
  await sql`select jobs.notify_at_once()`.execute(world.pools.jobs)
  const { rows } = await sql<{ id: string; account: string }>`
    select m.id, a.id as account from jobs.mail m join access.account a on a.email = m.address`.execute(
    world.owner,
  )
  const old = new Set(before.rows.map((each) => each.id))
  return rows.filter((each) => !old.has(each.id)).map((each) => each.account)
}

const yes = (who: Person, threadId: string) =>
  who.act(async (db, actor) =>
    decide(db, actor, await threadNow(who, threadId), { about: 'would-take', how: 'phone', person }),
  )

describe('somebody is in the room', () => {
  test('whoever can answer is mailed in the same minute, once each, though a notice went an hour ago', async () => {
    await sql`update access.account set notified_at = now() - interval '1 hour'`.execute(world.owner)
    await asks([harbour])
    expect((await minute()).toSorted()).toEqual([harbour.accountId, colleague.accountId].toSorted())
    expect(await minute()).toEqual([])
    // The other notices of the same minute do not say it a second time.
    await sql`select jobs.notify_waiting()`.execute(world.pools.jobs)
    const { rows } = await sql<{ template: string }>`select template from jobs.mail`.execute(world.owner)
    expect(rows.map((each) => each.template)).toEqual(['something-waits', 'something-waits'])
    expect(editor.accountId).not.toBe('')
  })

  test('an ask that can wait, one that was answered, and one an hour old mail nobody at once', async () => {
    await asks([harbour], false)
    expect(await minute()).toEqual([])
    const [answered = ''] = await asks([harbour])
    await yes(colleague, answered)
    expect(await minute()).toEqual([])
    await asks([harbour])
    await sql`update referrals.thread set at_once_at = at_once_at - interval '61 minutes'`.execute(
      world.owner,
    )
    expect(await minute()).toEqual([])
  })

  test('nobody from whom it is held is told, and nobody at all before the names were tried', async () => {
    const [held = ''] = await asks([harbour])
    await sql`update referrals.thread set held_from = array[${colleague.accountId}::uuid]
      where id = ${held}::uuid and party_id = ${harbour.partyId}::uuid`.execute(world.owner)
    expect(await minute()).toEqual([harbour.accountId])
    const [untried = ''] = await asks([third])
    await sql`update referrals.thread set untried = true where id = ${untried}::uuid`.execute(world.owner)
    expect(await minute()).toEqual([])
    await sql`update referrals.thread set untried = false where id = ${untried}::uuid`.execute(world.owner)
    expect(await minute()).toEqual([third.accountId])
  })

  test('only the side that asked can say that it is urgent, only of a question, and once', async () => {
    const [threadId = ''] = await asks([harbour], false)
    const say = (who: Person) =>
      who.act(async (db) => {
        const { rows } = await sql<{
          done: boolean
        }>`select referrals.ask_at_once(${threadId}::uuid) as done`.execute(db)
        return rows[0]?.done
      })
    expect(await say(harbour)).toBe(false)
    expect(await say(third)).toBe(false)
    expect(await say(school)).toBe(true)
    expect(await say(school)).toBe(false)
  })

  test('it stands first in My work until it is answered, and the page of whoever asked looks again by itself', async () => {
    const [threadId = ''] = await asks([harbour])
    const work = async (who: Person) => (await served.get('/work', who)).text()
    expect(await work(colleague)).toContain('Somebody is with a person now and waits for you')
    expect(await work(third)).not.toContain('Somebody is with a person now')
    const at = `/referrals/${threadId}`
    const waiting = await served.get(`${at}?look=20`, school)
    expect(waiting.headers.get('refresh')).toBe(`30; url=${at}?look=19`)
    expect(await waiting.text()).toContain('Stop looking by itself')
    for (const path of [at, `${at}?look=0`, `${at}?look=x`])
      expect((await served.get(path, school)).headers.get('refresh'), path).toBeNull()
    expect((await served.get(`${at}?look=99`, school)).headers.get('refresh')).toContain('look=19')
    expect((await served.get(`${at}?look=20`, harbour)).headers.get('refresh')).toBeNull()
    await yes(colleague, threadId)
    const heard = await served.get(`${at}?look=20`, school)
    expect(heard.headers.get('refresh')).toBeNull()
    expect(await heard.text()).toContain('They said yes')
    expect(await work(colleague)).not.toContain('Somebody is with a person now')
  })
})

describe('several asked at once', () => {
  test('the first yes is enough: the others are told that no answer is needed, and not by whom or why', async () => {
    const [first = '', second = ''] = await asks([harbour, third])
    expect(second).not.toBe('')
    await yes(harbour, first)
    const page = await (await served.get(`/referrals/${first}`, school)).text()
    expect(page).toContain('Also asked')
    expect(page).toContain('Tell the others: no longer needed')
    const told = await served.post(`/referrals/${first}/call-off`, { who: 'others' }, school)
    expect(told.headers.get('location')).toContain('done=called-off')
    expect((await threadOf(third, second))?.state).toBe('ended')
    const file = await third.act((db, actor) => openThreadFile(db, actor, second))
    expect(file?.pieces.at(-1)?.letter).toEqual({ about: 'not-needed' })
    const read = await (await served.get(`/referrals/${second}`, third)).text()
    expect(read).toContain('No answer is needed any more')
    for (const hidden of ['Harbour', 'Kim', first]) expect(read).not.toContain(hidden)
    // Said twice, nothing more goes.
    expect(await school.act((db, actor) => callOff(db, actor, [second, first]))).toBe(0)
  })

  test('starting the referral tells them by itself; who answered meanwhile stays', async () => {
    const [first = '', second = ''] = await asks([harbour, third])
    await yes(harbour, first)
    await yes(third, second)
    await served.post(`/referrals/${first}/refer`, {}, school)
    expect((await threadOf(school, second))?.state).toBe('accepted')
    const [again = '', other = ''] = await asks([harbour, third])
    await yes(third, other)
    await served.post(`/referrals/${other}/refer`, {}, school)
    expect((await threadOf(harbour, again))?.state).toBe('ended')
    expect((await threadOf(school, again))?.state).toBe('ended')
  })

  test('only those asked together belong together, and only the side that asked knows it', async () => {
    const [alone = ''] = await asks([harbour])
    const [first = '', second = ''] = await asks([harbour, third])
    const beside = (who: Person, id: string) =>
      who.act(async (db, actor) => {
        const file = await openThreadFile(db, actor, id)
        return file === null ? [] : (await askedTogether(db, actor, file.thread)).map((each) => each.id)
      })
    expect(await beside(school, alone)).toEqual([])
    expect(await beside(school, first)).toEqual([second])
    expect(await beside(harbour, first)).toEqual([])
    // Nobody else can call it off.
    for (const who of [harbour, third])
      expect(await who.act((db, actor) => callOff(db, actor, [first, second]))).toBe(0)
    expect((await threadOf(harbour, first))?.state).toBe('received')
  })

  test('an answer and its calling off at once: both sides agree in the end', async () => {
    for (let round = 0; round < 6; round += 1) {
      const [threadId = ''] = await asks([harbour])
      const at = await threadNow(colleague, threadId)
      await Promise.allSettled([
        colleague.act((db, actor) => decide(db, actor, at, { about: 'would-take', how: 'send', person })),
        school.act((db, actor) => callOff(db, actor, [threadId])),
      ])
      const states = await Promise.all([threadOf(school, threadId), threadOf(harbour, threadId)])
      const [ours, theirs] = states.map((each) => each?.state)
      expect(theirs).toBe(ours)
      expect(['accepted', 'ended']).toContain(ours)
    }
  })
})
