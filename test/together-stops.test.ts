import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { closeForTeam, everyCell, saveDanger } from '#people'
import { caseKey } from '#platform/access'
import { createWords } from '#platform/i18n'
import { holdNamed, takeBack } from '#referrals'
import { releaseOf } from '#releases'
import { saveOrder, stepsIn } from '#together'

import { stopBeside } from '../src/together/step.store.ts'
import together from '../src/together/words.uk.json' with { type: 'json' }
import type { Person } from './world/agencies.ts'
import { send, standing } from './world/sending.ts'
import { bodyOf, received, type SendingWorld, sendingWorld, storedOf } from './world/sending-world.ts'
import { agreeTo, pairOf, stepsKept } from './world/together.ts'

let at: SendingWorld
let amina: Person
let gwen: Person

beforeAll(async () => {
  at = await sendingWorld()
  amina = at.advocate
  gwen = await at.world.join(amina, 'Gwen', ['worker'])
})
afterAll(() => at?.world.close())

const t = createWords([{ uk: together }])({ pack: 'uk' })
const page = async (path: string, who = amina) => (await at.served.get(path, who)).text()
const stepOf = async (caseId: string) => {
  const [step] = await stepsKept(amina, caseId)
  if (step === undefined) throw new Error('There is no step.')
  return step
}

const pair = (name: string, joint: boolean) => pairOf(at, name, joint)
const agree = async (caseId: string, name: string, until: Readonly<Record<string, string>> = {}) =>
  agreeTo(at.served, amina, caseId, (await stepOf(caseId)).release, { name, until })

async function sendTicked(caseId: string, cases: readonly string[]) {
  const path = `/cases/${caseId}/together`
  const ids = await Promise.all(cases.map(async (id) => (await stepOf(id)).id))
  return at.served.post(path, { ...standing(await page(path)), send: ids }, amina)
}

/** Saves the order of a step as its page stands, with these answers. */
async function order(caseId: string, said: Readonly<Record<string, string>>) {
  const { id, version } = await stepOf(caseId)
  const fields = {
    for: '',
    state: 'started',
    view: '',
    why: '',
    words: '',
    version: String(version),
    ...said,
  }
  return at.served.post(`/cases/${caseId}/together/${id}`, fields, amina)
}

/** Until so many sessions wait for a lock. */
async function untilWaiting(count: number): Promise<void> {
  const waiting = async () =>
    (
      await sql`select 1 from pg_locks l join pg_stat_activity a using (pid)
        where not l.granted and a.datname = current_database()`.execute(at.world.owner)
    ).rows.length >= count
  await expect.poll(waiting, { timeout: 5000, interval: 20 }).toBe(true)
}

describe('an order that is saved while a referral goes', () => {
  test('its step is waited for, and knows afterwards where to look', async () => {
    const home = await pair('Rowe', false)
    const kit = await stepOf(home.kit)
    await order(home.kit, { for: `step~${(await stepOf(home.parent)).id}` })
    await agree(home.parent, 'Ines Rowe')
    const path = `/cases/${home.parent}/together`
    const fields = { ...standing(await page(path)), send: [(await stepOf(home.parent)).id] }
    const sent = await at.world.owner.transaction().execute(async (tx) => {
      await sql`update together.step set version = version + 1 where id = ${kit.id}`.execute(tx)
      const going = at.served.post(path, fields, amina)
      await untilWaiting(1)
      return { going }
    })
    expect((await sent.going).status).toBe(303)
    const { thread } = await stepOf(home.parent)
    expect(thread).not.toBeNull()
    expect((await stepOf(home.kit)).wait?.thread).toBe(thread)
  })

  test('while two referrals go in one act, and the second is being ordered: both are done, and neither waits for ever', async () => {
    const home = await pair('Todd', false)
    const [parent, kit] = [await stepOf(home.parent), await stepOf(home.kit)]
    const [first, second] = home.parent < home.kit ? [parent, kit] : [kit, parent]
    await agree(home.parent, 'Ines Todd')
    await agree(home.kit, 'Kit Todd')
    // The second is meant to come after the first, so that the first, once it went, writes into the step of the second.
    await order(second.caseId, { for: `step~${first.id}` })
    const path = `/cases/${home.parent}/together`
    const fields = { ...standing(await page(path)), send: [parent.id, kit.id] }
    const acts = await at.world.owner.transaction().execute(async (tx) => {
      await sql`select from releases.release where id = ${second.release} for update`.execute(tx)
      const ordering = order(second.caseId, { for: `step~${first.id}`, words: 'After the first.' })
      await untilWaiting(1)
      const going = at.served.post(path, fields, amina)
      await untilWaiting(2)
      return { both: Promise.all([ordering, going]) }
    })
    const [ordered, went] = await acts.both
    expect(ordered.status).toBe(303)
    // The one that was ordered meanwhile is to be signed again; the other went.
    expect(went.status).toBe(409)
    expect([(await stepOf(first.caseId)).thread, (await stepOf(second.caseId)).thread]).toEqual([
      expect.any(String),
      null,
    ])
  })

  test('one that was read before the referral went finds it all the same', async () => {
    const home = await pair('Sale', false)
    const [parent, kit] = [await stepOf(home.parent), await stepOf(home.kit)]
    await agree(home.parent, 'Ines Sale')
    await amina.act(async (db, actor) => {
      const key = await caseKey(db, actor, home.kit)
      const before = key === null ? [] : await stepsIn(db, actor, t, { key, name: '' })
      expect((await sendTicked(home.parent, [home.parent])).status).toBe(303)
      const wait = { step: parent.id, thread: null, state: 'started', on: null } as const
      const said = { wait, view: null, why: '', words: '' }
      const saved = await saveOrder(
        db,
        actor,
        t,
        { caseId: home.kit, id: kit.id, version: kit.version },
        said,
        before,
      )
      expect(saved).toEqual({ done: true })
    })
    expect((await stepOf(home.kit)).wait?.thread).toBe((await stepOf(home.parent)).thread)
  })
})

