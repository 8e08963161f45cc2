import { afterAll, beforeAll, expect, test } from 'vitest'

import { coverToday, coveredToday, goAway } from '#diary'
import { assignCase, CardBody, closeForTeam, everyCell, saveCard, startCase } from '#people'
import type { Words } from '#platform/i18n'

import { type Person, type TestWorld, testWorld } from '../../test/world/agencies.ts'
import { sendReferral } from '../../test/world/referrals.ts'
import { type Served, serveWorld } from '../../test/world/served.ts'

let world: TestWorld
let served: Served
let amina: Person
let bea: Person
let sol: Person
let lena: Person
let threadId: string
const zone = { timeZone: 'Europe/London' } as Words
const today = () => Temporal.Now.plainDateISO('Europe/London')

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  amina = await world.found('Harbour Advocacy', 'domestic-abuse')
  bea = await world.join(amina, 'Bea Fell', ['worker'])
  sol = await world.join(amina, 'Sol Reed', ['worker'])
  lena = await world.join(amina, 'Lena Marsh', ['lead'])
  const clinician = await world.found('Hill Clinic', 'mental-health')
  await world.pair(amina, clinician)
  ;({ threadId } = await sendReferral(bea, clinician))
  await named(bea, 'Rowan Vale')
  const secret = await named(bea, 'Hazel Secret')
  await bea.act((db, actor) =>
    closeForTeam(db, actor, secret, { excluded: [amina.accountId], cells: everyCell() }),
  )
  const day = today().toString()
  const away = { accountId: bea.accountId, coverId: amina.accountId, from: day, until: day }
  await bea.act((db, actor) => goAway(db, actor, away))
})
afterAll(() => world.close())

async function named(who: Person, name: string): Promise<string> {
  return who.act(async (db, actor) => {
    const { caseId } = await startCase(db, actor)
    await saveCard(db, actor, { caseId, id: null, version: 0 }, CardBody.parse({ name, role: 'survivor' }))
    return caseId
  })
}

const page = async (path: string, who: Person) => {
  const answer = await served.get(path, who)
  return { status: answer.status, text: await answer.text() }
}

test('whoever covers finds the open work of the colleague who is away, and nobody else does', async () => {
  expect((await page('/work', amina)).text).toContain('Bea Fell is away.')
  const list = await page(`/work/of/${bea.accountId}`, amina)
  expect(list.status).toBe(200)
  expect(list.text).toContain('Rowan Vale')
  const referrals = await page(`/referrals?who=${bea.accountId}`, amina)
  expect(referrals.text).toContain(threadId)
  expect((await page(`/work/of/${bea.accountId}`, sol)).status).toBe(404)
  expect((await page(`/work/of/${bea.accountId}`, lena)).status).toBe(200)
  expect((await page('/work', sol)).text).not.toContain('is away')
})

test('a case that is closed to the cover stays closed, and the page says the same with it and without it', async () => {
  const list = await page(`/work/of/${bea.accountId}`, amina)
  expect(list.text).not.toContain('Hazel Secret')
  expect(list.text).toContain('A case that is closed to you is not shown. Ask the lead.')
  const own = await page(`/work/of/${sol.accountId}`, lena)
  expect(own.text).toContain('A case that is closed to you is not shown. Ask the lead.')
})

test('what falls due for whoever is away needs the cover today, by name', async () => {
  const caseId = await named(bea, 'Ivy Due')
  await lena.act((db, actor) => assignCase(db, actor, caseId, bea.accountId))
  await world.owner.updateTable('people.case').set({ due_at: new Date() }).where('id', '=', caseId).execute()
  const work = (await page('/work', amina)).text
  expect(work).toMatch(/What needs me today[\s\S]*Ivy Due[\s\S]*with Bea Fell/)
  expect((await page('/work', sol)).text).not.toContain('Ivy Due')
})

test('who stands in is known for the days away and not after', async () => {
  const who = [bea.accountId, sol.accountId]
  const covers = await sol.act((db, actor) => coverToday(db, actor, zone, who))
  expect(covers).toEqual(new Map([[bea.accountId, amina.accountId]]))
  expect(await amina.act((db, actor) => coveredToday(db, actor, zone))).toEqual([bea.accountId])
  await world.owner
    .updateTable('diary.away')
    .set({
      from_on: today().subtract({ days: 9 }).toString(),
      until_on: today().subtract({ days: 1 }).toString(),
    })
    .execute()
  expect(await sol.act((db, actor) => coverToday(db, actor, zone, who))).toEqual(new Map())
  expect((await page(`/work/of/${bea.accountId}`, amina)).status).toBe(404)
})
