import type { Hono } from 'hono'

import { createApp } from '../../src/app.ts'
import { askToSignIn } from '../../src/parties/routes.ts'
import { roomsOf } from '../../src/rooms.ts'
import { readConfig } from '#platform/config'
import { createLog, type Log, type Room, type SiteEnv } from '#platform/http'

import type { Person, TestWorld } from './agencies.ts'

/** The app over a test world, asked without a socket. */
export interface Served {
  readonly app: Hono<SiteEnv>
  readonly get: (path: string, who?: Person | null) => Promise<Response>
  readonly post: (
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
    who?: Person | null,
  ) => Promise<Response>
}

const origin = 'http://127.0.0.1:3000'

/** Puts the whole app over a test world. */
export function serveWorld(
  world: TestWorld,
  options: {
    readonly demo?: boolean
    readonly log?: Log
    readonly dataDir?: string
    /** Beside those of the product. */
    readonly rooms?: readonly Room[]
  } = {},
): Served {
  const config = readConfig({ DATA_DIR: options.dataDir ?? `${world.database.keysDir}-data` }, '/')
  if ('refused' in config) throw new Error(config.message)
  const { rooms } = roomsOf({ config, variables: {} })
  const log = options.log ?? createLog({ level: 'silent' })
  const parts = {
    config,
    pools: world.pools,
    installation: world.installation,
    log,
    rooms: [...rooms, ...(options.rooms ?? [])],
    demo: options.demo ?? false,
    checks: [],
    askToSignIn,
  }
  const app = createApp(parts)
  const headers = (who: Person | null | undefined) => ({
    host: '127.0.0.1:3000',
    'sec-fetch-site': 'same-origin',
    ...(who ? { cookie: `session-3000=${who.cookie}` } : {}),
  })
  return {
    app,
    get: async (path, who) => app.request(origin + path, { headers: headers(who) }),
    post: async (path, fields, who) => {
      const body = new URLSearchParams()
      for (const [name, value] of Object.entries(fields))
        for (const one of [value].flat()) body.append(name, one as string)
      return app.request(origin + path, {
        method: 'POST',
        body,
        headers: { ...headers(who), 'content-type': 'application/x-www-form-urlencoded' },
      })
    },
  }
}
