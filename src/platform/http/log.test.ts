import { expect, test } from 'vitest'

import { ask, smallApp } from './small-app.fixture.ts'

test('one line a request, of codes only; nothing anybody typed or sent', async () => {
  const lines: string[] = []
  const app = smallApp({ lines })
  app.post('/people/:id/notes', async (c) => {
    await c.req.text()
    return c.text('kept')
  })
  app.get('/people/:id/broken', (c) => {
    throw Object.assign(new TypeError(`canary-message ${c.req.query('q')}`), { name: 'canary name' })
  })
  const headers = {
    cookie: 'session=canary-cookie',
    authorization: 'Bearer canary-token',
    'x-forwarded-for': 'canary-address',
    'x-request-id': 'canary-id',
    'user-agent': 'canary-agent',
    referer: 'https://canary-referer.example',
  }
  await ask(app, '/people/canary-path/notes?q=canary-query', {
    method: 'POST',
    body: 'canary-body',
    headers,
  })
  await ask(app, '/people/canary-path/broken?q=canary-query', { headers })
  await ask(app, '/canary-nowhere', { headers })
  await ask(app, '/', { method: 'CANARY', headers })
  await ask(app, '/', { headers: { ...headers, host: 'canary-host' } })

  expect(lines.join('')).not.toMatch(/canary/i)
  const [first] = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(Object.keys(first ?? {}).sort()).toEqual([
    'level',
    'method',
    'ms',
    'requestId',
    'route',
    'status',
    'time',
  ])
  expect(first).toMatchObject({ method: 'POST', route: '/people/:id/notes', status: 200 })
  expect(lines.map((line) => JSON.parse(line).code ?? '')).toEqual([
    '',
    'unnamed',
    'fault',
    'missing',
    'missing',
    'unknown-host',
  ])
})
