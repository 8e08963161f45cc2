import type { KyselyPlugin } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { decide } from '../../src/referrals/decide.actions.ts'
import { openThreadFile } from '../../src/referrals/file.actions.ts'
import { planIntroduction } from '../../src/referrals/introduction.actions.ts'
import { introductionOf } from '../../src/referrals/introduction.rules.ts'
import type { Person } from '../world/agencies.ts'
import { threadNow } from '../world/referrals.ts'
import { caseWith, standing, walkToSend } from '../world/sending.ts'
import { type SendingWorld, sendingWorld, storedOf } from '../world/sending-world.ts'
import { type Served, serveWorld } from '../world/served.ts'
import { goesOn } from './beside.ts'
import { after } from './model.ts'
import { begun, type End, type Move, type Pair } from './pair.ts'
import { make } from './play.ts'
import { allOf, differences, ledgerOf } from './seen.ts'

let at: SendingWorld
let superuser: pg.Client

beforeAll(async () => {
  at = await sendingWorld()
  superuser = new pg.Client({ connectionString: at.world.database.superUrl })
  await superuser.connect()
})
afterAll(async () => {
  await superuser?.end()
  await at?.world.close()
})

/** The app as a process that ends: so many statements of a request are carried out, and nothing after them. */
function appThatEnds(): { readonly dying: Served; readonly after: (statements: number) => void } {
  let left = Number.POSITIVE_INFINITY
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (left <= 0) throw new Error('The process is gone.')
      return node
    },
    transformResult: async ({ result }) => {
      left -= 1
      // After the last statement, and before any of it counts.
      if (left <= 0) throw new Error('The process is gone.')
      return result
    },
  }
  const pools = { ...at.world.pools, web: at.world.pools.web.withPlugin(plugin) }
  const dying = serveWorld({ ...at.world, pools })
  return {
    dying,
    after: (statements) => {
      left = statements
    },
  }
}

type Fields = Readonly<Record<string, string | readonly string[]>>

/** A form that is ready to be sent, where to, and the release that it puts in force. */
interface Ready {
  readonly path: string
  readonly form: Fields
  readonly sort: 'ask' | 'referral'
  readonly release: { readonly caseId: string; readonly id: string } | null
}

/** A referral whose permission was signed, at its last button. */
async function signed(): Promise<Ready> {
  const { served, advocate, talking } = at
  const { caseId } = await caseWith(advocate)
  const { draft } = await walkToSend(served, advocate, caseId, talking)
  const path = `/cases/${caseId}/referrals/new/${draft}/send`
  const page = await (await served.get(path, advocate)).text()
  const form = { version: standing(page)['version'] ?? '', step: 'send' }
  return { path, form, sort: 'referral', release: { caseId, id: draft } }
}

/** A question without a name, filled in. */
async function filledIn(): Promise<Ready> {
  const { served, advocate, talking } = at
  const { caseId } = await caseWith(advocate)
  const path = `/cases/${caseId}/referrals/ask`
  const page = await (await served.get(`${path}?service=${talking}`, advocate)).text()
  return { path, form: { ...standing(page), facet: ['age'] }, sort: 'ask', release: null }
}

/** The same question asked of a service while somebody is in the room, of which no case knows. */
async function inTheRoom(): Promise<Ready> {
  const { served, clinician, advocate } = at
  const page = await (await served.get('/now', clinician)).text()
  const services = `${advocate.partyId}/`
  const known = [...page.matchAll(/name="services"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="services"/g)]
  const value = known.map((each) => each[1] ?? each[2] ?? '').find((each) => each.startsWith(services))
  const once = standing(page)['once'] ?? ''
  const form = { once, services: value ?? services, who: 'adult', abuse: 'ongoing', needs: 'safety' }
  return { path: '/now', form, sort: 'ask', release: null }
}

const scenes = [
  ['a referral', signed, 'advocate', 'clinician'],
  ['a question without a name', filledIn, 'advocate', 'clinician'],
  ['a question from a room', inTheRoom, 'clinician', 'advocate'],
] as const

