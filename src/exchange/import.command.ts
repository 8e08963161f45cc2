import { bringPostcodes, importPathways, importRecords, type ImportReport, importTerms } from '#directory'
import type { Tx } from '#platform/db'

import { type Adapter, adapters } from './adapter.ts'
import { beginningOf, type GivenFile, linesOf, sha256Of, textOf } from './given-file.ts'
import { type ImportAsked, importHelp, readArguments } from './import-arguments.ts'
import { jsonLines, plainLines } from './report-lines.ts'
import { isAboutRuns, runRuns } from './undo.command.ts'
import { askedMapping, keepMapping, openWithSaved, suggestedFor } from './import-mapping.ts'

/** What the command needs of the program around it. */
export interface ImportHost {
  /** Opens the database, runs the work in one transaction (the owner's), and closes it again. */
  readonly withDatabase: <T>(work: (db: Tx) => Promise<T>) => Promise<T>
  /** Finds a file or folder; null when it cannot be read. */
  readonly open: (path: string) => Promise<GivenFile | null>
  readonly print: (line: string) => void
  readonly printError: (line: string) => void
}

type Refused = { readonly message: string }

/** Runs the command; gives the exit code. */
export async function runImport(argv: readonly string[], host: ImportHost): Promise<0 | 1 | 2> {
  if (isAboutRuns(argv) && !argv.includes('--help')) return runRuns(argv, host)
  const asked = readArguments(argv)
  if ('wrong' in asked) return refuse(host, `${asked.wrong} See anydoor import --help.`)
  if (asked.help) {
    host.print(importHelp)
    return 0
  }
  const file = await host.open(asked.file)
  if (file === null)
    return refuse(host, `${asked.file} cannot be read. Check the name and the rights of the file.`)
  if (asked.suggestMapping) {
    host.print(JSON.stringify(await suggestedFor(file), null, 2))
    return 0
  }
  if (asked.format === 'postcodes') return bringPostcodes(asked, linesOf(file), host)
  const adapter = await adapterFor(file, asked.format)
  if (adapter === 'unknown')
    return refuse(host, `${asked.file}: its beginning does not tell what it is. Say it with --format.`)
  const given = await askedMapping(asked, host.open)
  if ('message' in given) return refuse(host, given.message)
  const opened = adapter === null || 'saved' in given ? null : await adapter.open(file, given)
  if (opened?.ok === false) return refuse(host, `${asked.file}: ${opened.refused}`)
  const report = asked.json ? jsonLines(host.print, host.printError) : plainLines(host.print, asked.dryRun)
  try {
    const sha256 = await sha256Of(file)
    const result = await host.withDatabase(async (db) => {
      if (adapter === null) return bringOther(db, file, asked)
      const found = opened ?? (await openWithSaved(db, adapter, file, 'saved' in given ? given.saved : ''))
      if (!found.ok) return { message: found.refused }
      await keepMapping(db, asked, given, file)
      const { dryRun } = asked
      return importRecords(db, found.source, { dryRun, fileSha256: () => sha256, tell: report.tell })
    })
    if ('message' in result) return refuse(host, `${asked.file}: ${result.message}`)
    if (asked.format === 'auto' && adapter !== null && !asked.json)
      host.print(`${asked.file} was taken for ${adapter.says}.`)
    report.end(result)
    return result.held + result.rejected > 0 ? 1 : 0
  } catch (error) {
    report.fail()
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown'
    return refuse(host, `The database could not take the file, and nothing was changed: ${why}`)
  }
}

/** The adapter of a format; null for what is no entries. */
async function adapterFor(file: GivenFile, format: string): Promise<Adapter | null | 'unknown'> {
  if (format !== 'auto') return adapters.find((each) => each.format === format) ?? null
  const beginning = await beginningOf(file)
  return adapters.find((each) => each.recognises(beginning)) ?? 'unknown'
}

async function bringOther(
  db: Tx,
  file: GivenFile,
  { format, dryRun }: ImportAsked,
): Promise<ImportReport | Refused> {
  const text = await textOf(file)
  if (format === 'lga-terms') return importTerms(db, text, dryRun)
  const report = await importPathways(db, text, { dryRun })
  return 'refused' in report ? { message: report.refused } : report
}

function refuse(host: ImportHost, line: string): 2 {
  host.printError(line)
  return 2
}
