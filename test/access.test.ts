import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { mayDo, type Permission, type Role, roles } from '#platform/access'
import { permissionOf } from '#platform/http'

import { type Person, type TestWorld, testWorld } from './world/agencies.ts'
import { type Served, serveWorld } from './world/served.ts'

interface RouteRow {
  readonly method: string
  readonly path: string
  readonly permission: Permission | 'public' | 'client' | null
}

/** Pages without a member's handle: signing in and out, one-time links, the open pages, health, files. A new one is added here by hand. */
const open = [
  'GET /',
  'GET /sign-in',
  'POST /sign-in',
  'POST /sign-in/code',
  'POST /sign-out',
  'GET /recover',
  'POST /recover',
  'GET /begin/:token',
  'POST /begin/:token',
  'GET /join/:token',
  'POST /join/:token',
  'GET /account/password',
  'POST /account/password',
  'GET /leave',
  'GET /go',
  'POST /go',
  'GET /go/end',
  'GET /go/:step',
  'POST /go/:step',
  'GET /l/:token',
  'POST /l/:token',
  'POST /l/:token/again',
  'GET /letter',
  'POST /letter/leave',
  'GET /letter/:answer',
  'POST /letter/:answer',
  'GET /assets/:name{.+}',
  'GET /robots.txt',
  'GET /favicon.ico',
  'GET /favicon.svg',
  'POST /oauth/token',
  'GET /.well-known/oauth-authorization-server',
  'GET /fhir/.well-known/smart-configuration',
  'GET /health/live',
  'GET /health/ready',
  'GET /api',
  'GET /api/hsds/3.1',
  'GET /api/hsds/3.1/',
  'GET /api/hsds/3.1/openapi.json',
  'GET /api/oruk/3.0',
  'GET /api/oruk/3.0/',
  'GET /api/oruk/3.0/openapi.json',
]

let world: TestWorld
let served: Served
let table: readonly RouteRow[]
const people = new Map<Role, Person>()

beforeAll(async () => {
  world = await testWorld()
  served = serveWorld(world)
  table = routesOf(served)
  const admin = await world.found('Every Role', 'domestic-abuse', ['agency-administrator'])
  people.set('agency-administrator', admin)
  for (const role of roles)
    if (role !== 'agency-administrator') people.set(role, await world.join(admin, `Somebody ${role}`, [role]))
})
afterAll(() => world.close())

/** Every page and act of the app, and what its middleware asks for. */
function routesOf({ app }: Served): readonly RouteRow[] {
  const rows = new Map<string, RouteRow>()
  for (const route of app.routes) {
    if (route.method === 'ALL') continue
    const id = `${route.method} ${route.path}`
    const asked = permissionOf(route.handler) ?? rows.get(id)?.permission ?? null
    rows.set(id, { method: route.method, path: route.path, permission: asked })
  }
  return [...rows.values()]
}

function forMembers(row: RouteRow): row is RouteRow & { readonly permission: Permission } {
  return row.permission !== null && row.permission !== 'public' && row.permission !== 'client'
}

function reach(row: RouteRow, who: Person | null) {
  const path = row.path.replaceAll(/:\w+(\{[^}]*\})?/g, '00000000-0000-7000-8000-000000000000')
  return row.method === 'GET' ? served.get(path, who) : served.post(path, {}, who)
}

describe('every route against every role', () => {
  test('a route asks for a permission, or stands in the list of open ones', () => {
    const loose = table.filter((row) => row.permission === null).map((row) => `${row.method} ${row.path}`)
    expect(loose.filter((id) => !open.includes(id) && !/ \/p\//.test(id))).toEqual([])
  })

  test('nobody who is not signed in gets through', async () => {
    for (const row of table) {
      if (row.permission === null || row.permission === 'public') continue
      const answer = await reach(row, null)
      expect([row.method, row.path, answer.status]).toEqual([row.method, row.path, 401])
    }
  })

  test('without the permission the answer is the one for a page that does not exist, octet for octet', async () => {
    for (const role of roles) {
      const who = people.get(role) ?? null
      const missing = await (await served.get('/there-is-no-such-page', who)).text()
      for (const row of table) {
        if (!forMembers(row) || mayDo([role], row.permission)) continue
        const answer = await reach(row, who)
        expect([role, row.method, row.path, answer.status]).toEqual([role, row.method, row.path, 404])
        expect(await answer.text()).toBe(missing)
      }
    }
  })

  test('what asks for a system’s token opens to no member, whatever their role, and to no other token', async () => {
    const systems = table.filter((row) => row.permission === 'client')
    expect(systems.map((row) => `${row.method} ${row.path}`)).toContain('GET /api/me')
    for (const row of systems) {
      for (const who of people.values()) expect((await reach(row, who)).status).toBe(401)
      const headers = { host: '127.0.0.1:3000', authorization: `Bearer ${people.get('worker')?.cookie}` }
      const path = row.path.replaceAll(/:\w+(\{[^}]*\})?/g, '00000000-0000-7000-8000-000000000000')
      const { status } = await served.app.request(`http://127.0.0.1:3000${path}`, {
        method: row.method,
        headers,
      })
      expect([row.method, row.path, status]).toEqual([row.method, row.path, 401])
    }
  })

  test('with the permission a page without parameters opens', async () => {
    for (const role of roles) {
      for (const row of table) {
        if (
          row.method !== 'GET' ||
          row.path.includes(':') ||
          !forMembers(row) ||
          !mayDo([role], row.permission)
        )
          continue
        const answer = await reach(row, people.get(role) ?? null)
        expect([role, row.path, answer.status]).toEqual([role, row.path, expect.toBeOneOf([200, 303, 302])])
      }
    }
  })
})
