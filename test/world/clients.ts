import { makeClient, revokeClient } from '#clients'
import type { ClientScope } from '#platform/access'
import { tellFailures } from '#platform/auth'

import type { Person, TestWorld } from './agencies.ts'
import type { Served } from './served.ts'

const origin = 'http://127.0.0.1:3000'

/** A system of this person's agency, with its secret. */
export async function connected(
  at: { readonly world: TestWorld },
  by: Person,
  scopes: readonly ClientScope[] = ['system/Task.rus', 'events.read'],
) {
  const made = await by.act((db, actor) =>
    makeClient(db, actor, at.world.installation, {
      name: 'Quay record system',
      scopes,
      days: 30,
    }),
  )
  if ('refused' in made) throw new Error(made.refused)
  return made
}

/** Asks the token endpoint, by HTTP Basic. */
export async function tokenOf(served: Served, id: string, secret: string, scope?: string): Promise<Response> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope === undefined ? {} : { scope }),
  })
  const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')
  return served.app.request(`${origin}/oauth/token`, {
    method: 'POST',
    body,
    headers: {
      host: '127.0.0.1:3000',
      authorization: `Basic ${basic}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
  })
}

/** A token of this system. */
export async function tokenFor(served: Served, id: string, secret: string): Promise<string> {
  const answer = await tokenOf(served, id, secret)
  if (answer.status !== 200) throw new Error(await answer.text())
  return ((await answer.json()) as { access_token: string }).access_token
}

/** A request with a token. */
export async function asSystem(
  served: Served,
  token: string,
  path: string,
  more: RequestInit = {},
): Promise<Response> {
  return served.app.request(origin + path, {
    ...more,
    headers: {
      host: '127.0.0.1:3000',
      authorization: `Bearer ${token}`,
      ...(more.headers as Record<string, string>),
    },
  })
}

/** What writes each kind of line about a system. */
export function clientActs(
  at: () => { readonly world: TestWorld; readonly served: Served; readonly by: Person },
) {
  return {
    'client.made': () => connected(at(), at().by),
    'client.revoked': async () => {
      const { id } = await connected(at(), at().by)
      await at().by.act((db, actor) => revokeClient(db, actor, id))
    },
    'client.token': async () => {
      const { id, secret } = await connected(at(), at().by)
      await tokenFor(at().served, id, secret)
    },
    'client.failed': async () => {
      const { id } = await connected(at(), at().by)
      await tokenOf(at().served, id, 'not the secret')
      await tellFailures(at().world.pools)
    },
  }
}
