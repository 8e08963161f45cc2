import type { Tx } from '#platform/db'
import { storeOutcodes } from './place.store.ts'
import { outcodesIn, type PostcodeReport } from './postcode-file.rules.ts'

/** `anydoor import --format postcodes`: replaces the middles of districts, and moves what is listed by them. */
export async function bringPostcodes(
  asked: {
    readonly file: string
    readonly dryRun: boolean
    readonly json: boolean
    readonly northernIreland: boolean
  },
  lines: AsyncIterable<string>,
  host: {
    readonly withDatabase: <T>(work: (db: Tx) => Promise<T>) => Promise<T>
    readonly print: (line: string) => void
    readonly printError: (line: string) => void
  },
): Promise<0 | 2> {
  const refuse = (line: string) => {
    host.printError(line)
    return 2 as const
  }
  let read: PostcodeReport | null
  try {
    read = await outcodesIn(lines, asked.northernIreland)
  } catch {
    return refuse(`${asked.file} cannot be read. Check the name and the rights of the file.`)
  }
  if (read === null || read.outcodes.length === 0)
    return refuse(
      `${asked.file}: This is no CSV laid out as the ONS Postcode Directory: pcds, lat and long must be among its columns.`,
    )
  const { outcodes, ...counts } = read
  try {
    if (!asked.dryRun) await host.withDatabase((db) => storeOutcodes(db, outcodes))
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown'
    return refuse(`The database could not take the file, and nothing was changed: ${why}`)
  }
  const line = `${asked.dryRun ? 'Nothing was changed. It would be: ' : ''}${outcodes.length} districts from ${counts.taken} postcodes; ${counts.leftOut} left out, ${counts.northernIreland} of Northern Ireland not taken.`
  host.print(asked.json ? JSON.stringify({ districts: outcodes.length, ...counts }) : line)
  return 0
}
