import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { linkFiles } from '#family'
import { CardBody, closeForTeam, everyCell, saveCard } from '#people'
import { caseKey } from '#platform/access'
import { cutTiesBeforeErasing } from '#together'

import type { Person } from './world/agencies.ts'
import { fileOf, ownFile, said } from './world/family.ts'
import { send, standing } from './world/sending.ts'
import { bodyOf, received, type SendingWorld, sendingWorld, storedOf } from './world/sending-world.ts'
import { agreeTo, stepsKept } from './world/together.ts'

let at: SendingWorld
let amina: Person
let gwen: Person

beforeAll(async () => {
  at = await sendingWorld()
  amina = at.advocate
  gwen = await at.world.join(amina, 'Gwen', ['worker'])
})
afterAll(() => at?.world.close())

/** A parent and two children, each with a file, and somebody who causes harm on a card. */
async function family(name: string, team: readonly string[] | null = null) {
  const {
    caseId: parent,
    second,
    third,
  } = await fileOf(amina, [
    [`Ines ${name}`, 'survivor'],
    [`Kit ${name}`, 'child'],
    [`Bo ${name}`, 'child'],
    [`Dale ${name}`, 'personCausingHarm'],
  ])
  const kit = await ownFile(amina, parent, second)
  const bo = await ownFile(amina, parent, third, team)
  return { parent, kit, bo, names: { parent: `Ines ${name}`, kit: `Kit ${name}`, bo: `Bo ${name}` } }
}
type Family = Awaited<ReturnType<typeof family>>

async function begin(who: Person, caseId: string, picks: readonly (readonly [string, string, boolean?])[]) {
  return at.served.post(
    `/cases/${caseId}/together/new`,
    {
      person: picks.map(([id]) => id),
      service: picks.map(([, service]) => service),
      joint: picks.flatMap(([id, , joint]) => (joint === true ? [id] : [])),
    },
    who,
  )
}

const stepOf = async (caseId: string) => {
  const [step] = await stepsKept(amina, caseId)
  if (step === undefined) throw new Error('There is no step.')
  return step
}
const agree = async (caseId: string, name: string, until: Readonly<Record<string, string>> = {}) =>
  agreeTo(at.served, amina, caseId, (await stepOf(caseId)).release, { name, until })
const page = async (path: string, who = amina) => (await at.served.get(path, who)).text()

/** Posts the last button of the page of the act, with these ticked. */
async function sendTicked(caseId: string, ticked: readonly string[]) {
  const path = `/cases/${caseId}/together`
  const fields = standing(await page(path))
  return at.served.post(path, { ...fields, send: ticked }, amina)
}

describe('several people in one act', () => {
  let home: Family
  beforeAll(async () => {
    home = await family('Marsh')
    const begun = await begin(amina, home.parent, [
      [home.parent, at.talking],
      [home.kit, at.talking],
      [home.bo, at.talking],
    ])
    expect(begun.status).toBe(303)
  })

  test('each has a draft of their own in their own file, from nothing but that file, and nothing went', async () => {
    for (const [caseId, name] of [
      [home.parent, home.names.parent],
      [home.kit, home.names.kit],
      [home.bo, home.names.bo],
    ] as const) {
      const { kept, state } = await storedOf(amina, caseId, (await stepOf(caseId)).release)
      expect([state, kept.release.subject.nameToUse]).toEqual(['draft', name])
      const others = Object.values(home.names).filter((each) => each !== name)
      for (const other of [...others, 'Dale']) expect(JSON.stringify(kept)).not.toContain(other)
    }
    expect(await received(at.clinician)).toEqual([])
    const list = await page(`/cases/${home.parent}/together`)
    expect(list).toMatch(/Still to agree: (\w+ Marsh(, | and )?){3}\./)
    expect(list).toContain('To talk about')
  })

  test('only some go: two that are ready, each in a thread of its own, the third keeps its place', async () => {
    await agree(home.parent, home.names.parent)
    await agree(home.kit, home.names.kit)
    const steps = [await stepOf(home.parent), await stepOf(home.kit)]
    const sent = await sendTicked(
      home.parent,
      steps.map((step) => step.id),
    )
    expect(sent.status).toBe(303)
    const letters = await received(at.clinician)
    expect(new Set(letters.map((each) => each.thread_id)).size).toBe(2)
    for (const { id } of letters) {
      const text = JSON.stringify(await bodyOf(at.clinician, id))
      const named = Object.values(home.names).filter((name) => text.includes(name))
      expect(named).toHaveLength(1)
      for (const hidden of [home.parent, home.kit, home.bo, ...steps.map((step) => step.act)])
        expect(text).not.toContain(hidden)
    }
    expect(await page(`/cases/${home.parent}/together`)).toContain('To talk about')
    // Sending the same page again sends nothing twice.
    await sendTicked(
      home.parent,
      steps.map((step) => step.id),
    )
    expect(await received(at.clinician)).toHaveLength(2)
  })

  test('on each thread of ours the others of the act stand, on theirs nothing', async () => {
    const { thread } = await stepOf(home.kit)
    const ours = await page(`/referrals/${thread}`)
    expect(ours).toContain('Others of this family')
    expect(ours).toContain(home.names.parent)
    const theirs = await page(`/referrals/${thread}`, at.clinician)
    expect(theirs).toContain(home.names.kit)
    for (const hidden of ['Others of this family', home.names.parent, home.names.bo])
      expect(theirs).not.toContain(hidden)
  })

  test('a release that was made from here goes by its own page too, and the act knows', async () => {
    await agree(home.bo, home.names.bo)
    const step = await stepOf(home.bo)
    expect((await send(at.served, amina, home.bo, step.release)).status).toBe(303)
    expect((await stepOf(home.bo)).thread).not.toBeNull()
  })
})

