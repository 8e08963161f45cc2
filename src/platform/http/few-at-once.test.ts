import { expect, test } from 'vitest'

import { fewAtOnce } from './few-at-once.ts'
import { smallApp } from './small-app.fixture.ts'

test('as many as may run at once, the others come again later, and a fault gives its turn back', async () => {
  const gates: PromiseWithResolvers<void>[] = []
  const app = smallApp()
  app.get('/slow', fewAtOnce(2), async (c) => {
    const gate = Promise.withResolvers<void>()
    gates.push(gate)
    await gate.promise
    return c.text('done')
  })
  const ask = async () => app.request('http://127.0.0.1:3000/slow', { headers: { host: '127.0.0.1:3000' } })
  const [one, two] = [ask(), ask()]
  const third = await ask()
  expect([third.status, gates.length]).toEqual([503, 2])
  gates[0]?.reject(new Error('The line broke.'))
  expect((await one).status).toBe(500)
  const fourth = ask()
  await Promise.resolve()
  for (const gate of gates) gate.resolve()
  await new Promise((go) => setTimeout(go, 0))
  for (const gate of gates) gate.resolve()
  expect([(await two).status, (await fourth).status]).toEqual([200, 200])
})
