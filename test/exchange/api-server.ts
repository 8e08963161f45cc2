import { createServer } from 'node:net'
import { importDirectory } from '#directory'
import { readConfig } from '#platform/config'
import { createLog, serveApp } from '#platform/http'
import { createApp } from '../../src/app.ts'
import { askToSignIn } from '../../src/parties/routes.ts'
import { roomsOf } from '../../src/rooms.ts'
import { type TestWorld, testWorld } from '../world/agencies.ts'
import { demoWorld } from './installations.ts'

/** The whole app on a port of this machine, over both demo directories. */
export interface ApiServer {
  readonly world: TestWorld
  readonly address: string
  readonly routes: readonly { readonly method: string; readonly path: string }[]
  /** Every line that was logged. */
  readonly lines: string[]
  readonly close: () => Promise<void>
}

/** Starts it; `more` are further files to bring in. */
export async function apiServer(more: readonly string[] = []): Promise<ApiServer> {
  const world = await testWorld()
  for (const text of [demoWorld('northmere'), demoWorld('us-county'), ...more])
    await world.owner.transaction().execute((db) => importDirectory(db, text))
  const config = readConfig(
    { DATA_DIR: `${world.database.keysDir}-data`, PORT: String(await freePort()) },
    '/',
  )
  if ('refused' in config) throw new Error(config.message)
  const lines: string[] = []
  const app = createApp({
    config,
    pools: world.pools,
    installation: world.installation,
    log: createLog({ level: 'trace', destination: { write: (line) => void lines.push(line) } }),
    rooms: roomsOf({ config, variables: {} }).rooms,
    demo: false,
    checks: [],
    askToSignIn,
  })
  const listening = await serveApp(app, config)
  return {
    world,
    address: listening.address,
    routes: app.routes,
    lines,
    close: async () => {
      await listening.close(1_000)
      await world.close()
    },
  }
}

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const server = createServer().listen(0, '127.0.0.1', () => {
    const at = server.address()
    server.close(() => resolve(typeof at === 'object' && at !== null ? at.port : 0))
  })
  return promise
}
