import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'

import { systemFile } from '#directory'
import { type ExportFormat, exportFormats } from '#exchange'
import { recordForOperator } from '#parties'
import type { Config } from '#platform/config'
import { migrate, openAsOwner, openPool, type Tx } from '#platform/db'

import { brokenPipe, isBrokenPipe } from './broken-pipe.ts'

const formatNames = ['system', ...exportFormats.map((each) => each.format)]

export const exportHelp = `anydoor export --format ${formatNames.join('|')} [--out FILE]
  Writes the public directory for other systems: no more than its public pages show. No person is in it, no contact of a partner,
  no history, and nothing that leads to a place whose address is kept confidential.
${exportFormats.map((each) => `  ${each.format.padEnd(8)} ${each.says}`).join('\n')}

anydoor export --format system [--pack uk|us] [--practice] [--out FILE]
  Writes the live directory as a service system: thresholds, waits, what must come first, and open pathways.
  With --practice it holds what a rule forbids and is done all the same. What that loses: anydoor check PRACTISED --against FILE
  Check it with: anydoor check FILE

Without --out it goes to standard output.
`

/** `anydoor export`: 0 written; 2 could not, with one line that says why and what to do; 141 when its reader went. */
export async function runExport(config: Config, args: readonly string[]): Promise<number> {
  const wanted = wantedOf(args)
  if (typeof wanted === 'string') return complain(wanted)
  const door = await openAsOwner(config)
  if ('refused' in door) return complain(door.message)
  await migrate({ ownerUrl: door.ownerUrl, keysDir: config.keysDir })
  const owner = openPool(door.ownerUrl, 1)
  try {
    // Why apart, and first: nothing leaves without its line, and a line that waits for another would see an old end of the ledger.
    await owner
      .transaction()
      .execute((db) => recordForOperator(db, { kind: 'export.made', detail: { what: 'directory' } }))
    // Why one look at everything: a file whose parts are from different moments would contradict itself.
    await owner
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((db) => (wanted.folder === null ? write(wanted.pieces(db), wanted.out) : wanted.folder(db)))
    return 0
  } catch (error) {
    if (isBrokenPipe(error)) return brokenPipe
    return complain(`The file cannot be written: ${error instanceof Error ? error.message : 'unknown'}.`)
  } finally {
    await owner.destroy()
    await door.close()
  }
}

interface Wanted {
  readonly pieces: ExportFormat['pieces']
  readonly out: string | null
  /** Writes a folder instead. */
  readonly folder: ((db: Tx) => Promise<void>) | null
}

/** A file takes its name only once it is whole. */
async function write(pieces: AsyncIterable<string | Uint8Array>, out: string | null): Promise<void> {
  if (out === null) return pipeline(Readable.from(pieces), process.stdout, { end: false })
  const unfinished = `${out}.part`
  try {
    await pipeline(Readable.from(pieces), createWriteStream(unfinished))
    await rename(unfinished, out)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

function wantedOf(args: readonly string[]): Wanted | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        practice: { type: 'boolean' },
        format: { type: 'string' },
        pack: { type: 'string' },
        out: { type: 'string' },
      },
    })
    const out = values.out ?? null
    const { format, pack, practice } = values
    const found = exportFormats.find((each) => each.format === format)
    if (found !== undefined) {
      if (pack !== undefined || practice !== undefined)
        return '--pack and --practice belong to --format system.'
      return { pieces: found.pieces, out, folder: folderOf(found, out) }
    }
    if (format !== 'system') return `Say which format: anydoor export --format ${formatNames.join('|')}.`
    if (pack !== undefined && pack !== 'uk' && pack !== 'us') return '--pack is uk or us.'
    return { pieces: (db) => systemPieces(db, pack ?? null, practice === true), out, folder: null }
  } catch (error) {
    return `${error instanceof Error ? error.message : 'The arguments cannot be read'}. anydoor export --help says more.`
  }
}

function folderOf({ folder }: ExportFormat, out: string | null): Wanted['folder'] {
  if (folder === undefined || out === null || /\.zip$/i.test(out)) return null
  return (db) => folder(db, out)
}

async function* systemPieces(db: Tx, pack: 'uk' | 'us' | null, practice: boolean): AsyncGenerator<string> {
  yield `${JSON.stringify(await systemFile(db, pack, practice ? 'practised' : 'permitted'), null, 1)}\n`
}

function complain(message: string): number {
  process.stderr.write(`${message}\n`)
  return 2
}
