import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import type { BackLevel } from '#envelopes'
import { sendWaiting } from '#platform/mail'
import { endThread, recordMet, withdrawUnder } from '#referrals'

import { askAgain } from '../src/referrals/chase.actions.ts'
import { chaseUnit } from '../src/referrals/chase.rules.ts'
import { lateForMe, noticesOf } from '../src/referrals/chase.store.ts'
import type { Person } from './world/agencies.ts'
import {
  type ChasingWorld,
  chasingWorld,
  lateReferral as lateThread,
  mailed as whoIsMailed,
  quietAgain,
  seenBy,
} from './world/chasing.ts'
import { sendAsk, sendReferral, threadNow, threadOf } from './world/referrals.ts'
import type { SendingWorld } from './world/sending-world.ts'

let made: ChasingWorld
let at: SendingWorld
let { ash, lena, dora, colin, fern } = {} as ChasingWorld

beforeAll(async () => {
  made = await chasingWorld()
  ;({ at, ash, lena, dora, colin, fern } = made)
})
afterAll(() => at?.world.close())
beforeEach(() => quietAgain(made))

const owner = () => at.world.owner
const lateReferral = (hours: number, back?: BackLevel) => lateThread(made, hours, back)
const mailed = () => whoIsMailed(made)

/** Moves the clock: the answer was due so many hours ago. */
async function dueSince(threadId: string, hours: number): Promise<void> {
  await sql`update referrals.thread set due_at = clock_timestamp() - make_interval(secs => ${hours * 3600}),
      started_at = clock_timestamp() - make_interval(secs => ${hours * 3600}) - interval '4 hours'
    where id = ${threadId}::uuid and (side = 'to' or kind = 'ask' or referrals.reach(comes_back) >= 3)`.execute(
    owner(),
  )
}

const forget = () => sql`update access.account set notified_at = null`.execute(owner())

describe('an answer that is late', () => {
  test('is told to whoever owes it, then to the named lead there, then to whoever waits, then to the lead there', async () => {
    const { threadId } = await lateReferral(-1)
    expect(await mailed()).toEqual([])
    // The unit is four hours, as long as there was for the answer.
    for (const [hours, who] of [
      [0.1, ['dora']],
      [4.1, ['dora', 'colin']],
      [8.1, ['ash', 'dora', 'colin']],
      [12.1, ['ash', 'lena', 'dora', 'colin']],
    ] as const) {
      await dueSince(threadId, hours)
      await forget()
      expect(await mailed(), `${hours} hours`).toEqual(who)
    }
    expect([await seenBy(dora, threadId), await seenBy(colin, threadId)]).toEqual(['worker', 'lead'])
    expect([await seenBy(ash, threadId), await seenBy(lena, threadId)]).toEqual(['worker', 'lead'])
    expect(await seenBy(fern, threadId)).toBeNull()
  })

  test('goes to every lead where none is named, or the named one may not see it', async () => {
    const { threadId } = await lateReferral(5)
    await sql`update referrals.thread set held_from = array[${colin.accountId}::uuid] where id = ${threadId}::uuid and side = 'to'`.execute(
      owner(),
    )
    expect([await seenBy(colin, threadId), await seenBy(fern, threadId)]).toEqual([null, 'lead'])
    expect(await mailed()).toEqual(['dora', 'fern'])
    await sql`update referrals.thread set held_from = '{}', assignee_id = null where id = ${threadId}::uuid and side = 'to'`.execute(
      owner(),
    )
    await dueSince(threadId, 0.1)
    await forget()
    // With nobody in charge it is the lead’s at once.
    expect(await mailed()).toEqual(['colin'])
  })

  test('a question turns it round: then the side that asked first owes the answer', async () => {
    const { threadId } = await lateReferral(0.1)
    await sql`update referrals.thread set state = 'question' where id = ${threadId}::uuid`.execute(owner())
    await sql`delete from referrals.notice`.execute(owner())
    expect(await mailed()).toEqual(['ash'])
    await dueSince(threadId, 12.1)
    expect([
      await seenBy(lena, threadId),
      await seenBy(dora, threadId),
      await seenBy(colin, threadId),
    ]).toEqual(['lead', 'worker', 'lead'])
  })

  test('is nobody’s where nothing is shared any more, something was decided, or it is somebody else’s agency', async () => {
    const decided = await lateReferral(30)
    await sql`update referrals.thread set state = 'accepted' where id = ${decided.threadId}::uuid`.execute(
      owner(),
    )
    const over = await lateReferral(30)
    await ash.act((db, actor) => withdrawUnder(db, actor, { id: over.releaseId, of: over.key }, 'in-person'))
    await sql`delete from referrals.notice`.execute(owner())
    expect(await mailed()).toEqual([])
    for (const who of [ash, lena, dora, colin, fern])
      expect((await who.act((db) => lateForMe(db, 50))).total).toBe(0)
  })

  test.each(['nothing', 'received'] as const)(
    'where %s comes back, the side that sent is told nothing and can ask for nothing; the other side still owes the person one',
    async (comesBack) => {
      const { threadId } = await lateReferral(90, comesBack)
      expect((await threadOf(ash, threadId))?.due_at).toBeNull()
      expect(await mailed()).toEqual(['dora', 'colin'])
      expect([await seenBy(ash, threadId), await seenBy(lena, threadId)]).toEqual([null, null])
      expect(await ash.act((db, actor) => askAgain(db, actor, threadId))).toBe('not-now')
    },
  )

  test('comes as one mail a day, for five days, and then no more; the list keeps it', async () => {
    const { threadId } = await lateReferral(0.1)
    let mails = 0
    for (let day = 0; day < 14; day += 1) {
      await dueSince(threadId, day * 24 + 0.1)
      // Every hour of the day, and every minute’s job of it that matters: the first.
      for (let hour = 0; hour < 24; hour += 4) {
        await sql`update access.account set notified_at = notified_at - interval '4 hours' where notified_at is not null`.execute(
          owner(),
        )
        await sql`update referrals.thread set due_at = due_at - interval '4 hours' where id = ${threadId}::uuid and due_at is not null`.execute(
          owner(),
        )
        if ((await mailed()).includes('dora')) mails += 1
      }
    }
    expect(mails).toBeGreaterThanOrEqual(5)
    expect(mails).toBeLessThanOrEqual(6)
    expect(await seenBy(dora, threadId)).toBe('worker')
  })

  test('the database and the rules count the same time to the next one', async () => {
    const due = new Date('2026-11-27T12:00:00Z')
    for (const minutes of [1, 29, 30, 31, 240, 1439, 1440, 1441, 9000]) {
      const started = new Date(due.getTime() - minutes * 60_000)
      const { rows } = await sql<{ unit: string }>`
        select extract(epoch from referrals.chase_unit(${started}, ${due})) * 1000 as unit`.execute(owner())
      expect(Number(rows[0]?.unit)).toBe(chaseUnit(started, due))
    }
  })
})

