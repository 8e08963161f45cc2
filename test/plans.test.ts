import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { openIncoming } from '#envelopes'
import { closeForTeam, eraseCase, openFile, saveContact } from '#people'
import { planCells, plansOf, savePlan } from '#plans'

import { beginOn, paper } from './world/grounds.ts'
import { caseWith, send, walkToSend } from './world/sending.ts'
import { newest, storedOf, type SendingWorld, sendingWorld } from './world/sending-world.ts'

const words = { safety: 'Canaryelm gate', suicide: 'Canaryash walk', child: 'Canaryoak visits' } as const
const pages = { safety: 'own', suicide: 'days', child: 'children' } as const
const kinds = ['safety', 'suicide', 'child'] as const

let at: SendingWorld
let caseId: string
let survivor: string
let child: string

type Fields = Readonly<Record<string, string | readonly string[]>>

const get = (path: string) => at.served.get(path, at.advocate)
const post = (path: string, fields: Fields) => at.served.post(path, fields, at.advocate)
const pathOf = (kind: (typeof kinds)[number], of = caseId) => `/cases/${of}/plans/${pages[kind]}`

const typed: Readonly<Record<(typeof kinds)[number], Readonly<Record<string, string>>>> = {
  safety: {
    'id-0': 'part-gate',
    'about-0': 'leaving',
    'words-0': words.safety,
    'id-1': 'part-song',
    'about-1': 'own',
    'title-1': 'The song',
    'words-1': 'Hum it twice.',
  },
  suicide: {
    ownWays: words.suicide,
    agreed: 'Rowan and Ash',
    'reviewOn-day': '3',
    'reviewOn-month': '1',
    'reviewOn-year': '2027',
  },
  child: {
    whose: 'Northmere Children’s Services',
    'id-0': 's1',
    'owner-0': 'survivor',
    'who-0': 'Rowan Vale',
    'what-0': words.child,
  },
}

async function writeAll(of: string): Promise<void> {
  for (const kind of kinds) {
    const saved = await post(pathOf(kind, of), { ...typed[kind], version: '0', then: 'case' })
    expect([kind, saved.status]).toEqual([kind, 303])
  }
}

beforeAll(async () => {
  at = await sendingWorld()
  ;({ caseId, survivor } = await caseWith(at.advocate))
  await writeAll(caseId)
  const file = await at.advocate.act((db, actor) => openFile(db, actor, caseId))
  child = file?.cards.find((card) => card.role === 'child')?.id ?? ''
})
afterAll(() => at?.world.close())

