import { setTimeout as wait } from 'node:timers/promises'

import { Hono } from 'hono'
import { expect, test } from 'vitest'

import { serveApp } from './serve.ts'

test('closing lets the running request finish and takes no new one', async () => {
  const app = new Hono()
  app.get('/slow', async (c) => {
    await wait(150)
    return c.text('done')
  })
  const listening = await serveApp(app, { host: '127.0.0.1', port: 0 })
  const running = fetch(`${listening.address}/slow`).then((answer) => answer.text())
  await wait(50)
  const closed = listening.close()
  await expect(fetch(`${listening.address}/slow`)).rejects.toThrow()
  expect(await running).toBe('done')
  await closed
})

test('what does not finish in time is cut off', async () => {
  const app = new Hono()
  app.get('/stuck', () => new Promise<Response>(() => {}))
  const listening = await serveApp(app, { host: '127.0.0.1', port: 0 })
  const running = fetch(`${listening.address}/stuck`).catch(() => 'cut off')
  await wait(50)
  await listening.close(100)
  expect(await running).toBe('cut off')
})

test('a taken port is an error, not a crash', async () => {
  const app = new Hono()
  const first = await serveApp(app, { host: '127.0.0.1', port: 0 })
  await expect(serveApp(app, { host: '127.0.0.1', port: first.port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
  await first.close()
})
