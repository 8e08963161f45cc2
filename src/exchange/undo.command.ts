import { parseArgs } from 'node:util'

import {
  type ImportRun,
  type Left,
  leftInAll,
  listRuns,
  undoneDetail,
  type UndoRefused,
  type Undone,
  undoRun,
} from '#directory'
import { recordForOperator } from '#parties'
import type { Tx } from '#platform/db'

interface Host {
  readonly withDatabase: <T>(work: (db: Tx) => Promise<T>) => Promise<T>
  readonly print: (line: string) => void
  readonly printError: (line: string) => void
}

/** Whether the words of the command line are about files that came in before. */
export function isAboutRuns(argv: readonly string[]): boolean {
  return argv.some((each) => /^--(undo|runs)(=|$)/.test(each))
}

/** `anydoor import --runs` and `--undo RUN`. Gives the exit code: 1 when entries were left as they are. */
export async function runRuns(argv: readonly string[], host: Host): Promise<0 | 1 | 2> {
  const asked = readArguments(argv)
  if ('wrong' in asked) return refuse(host, `${asked.wrong} See anydoor import --help.`)
  try {
    if (asked.undo === null) {
      const runs = await host.withDatabase((db) => listRuns(db))
      for (const line of asked.json ? [JSON.stringify({ runs })] : runs.map(runLine)) host.print(line)
      return 0
    }
    const by = { name: 'whoever owns the database', why: asked.why }
    const runId = asked.undo
    const done = await host.withDatabase(async (db) => {
      const undone = await undoRun(db, runId, by)
      if (!('refused' in undone))
        await recordForOperator(db, {
          kind: 'directory.changed',
          detail: undoneDetail(runId, asked.why, undone),
        })
      return undone
    })
    if ('refused' in done) return refuse(host, refusalLine(runId, done))
    for (const line of asked.json ? [JSON.stringify(done)] : doneLines(done)) host.print(line)
    return leftInAll(done) > 0 ? 1 : 0
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown'
    return refuse(host, `The database could not take the run back, and nothing was changed: ${why}`)
  }
}

function readArguments(
  argv: readonly string[],
):
  | { readonly wrong: string }
  | { readonly undo: string | null; readonly why: string; readonly json: boolean } {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        undo: { type: 'string' },
        runs: { type: 'boolean', default: false },
        why: { type: 'string', default: '' },
        json: { type: 'boolean', default: false },
      },
    })
    const { undo = null, runs, why, json } = values
    if (runs && undo !== null) return { wrong: 'Ask for --runs or for --undo.' }
    if (undo !== null && why.trim() === '')
      return { wrong: 'Say why with --why: it is kept with the entries.' }
    return { undo, why, json }
  } catch (error) {
    return {
      wrong: `${error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'The options are wrong'}.`,
    }
  }
}

function runLine(run: ImportRun): string {
  const state =
    run.undoneAt !== null
      ? 'taken back'
      : run.canBeUndone
        ? 'can be taken back'
        : 'can no longer be taken back'
  const at = new Date(run.at).toISOString().slice(0, 16).replace('T', ' ')
  return `${run.id}  ${at}  ${run.format}  ${run.imported + run.importedWithWarnings} imported, ${run.held} held, ${run.rejected} rejected  ${state}`
}

function refusalLine(runId: string, { refused, run }: UndoRefused): string {
  if (refused === 'missing') return `There is no run ${runId}. anydoor import --runs lists them.`
  if (refused === 'undone-already') return `The run ${runId} has been taken back already.`
  if (refused === 'later-run')
    return `The run ${run ?? ''} came later and changed the same entries. Take that one back first.`
  if (refused === 'not-yours') return 'The run changed entries that somebody else looks after.'
  return `What was there before the run ${runId} is not kept, or not any more.`
}

const reasons = {
  secret: 'its place has become secret, and stays so',
  gone: 'it is not in the directory any more',
  changed: 'somebody has changed it since',
  needed: 'something that stays belongs to it',
}

function doneLines({ restored, removed, left, entries, organizations, pathways }: Undone): readonly string[] {
  const { restored: back, removed: away, left: kept } = pathways
  return [
    `${restored} entries are as they were before, ${removed} that were new are gone, ${left} were left as they are.`,
    ...leftLines({ left, entries }),
    ...(organizations.left > 0 ? [`Organisations left as they are: ${organizations.left}.`] : []),
    ...leftLines(organizations),
    ...(back + away + kept > 0
      ? [
          `${back} pathways are as they were before, ${away} that were new are gone, ${kept} were left as they are.`,
        ]
      : []),
    ...leftLines(pathways),
  ]
}

function leftLines({ left, entries }: Left): readonly string[] {
  return [
    ...entries.map(({ id, name, why }) => `  ${name ?? ''} (${id}): ${reasons[why]}`),
    ...(left > entries.length ? [`  and ${left - entries.length} more`] : []),
  ]
}

function refuse(host: Host, line: string): 2 {
  host.printError(line)
  return 2
}
