import { readFileSync } from 'node:fs'
import { importDirectory, linkParty, listOrganizations } from '#directory'
import { cookieName, createLog } from '#platform/http'
import { createApp } from '../../src/app.ts'
import { room } from '../../src/directory/routes.ts'
import { askToSignIn, room as partiesRoom } from '../../src/parties/routes.ts'
import { words as openWords } from '../../src/survivors/routes.ts'
import { testWorld, type Person, type TestWorld } from '../world/agencies.ts'

/** Northmere's directory with an editor, somebody who is none, and a record that waits. */
export interface DirectoryWorld {
  readonly world: TestWorld
  /** Edits the entries of the domestic abuse service. */
  readonly editor: Person
  /** Works at the surgery and edits nothing. */
  readonly worker: Person
  readonly config: Readonly<{
    publicUrl: string
    allowedHosts: readonly string[]
    secure: false
    loopback: true
    pack: 'uk'
  }>
  readonly app: ReturnType<typeof createApp>
}

/** A refuge as a careless feed lists it. */
const plantedRefuge = {
  id: 'r-1',
  name: 'Harbour Refuge',
  status: 'active',
  description: 'Come to 14 Sycamore Rise.',
  organization: { id: 'r-o', name: 'Harbour Homes', description: '' },
  service_at_locations: [
    {
      location: {
        id: 'r-l',
        location_type: 'physical',
        addresses: [{ address_1: '14 Sycamore Rise', postal_code: 'ZZ99 3AB', state_province: 'Northshire' }],
      },
    },
  ],
}

/** Makes the world; `port` is where the app will be served. */
export async function directoryWorld(port: number): Promise<DirectoryWorld> {
  const world = await testWorld()
  const editor = await world.found('Northmere Domestic Abuse Service', 'domestic-abuse', [
    'agency-administrator',
    'directory-editor',
  ])
  const worker = await world.found('Quayside Surgery', 'primary-care', ['agency-administrator', 'worker'])
  const text = readFileSync(new URL('../../src/demo/northmere.hsds.json', import.meta.url), 'utf8')
  await world.owner.transaction().execute(async (db) => {
    await importDirectory(db, text)
    await importDirectory(db, JSON.stringify([plantedRefuge]))
    for (const each of await listOrganizations(db)) {
      const party = { 'northmere-domestic-abuse': editor, 'quayside-surgery': worker }[each.code ?? '']
        ?.partyId
      if (party !== undefined) await linkParty(db, each.id, party)
    }
  })
  const host = `127.0.0.1:${port}`
  const config = {
    publicUrl: `http://${host}`,
    allowedHosts: [host],
    secure: false,
    loopback: true,
    pack: 'uk',
  } as const
  const app = createApp({
    config: config as unknown as Parameters<typeof createApp>[0]['config'],
    pools: world.pools,
    installation: world.installation,
    log: createLog({ destination: { write: () => {} } }),
    rooms: [{ words: openWords, mount: () => {} }, partiesRoom, room],
    demo: false,
    checks: [],
    askToSignIn,
  })
  return { world, editor, worker, config, app }
}

/** Asks the app without a socket: a page, or with fields a form. */
export type Asker = (
  path: string,
  as?: Person | null,
  fields?: Readonly<Record<string, string>> | null,
) => Promise<{ readonly status: number; readonly to: string | null; readonly html: string }>

/** How a test asks the app of this world. */
export function askerOf({ app, config }: DirectoryWorld): Asker {
  return async (path, as = null, fields = null) => {
    const headers = new Headers({ host: config.allowedHosts[0] ?? '', 'sec-fetch-site': 'same-origin' })
    if (as !== null) headers.set('cookie', `${cookieName('session', config)}=${as.cookie}`)
    const init = fields === null ? {} : { method: 'POST', body: new URLSearchParams(fields) }
    const answer = await app.request(`${config.publicUrl}${path}`, { ...init, headers })
    return { status: answer.status, to: answer.headers.get('location'), html: await answer.text() }
  }
}
