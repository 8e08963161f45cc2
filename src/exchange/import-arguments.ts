import { parseArgs } from 'node:util'

import { adapters } from './adapter.ts'
import { isMappingName, ownMappingName } from './mapping.ts'

/** Formats that are no entries: each has a reader of its own in the directory. */
const others = ['pathways', 'lga-terms', 'postcodes']
const formats = ['auto', ...adapters.map((each) => each.format), ...others]

/** The help text of `anydoor import`. */
export const importHelp = `anydoor import [--format ${formats.join('|')}]
               [--mapping NAME|FILE] [--save-mapping NAME] [--dry-run] [--json] FILE
anydoor import --suggest-mapping FILE
anydoor import --runs [--json]
anydoor import --undo RUN --why TEXT [--json]

Brings the services of a file into the directory. What the file is, is seen from its beginning:
${adapters.map(({ format, says }) => `  ${format.padEnd(10)}${says}`).join('\n')}
Every record is imported, imported with warnings, held for a person, or rejected; nothing is
refused for one bad record, and the same ids again bring the same entries up to date.

A CSV is read by a mapping: which column says what. Without one the names of the columns decide.
  anydoor import --suggest-mapping list.csv > ours.json        edit it, then
  anydoor import --mapping ours.json --save-mapping ours list.csv     and from then on
  anydoor import --mapping ours list.csv
A field is a column, or { "columns": ["Street", "Flat"], "join": ", ", "split": ";",
"values": { "Y": true }, "constant": "active", "days": "dmy" }. The mapping anydoor reads our own export.

Beside entries, when --format says so:
  pathways  between agencies: a JSON list, or the "pathways" of a system file. One pathway is
            { "id": "p-1", "from": "Northmere Schools", "to": "N06", "kind": "warm|referral|signpost",
              "when": [{ "age": { "max": 215 } }], "replyDueDays": 5, "contact": "", "source": "" }
            with ids, source ids or exact names; "when" is any of these conditions, left out: everyone.
            The same "id" again is the same pathway; without one, the same ends, kind and condition are.
  lga-terms a list of terms of the Local Government Association (JSON) for the vocabulary
  postcodes a CSV laid out as the ONS Postcode Directory, of which only the middle of each district
            (LS6) is kept. Its part of Northern Ireland has a licence of its own and is left out.

  --format            what the file is, when its beginning does not tell
  --mapping           with CSV: a saved mapping by its name, or one in a file
  --save-mapping      keeps that mapping under a name
  --suggest-mapping   prints the mapping that the names of the columns ask for, and changes nothing
  --northern-ireland  with postcodes: those of Northern Ireland too
  --dry-run           say what would happen and change nothing
  --json              print the report as JSON
  --runs              the files that came in before, the newest first
  --undo              take one of them back: every entry is what it was before. What somebody changed
                      since is left, and told; so is a place that has become secret. Kept for 90 days
  --why               the reason, kept with the entries

Exit 0: every record is in. 1: some are held or rejected, or were left. 2: nothing could be done.`

/** What somebody asked the command for. */
export interface ImportAsked {
  readonly help: boolean
  readonly file: string
  readonly format: string
  readonly dryRun: boolean
  readonly json: boolean
  readonly northernIreland: boolean
  readonly mapping: string | null
  readonly saveMapping: string | null
  readonly suggestMapping: boolean
}

/** Reads the words of the command line, or says what is wrong with them. */
export function readArguments(argv: readonly string[]): { readonly wrong: string } | ImportAsked {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'auto' },
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        'northern-ireland': { type: 'boolean', default: false },
        mapping: { type: 'string' },
        'save-mapping': { type: 'string' },
        'suggest-mapping': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    const [file = '', ...more] = positionals
    if (!values.help && !formats.includes(values.format))
      return { wrong: `--format is ${formats.slice(0, -1).join(', ')} or ${formats.at(-1)}.` }
    if (!values.help && (file === '' || more.length > 0)) return { wrong: 'Name one file.' }
    const wrong = wrongMapping(values)
    if (wrong !== null) return { wrong }
    return {
      help: values.help,
      file,
      format: values.format,
      dryRun: values['dry-run'],
      json: values.json,
      northernIreland: values['northern-ireland'],
      mapping: values.mapping ?? null,
      saveMapping: values['save-mapping'] ?? null,
      suggestMapping: values['suggest-mapping'],
    }
  } catch (error) {
    return {
      wrong: `${error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'The options are wrong'}.`,
    }
  }
}

function wrongMapping(values: {
  readonly format: string
  readonly 'save-mapping'?: string | undefined
  readonly mapping?: string | undefined
  readonly 'suggest-mapping': boolean
}): string | null {
  const name = values['save-mapping']
  const asked = name !== undefined || values.mapping !== undefined || values['suggest-mapping']
  if (asked && !['auto', 'csv'].includes(values.format)) return 'Mappings belong to --format csv.'
  if (name === undefined) return null
  if (name === ownMappingName) return `${ownMappingName} is the name of the mapping that always exists.`
  return isMappingName(name) ? null : 'A mapping is called by small letters, digits and hyphens, at most 60.'
}