describe('three plans, never one', () => {
  test('each page, each print and each list of versions holds its own plan and nothing of another', async () => {
    for (const kind of kinds) {
      const printed = await post(`${pathOf(kind)}/print`, { sure: 'paper', part: ['part-gate'] })
      for (const answer of [await get(pathOf(kind)), await get(`${pathOf(kind)}/versions`), printed]) {
        const text = await answer.text()
        const held = kinds.filter((each) => text.includes(words[each]))
        expect([kind, answer.status, held]).toEqual([kind, 200, [kind]])
      }
    }
  })

  test('the case says that there is a plan and of when, never what it says', async () => {
    const text = await (await get(`/cases/${caseId}`)).text()
    for (const kind of kinds) {
      expect(text).toContain(pathOf(kind))
      expect(text).not.toContain(words[kind])
    }
  })

  test('every version is kept; whoever was second is told, and nothing is written over', async () => {
    const { caseId: other } = await caseWith(at.advocate)
    await writeAll(other)
    const again = { ...typed.safety, 'words-0': 'Through the garden.', then: 'case' }
    expect((await post(pathOf('safety', other), { ...again, version: '1' })).status).toBe(303)
    const late = await post(pathOf('safety', other), { ...again, 'words-0': 'Over the wall.', version: '1' })
    expect(late.status).toBe(409)
    const page = await late.text()
    expect(page).toContain('Over the wall.')
    expect(page).toContain('Through the garden.')
    const history = await (await get(`${pathOf('safety', other)}/versions`)).text()
    expect(history).toContain(words.safety)
    expect(history).toContain('Through the garden.')
    expect(history).not.toContain('Over the wall.')
    // Saving what stands there already adds nothing.
    expect((await post(pathOf('safety', other), { ...again, version: '2' })).status).toBe(303)
    expect(
      (await (await get(`${pathOf('safety', other)}/versions`)).text()).match(/Version \d/g),
    ).toHaveLength(2)
  })

  test('the newest of each is found from the last one saved, in whatever order they were', async () => {
    const { caseId: other } = await caseWith(at.advocate)
    const order = ['child', 'safety', 'safety', 'suicide', 'child', 'safety', 'suicide'] as const
    const versions = { safety: 0, suicide: 0, child: 0 }
    for (const [i, kind] of order.entries()) {
      const field = { safety: 'words-0', suicide: 'ownWays', child: 'what-0' }[kind]
      const fields = { ...typed[kind], [field]: `Words ${i}`, then: 'case', version: String(versions[kind]) }
      expect((await post(pathOf(kind, other), fields)).status).toBe(303)
      versions[kind] += 1
      const plans = await at.advocate.act(async (db, actor) => {
        const file = await openFile(db, actor, other)
        return file === null ? null : plansOf(db, file.key)
      })
      for (const each of kinds)
        expect([i, each, plans?.[each]?.version ?? 0]).toEqual([i, each, versions[each]])
    }
    expect(versions).toEqual({ safety: 3, suicide: 2, child: 2 })
  })

  test('a button that moves or adds a line gives everything back and saves nothing', async () => {
    const answer = await post(pathOf('safety'), {
      ...typed.safety,
      'words-1': 'Typed just now',
      version: '1',
      act: 'up-1',
    })
    const text = await answer.text()
    expect([answer.status, text.includes('Typed just now')]).toEqual([200, true])
    expect(text.indexOf('The song')).toBeLessThan(text.indexOf(words.safety))
    expect(await (await get(pathOf('safety'))).text()).not.toContain('Typed just now')
  })

  test('steps that are all the survivor’s are asked about once the plan is saved, and saved all the same', async () => {
    const text = await (await get(pathOf('child'))).text()
    expect(text).toContain('Every open step is the survivor’s.')
    expect(text).toContain('Nothing here is asked of the person who causes harm')
  })
})

describe('nothing of a plan goes along by itself', () => {
  test('a referral offers the parts of the safety plan, each with a tick of its own and none ticked; no other plan at all', async () => {
    const page = await (await get(`/cases/${caseId}/referrals/new?service=${at.talking}`)).text()
    const boxes = [...page.matchAll(/<input[^>]*value="(safety-plan-part[^"]*)"[^>]*>/g)]
    expect(boxes.map(([, key]) => key)).toEqual(['safety-plan-part~part-gate', 'safety-plan-part~part-song'])
    expect(boxes.filter(([box]) => box.includes('checked'))).toEqual([])
    for (const kind of ['suicide', 'child'] as const) expect(page).not.toContain(words[kind])
  })

  test('what is sent as it stands holds no word of any plan; a ticked part goes, and its neighbours stay', async () => {
    const { draft } = await walkToSend(at.served, at.advocate, caseId, at.talking)
    expect((await send(at.served, at.advocate, caseId, draft)).status).toBe(303)
    const id = await newest(at.clinician)
    const plain = JSON.stringify(await at.clinician.act((db, actor) => openIncoming(db, actor, id)))
    for (const kind of kinds) expect(plain).not.toContain(words[kind])
    const pick = (picks: Readonly<Record<string, readonly string[]>>) => ({
      more: [...(picks['more'] ?? []), 'safety-plan-part~part-song'],
    })
    const ticked = await walkToSend(at.served, at.advocate, caseId, at.talking, { pick })
    const kept = await storedOf(at.advocate, caseId, ticked.draft)
    const text = JSON.stringify(kept)
    expect(text).toContain('Hum it twice.')
    for (const kind of kinds) expect(text).not.toContain(words[kind])
  })
})

