import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { CardBody, saveCard, saveSituation, startCase } from '#people'

import { caseWith, standing, walkToSend } from '../../test/world/sending.ts'
import { received, type SendingWorld, sendingWorld } from '../../test/world/sending-world.ts'

let at: SendingWorld

beforeAll(async () => {
  at = await sendingWorld()
})
beforeEach(() => works('individual'))
afterAll(() => at?.world.close())

const sentence = 'brings the person and whoever causes harm together'
const get = async (path: string) => {
  const answer = await at.served.get(path, at.advocate)
  return { status: answer.status, html: await answer.text() }
}
const post = async (path: string, fields: Record<string, string | string[]>) => {
  const answer = await at.served.post(path, fields, at.advocate)
  return { status: answer.status, html: await answer.text(), to: answer.headers.get('location') ?? '' }
}
const works = (model: string) =>
  sql`update directory.service set models = ${[model]} where id = ${at.talking}`.execute(at.world.owner)

/** A case in which nobody has said a word about abuse. */
async function quietCase(): Promise<string> {
  return at.advocate.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    const card = CardBody.parse({ name: 'Linden Hay', role: 'other' })
    await saveCard(db, actor, { caseId, id: null, version: 0 }, card)
    return caseId
  })
}

test('us-U20: couples work is reached by no referral and no question while abuse is marked; why is said, with what can be done instead', async () => {
  const { caseId } = await caseWith(at.advocate)
  const path = `/cases/${caseId}/referrals`
  const picks = standing((await get(`${path}/new?service=${at.talking}`)).html)
  const asks = standing((await get(`${path}/ask?service=${at.talking}`)).html)
  await works('couple-counselling')
  const before = (await received(at.clinician)).length
  for (const answer of [
    await get(`${path}/new?service=${at.talking}`),
    await post(`${path}/new`, picks),
    await get(`${path}/ask?service=${at.talking}`),
    await post(`${path}/ask`, { ...asks, name: 'Ash', phone: '01632 960001' }),
  ]) {
    expect(answer.status).toBe(409)
    expect(answer.html).toContain(sentence)
    expect(answer.html).toContain('Work with a parent and child together: that stays open.')
    expect(answer.html).toMatch(/referrals\/new\?service=[0-9a-f-]{36}/)
    expect(answer.html).not.toContain(`?service=${at.talking}`)
  }
  expect(await received(at.clinician)).toHaveLength(before)
  // Nor is it among the services that are suggested.
  expect((await get(`${path}/new`)).html).not.toContain(at.talking)
})

test('us-U20: a draft that was signed before abuse was marked is not sent any more', async () => {
  const { caseId } = await caseWith(at.advocate)
  const { draft } = await walkToSend(at.served, at.advocate, caseId, at.talking)
  await works('mediation')
  const path = `/cases/${caseId}/referrals/new/${draft}`
  const before = (await received(at.clinician)).length
  const page = await get(`${path}/send`)
  expect([page.status, page.html.includes(sentence)]).toEqual([409, true])
  const sent = await post(`${path}/send`, { version: '9', step: 'send' })
  expect([sent.status, sent.html.includes(sentence)]).toEqual([409, true])
  expect((await get(path)).html).toContain(sentence)
  expect(await received(at.clinician)).toHaveLength(before)
  const [, version = ''] = /name="version" value="(\d+)"/.exec(page.html) ?? []
  expect((await post(`${path}/send`, { version, step: 'drop' })).status).toBe(303)
})

test('us-U20: parent and child stay open, and so does everything where no abuse is marked', async () => {
  const { caseId } = await caseWith(at.advocate)
  await works('dyadic')
  expect((await get(`/cases/${caseId}/referrals/new?service=${at.talking}`)).status).toBe(200)
  await works('couple-counselling')
  const quiet = await quietCase()
  expect((await get(`/cases/${quiet}/referrals/new?service=${at.talking}`)).status).toBe(200)
  const abuse = { state: 'known', value: 'ended-over-12-months', askedOn: '2026-11-20' } as const
  await at.advocate.act((db, actor) => saveSituation(db, actor, { caseId: quiet, version: 0 }, { abuse }))
  expect((await get(`/cases/${quiet}/referrals/new?service=${at.talking}`)).status).toBe(409)
})
