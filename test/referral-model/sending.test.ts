import type { KyselyPlugin } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { caseWith, standing, walkToSend } from '../world/sending.ts'
import { type SendingWorld, sendingWorld, storedOf } from '../world/sending-world.ts'
import { type Served, serveWorld } from '../world/served.ts'
import { begun } from './pair.ts'
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

test.each(scenes)(
  'wherever sending %s ends between two statements, nothing of it has happened; then it happens whole, and sent again it is the same one',
  async (_, ready, by, to) => {
    const [who, them] = [at[by], at[to]]
    const { path, form, sort, release } = await ready()
    const [before, ledger, threads] = [await allOf(superuser), await ledgerOf(superuser), await threadIds()]
    const { dying, after } = appThatEnds()
    let statements = 1
    let answer: Response | null = null
    for (; statements < 400 && answer?.status !== 303; statements += 1) {
      after(statements)
      answer = await dying.post(path, form, who)
      if (answer.status === 303) break
      expect(answer.status, `after ${statements}`).toBe(500)
      expect(await allOf(superuser), `after ${statements}`).toEqual(before)
    }
    expect(statements).toBeGreaterThan(20)
    expect(answer?.status).toBe(303)
    const gained = (await threadIds()).filter((id) => !threads.includes(id))
    expect(gained).toHaveLength(1)
    const [threadId = ''] = gained
    const workers = { from: [who.accountId], to: [them.accountId] }
    const level = sort === 'ask' ? 'outcome' : await levelOf(threadId)
    const pair = begun(sort, level, true)
    expect(await differences(superuser, threadId, pair, workers)).toEqual([])
    const now = await ledgerOf(superuser)
    for (const [end, party] of [
      ['from', who.partyId],
      ['to', them.partyId],
    ] as const)
      for (const [kind, times] of Object.entries(pair[end].ledger)) {
        const key = `${party} ${kind}`
        expect([key, (now.get(key) ?? 0) - (ledger.get(key) ?? 0)]).toEqual([key, times])
      }
    if (release !== null) expect((await storedOf(who, release.caseId, release.id)).state).toBe('signed')

    // The answer never arrived: the same form goes again, twice at the same moment, and leads to what it began.
    const whole = await allOf(superuser)
    const again = await Promise.all([at.served.post(path, form, who), at.served.post(path, form, who)])
    for (const each of again) {
      expect(each.status).toBe(303)
      expect(each.headers.get('location')).toBe(answer?.headers.get('location'))
    }
    expect(await allOf(superuser)).toEqual(whole)
  },
)

test('a question whose page was changed on the way back is another question', async () => {
  const { path, form } = await filledIn()
  const before = await threadIds()
  for (const facet of [['age'], ['age'], []])
    expect((await at.served.post(path, { ...form, facet }, at.advocate)).status).toBe(303)
  expect(await threadIds()).toHaveLength(before.length + 2)
})

async function levelOf(threadId: string) {
  const { rows } = await superuser.query<{ level: 'outcome' }>(
    `select comes_back as level from referrals.thread where id = $1 and side = 'from'`,
    [threadId],
  )
  return rows[0]?.level ?? 'outcome'
}
