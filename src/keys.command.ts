import { text } from 'node:stream/consumers'

import type { Config } from '#platform/config'
import {
  cryptoReady,
  keepInstallation,
  type Misread,
  type PrintedKeys,
  printInstallation,
  readInstallation,
  readPrintedInstallation,
} from '#platform/crypto'

import { readWords, refuse } from './cli-json.ts'

/** The help text of the command. */
export const keysHelp = `anydoor keys print [--yes]
anydoor keys restore

print writes the pepper and the installation's keys as twelve numbered rows of words and a
row that checks them. Put the paper in a safe, never beside a backup: whoever has it and a
stolen copy has only each password left to guess. Print once; the keys do not change.

restore reads these rows from standard input and writes KEYS_DIR as the first start made
it. The first four letters of each word are enough. It never writes over keys that are there.
The passwords of the database's own logins are made anew at the next start.

  --yes  print although standard output is no terminal, for a printer:
         anydoor keys print --yes | lp

Exit 0: done. 2: nothing was printed, or nothing was written.
`

/** `anydoor keys`: prints the installation's secrets or brings them back; gives the exit code. */
export async function runKeys(config: Config, args: readonly string[]): Promise<number> {
  const given = readWords(args, { values: [], flags: ['--yes'] })
  if ('cannot' in given) return refuse(given.cannot)
  const [what, extra] = given.plain
  if (extra !== undefined || (what !== 'print' && what !== 'restore'))
    return refuse('Say what to do: anydoor keys print, or anydoor keys restore. See anydoor keys --help.')
  await cryptoReady()
  return what === 'print' ? print(config, given.flags.has('--yes')) : restore(config)
}

function print(config: Config, yes: boolean): number {
  if (!yes && !process.stdout.isTTY)
    return refuse(
      'These keys are shown on a terminal only, so that they do not end in a file by accident. With --yes they go to a printer.',
    )
  const installation = tried(() => readInstallation(config.keysDir))
  if (installation === null)
    return refuse(
      `KEYS_DIR (${config.keysDir}) holds no installation.json. Set KEYS_DIR to the keys of this installation.`,
    )
  const printed = installation === undefined ? null : printInstallation(installation)
  if (printed === null)
    return refuse(
      `installation.json in KEYS_DIR (${config.keysDir}) is damaged, so a print of it would open nothing. Bring back its second copy first.`,
    )
  process.stdout.write(paper(printed))
  return 0
}

function paper({ rows, check }: PrintedKeys): string {
  return [
    'The keys of this Anydoor installation. Keep this paper in a safe, never beside a backup.',
    'If KEYS_DIR is lost, type all thirteen rows into: anydoor keys restore',
    '',
    ...rows.map((words, at) => `${String(at + 1).padStart(5)}  ${words.join(' ')}`),
    `check  ${check.join(' ')}`,
    '',
  ].join('\n')
}

async function restore(config: Config): Promise<number> {
  const there = `KEYS_DIR (${config.keysDir}) already holds keys, and they were left as they are. If they are not the ones of your database, move that folder away first.`
  if (tried(() => readInstallation(config.keysDir)) !== null) return refuse(there)
  if (process.stdin.isTTY)
    process.stderr.write('Type the rows as they are printed, each with its number; then Ctrl-D.\n')
  const installation = readPrintedInstallation(typedRows(await text(process.stdin)))
  if ('misread' in installation) return refuse(inWords(installation))
  const done = tried(() => keepInstallation(config.keysDir, installation))
  if (done === undefined)
    return refuse(
      `KEYS_DIR (${config.keysDir}) cannot be written. Check its name and the rights of this account.`,
    )
  if (!done) return refuse(there)
  process.stdout.write(
    `The keys are back in ${config.keysDir}. anydoor ledger verify says whether they belong to this database.\n`,
  )
  return 0
}

/** A row begins with its number, or with `check`; whatever else stands on the paper is passed over. */
function typedRows(typed: string): PrintedKeys {
  const rows: (readonly string[])[] = Array.from({ length: 12 }, () => [])
  let check: readonly string[] = []
  for (const line of typed.split(/[\r\n]+/)) {
    const [, label = '', rest = ''] = line.match(/^\s*(\d{1,2}|check)\b[.:)]*\s+(\S.*)$/iu) ?? []
    const words = rest.split(/[\s,]+/).filter((word) => word !== '')
    if (label.toLowerCase() === 'check') check = words
    else if (label !== '' && rows[Number(label) - 1] !== undefined) rows[Number(label) - 1] = words
  }
  return { rows, check }
}

function inWords({ misread, why }: Misread): string {
  const row = misread === 'check' ? 'The row named check' : `Row ${misread}`
  return why === 'missing'
    ? `${row} is missing. Type all twelve rows with their numbers, and the row named check. Nothing was written.`
    : `${row} is not as it was printed. Compare its words with the paper and type everything again. Nothing was written.`
}

function tried<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
