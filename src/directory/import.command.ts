import { parseArgs } from 'node:util'
import type { Tx } from '#platform/db'
import { importDirectory } from './import.actions.ts'
import type { ImportReport } from './import.ts'
import { bringPostcodes } from './postcode-import.command.ts'
import { importPathways } from './pathway.actions.ts'
import { importTerms } from './term.actions.ts'

/** What the command needs of the program around it. */
export interface ImportHost {
  /** Opens the database, runs the work in one transaction (the owner's), and closes it again. */
  readonly withDatabase: <T>(work: (db: Tx) => Promise<T>) => Promise<T>
  /** Reads a file as text; throws when it cannot be read. */
  readonly readFile: (path: string) => Promise<string>
  /** Reads a file line by line: one of postcodes is longer than a text can be. */
  readonly readLines: (path: string) => AsyncIterable<string>
  readonly print: (line: string) => void
  readonly printError: (line: string) => void
}

/** The help text of `anydoor import`. */
export const importHelp = `anydoor import [--format auto|hsds|pathways|lga-terms|postcodes] [--dry-run] [--json] FILE

Brings the services of an HSDS file (3.0, 3.1 or 3.2 as JSON) into the directory, or the
pathways between agencies: a JSON list, or the "pathways" of a system file. One pathway is
  { "id": "p-1", "from": "Northmere Schools", "to": "N06", "kind": "warm|referral|signpost",
    "when": [{ "age": { "max": 215 } }], "replyDueDays": 5, "contact": "", "source": "" }
with ids, source ids or exact names; "when" is any of these conditions, left out: everyone. The same
"id" again is the same pathway; without one, the same ends, kind and condition are. Every record is imported, imported with warnings, held for a person, or rejected.
With lga-terms: a list of terms of the Local Government Association (JSON) for the vocabulary.
With postcodes: a CSV laid out as the ONS Postcode Directory, of which only the middle of each
district (LS6) is kept. Its part of Northern Ireland has a licence of its own and is left out.

  --format            what the file is: hsds, pathways, lga-terms, postcodes, or auto, which takes it for hsds
  --northern-ireland  with postcodes: those of Northern Ireland too
  --dry-run           say what would happen and change nothing
  --json              print the report as JSON

Exit 0: every record is in. 1: some are held or rejected. 2: nothing could be done.`

/** Runs the command; gives the exit code. */
export async function runImport(argv: readonly string[], host: ImportHost): Promise<0 | 1 | 2> {
  const asked = readArguments(argv)
  if ('wrong' in asked) return refuse(host, `${asked.wrong} See anydoor import --help.`)
  if (asked.help) {
    host.print(importHelp)
    return 0
  }
  if (asked.format === 'postcodes') return bringPostcodes(asked, host)
  const text = await host.readFile(asked.file).catch(() => null)
  if (text === null)
    return refuse(host, `${asked.file} cannot be read. Check the name and the rights of the file.`)
  try {
    const result = await host.withDatabase((db) => bringIn(db, text, asked))
    if ('message' in result) return refuse(host, `${asked.file}: ${result.message}`)
    for (const line of asked.json ? [JSON.stringify(result)] : reportLines(result, asked.dryRun))
      host.print(line)
    return result.held + result.rejected > 0 ? 1 : 0
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown'
    return refuse(host, `The database could not take the file, and nothing was changed: ${why}`)
  }
}

async function bringIn(
  db: Tx,
  text: string,
  { format, dryRun }: { readonly format: string; readonly dryRun: boolean },
): Promise<ImportReport | { readonly message: string }> {
  if (format === 'lga-terms') return importTerms(db, text, dryRun)
  if (format !== 'pathways') return importDirectory(db, text, { dryRun })
  const report = await importPathways(db, text, { dryRun })
  return 'refused' in report ? { message: report.refused } : report
}

function readArguments(argv: readonly string[]):
  | { readonly wrong: string }
  | {
      readonly help: boolean
      readonly file: string
      readonly format: string
      readonly dryRun: boolean
      readonly json: boolean
      readonly northernIreland: boolean
    } {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'auto' },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        'northern-ireland': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const [file = '', ...more] = positionals
    if (!values.help && !['auto', 'hsds', 'pathways', 'lga-terms', 'postcodes'].includes(values.format))
      return { wrong: '--format is auto, hsds, pathways, lga-terms or postcodes.' }
    if (!values.help && (file === '' || more.length > 0)) return { wrong: 'Name one file.' }
    return {
      help: values.help,
      file,
      format: values.format,
      dryRun: values['dry-run'],
      json: values.json,
      northernIreland: values['northern-ireland'],
    }
  } catch (error) {
    return {
      wrong: `${error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'The options are wrong'}.`,
    }
  }
}

function reportLines(report: ImportReport, dryRun: boolean): readonly string[] {
  const head = [
    `${dryRun ? 'Nothing was changed. It would be: ' : ''}${report.imported} imported, ${report.importedWithWarnings} imported with warnings, ${report.held} held for a person, ${report.rejected} rejected.`,
  ]
  const told = report.records.filter((each) => each.problems.length > 0)
  return [
    ...head,
    ...told.flatMap((each) => [
      `${each.path}${each.id === '' ? '' : ` (${each.id})`}: ${each.outcome}`,
      ...each.problems.map((one) => `  ${one.at} ${one.rule}: ${one.message}`),
    ]),
  ]
}

function refuse(host: ImportHost, line: string): 2 {
  host.printError(line)
  return 2
}
