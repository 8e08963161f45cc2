import { chosenBackup, restoreBackup, type Restored } from '#platform/backup'
import type { Config } from '#platform/config'
import { openPool } from '#platform/db'
import { checkStoredLedger, type LedgerReport } from '#platform/ledger'

import { asOwner } from './as-owner.ts'
import { readWords, refuse } from './cli-json.ts'
import { inWords as ledgerInWords } from './ledger.command.ts'
import { progressBar } from './progress.ts'

/** The help text of the command. */
export const restoreHelp = `anydoor restore DIR [--keyring DIR]

Brings a backup of the data back into an empty database, with the newest copy of the
keyring. What was erased, withdrawn or removed since the backup is done again before
anything opens. DIR is a backup's folder, or the folder that holds several: then the
newest is taken.

KEYS_DIR is in no backup: put the one of this installation in its place first.
Stop Anydoor before. Point DATA_DIR (or DATABASE_URL) to an empty place.

  --keyring DIR  where the copies of the keyring are; without it the database must hold
                 its keyring already
  --json         print the result as JSON

Exit 0: done, and the ledger holds. 1: done, but the ledger does not hold. 2: nothing was changed.
`

/** `anydoor restore`: gives the exit code. */
export async function runRestore(config: Config, args: readonly string[]): Promise<number> {
  const given = readWords(args, { values: ['--keyring'], flags: ['--json'] })
  if ('cannot' in given) return refuse(given.cannot)
  const [dir, extra] = given.plain
  if (dir === undefined || extra !== undefined)
    return refuse('Name one folder: anydoor restore DIR --keyring DIR.')
  const keyringDir = given.values.get('--keyring')
  const data = chosenBackup(dir, 'data')
  const keyring = keyringDir === undefined ? null : chosenBackup(keyringDir, 'keyring')
  if (data === null)
    return refuse(`There is no backup of the data in ${dir}. Name the folder that anydoor backup filled.`)
  if (keyringDir !== undefined && keyring === null)
    return refuse(
      `There is no copy of the keyring in ${keyringDir}. Name the folder that anydoor backup --keyring filled.`,
    )
  return asOwner(config, { alone: true }, async ({ ownerUrl, installation }) => {
    const bar = progressBar('tables,')
    const { publicKey } = installation.sign
    const done = await restoreBackup({
      ownerUrl,
      keysDir: config.keysDir,
      publicKey,
      data,
      keyring,
      onTable: bar.step,
    })
    bar.end()
    if ('refused' in done) return refuse(done.message)
    const owner = openPool(ownerUrl, 1)
    const ledger = await checkStoredLedger(owner, publicKey).finally(() => owner.destroy())
    process.stdout.write(
      given.flags.has('--json')
        ? `${JSON.stringify({ ...done, ledger }, null, 1)}\n`
        : inWords(done, ledger, config),
    )
    return ledger.ok ? 0 : 1
  })
}

const replays: readonly (readonly [string, string])[] = [
  ['erased', 'Cases erased since then, erased here too'],
  ['envelopes-ended', 'Copies no longer shared since then, ended here too'],
  ['releases-withdrawn', 'Permissions behind them, counted as withdrawn'],
  ['members-removed', 'People who left since then, kept outside'],
  ['rekeyed', 'Cases closed under a new key since then, left out: nobody can open them from this backup'],
  [
    'without-key',
    'Cases without a key: this keyring is older than the data, and a newer copy of it opens them',
  ],
]

function inWords({ rows, madeAt, replayed }: Restored, ledger: LedgerReport, config: Config): string {
  const again = replays.flatMap(([what, words]) =>
    (replayed[what] ?? 0) === 0 ? [] : [`  ${words}: ${replayed[what]}`],
  )
  return [
    `Brought back ${rows.toLocaleString('en-GB')} rows as they were at ${madeAt}.`,
    ...(again.length === 0 ? [] : ['Done again before anything opens:', ...again]),
    'A permission that was withdrawn before anything was sent under it stands again: ask each agency to look through theirs.',
    `The keys in ${config.keysDir} belong to this backup. They were not part of it.`,
    ledgerInWords(ledger).trimEnd(),
    `A head that somebody kept after ${madeAt} will say that the ledger was rolled back. That is true: write down why.`,
    '',
  ].join('\n')
}