async function threadIds(): Promise<readonly string[]> {
  const { rows } = await superuser.query<{ id: string }>('select distinct id from referrals.thread')
  return rows.map((row) => row.id)
}

/** The request ends after each of its statements, or after some, and then goes through: its answer. */
async function untilWhole(
  path: string,
  form: Fields,
  who: Person,
  before: readonly string[],
  every = 1,
): Promise<Response> {
  const { dying, after } = appThatEnds()
  for (let statements = 1; statements < 400; statements += every) {
    after(statements)
    const answer = await dying.post(path, form, who)
    if (answer.status !== 303) {
      expect(answer.status, `after ${statements}`).toBe(500)
      expect(await allOf(superuser), `after ${statements}`).toEqual(before)
      continue
    }
    expect(statements).toBeGreaterThan(20)
    return answer
  }
  throw new Error('It never went through.')
}

/** The answer never arrived: the same form goes again, twice at the same moment, and leads to what it began. */
async function sentAgain(path: string, form: Fields, who: Person, answer: Response): Promise<void> {
  const whole = await allOf(superuser)
  const again = await Promise.all([at.served.post(path, form, who), at.served.post(path, form, who)])
  for (const each of again) {
    expect(each.status).toBe(303)
    expect(each.headers.get('location')).toBe(answer.headers.get('location'))
  }
  expect(await allOf(superuser)).toEqual(whole)
}

async function ledgersGained(
  ledger: ReadonlyMap<string, number>,
  pair: Pair,
  people: Readonly<Record<End, Person>>,
): Promise<void> {
  const now = await ledgerOf(superuser)
  for (const end of ['from', 'to'] as const)
    for (const [kind, times] of Object.entries(pair[end].ledger)) {
      const key = `${people[end].partyId} ${kind}`
      expect([key, (now.get(key) ?? 0) - (ledger.get(key) ?? 0)]).toEqual([key, times])
    }
}

test.each(scenes)(
  'wherever sending %s ends between two statements, nothing of it has happened; then it happens whole, and sent again it is the same one',
  async (_, ready, by, to) => {
    const [who, them] = [at[by], at[to]]
    const { path, form, sort, release } = await ready()
    const [before, ledger, threads] = [await allOf(superuser), await ledgerOf(superuser), await threadIds()]
    const answer = await untilWhole(path, form, who, before)
    const gained = (await threadIds()).filter((id) => !threads.includes(id))
    expect(gained).toHaveLength(1)
    const [threadId = ''] = gained
    const workers = { from: [who.accountId], to: [them.accountId] }
    const level = sort === 'ask' ? 'outcome' : await levelOf(threadId)
    const pair = begun(sort, level, true)
    expect(await differences(superuser, threadId, pair, workers)).toEqual([])
    await ledgersGained(ledger, pair, { from: who, to: them })
    if (release !== null) expect((await storedOf(who, release.caseId, release.id)).state).toBe('signed')

    await sentAgain(path, form, who, answer)
  },
)

test('a question whose page was changed on the way back is another question', async () => {
  const { path, form } = await filledIn()
  const before = await threadIds()
  for (const facet of [['age'], ['age'], []])
    expect((await at.served.post(path, { ...form, facet }, at.advocate)).status).toBe(303)
  expect(await threadIds()).toHaveLength(before.length + 2)
})

/** The same permission once more, talked through and signed, at its last button. */
async function signedAgain(caseId: string, releaseId: string): Promise<Ready> {
  const { served, advocate } = at
  const began = await served.post(`/cases/${caseId}/releases/${releaseId}/renew`, { step: 'again' }, advocate)
  const draft = /new\/([0-9a-f-]{36})\/talk/.exec(began.headers.get('location') ?? '')?.[1] ?? ''
  const page = `/cases/${caseId}/referrals/new/${draft}`
  const talk = standing(await (await served.get(`${page}/talk`, advocate)).text())
  const talked = ['read-out', 'risks', 'other-ways', 'signer-safe']
  expect((await served.post(`${page}/talk`, { ...talk, talked }, advocate)).status).toBe(303)
  const turn = `/cases/${caseId}/releases/${draft}/turn`
  const mine = standing(await (await served.get(turn, advocate)).text())
  const sign = { ...mine, name: 'Rowan Vale', copy: 'no-copy-for-safety', answer: 'sign' }
  expect((await served.post(turn, sign, advocate)).status).toBe(303)
  const last = standing(await (await served.get(`${page}/send`, advocate)).text())
  const form = { version: last['version'] ?? '', step: 'send' }
  return { path: `${page}/send`, form, sort: 'referral', release: { caseId, id: draft } }
}

