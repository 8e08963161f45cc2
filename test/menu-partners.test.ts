import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { directoryPaths, importDirectory, linkParty, serviceByCode } from '#directory'

import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { type Served, serveWorld } from './world/served.ts'

let world: TestWorld
let served: Served
let worker: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  worker = await world.found('Harbour Advocacy', 'domestic-abuse', ['agency-administrator', 'worker'])
  const listing = readFileSync(new URL('../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
  await world.owner.transaction().execute((db) => importDirectory(db, listing))
})
afterAll(() => world.close())

test('the menu leads to what only partners see, where there is any, and nowhere else', async () => {
  const started = await served.post('/cases', {}, worker)
  const id = /cases\/([0-9a-f-]+)\//.exec(started.headers.get('location') ?? '')?.[1] ?? ''
  const menu = await (await served.get(`/cases/${id}/menu?need=safety`, worker)).text()
  const idva = await world.owner.transaction().execute((db) => serviceByCode(db, 'N09'))
  const links = [...menu.matchAll(/href="(\/listing\/[^"]+\/partners)"/g)].map((match) => match[1])
  expect(links).toEqual([directoryPaths.partners(idva?.id ?? '')])
  expect(await (await served.get(links[0] ?? '', worker)).text()).toContain('Duty Idva line')
})

test('the menu leads whoever makes no referrals to none', async () => {
  const partner = await world.found('Hill Clinic', 'mental-health')
  await world.pair(worker, partner)
  await world.owner.transaction().execute(async (db) => {
    const listed = await serviceByCode(db, 'N09')
    await linkParty(db, listed?.organizationId ?? '', partner.partyId)
  })
  const reader = await world.join(worker, 'Ellis', ['privacy-lead'])
  const started = await served.post('/cases', {}, worker)
  const id = /cases\/([0-9a-f-]+)\//.exec(started.headers.get('location') ?? '')?.[1] ?? ''
  const menu = async (who: Person) => (await served.get(`/cases/${id}/menu?need=safety`, who)).text()
  const link = `/cases/${id}/referrals/new?service=`
  expect(await menu(worker)).toContain(link)
  const seen = await menu(reader)
  expect(seen).toContain('class="app-menu-part"')
  expect(seen).not.toContain(link)
})
