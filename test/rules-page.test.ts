import { afterAll, beforeAll, expect, test } from 'vitest'
import { fieldsFor, ruleTables } from '#releases'
import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { type Served, serveWorld } from './world/served.ts'

const pack = 'uk'
let world: TestWorld
let served: Served
let worker: Person

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  worker = await world.found('Door of rules', 'domestic-abuse')
})
afterAll(() => world.close())

const page = async (query: string, person = worker) => {
  const answer = await served.get(`/rules${query}`, person)
  expect(answer.status).toBe(200)
  return answer.text()
}

test('every rule in force stands there with its source, its owner and who has looked at it', async () => {
  const text = await page('')
  const table = ruleTables[pack]
  for (const row of table.rows) expect(text).toContain(`id="${row.id}"`)
  expect(text).toContain(table.version)
  expect(text.match(/>\s*not yet\s*</g)?.length).toBe(
    table.rows.filter((row) => row.reviewedBySurvivors === null).length + fieldsFor(pack).length,
  )
})

test('a question about nobody is answered with the rules that spoke', async () => {
  const answer = async (query: string) => /id="answer"[\s\S]*?<\/section>/.exec(await page(query))?.[0] ?? ''
  const refused = await answer('?from=DVA&to=OPR&record=R4&basis=REL')
  expect(refused).toContain('Refused')
  expect(refused).toContain(`${pack}-3:`)
  expect(await answer('?from=DVA&to=MHC&record=R1&basis=REL')).not.toContain('Refused')
  expect(await answer('?from=DVA&to=MHC&record=R1&basis=MOU')).toContain(`${pack}-1:`)
})

test('what no table knows is any, and nothing is echoed', async () => {
  const text = await page('?from=%3Cscript%3E&to=nobody')
  expect(text).not.toContain('nobody"')
  expect(text).not.toContain('<script>')
  expect(text).not.toContain('id="answer"')
})
