import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { tellCalendars } from '#calendar'
import { assignCase, closeForTeam, eraseCase } from '#people'
import { diaryCells, plan } from '#diary'
import { waitingMail } from '#platform/mail'

import { decide } from '../src/referrals/decide.actions.ts'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { sendReferral, threadNow } from './world/referrals.ts'
import { caseWith } from './world/sending.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let amina: Person
let bea: Person
let clinician: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  amina = await world.found('Harbour Advocacy', 'domestic-abuse', ['agency-administrator', 'worker'])
  bea = await world.join(amina, 'Bea', ['worker'])
  clinician = await world.found('Hill Clinic', 'mental-health')
  await world.pair(amina, clinician)
})
afterAll(() => world.close())

const inDays = (days: number) => new Date(Math.floor(Date.now() / 60_000) * 60_000 + days * 86_400_000)
const utc = (at: Date) => `${at.toISOString().slice(0, 16).replaceAll(/[-:]/g, '')}00Z`

async function appointment(caseId: string, dueAt: Date, owner = amina): Promise<string> {
  const done = await amina.act((db, actor) =>
    plan(db, actor, caseId, {
      kind: 'appointment',
      words: 'Canary words',
      doer: { is: 'member' },
      minutes: 45,
      place: 'Canary place',
      theirWords: '',
      ownerId: owner.accountId,
      dueAt,
      asked: true,
    }),
  )
  if ('refused' in done) throw new Error(done.refused)
  return done.id
}

async function addressFor(who: Person): Promise<string> {
  const page = await (await served.post('/calendar', { do: 'make' }, who)).text()
  const found = /\/calendar\/[\w-]{43}\.ics/.exec(page)?.[0]
  if (found === undefined) throw new Error('no address on the page')
  return found
}

/** What a calendar program reads; null where nothing is. */
async function reads(address: string): Promise<string | null> {
  const answer = await served.get(address, null)
  return answer.status === 200 ? answer.text() : null
}

const endAddress = (who: Person) => served.post('/calendar', { do: 'end' }, who)

/** The mails with an entry that were put since the last time, opened. */
async function mails() {
  await tellCalendars(world.pools, world.installation)
  const found = (await waitingMail(world.pools, world.installation)).filter(
    (mail) => mail.template === 'calendar',
  )
  await sql`delete from jobs.mail`.execute(world.owner)
  return found.map(({ to, entry }) => ({ to, at: entry?.from, off: entry?.off, id: entry?.id }))
}

describe('an address', () => {
  test('says the times of its owner under one neutral title and nothing else, until it is ended', async () => {
    const { caseId } = await caseWith(amina)
    const at = inDays(3)
    await appointment(caseId, at)
    await appointment(caseId, inDays(4), bea)
    const address = await addressFor(amina)
    const text = await reads(address)
    expect(text).toContain(`DTSTART:${utc(at)}`)
    expect(text).not.toContain(utc(inDays(4)))
    expect(text?.match(/^SUMMARY:.*$/gm)?.every((line) => line === 'SUMMARY:Meeting')).toBe(true)
    expect(text).not.toMatch(/canary|ATTENDEE|ORGANIZER|LOCATION|DESCRIPTION|URL|anydoor|abuse/i)
    expect(text).not.toContain(caseId)
    await endAddress(amina)
    expect(await reads(address)).toBe(null)
  })

  test('is replaced by a new one, and a guessed one is a page that does not exist', async () => {
    const first = await addressFor(amina)
    const second = await addressFor(amina)
    expect(await reads(first)).toBe(null)
    expect(await reads(second)).not.toBe(null)
    expect(await reads(`/calendar/${'A'.repeat(43)}.ics`)).toBe(null)
    const other = second.replace(/.(?=.{10}\.ics$)/, (sign) => (sign === 'a' ? 'b' : 'a'))
    expect(await reads(other)).toBe(null)
    expect((await served.get('/calendar/short.ics', null)).status).toBe(404)
    await endAddress(amina)
  })

  test('says no time of a case whose key its owner does not hold', async () => {
    const { caseId } = await caseWith(amina)
    const at = inDays(6)
    await appointment(caseId, at, bea)
    const address = await addressFor(bea)
    expect(await reads(address)).toContain(utc(at))
    await amina.act((db, actor) =>
      closeForTeam(db, actor, caseId, { team: [amina.accountId], cells: [diaryCells] }),
    )
    expect(await reads(address)).not.toContain(utc(at))
    await endAddress(bea)
  })

  test('ends for somebody who has left', async () => {
    const leaver = await world.join(amina, 'Lee', ['worker'])
    const address = await addressFor(leaver)
    expect(await reads(address)).not.toBe(null)
    await sql`update access.membership set valid = tstzrange(lower(valid), clock_timestamp())
      where account_id = ${leaver.accountId}`.execute(world.owner)
    expect(await reads(address)).toBe(null)
    await sql`select calendar.sweep()`.execute(world.owner)
    const { rows } = await sql`select from calendar.address where account_id = ${leaver.accountId}`.execute(
      world.owner,
    )
    expect(rows).toEqual([])
  })
})