describe('two letters that name each other', () => {
  const name = async (caseId: string, yes: 'yes' | 'no') => {
    const { id } = await stepOf(caseId)
    return at.served.post(`/cases/${caseId}/together/${id}/name`, { name: yes }, amina)
  }
  /** Both letters name both, and both went; what came in last, the parent's and the child's. */
  async function bothSent(called: string) {
    const home = await pair(called, true)
    await name(home.parent, 'yes')
    await agree(home.kit, `Kit ${called}`)
    await agree(home.parent, `Ines ${called}`)
    expect((await sendTicked(home.parent, [home.parent, home.kit])).status).toBe(303)
    const { thread } = await stepOf(home.parent)
    const letter = (await received(at.clinician)).find((each) => each.thread_id === thread)?.id ?? ''
    expect(JSON.stringify(await bodyOf(at.clinician, letter))).toContain(`Kit ${called}`)
    return { ...home, letter }
  }
  const stateOf = async (caseId: string, release: string) => (await storedOf(amina, caseId, release)).state

  test('made again without that line: the other letter stops, and the step goes on under the new one', async () => {
    const home = await bothSent('Lane')
    const [parent, kit] = [await stepOf(home.parent), await stepOf(home.kit)]
    const path = `/cases/${home.kit}/releases/${kit.release}/renew`
    const began = await at.served.post(path, { step: 'again' }, amina)
    const draft = /new\/([0-9a-f-]{36})/.exec(began.headers.get('location') ?? '')?.[1] ?? ''
    await agreeTo(at.served, amina, home.kit, draft, { name: 'Kit Lane' })
    // Begun and signed it changes nothing yet.
    expect(await stateOf(home.parent, parent.release)).toBe('signed')
    expect((await send(at.served, amina, home.kit, draft)).status).toBe(303)
    expect(await stateOf(home.parent, parent.release)).toBe('suspended')
    await expect(bodyOf(at.clinician, home.letter)).rejects.toThrow()
    expect(await stepOf(home.kit)).toMatchObject({ id: kit.id, release: draft, thread: kit.thread })
  })

  test('a step whose letter names somebody stays while the letter counts', async () => {
    const home = await bothSent('Muir')
    const { id, version, release } = await stepOf(home.parent)
    const path = `/cases/${home.parent}/together/${id}`
    expect(await page(path)).not.toContain('Take this out of the plan')
    const out = () => at.served.post(path, { act: 'out', version: String(version) }, amina)
    const refused = await out()
    expect([refused.status, (await refused.text()).includes('both letters stop together')]).toEqual([
      409,
      true,
    ])
    await amina.act(async (db, actor) => {
      const key = await caseKey(db, actor, home.parent)
      if (key !== null) await takeBack(db, actor, key, release, 'spoken-here')
    })
    expect(await stateOf(home.kit, (await stepOf(home.kit)).release)).toBe('suspended')
    expect(await page(path)).toContain('Take this out of the plan')
    expect((await out()).status).toBe(303)
    expect(await stepsKept(amina, home.parent)).toEqual([])
  })

  test.each(['put away by a worker', 'changed, so that it is to be signed again'])(
    'signed for the other letter, then %s: the letter that went stops',
    async (how) => {
      const called = how.startsWith('put') ? 'Orr' : 'Pike'
      const home = await pair(called, true)
      await name(home.parent, 'yes')
      await agree(home.kit, `Kit ${called}`)
      await agree(home.parent, `Ines ${called}`)
      const [parent, kit] = [await stepOf(home.parent), await stepOf(home.kit)]
      expect((await sendTicked(home.parent, [home.parent])).status).toBe(303)
      expect(await stateOf(home.parent, parent.release)).toBe('signed')
      const path = `/cases/${home.kit}/referrals/new/${kit.release}/send`
      const gone = how.startsWith('put')
        ? await at.served.post(path, { ...standing(await page(path)), step: 'drop' }, amina)
        : await order(home.kit, { for: `step~${parent.id}`, words: 'After I have moved.' })
      expect(gone.status).toBe(303)
      expect(await stateOf(home.parent, parent.release)).toBe('suspended')
      const { thread } = await stepOf(home.parent)
      const letter = (await received(at.clinician)).find((each) => each.thread_id === thread)?.id ?? ''
      await expect(bodyOf(at.clinician, letter)).rejects.toThrow()
    },
  )

  test('somebody newly named as not safe by a worker who may not see their file: both letters stop, and others do not', async () => {
    const home = await bothSent('Reed')
    const [parent, kit] = [await stepOf(home.parent), await stepOf(home.kit)]
    const team = { team: [amina.accountId], excluded: [gwen.accountId], cells: everyCell() }
    await amina.act((db, actor) => closeForTeam(db, actor, home.parent, team))
    let version = 0
    const careful = async (name: string) => {
      const danger = { afraidOf: '', safeToTalkTo: '', notSafeToTalkTo: '', colleagues: [], names: [name] }
      const at = { caseId: home.kit, version }
      version += 1
      const saved = await gwen.act((db, actor) => saveDanger(db, actor, at, danger, everyCell(), holdNamed))
      expect(saved).not.toHaveProperty('refused')
    }
    const states = async () => [
      await stateOf(home.parent, parent.release),
      (
        await gwen.act(async (db, actor) => {
          const key = await caseKey(db, actor, home.kit)
          return key === null ? null : releaseOf(db, key, kit.release)
        })
      )?.state,
    ]
    await careful('Somebody Else')
    expect(await states()).toEqual(['signed', 'signed'])
    await careful('Ines Reed')
    expect(await states()).toEqual(['suspended', 'suspended'])
    await expect(bodyOf(at.clinician, home.letter)).rejects.toThrow()
  })

  test('both taken back at once: each stops both, and neither waits for the other for ever', async () => {
    const home = await bothSent('Quill')
    const [parent, kit] = [await stepOf(home.parent), await stepOf(home.kit)]
    const back = (caseId: string, release: string) =>
      amina.act(async (db, actor) => {
        const key = await caseKey(db, actor, caseId)
        return key === null ? null : takeBack(db, actor, key, release, 'spoken-here')
      })
    const acts = await at.world.owner.transaction().execute(async (tx) => {
      // The parent's is taken back and waits for its thread; the child's is through with its own.
      await sql`select pg_advisory_xact_lock(hashtextextended(${parent.thread}, 8))`.execute(tx)
      const first = back(home.parent, parent.release)
      await untilWaiting(1)
      const second = back(home.kit, kit.release)
      await untilWaiting(2)
      return { both: Promise.allSettled([first, second]) }
    })
    expect((await acts.both).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    expect(await stateOf(home.parent, parent.release)).toBe('withdrawn')
    expect(await stateOf(home.kit, kit.release)).toBe('withdrawn')
  })

  test('taken back by somebody who may not see the other file: the letter there stops too', async () => {
    const home = await bothSent('Nash')
    const [parent, kit] = [await stepOf(home.parent), await stepOf(home.kit)]
    const team = { team: [amina.accountId], excluded: [gwen.accountId], cells: everyCell() }
    await amina.act((db, actor) => closeForTeam(db, actor, home.parent, team))
    // The id alone is nothing in the hands of another agency.
    await at.clinician.act((db) => stopBeside(db, [parent.release]))
    expect(await stateOf(home.parent, parent.release)).toBe('signed')
    await gwen.act(async (db, actor) => {
      expect(await caseKey(db, actor, home.parent)).toBeNull()
      const key = await caseKey(db, actor, home.kit)
      if (key !== null) await takeBack(db, actor, key, kit.release, 'spoken-here')
    })
    expect(await stateOf(home.parent, parent.release)).toBe('suspended')
    await expect(bodyOf(at.clinician, home.letter)).rejects.toThrow()
    // Who works in the other file reads that it waits.
    expect(await page(`/cases/${home.parent}/releases/${parent.release}`)).toContain('Confirm')
  })
})