describe('the one mail', () => {
  test('says no more than that something waits', async () => {
    await lateReferral(30)
    await mailed()
    const orders: unknown[] = []
    await sendWaiting(at.world.pools, at.world.installation, async (order) => {
      orders.push({ ...order, to: '' })
      return { sent: true }
    })
    expect(orders.length).toBe(4)
    expect(new Set(orders.map((order) => JSON.stringify(order)))).toEqual(
      new Set([JSON.stringify({ to: '', template: 'something-waits' })]),
    )
  })

  test('comes at the hour that a colleague chose, once a day; whoever has nothing waiting gets none', async () => {
    await lateReferral(0.1)
    const set = (hour: string) =>
      sql`update access.account set mail_hour = ${sql.raw(hour)}, mail_zone = 'Pacific/Kiritimati'
        where id = ${dora.accountId}::uuid`.execute(owner())
    const local = `extract(hour from clock_timestamp() at time zone 'Pacific/Kiritimati')::int`
    await set(`least(${local} + 1, 23)`)
    const { rows } = await sql<{ hour: number }>`select ${sql.raw(local)} as hour`.execute(owner())
    if ((rows[0]?.hour ?? 0) < 23) expect(await mailed()).toEqual([])
    await forget()
    await set(local)
    expect(await mailed()).toEqual(['dora'])
    // Five hours ago, but today: not again. Yesterday: again, once something is new.
    const told = (text: string) =>
      sql`update access.account set notified_at = ((${sql.raw(text)}) at time zone 'Pacific/Kiritimati')
        where id = ${dora.accountId}::uuid`.execute(owner())
    await told(`date_trunc('day', clock_timestamp() at time zone 'Pacific/Kiritimati')`)
    await sql`delete from jobs.mail`.execute(owner())
    await sql`select jobs.notify_waiting()`.execute(at.world.pools.jobs)
    const count = async () =>
      Number((await sql<{ n: string }>`select count(*) as n from jobs.mail`.execute(owner())).rows[0]?.n)
    expect(await count()).toBe(0)
    await told(`date_trunc('day', clock_timestamp() at time zone 'Pacific/Kiritimati') - interval '1 minute'`)
    await sql`select jobs.notify_waiting()`.execute(at.world.pools.jobs)
    expect(await count()).toBe(1)
  })

  test('takes no hour without a zone, and no zone that is none', async () => {
    const put = (hour: number | null, zone: string | null) =>
      sql`update access.account set mail_hour = ${hour}, mail_zone = ${zone} where id = ${dora.accountId}::uuid`.execute(
        owner(),
      )
    await expect(put(9, null)).rejects.toThrow()
    await expect(put(24, 'Europe/London')).rejects.toThrow()
    await expect(put(9, 'Nowhere/Land')).rejects.toThrow()
  })
})

