import { readFileSync } from 'node:fs'
import { importDirectory } from '#directory'
import { exportFormats, type HsdsOrganization, type HsdsService } from '#exchange'
import { openPool, type Pool } from '#platform/db'
import { freshDatabase } from '../database.ts'

/** An installation with a directory that files go into and out of. */
export interface Installation {
  readonly owner: Pool
  /** The login of the public pages. */
  readonly visitor: Pool
  readonly bring: (text: string) => ReturnType<typeof importDirectory>
  /** What goes out, as the login of the public pages: the file of a format. */
  readonly file: (format?: string) => Promise<string>
  readonly close: () => Promise<void>
}

/** A page of services and the organisations that list none, as the HSDS file holds them. */
export interface HsdsFile {
  readonly contents: readonly HsdsService[]
  readonly organizations: readonly HsdsOrganization[]
}

/** An empty installation. */
export async function install(): Promise<Installation> {
  const database = await freshDatabase()
  const owner = openPool(database.ownerUrl, 1)
  const visitor = openPool(database.urlFor('public'), 1)
  return {
    owner,
    visitor,
    bring: (text) => owner.transaction().execute((db) => importDirectory(db, text)),
    file: (format = 'hsds') =>
      visitor.transaction().execute(async (db) => {
        let text = ''
        const pieces = exportFormats.find((each) => each.format === format)?.pieces(db)
        if (pieces === undefined) throw new Error(`no format ${format}`)
        for await (const piece of pieces) text += piece.toString()
        return text
      }),
    close: async () => {
      await owner.destroy()
      await visitor.destroy()
      await database.close()
    },
  }
}

/** One of the two demo worlds as its file. */
export function demoWorld(name: 'northmere' | 'us-county'): string {
  return readFileSync(new URL(`../../src/demo/${name}.hsds.json`, import.meta.url), 'utf8')
}

/** An organisation that lists no service: a record of its own. */
export const aloneFile = JSON.stringify({
  contents: [],
  organizations: [
    {
      id: '6c000000-0000-4000-8000-000000000001',
      name: 'Northmere Forum',
      description: 'Agencies that meet.',
      phones: [{ id: '6c000000-0000-4000-8000-000000000002', number: '01632 960190', description: 'Office' }],
    },
  ],
})

/** JSON with every object's keys in order: what is the same is alike to the byte. */
export function sorted(json: unknown): string {
  return JSON.stringify(json, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )
}
