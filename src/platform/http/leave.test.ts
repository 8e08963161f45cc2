import { expect, test } from 'vitest'

import { giveCookie, readCookie } from './cookies.ts'
import { exitSites, leaveRoutes } from './leave.ts'
import { ask, loopbackConfig, secureConfig, smallApp } from './small-app.fixture.ts'

test('leaving ends the session, takes our cookies back by name, and goes', async () => {
  const ended: (string | null)[] = []
  const app = smallApp({ config: secureConfig })
  app.route(
    '/',
    leaveRoutes({
      exitTo: exitSites.uk,
      endSession: async (c) => void ended.push(readCookie(c, 'session')),
    }),
  )
  const answer = await ask(app, '/leave', { headers: { cookie: '__Host-session=abc' } }, secureConfig)
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe(exitSites.uk)
  expect(answer.headers.get('clear-site-data')).toBe('"storage"')
  expect(ended).toEqual(['abc'])
  const cookies = answer.headers.getSetCookie()
  expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual([
    '__Host-session',
    '__Host-step',
    '__Host-visit',
  ])
  for (const cookie of cookies)
    expect(cookie).toMatch(/Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Strict/)
})

test('the way out works even when the session cannot be ended', async () => {
  const app = smallApp()
  app.route('/', leaveRoutes({ exitTo: exitSites.us, endSession: () => Promise.reject(new Error('down')) }))
  const answer = await ask(app, '/leave')
  expect(answer.headers.get('location')).toBe(exitSites.us)
  expect((await ask(app, '/leave', { method: 'POST' })).status).toBe(404)
})

test('a cookie is locked to its host over https, and has its own name on loopback', async () => {
  for (const [config, expected] of [
    [secureConfig, '__Host-session=v; Path=/; HttpOnly; Secure; SameSite=Strict'],
    [loopbackConfig, 'session-3000=v; Path=/; HttpOnly; SameSite=Strict'],
  ] as const) {
    const app = smallApp({ config })
    app.get('/in', (c) => {
      giveCookie(c, 'session', 'v')
      return c.text('in')
    })
    const answer = await ask(app, '/in', {}, config)
    expect(answer.headers.get('set-cookie')).toBe(expected)
  }
})
