import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { addLine } from '#family'
import { CardBody, type CardRole, openFile, saveCard } from '#people'

import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { fileOf, ownFile, said } from './world/family.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let amina: Person
let lead: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  amina = await world.found('Harbour Advocacy', 'domestic-abuse')
  lead = await world.join(amina, 'Lena', ['lead'])
})
afterAll(() => world?.close())

const textOf = async (path: string, who: Person) => (await served.get(path, who)).text()

describe('who is who', () => {
  const post = (by: Person, caseId: string, fields: Readonly<Record<string, string>>) =>
    served.post(`/cases/${caseId}/family/who`, { source: 'other', version: '0', ...fields }, by)

  test('a counter-allegation keeps both and takes nothing from the first, before a named specialist has looked', async () => {
    const { caseId, first, second } = await fileOf(amina, [
      ['Ines Rook', 'survivor'],
      ['Dov Rook', 'personCausingHarm'],
    ])
    const harm = { who: first, to: second, role: 'personCausingHarm' }
    expect((await post(amina, caseId, harm)).status).toBe(303)
    const file = await amina.act((db, actor) => openFile(db, actor, caseId))
    expect(file?.survivor?.id).toBe(first)
    expect(file?.personsCausingHarm.map((card) => card.id)).toEqual([second])
    const turn = (id: string, role: CardRole) =>
      amina.act((db, actor) =>
        saveCard(db, actor, { caseId, id, version: 1 }, CardBody.parse({ name: 'x', role })),
      )
    expect(await turn(first, 'personCausingHarm')).toEqual({ refused: 'review-first' })
    expect(await turn(second, 'survivor')).toEqual({ refused: 'review-first' })
    const page = await textOf(`/cases/${caseId}/family/who`, lead)
    const line = /family\/who\/([0-9a-f-]{36})/.exec(page)?.[1] ?? ''
    const review = {
      specialist: 'Sol Ames, specialist',
      outcome: 'role-changes',
      words: 'Seen.',
      version: '1',
    }
    const at = `/cases/${caseId}/family/who/${line}`
    expect((await served.post(at, review, amina)).status).toBe(404)
    expect((await served.post(at, { ...review, specialist: '' }, lead)).status).toBe(422)
    expect((await served.post(at, review, lead)).status).toBe(303)
    expect(await textOf(`/cases/${caseId}/family/who`, amina)).toContain('Sol Ames, specialist')
    const after = await amina.act((db, actor) => openFile(db, actor, caseId))
    expect(after?.survivor?.id).toBe(first)
    expect(await turn(first, 'personCausingHarm')).toHaveProperty('version')
  })

  test('a review that finds that the first account stands lets no role change', async () => {
    const { caseId, first, second } = await fileOf(amina, [
      ['Ines Crane', 'survivor'],
      ['Dov Crane', 'personCausingHarm'],
    ])
    await post(amina, caseId, { who: first, to: second, role: 'personCausingHarm' })
    const page = await textOf(`/cases/${caseId}/family/who`, lead)
    const line = /family\/who\/([0-9a-f-]{36})/.exec(page)?.[1] ?? ''
    const review = { specialist: 'Sol Ames', outcome: 'first-stands', words: 'Seen.', version: '1' }
    expect((await served.post(`/cases/${caseId}/family/who/${line}`, review, lead)).status).toBe(303)
    const turned = await amina.act((db, actor) =>
      saveCard(
        db,
        actor,
        { caseId, id: first, version: 1 },
        CardBody.parse({ name: 'x', role: 'personCausingHarm' }),
      ),
    )
    expect(turned).toEqual({ refused: 'review-first' })
  })

  test('a fourteen-year-old who uses violence towards a parent stays somebody who is helped', async () => {
    const { caseId, first, second } = await fileOf(amina, [
      ['Ines Dale', 'survivor'],
      ['Remy Dale', 'child'],
    ])
    const harm = { who: second, to: first, role: 'personCausingHarm' }
    expect((await post(amina, caseId, harm)).status).toBe(303)
    const file = await amina.act((db, actor) => openFile(db, actor, caseId))
    expect(file?.personsCausingHarm).toEqual([])
    expect(file?.cards.find((card) => card.id === second)?.role).toBe('child')
    const remy = await ownFile(amina, caseId, second)
    expect((await served.get(`/cases/${remy}/own-words`, amina)).status).toBe(200)
    // Work for parent and child stays open, after a step for safety.
    const step = (kind: string, version: string) =>
      served.post(
        `/cases/${caseId}/family/together`,
        { kind, words: 'Talk', who: [first, second], version },
        amina,
      )
    expect((await step('joint', '0')).status).toBe(409)
    expect((await step('safety', '0')).status).toBe(303)
    expect((await step('joint', '1')).status).toBe(303)
  })

  test('a grown-up of whom a line says that they cause harm is marked with all that follows', async () => {
    const { caseId, first, second } = await fileOf(amina, [
      ['Ines Lark', 'survivor'],
      ['Ola Lark', 'other'],
    ])
    const named: string[] = []
    const done = await amina.act((db, actor) =>
      addLine(
        db,
        actor,
        { caseId, version: 0 },
        { who: second, to: first, role: 'personCausingHarm', ...said },
        async (_db, _actor, id) => void named.push(id),
      ),
    )
    expect(done).toHaveProperty('version')
    expect(named).toEqual([caseId])
    const file = await amina.act((db, actor) => openFile(db, actor, caseId))
    expect(file?.personsCausingHarm.map((card) => card.id)).toEqual([second])
    const fields = { kind: 'safety', words: 'Talk', who: [first, second], version: '0' }
    const answer = await served.post(`/cases/${caseId}/family/together`, fields, amina)
    expect([answer.status, (await answer.text()).includes('couples-and-family-work')]).toEqual([409, true])
  })
  test('whoever stood here as hurt before is not marked by a line, and the line is not written; the review has its way', async () => {
    const { caseId, first, second } = await fileOf(amina, [
      ['Ines Wren', 'survivor'],
      ['Dov Wren', 'personCausingHarm'],
    ])
    const role = (id: string, version: number, to: CardRole) =>
      amina.act((db, actor) =>
        saveCard(db, actor, { caseId, id, version }, CardBody.parse({ name: 'Ines Wren', role: to })),
      )
    await role(first, 1, 'other')
    const harm = { who: first, to: second, role: 'personCausingHarm' }
    const answer = await post(amina, caseId, harm)
    expect([answer.status, (await answer.text()).includes('Put the earlier role back')]).toEqual([409, true])
    const file = await amina.act((db, actor) => openFile(db, actor, caseId))
    expect(file?.sheets.relationships.version).toBe(0)
    expect(file?.personsCausingHarm.map((card) => card.id)).toEqual([second])
    // As the page says: with the role put back the line stands, and waits for a review.
    await role(first, 2, 'survivor')
    expect((await post(amina, caseId, harm)).status).toBe(303)
    expect(await textOf(`/cases/${caseId}/family/who`, lead)).toMatch(/family\/who\/[0-9a-f-]{36}/)
  })
})
