import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { assetRoutes } from './assets.ts'
import { healthRoutes } from './health.ts'
import { plainFileRoutes } from './plain-files.ts'
import { ask, secureConfig, smallApp } from './small-app.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'assets-'))
writeFileSync(join(folder, 'site-ABCD2345.css'), 'body{color:#222}'.repeat(50))
writeFileSync(join(folder, 'stylesheet.css'), 'a{}')
writeFileSync(join(folder, 'secret.pem'), 'no')

const app = smallApp()
app.get('/page', (c) => c.html('<p>hello</p>'))
app.get('/broken', () => {
  throw new Error('a fault')
})
app.route('/', assetRoutes(folder))
app.route('/', plainFileRoutes())

test('every answer has every header, the wrong ones too', async () => {
  for (const path of [
    '/page',
    '/nowhere',
    '/broken',
    '/assets/stylesheet.css',
    '/robots.txt',
    '/favicon.ico',
  ]) {
    const { headers } = await ask(app, path)
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('x-robots-tag')).toContain('noindex')
    expect(headers.get('permissions-policy')).toContain('geolocation=()')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('strict-transport-security')).toBeNull()
    expect(headers.get('set-cookie')).toBeNull()
  }
})

test('the content policy allows only our own files and nothing written into the page', async () => {
  const policy = (await ask(app, '/page')).headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe|nonce|sha256|https?:|\*/)
})

test('over https the browser is told to stay there', async () => {
  const secure = smallApp({ config: secureConfig })
  secure.get('/page', (c) => c.text('hello'))
  const { headers } = await ask(secure, '/page', {}, secureConfig)
  expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}$/)
  expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests')
})

test('only a file with a hash in its name may be kept', async () => {
  const hashed = await ask(app, '/assets/site-ABCD2345.css', { headers: { 'accept-encoding': 'gzip' } })
  expect(hashed.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(hashed.headers.get('content-type')).toBe('text/css; charset=utf-8')
  expect(hashed.headers.get('content-encoding')).toBe('gzip')
  const plain = await ask(app, '/assets/site-ABCD2345.css')
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(await plain.text()).toContain('color:#222')
})

test('nothing but the built files is served', async () => {
  for (const path of [
    '/assets/secret.pem',
    '/assets/../headers.ts',
    '/assets/%2e%2e/headers.ts',
    '/assets/',
  ]) {
    expect((await ask(app, path)).status).toBe(404)
  }
})

test('a strange host gets nothing', async () => {
  const answer = await ask(app, '/page', { headers: { host: 'rebound.example' } })
  expect(answer.status).toBe(421)
  expect(await answer.text()).not.toContain('hello')
  expect((await ask(app, '/page', { headers: { host: 'LOCALHOST:3000' } })).status).toBe(200)
})

test('ready names what is not', async () => {
  const health = smallApp()
  health.route(
    '/',
    healthRoutes([
      { name: 'database', check: async () => true },
      { name: 'disk', check: () => Promise.reject(new Error('full of secrets')) },
    ]),
  )
  expect((await ask(health, '/health/live')).status).toBe(200)
  const ready = await ask(health, '/health/ready')
  expect(ready.status).toBe(503)
  expect(await ready.json()).toEqual({ ready: false, checks: { database: true, disk: false } })
})
