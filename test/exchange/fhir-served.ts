import { readFileSync } from 'node:fs'
import type { Bundle, HealthcareService, Resource } from '@medplum/fhirtypes'
import { sql } from 'kysely'
import { expect } from 'vitest'

import { importDirectory } from '#directory'
import { createLog } from '#platform/http'
import { type TestWorld, testWorld } from '../world/agencies.ts'
import { serveWorld } from '../world/served.ts'

export const fhirPath = '/api/fhir/r4'
export const fhirOrigin = 'http://127.0.0.1:3000'
export const fhirTypes = ['HealthcareService', 'Location', 'Organization'] as const

interface DemoFile {
  readonly contents: { readonly id: string; readonly attributes: object[] }[]
}

/** One of the two demo worlds, as its file is. */
export function demoFile(name: string): DemoFile {
  const file = new URL(`../../src/demo/${name}.hsds.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as DemoFile
}

interface Answer<T> {
  readonly status: number
  readonly headers: Headers
  readonly json: T
}

/** Both demo worlds, served, and what asks for them in FHIR. */
export interface FhirServed {
  readonly world: TestWorld
  /** Every line of the log. */
  readonly logged: readonly string[]
  /** Asks for a path under the root of FHIR, or for a whole address. */
  readonly ask: <T = Bundle>(path: string, init?: RequestInit) => Promise<Answer<T>>
  readonly post: <T = Bundle>(path: string, fields: Readonly<Record<string, string>>) => Promise<Answer<T>>
  /** What a search finds, by name, in the order of the alphabet. */
  readonly names: (path: string) => Promise<readonly string[]>
  /** Everything that is served, services that stand apart too, along the links of pages of 7. */
  readonly everything: () => Promise<readonly Resource[]>
  readonly close: () => Promise<void>
}

/** Brings both demo worlds into a database of their own and puts the app over it. */
export async function fhirServed(): Promise<FhirServed> {
  const logged: string[] = []
  const world = await testWorld()
  for (const name of ['northmere', 'us-county']) {
    const text = JSON.stringify(demoFile(name))
    await world.owner.transaction().execute((db) => importDirectory(db, text))
  }
  const log = createLog({ level: 'trace', destination: { write: (line: string) => void logged.push(line) } })
  await sql`update access.installation set demo = true`.execute(world.owner)
  const { app } = serveWorld(world, { log })
  const ask = async <T = Bundle>(path: string, init: RequestInit = {}): Promise<Answer<T>> => {
    const headers = { host: '127.0.0.1:3000', ...(init.headers as Record<string, string>) }
    const address = path.startsWith('http') ? path : `${fhirOrigin}${fhirPath}${path}`
    const answer = await app.request(address, { ...init, headers })
    return { status: answer.status, headers: answer.headers, json: (await answer.json()) as T }
  }
  return {
    world,
    logged,
    ask,
    post: (path, fields) => ask(path, { method: 'POST', body: new URLSearchParams(fields) }),
    names: async (path) => {
      const { status, json } = await ask(path)
      expect([path, status]).toEqual([path, 200])
      return matches(json)
        .map((each) => (each as HealthcareService).name ?? '')
        .toSorted()
    },
    everything: async () => {
      const found: Resource[] = []
      const starts = fhirTypes.map((type) => `/${type}?_count=7`)
      for (const start of [...starts, '/HealthcareService?service-category=for-people-using-abuse']) {
        let next: string | undefined = start
        while (next !== undefined) {
          const { json }: Answer<Bundle> = await ask(next)
          found.push(...matches(json))
          next = json.link?.find((link) => link.relation === 'next')?.url
        }
      }
      return found
    },
    close: () => world.close(),
  }
}

/** The resources that a search found, without what is told beside. */
export function matches(bundle: Bundle): readonly Resource[] {
  return (bundle.entry ?? []).flatMap(({ resource, search }) =>
    search?.mode === 'match' && resource !== undefined ? [resource] : [],
  )
}