describe('one time by mail', () => {
  test('comes once, moves with the entry and is called off with it', async () => {
    const { caseId } = await caseWith(amina)
    const [at, later] = [inDays(2), inDays(9)]
    const entry = await appointment(caseId, at)
    const page = `/cases/${caseId}/diary/${entry}`
    expect((await served.post(`${page}/calendar`, { do: 'put' }, amina)).status).toBe(303)
    const [first, ...more] = await mails()
    expect([first?.at, first?.off, more]).toEqual([at, false, []])
    expect(await mails()).toEqual([])
    const day = later.toISOString()
    const moved = await served.post(
      page,
      {
        version: '1',
        outcome: 'moved',
        words: 'They asked',
        'due-day': day.slice(8, 10),
        'due-month': day.slice(5, 7),
        'due-year': day.slice(0, 4),
        time: '10:30',
      },
      amina,
    )
    expect(moved.status).toBe(303)
    const [second] = await mails()
    expect(second).toMatchObject({ to: first?.to, id: first?.id, off: false })
    expect(second?.at?.toISOString().slice(0, 10)).toBe(day.slice(0, 10))
    const next = moved.headers.get('location') ?? ''
    expect(await (await served.get(next, amina)).text()).toContain('value="out"')
    await served.post(next, { version: '1', outcome: 'cancelled', words: 'Not needed' }, amina)
    expect(await mails()).toMatchObject([{ id: first?.id, off: true }])
    await sql`select calendar.sweep()`.execute(world.owner)
    expect((await sql`select from calendar.invitation`.execute(world.owner)).rows).toEqual([])
  })

  test('put in and taken out before it left is never mailed; a case that is given away or erased takes it out', async () => {
    const { caseId } = await caseWith(amina)
    const put = async (entry: string, act: string) =>
      served.post(`/cases/${caseId}/diary/${entry}/calendar`, { do: act }, amina)
    const never = await appointment(caseId, inDays(2))
    await put(never, 'put')
    await put(never, 'out')
    expect(await mails()).toEqual([])
    const given = await appointment(caseId, inDays(3))
    await put(given, 'put')
    expect(await mails()).toHaveLength(1)
    await amina.act((db, actor) => assignCase(db, actor, caseId, bea.accountId))
    expect(await mails()).toMatchObject([{ off: true }])
    const taken = await served.post(`/cases/${caseId}/diary/${given}/calendar`, { do: 'put' }, bea)
    expect(taken.status).toBe(303)
    expect(await mails()).toHaveLength(1)
    await amina.act((db, actor) => eraseCase(db, actor, caseId))
    expect(await mails()).toMatchObject([{ off: true }])
  })

  test('of a meeting in a referral follows what the other side plans, and ends with the referral', async () => {
    const { threadId } = await sendReferral(amina, clinician, 'outcome')
    const at = await threadNow(clinician, threadId)
    const kim = { name: 'Kim', phone: '01632 960200', cover: 'Lee, 01632 960201' }
    const meeting = { at: inDays(5).toISOString(), where: 'North', whoGoesAlong: '' }
    await clinician.act((db, actor) =>
      decide(db, actor, at, {
        about: 'accepted',
        startsOn: inDays(5).toISOString().slice(0, 10),
        person: kim,
        first: meeting,
        note: '',
      }),
    )
    const page = `/referrals/${threadId}`
    expect(await (await served.get(page, amina)).text()).toContain('value="put"')
    const file = await served.post(`${page}/calendar`, { do: 'file' }, amina)
    expect(await file.text()).toContain(`DTSTART:${utc(inDays(5))}`)
    await served.post(`${page}/calendar`, { do: 'put' }, amina)
    expect(await mails()).toMatchObject([{ at: inDays(5), off: false }])
    const { version } = await threadNow(clinician, threadId)
    const day = inDays(8).toISOString()
    const plan = {
      'on-day': day.slice(8, 10),
      'on-month': day.slice(5, 7),
      'on-year': day.slice(0, 4),
      time: '11:00',
      way: 'visit',
      who: 'theirs',
      where: 'North',
      sure: 'yes',
      version: String(version),
    }
    expect((await served.post(`${page}/introduction`, plan, clinician)).status).toBe(303)
    await served.get(page, amina)
    const [moved] = await mails()
    expect(moved?.at?.toISOString().slice(0, 10)).toBe(day.slice(0, 10))
    const uids = await Promise.all(
      [amina, clinician].map(async (who) => {
        const made = await (await served.post(`${page}/calendar`, { do: 'file' }, who)).text()
        return /^UID:(\S+)/m.exec(made)?.[1]
      }),
    )
    expect(uids).not.toContain(threadId)
    expect([uids[0], new Set(uids).size]).toEqual([moved?.id, 2])
    await served.post(`${page}/calendar`, { do: 'out' }, amina)
    expect(await mails()).toMatchObject([{ off: true }])
    await served.get(page, amina)
    await served.get(page, bea)
    expect(await mails()).toEqual([])
    await served.post(`${page}/calendar`, { do: 'put' }, amina)
    expect(await mails()).toHaveLength(1)
    await sql`update referrals.thread set state = 'withdrawn' where id = ${threadId}`.execute(world.owner)
    expect(await mails()).toMatchObject([{ off: true }])
  })

  test('says nothing more of a referral that is held from them, or of a case that is closed to them', async () => {
    const held = await sendReferral(amina, clinician, 'outcome')
    const closed = await caseWith(amina)
    const entry = await appointment(closed.caseId, inDays(4), bea)
    await sql`insert into calendar.invitation (party_id, account_id, subject_id, at, told) values
      (${bea.partyId}, ${bea.accountId}, ${held.threadId}, ${inDays(6)}, 0),
      (${bea.partyId}, ${bea.accountId}, ${entry}, ${inDays(4)}, 0)`.execute(world.owner)
    await sql`update referrals.thread set held_from = array[${bea.accountId}::uuid] where id = ${held.threadId}
      and party_id = ${bea.partyId}`.execute(world.owner)
    await amina.act((db, actor) =>
      closeForTeam(db, actor, closed.caseId, { team: [amina.accountId], cells: [diaryCells] }),
    )
    await sql`select calendar.change(${bea.partyId}, x, ${inDays(7)}, false)
      from unnest(array[${held.threadId}, ${entry}]::uuid[]) x`.execute(world.owner)
    expect(await mails()).toEqual([])
    const address = await addressFor(bea)
    expect(await reads(address)).not.toContain(utc(inDays(7)))
    await endAddress(bea)
  })

  test('is nobody else’s: another agency and another worker change nothing of it', async () => {
    const { caseId } = await caseWith(amina)
    const entry = await appointment(caseId, inDays(2))
    const stranger = await served.post(`/cases/${caseId}/diary/${entry}/calendar`, { do: 'put' }, clinician)
    expect(stranger.status).toBe(404)
    await served.post(`/cases/${caseId}/diary/${entry}/calendar`, { do: 'put' }, amina)
    await served.post(`/cases/${caseId}/diary/${entry}/calendar`, { do: 'out' }, bea)
    expect(await mails()).toMatchObject([{ off: false }])
    await clinician.act((db) => sql`select calendar.moved_to(${entry}, ${entry})`.execute(db))
    await clinician.act((db) => sql`select calendar.meeting_at(${entry}, null)`.execute(db))
    expect(await mails()).toEqual([])
  })
})
