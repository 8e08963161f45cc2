import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { needs } from '../../src/directory/facet.ts'
import { listedFigures } from '../../src/directory/listed.figures.ts'
import { cookieName } from '#platform/http'
import type { Person } from '../world/agencies.ts'
import { directoryWorld, type DirectoryWorld } from './served.ts'

let world: DirectoryWorld
let commissioner: Person

beforeAll(async () => {
  world = await directoryWorld(3000)
  commissioner = await world.world.join(world.editor, 'Somebody who pays', ['commissioner'])
})
afterAll(() => world.world.close())

const figures = () => world.world.owner.transaction().execute((db) => listedFigures(db, 'uk'))

test('what is counted by need is what stands in the entries', async () => {
  const found = await figures()
  expect(found.services).toBeGreaterThan(20)
  for (const row of found.needs) {
    expect(Object.values(row.room).reduce((sum, each) => sum + each, 0)).toBe(row.services)
    expect(row.shortestWait ?? 0).toBeLessThanOrEqual(row.longestWait ?? 0)
  }
})

test('a service that closes is counted no more, and one whose room was told today is', async () => {
  const before = await figures()
  const { rows } = await sql<{ need: string }>`
    update directory.service set status = 'inactive' where id = (select s.id from directory.service s
       join directory.capacity c on c.service_id = s.id join directory.organization o on o.id = s.organization_id
       where s.status = 'active' and o.pack = 'uk' and c.state = 'has-room' and s.needs <> '{}' order by s.id limit 1)
     returning needs[1] as need`.execute(world.world.owner)
  const need = rows[0]?.need
  const after = await figures()
  const row = (of: typeof before) => of.needs.find((each) => each.need === need)
  expect(after.services).toBe(before.services - 1)
  expect((row(before)?.room['has-room'] ?? 0) - (row(after)?.room['has-room'] ?? 0)).toBe(1)
})

test('a commissioner finds it from the first page, with every need, those that nobody helps with included', async () => {
  const ask = (path: string) =>
    world.app.request(`${world.config.publicUrl}${path}`, {
      headers: {
        host: '127.0.0.1:3000',
        'sec-fetch-site': 'same-origin',
        cookie: `${cookieName('session', world.config)}=${commissioner.cookie}`,
      },
    })
  expect(await (await ask('/home')).text()).toContain('href="/totals"')
  const html = await (await ask('/totals')).text()
  for (const need of needs) expect(html).toContain(need.label)
  expect(html).toContain('No cases and no people are counted here')
})
