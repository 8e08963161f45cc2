import { Hono } from 'hono'
import { expect, test } from 'vitest'

import { serveApp } from './serve.ts'

test('closing lets the running request finish and takes no new one', async () => {
  const app = new Hono()
  const [arrived, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  app.get('/slow', async (c) => {
    arrived.resolve()
    await released.promise
    return c.text('done')
  })
  const listening = await serveApp(app, { host: '127.0.0.1', port: 0 })
  const running = fetch(`${listening.address}/slow`).then((answer) => answer.text())
  await arrived.promise
  const closed = listening.close()
  await expect(fetch(`${listening.address}/slow`)).rejects.toThrow()
  released.resolve()
  expect(await running).toBe('done')
  await closed
})

test('what does not finish in time is cut off', async () => {
  const app = new Hono()
  const arrived = Promise.withResolvers<void>()
  app.get('/stuck', () => {
    arrived.resolve()
    return new Promise<Response>(() => {})
  })
  const listening = await serveApp(app, { host: '127.0.0.1', port: 0 })
  const running = fetch(`${listening.address}/stuck`).catch(() => 'cut off')
  await arrived.promise
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
