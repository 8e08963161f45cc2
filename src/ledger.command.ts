import { readFileSync } from 'node:fs'

import type { Config } from '#platform/config'
import { openPool, type Pool } from '#platform/db'
import {
  checkStoredLedger,
  headText,
  type LedgerReport,
  newestHead,
  parseHeadText,
  type SignedHead,
} from '#platform/ledger'

import { asOwner } from './as-owner.ts'
import { readWords, refuse } from './cli-json.ts'

/** The help text of the command. */
export const ledgerHelp = `anydoor ledger verify [--head FILE] [--json]
anydoor ledger head

verify recomputes the whole ledger: every line, every head, every countersignature.
head prints the newest head. Keep it outside this machine: with it, verify finds a
history that was rewritten or taken back, even by somebody with all of the host's keys.

  --head FILE  a head that was printed or kept, as six lines
  --json       print the report as JSON

Exit 0: everything holds. 1: something does not hold. 2: the check could not run.
`

const mostProblems = 50

/** `anydoor ledger`: verifies the ledger or prints its newest head; gives the exit code. */
export async function runLedger(config: Config, args: readonly string[]): Promise<number> {
  const given = readWords(args, { values: ['--head'], flags: ['--json'] })
  if ('cannot' in given) return refuse(given.cannot)
  const [what, extra] = given.plain
  if (extra !== undefined || (what !== 'verify' && what !== 'head'))
    return refuse('Say what to do: anydoor ledger verify, or anydoor ledger head. See anydoor ledger --help.')
  const kept = given.values.get('--head')
  const pinned = kept === undefined ? undefined : readHead(kept)
  if (typeof pinned === 'string') return refuse(pinned)
  return asOwner(config, { alone: false }, async ({ ownerUrl, installation }) => {
    const owner = openPool(ownerUrl, 1)
    try {
      if (what === 'head') return await printHead(owner)
      const report = await checkStoredLedger(owner, installation.sign.publicKey, pinned)
      return say(
        given.flags.has('--json') ? `${JSON.stringify(report, null, 1)}\n` : inWords(report),
        report.ok ? 0 : 1,
      )
    } finally {
      await owner.destroy()
    }
  })
}

/** The report for a person: what was checked, what does not hold, and what the check cannot know. */
export function inWords(report: LedgerReport): string {
  const n = (count: number, of = '') =>
    `${count.toLocaleString('en-GB')}${of === '' ? '' : ` ${of}${count === 1 ? '' : 's'}`}`
  const lines = [
    `Checked ${n(report.size, 'line')}, ${n(report.heads, 'head')} and ${n(report.witnesses, 'countersignature')}.`,
    ...report.problems.slice(0, mostProblems).map((one) => `At ${n(one.at)}: ${one.message} (${one.rule})`),
    ...(report.problems.length > mostProblems
      ? [`And ${n(report.problems.length - mostProblems)} more.`]
      : []),
    ...(report.unsealedTail === 0
      ? []
      : [
          `Not sealed yet, and so could still be changed unnoticed: ${n(report.unsealedTail, 'line')}. A running Anydoor seals within a minute.`,
        ]),
    report.caveat,
  ]
  return `${lines.join('\n')}\n`
}

async function printHead(owner: Pool): Promise<number> {
  const newest = await owner.transaction().execute(newestHead)
  return newest === null ? say('The ledger has no head yet.\n', 1) : say(headText(newest.head), 0)
}

function readHead(file: string): SignedHead | string {
  try {
    return (
      parseHeadText(readFileSync(file, 'utf8')) ??
      `${file} is not a head of a ledger. Name a file with the six lines that anydoor ledger head printed.`
    )
  } catch {
    return `${file} cannot be read. Check the name and the rights of the file.`
  }
}

function say(text: string, code: number): number {
  process.stdout.write(text)
  return code
}