describe('the person’s own file', () => {
  const entries = async (who: string) => {
    const begun = await post(`/cases/${caseId}/asks/file`, { who, how: 'spoken' })
    return (await get(begun.headers.get('location') ?? '')).text()
  }

  test('holds each of the three plans', async () => {
    const text = await entries(survivor)
    for (const kind of kinds) expect(text).toContain(words[kind])
  })

  test('in a child’s file the plans tell of somebody else, and stay out until somebody gives a reason', async () => {
    const begun = await post(`/cases/${caseId}/asks/file`, { who: child, how: 'spoken' })
    const give = `${begun.headers.get('location') ?? ''}/give`
    const shown = await post(give, { safe: 'alone', how: 'show' })
    const text = await shown.text()
    for (const kind of kinds) expect([kind, text.includes(words[kind])]).toEqual([kind, false])
  })
})

describe('paper', () => {
  test('the first page holds nothing but names of parts; nothing is ticked, and what is not ticked is not printed', async () => {
    const ask = await (await get(`${pathOf('safety')}/print`)).text()
    expect(ask).toContain('How I get out fast')
    expect(ask).not.toContain(words.safety)
    expect(ask).not.toMatch(/type="checkbox"[^>]*checked/)
    const paper = await (
      await post(`${pathOf('safety')}/print`, { sure: 'paper', part: ['part-song'] })
    ).text()
    expect(paper).toContain('Hum it twice.')
    expect(paper).not.toContain(words.safety)
  })

  test('where paper is not safe nothing is printed, whatever is posted', async () => {
    const { caseId: other } = await caseWith(at.advocate)
    await writeAll(other)
    await at.advocate.act(async (db, actor) => {
      const file = await openFile(db, actor, other)
      if (file === null || file.contact === null) throw new Error('no contact')
      const place = { caseId: other, version: file.sheets.contact.version }
      return saveContact(db, actor, place, { ...file.contact, printing: 'no' })
    })
    for (const kind of kinds) {
      const answer = await post(`${pathOf(kind, other)}/print`, { sure: 'paper', part: ['part-gate'] })
      const text = await answer.text()
      expect([kind, answer.status, text.includes(words[kind])]).toEqual([kind, 409, false])
    }
  })

  test('court-4: while a court’s paper waits the plan for the children stays here; the two of their own are theirs to carry', async () => {
    const { caseId: other } = await caseWith(at.advocate)
    await writeAll(other)
    await beginOn(at.served, at.advocate, other, 'paper', paper)
    for (const kind of kinds) {
      const shown = await (await get(`${pathOf(kind, other)}/print`)).text()
      const answer = await post(`${pathOf(kind, other)}/print`, { sure: 'paper', part: ['part-gate'] })
      const went = (await answer.text()).includes(words[kind])
      expect([kind, shown.includes('court-4'), answer.status, went]).toEqual(
        kind === 'child' ? [kind, true, 409, false] : [kind, false, 200, true],
      )
    }
  })
})

test('a case that closes keeps its plans under its new key; one that is erased keeps none', async () => {
  const { caseId: other } = await caseWith(at.advocate)
  await writeAll(other)
  const closed = await at.advocate.act((db, actor) =>
    closeForTeam(db, actor, other, { team: [actor.accountId], cells: [planCells] }),
  )
  expect(closed).not.toHaveProperty('refused')
  const plans = await at.advocate.act(async (db, actor) => {
    const file = await openFile(db, actor, other)
    return file === null ? null : plansOf(db, file.key)
  })
  expect(plans?.suicide?.value.ownWays).toBe(words.suicide)
  const saved = await at.advocate.act((db, actor) =>
    savePlan(db, actor, { caseId: other, kind: 'safety', version: 1 }, { parts: [] }),
  )
  expect(saved).toEqual({ version: 2 })
  const stranger = await at.clinician.act((db, actor) =>
    savePlan(db, actor, { caseId: other, kind: 'safety', version: 2 }, { parts: [] }),
  )
  expect(stranger).toEqual({ refused: 'no-case' })
  const rows = () => sql`select 1 from plans.version where case_id = ${other}`.execute(at.world.owner)
  expect((await rows()).rows).toHaveLength(4)
  await at.advocate.act((db, actor) => eraseCase(db, actor, other))
  expect((await rows()).rows).toHaveLength(0)
})