test('wherever a permission made again ends between two statements, the thread goes on as it was; then under the new one alone', async () => {
  const people = { from: at.advocate, to: at.clinician }
  const workers = { from: [at.advocate.accountId], to: [at.clinician.accountId] }
  const first = await signed()
  const [ledger, threads] = [await ledgerOf(superuser), await threadIds()]
  expect((await at.served.post(first.path, first.form, people.from)).status).toBe(303)
  const threadId = (await threadIds()).find((id) => !threads.includes(id)) ?? ''
  let pair = begun('referral', await levelOf(threadId), true)
  const does = async (end: End, move: Move) => {
    const place = await threadNow(people[end], threadId)
    const should = after(pair, end, 0, place.version, move)
    const thread = { threadId, toParty: people.to.partyId, release: null }
    expect(await make(thread, { who: people[end], at: place, move })).toMatchObject(should.told)
    ;({ pair } = should)
    expect(await differences(superuser, threadId, pair, workers)).toEqual([])
  }
  await does('to', { act: 'question' })
  await does('from', { act: 'answer' })
  const { caseId = '', id = '' } = first.release ?? {}
  const { path, form } = await signedAgain(caseId, id)
  const answer = await untilWhole(path, form, people.from, await allOf(superuser), 4)
  pair = goesOn(pair, 0)
  expect(await differences(superuser, threadId, pair, workers)).toEqual([])
  await sentAgain(path, form, people.from, answer)
  for (const act of ['look', 'unreached', 'met'] as const) await does('to', { act })
  await does('from', { act: 'look' })
  await ledgersGained(ledger, pair, people)
})

test.each([true, false])(
  'an introduction that lies ahead goes on under a permission made again, agreed %s',
  async (agreed) => {
    const first = await signed()
    const threads = await threadIds()
    await at.served.post(first.path, first.form, at.advocate)
    const threadId = (await threadIds()).find((id) => !threads.includes(id)) ?? ''
    const kim = { name: 'Kim', phone: '01632 960200', cover: 'Lee, 01632 960201' }
    const yes = { about: 'accepted', startsOn: '2096-12-01', person: kim, first: null, note: '' } as const
    const asked = await threadNow(at.clinician, threadId)
    await at.clinician.act((db, actor) => decide(db, actor, asked, yes))
    const meeting = { at: '2096-12-05T10:00:00Z', where: 'North', whoGoesAlong: 'Robin' }
    const place = await threadNow(at.advocate, threadId)
    await at.advocate.act((db, actor) =>
      planIntroduction(db, actor, place, { meeting, agreed, today: '2026-11-28' }),
    )
    const reads = async (who: Person) => {
      const file = await who.act((db, actor) => openThreadFile(db, actor, threadId))
      const { state, meeting: planned } = introductionOf(file?.pieces ?? [])
      return [state, planned?.at, planned?.whoGoesAlong]
    }
    const stands = [agreed ? 'agreed' : 'proposed', meeting.at, 'Robin']
    expect([await reads(at.advocate), await reads(at.clinician)]).toEqual([stands, stands])
    const { caseId = '', id = '' } = first.release ?? {}
    const again = await signedAgain(caseId, id)
    expect((await at.served.post(again.path, again.form, at.advocate)).status).toBe(303)
    expect([await reads(at.advocate), await reads(at.clinician)]).toEqual([stands, stands])
  },
)

async function levelOf(threadId: string) {
  const { rows } = await superuser.query<{ level: 'outcome' }>(
    `select comes_back as level from referrals.thread where id = $1 and side = 'from'`,
    [threadId],
  )
  return rows[0]?.level ?? 'outcome'
}