describe('asking again', () => {
  test('comes once a day, stands on both timelines, and mails whoever has it', async () => {
    const { threadId } = await lateReferral(0.1)
    await dueSince(threadId, -1)
    expect(await ash.act((db, actor) => askAgain(db, actor, threadId))).toBe('not-due')
    await dueSince(threadId, 0.1)
    await sql`update access.account set notified_at = clock_timestamp() where id = ${dora.accountId}::uuid`.execute(
      owner(),
    )
    expect(await ash.act((db, actor) => askAgain(db, actor, threadId))).toBe('asked')
    expect(await ash.act((db, actor) => askAgain(db, actor, threadId))).toBe('asked-today')
    const { rows } = await sql<{ party_id: string; actor_id: string | null; envelope_id: string | null }>`
      select party_id, actor_id, envelope_id from referrals.event where thread_id = ${threadId}::uuid and kind = 'nudged'`.execute(
      owner(),
    )
    expect(rows).toEqual(
      expect.arrayContaining([
        { party_id: ash.partyId, actor_id: ash.accountId, envelope_id: null },
        { party_id: dora.partyId, actor_id: null, envelope_id: null },
      ]),
    )
    expect(rows).toHaveLength(2)
    await sql`update access.account set notified_at = clock_timestamp() - interval '5 hours'
      where id = ${dora.accountId}::uuid`.execute(owner())
    expect(await mailed()).toContain('dora')
    await sql`update referrals.event set at = at - interval '25 hours' where kind = 'nudged'`.execute(owner())
    expect(await ash.act((db, actor) => askAgain(db, actor, threadId))).toBe('asked')
  })

  test('is not for the other side, for strangers, for whoever it is held from, nor after the permission ended', async () => {
    const late = await lateReferral(5)
    const ask = (who: Person) => who.act((db, actor) => askAgain(db, actor, late.threadId))
    expect(await ask(dora)).toBe('no-thread')
    await sql`update referrals.thread set held_from = array[${ash.accountId}::uuid] where id = ${late.threadId}::uuid and side = 'from'`.execute(
      owner(),
    )
    expect(await ask(ash)).toBe('no-thread')
    await sql`update referrals.thread set held_from = '{}' where id = ${late.threadId}::uuid`.execute(owner())
    await ash.act((db, actor) => withdrawUnder(db, actor, { id: late.releaseId, of: late.key }, 'in-person'))
    expect(await ask(ash)).toBe('not-now')
  })

  test('also of a question without a name, which nobody has taken up', async () => {
    const { threadId } = await sendAsk(ash, dora)
    await dueSince(threadId, 1)
    await sql`update envelopes.incoming set state = 'opened' where state = 'waiting'`.execute(owner())
    expect(await ash.act((db, actor) => askAgain(db, actor, threadId))).toBe('asked')
    expect(await mailed()).toEqual(['dora', 'colin', 'fern'])
  })
})

describe('what changes without a worker', () => {
  const news = async (who: Person) =>
    (await who.act((db, actor) => noticesOf(db, actor.partyId, actor.accountId, 50))).map((each) => each.kind)
  const give = (by: Person, threadId: string, to: string) =>
    by.act((db, actor) =>
      db
        .updateTable('referrals.thread')
        .set({ assignee_id: to })
        .where('party_id', '=', actor.partyId)
        .where('id', '=', threadId)
        .execute(),
    )

  test('who is given something, or loses it, is told; whoever did it is not', async () => {
    const { threadId } = await sendReferral(ash, dora)
    await sql`update envelopes.incoming set state = 'opened' where state = 'waiting'`.execute(owner())
    await give(colin, threadId, dora.accountId)
    expect([await news(dora), await news(colin)]).toEqual([['given'], []])
    expect(await mailed()).toContain('dora')
    await give(colin, threadId, fern.accountId)
    expect([await news(dora), await news(fern)]).toEqual([['taken-away'], ['given']])
    await give(fern, threadId, dora.accountId)
    expect([await news(dora), await news(fern)]).toEqual([['given'], []])
  })

  test('what the other side or a colleague moves is told, an opening is not', async () => {
    const sent = await sendReferral(ash, dora)
    await at.served.get(`/referrals/${sent.threadId}`, dora)
    expect(await news(ash)).toEqual([])
    await sql`update referrals.thread set state = 'accepted' where id = ${sent.threadId}::uuid`.execute(
      owner(),
    )
    await sql`delete from referrals.notice`.execute(owner())
    await ash.act(async (db, actor) =>
      recordMet(db, actor, await threadNow(ash, sent.threadId), { on: '2026-11-20', words: '' }),
    )
    expect(await news(ash)).toEqual([])
    await lena.act(async (db, actor) =>
      endThread(db, actor, await threadNow(lena, sent.threadId), { outcome: 'helped', words: '' }),
    )
    expect(await news(ash)).toEqual(['changed'])
    const page = await (await at.served.get('/work', ash)).text()
    expect(page).toContain('Changed by somebody else')
    await at.served.get(`/referrals/${sent.threadId}`, ash)
    expect(await news(ash)).toEqual([])
  })

  test('nobody is told of a thread that is held from them, not even that it went', async () => {
    const { threadId } = await lateReferral(-1)
    await sql`update referrals.thread set held_from = array[${dora.accountId}::uuid], assignee_id = null
      where id = ${threadId}::uuid and side = 'to'`.execute(owner())
    const { rows } =
      await sql`select 1 from referrals.notice where account_id = ${dora.accountId}::uuid`.execute(owner())
    expect(rows).toEqual([])
  })
})