describe('who may not be in it', () => {
  test('us-U14: whoever causes harm is not offered, is refused when forged, and is tied to nobody afterwards', async () => {
    const home = await family('Weir')
    const his = await fileOf(amina, [['Sol Weir', 'survivor']])
    const linked = await amina.act((db, actor) =>
      linkFiles(db, actor, { caseId: home.parent, other: his.caseId }, { ...said, relation: 'other' }),
    )
    expect(linked).toEqual({ done: true })
    const picks = [
      [home.parent, at.talking],
      [his.caseId, at.talking],
    ] as const
    expect((await begin(amina, home.parent, picks)).status).toBe(303)
    const { act } = await stepOf(his.caseId)
    expect(await page(`/cases/${home.parent}/together`)).toContain('Sol Weir')
    await amina.act((db, actor) =>
      saveCard(
        db,
        actor,
        { caseId: home.parent, id: null, version: 0 },
        CardBody.parse({ name: 'Sol Weir', role: 'personCausingHarm' }),
      ),
    )
    const form = await page(`/cases/${home.parent}/together/new`)
    expect(form).toContain(home.names.kit)
    expect(form).not.toContain(his.caseId)
    expect((await begin(amina, home.parent, picks)).status).toBe(404)
    for (const [own, other] of [
      [home.parent, his.caseId],
      [his.caseId, home.parent],
    ] as const)
      expect(await page(`/cases/${own}/together`)).not.toContain(`/cases/${other}/`)
    expect(act).toBe((await stepOf(home.parent)).act)
  })

  test('two grown-ups are no piece of work together: what was chosen stays on the page', async () => {
    const home = await family('Reed')
    const aunt = await fileOf(amina, [['Ana Reed', 'survivor']])
    await amina.act((db, actor) =>
      linkFiles(db, actor, { caseId: home.parent, other: aunt.caseId }, { ...said, relation: 'sibling' }),
    )
    const answer = await begin(amina, home.parent, [
      [home.parent, at.talking, true],
      [aunt.caseId, at.talking, true],
    ])
    const text = await answer.text()
    expect([answer.status, text.includes('couples-and-family-work')]).toEqual([422, true])
    expect(text).toContain(`value="${at.talking}" selected`)
    expect(await stepsKept(amina, home.parent)).toEqual([])
  })

  test('a service that was not offered, and one of an agency whose key nobody accepted, is refused', async () => {
    const home = await family('Fenn')
    expect((await begin(amina, home.parent, [[home.parent, at.housing]])).status).toBe(422)
    expect((await begin(amina, home.parent, [])).status).toBe(422)
    expect(await stepsKept(amina, home.parent)).toEqual([])
  })
})

describe('who sees what', () => {
  test('whoever may see one file only sees one step: the others look as if they were not there', async () => {
    const home = await family('Moor', [amina.accountId])
    await begin(amina, home.parent, [
      [home.parent, at.talking],
      [home.bo, at.talking],
    ])
    expect(await page(`/cases/${home.parent}/together`)).toContain(home.names.bo)
    const hers = await page(`/cases/${home.parent}/together`, gwen)
    expect(hers).toContain(home.names.parent)
    for (const hidden of [home.names.bo, home.bo]) expect(hers).not.toContain(hidden)
    const { id } = await stepOf(home.bo)
    expect((await at.served.get(`/cases/${home.bo}/together/${id}`, gwen)).status).toBe(404)
    expect((await at.served.get(`/cases/${home.parent}/together/${id}`, gwen)).status).toBe(404)
    expect((await at.served.get(`/cases/${home.parent}/together`, at.clinician)).status).toBe(404)
  })

  test('no clear column joins two files, and erasing one takes the tie out of the other', async () => {
    const home = await family('Hale')
    await begin(amina, home.parent, [
      [home.parent, at.talking],
      [home.kit, at.talking],
    ])
    const rows = async (table: string) =>
      (
        await sql<{ id: string; case_id: string; size: number }>`
          select id, case_id, length(body) as size from ${sql.raw(table)} where case_id in (${home.parent}, ${home.kit})`.execute(
          at.world.owner,
        )
      ).rows
    const [ties, steps] = [await rows('together.tie'), await rows('together.step')]
    expect(new Set(ties.map((row) => row.id)).size).toBe(2)
    for (const all of [ties, steps]) expect(new Set(all.map((row) => row.size)).size).toBe(1)
    await amina.act(async (db, actor) => {
      const key = await caseKey(db, actor, home.kit)
      if (key !== null) await cutTiesBeforeErasing(db, key)
    })
    expect((await rows('together.tie')).map((row) => row.case_id)).toEqual([home.kit])
    expect(await page(`/cases/${home.parent}/together`)).not.toContain(home.names.kit)
  })

  test('a file that closes for a team takes its steps and ties along under the new key', async () => {
    const home = await family('Lowe')
    await begin(amina, home.parent, [
      [home.parent, at.talking],
      [home.kit, at.talking],
    ])
    const team = { team: [amina.accountId], excluded: [gwen.accountId], cells: everyCell() }
    await amina.act((db, actor) => closeForTeam(db, actor, home.kit, team))
    expect(await page(`/cases/${home.kit}/together`)).toContain(home.names.parent)
    expect(await page(`/cases/${home.parent}/together`)).toContain(home.names.kit)
    expect(await page(`/cases/${home.parent}/together`, gwen)).not.toContain(home.names.kit)
  })
})
