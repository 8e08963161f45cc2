import fc from 'fast-check'
import { expect, test } from 'vitest'

import { mayPass, type Provenance } from './cross-site.ts'
import { forPrograms, openRead } from './marks.ts'
import { ask, smallApp } from './small-app.fixture.ts'

const home = 'https://door.example.org'
const provenance: fc.Arbitrary<Provenance> = fc.record({
  method: fc.constantFrom(
    'GET',
    'HEAD',
    'OPTIONS',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'TRACE',
    'post',
    'PROPFIND',
  ),
  fetchSite: fc.constantFrom(null, 'same-origin', 'same-site', 'cross-site', 'none', '', 'Same-Origin'),
  origin: fc.constantFrom(
    null,
    home,
    'null',
    '',
    'http://door.example.org',
    `${home}:8443`,
    `${home}.evil.example`,
    `${home}/`,
  ),
  hasCookie: fc.boolean(),
  hasAuthorization: fc.boolean(),
  from: fc.constantFrom(undefined, 'anywhere', 'programs'),
})

test('an unsafe request passes only from our own pages, or on an open route without borrowed authority', () => {
  fc.assert(
    fc.property(provenance, (request) => {
      const ours =
        request.fetchSite === 'same-origin' || (request.fetchSite === null && request.origin === home)
      const open =
        request.from === 'anywhere' ||
        (request.from === 'programs' && !request.hasCookie && request.hasAuthorization)
      const reading = ['GET', 'HEAD', 'OPTIONS'].includes(request.method)
      expect(mayPass(request, home)).toBe(reading || ours || open)
    }),
    { numRuns: 3000, seed: 20261122 },
  )
})

test('what the browser says about the site outweighs any origin', () => {
  const request = { method: 'POST', origin: home, hasCookie: true, hasAuthorization: true }
  for (const fetchSite of ['cross-site', 'same-site', 'none', '']) {
    expect(mayPass({ ...request, fetchSite }, home)).toBe(false)
  }
})

const app = smallApp()
app.post('/sign-in', (c) => c.text('in'))
app.post('/api/services/find', openRead, (c) => c.text('found'))
app.post('/api/token', forPrograms, (c) => c.text('token'))

test('sign-in and JSON are no exception', async () => {
  for (const body of [new URLSearchParams({ name: 'x' }), '{"name":"x"}']) {
    const headers = {
      'sec-fetch-site': 'cross-site',
      ...(typeof body === 'string' && { 'content-type': 'application/json' }),
    }
    const answer = await ask(app, '/sign-in', { method: 'POST', body, headers })
    expect(answer.status).toBe(403)
    expect(await answer.text()).toContain('Nothing was changed')
  }
  expect((await ask(app, '/sign-in', { method: 'POST' })).status).toBe(200)
})

test('an old browser is known by its origin', async () => {
  const from = (origin: string) =>
    ask(app, '/sign-in', { method: 'POST', headers: { 'sec-fetch-site': '-', origin } })
  expect((await from('http://127.0.0.1:3000')).status).toBe(200)
  for (const origin of ['null', 'http://localhost:3000', 'https://127.0.0.1:3000', 'http://127.0.0.1:3001']) {
    expect((await from(origin)).status).toBe(403)
  }
  expect((await ask(app, '/sign-in', { method: 'POST', headers: { 'sec-fetch-site': '-' } })).status).toBe(
    403,
  )
})

test('open reads are for everybody; programs come without a cookie and with their own authority', async () => {
  const cross = { 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }
  const send = (path: string, headers: Record<string, string>) =>
    ask(app, path, { method: 'POST', headers: { ...cross, ...headers } })
  expect((await send('/api/services/find', {})).status).toBe(200)
  expect((await send('/api/token', { authorization: 'Bearer x' })).status).toBe(200)
  expect((await send('/api/token', {})).status).toBe(403)
  expect((await send('/api/token', { authorization: 'Bearer x', cookie: 'a=b' })).status).toBe(403)
  expect((await send('/sign-in', { authorization: 'Bearer x' })).status).toBe(403)
})
