import { recordForOperator } from '#parties'
import { makeBackup, type MadeBackup, type Part } from '#platform/backup'
import type { Config } from '#platform/config'
import { openPool } from '#platform/db'

import { asOwner, type OwnerSide } from './as-owner.ts'
import { readWords, refuse } from './cli-json.ts'
import { progressBar } from './progress.ts'

/** The help text of the command. */
export const backupHelp = `anydoor backup DIR
anydoor backup --keyring DIR

Copies the data, or the keyring, as it is at one moment into a dated folder inside DIR.
People may go on working. What is sealed stays sealed. The two are kept in two places:
copies of the keyring go after 30 days (this command removes them), so that what was
erased is erased in every copy by then. Make one of each every day, the keyring last.

KEYS_DIR is in neither. Copy it once to a safe place of its own.

  --keyring DIR  copy the keyring; with a DIR before it, data and keyring in one run
  --json         print what was made as JSON

Exit 0: done. 2: it could not be done, and nothing half done is left.
`

/** `anydoor backup`: gives the exit code. */
export async function runBackup(config: Config, args: readonly string[]): Promise<number> {
  const given = readWords(args, { values: ['--keyring'], flags: ['--json'] })
  if ('cannot' in given) return refuse(given.cannot)
  const [dataDir, extra] = given.plain
  const keyringDir = given.values.get('--keyring')
  if (extra !== undefined || (dataDir === undefined && keyringDir === undefined))
    return refuse('Name one folder: anydoor backup DIR, or anydoor backup --keyring DIR.')
  const wanted: readonly (readonly [Part, string])[] = [
    ...(dataDir === undefined ? [] : [['data', dataDir] as const]),
    ...(keyringDir === undefined ? [] : [['keyring', keyringDir] as const]),
  ]
  return asOwner(config, { alone: false }, async (side) => {
    const made: MadeBackup[] = []
    for (const [part, dir] of wanted) {
      await told(side, part)
      const done = await oneBackup(side, part, dir)
      if ('refused' in done) return refuse(done.message)
      made.push(done)
    }
    process.stdout.write(
      given.flags.has('--json') ? `${JSON.stringify(made, null, 1)}\n` : made.map(inWords).join(''),
    )
    return 0
  })
}

/** Written before, so that the copy holds the line of its own making. */
async function told({ ownerUrl }: OwnerSide, part: Part): Promise<void> {
  const owner = openPool(ownerUrl, 1)
  try {
    await owner
      .transaction()
      .execute((db) => recordForOperator(db, { kind: 'export.made', detail: { what: `backup-${part}` } }))
  } finally {
    await owner.destroy()
  }
}

async function oneBackup({ ownerUrl, installation }: OwnerSide, part: Part, dir: string) {
  const bar = progressBar(`tables of the ${part},`)
  try {
    return await makeBackup({ ownerUrl, sign: installation.sign, dir, part, onTable: bar.step })
  } finally {
    bar.end()
  }
}

function inWords({ folder, part, rows, forgotten }: MadeBackup): string {
  const gone = forgotten.map((old) => `Removed ${old}, which was older than 30 days.\n`).join('')
  return `The ${part} is in ${folder} (${rows.toLocaleString('en-GB')} rows).\n${gone}`
}
