import type { Actor } from '#platform/access'
import type { Tx } from '#platform/db'

import type { LineProblem, LineRead } from './line.rules.ts'
import type { Line, Run } from './run.ts'
import { linesOf } from './run.store.ts'
import { readerOf } from './trial.actions.ts'

/** What making would do, counted. */
export interface Trial {
  readonly makes: number
  readonly stops: ReadonlyMap<LineProblem['rule'], number>
  readonly notices: ReadonlyMap<LineProblem['rule'], number>
}

const slice = 500

/** Reads every line as making it would, and makes nothing. */
export async function trialOf(db: Tx, actor: Actor, run: Run): Promise<Trial> {
  let makes = 0
  const stops = new Map<LineProblem['rule'], number>()
  const notices = new Map<LineProblem['rule'], number>()
  for await (const { read } of everyLine(db, actor, run)) {
    const stopping = read.problems.find((each) => each.stops)
    if (stopping === undefined) makes += 1
    else stops.set(stopping.rule, (stops.get(stopping.rule) ?? 0) + 1)
    if (stopping === undefined)
      for (const { rule } of read.problems) notices.set(rule, (notices.get(rule) ?? 0) + 1)
  }
  return { makes, stops, notices }
}

/** Every line that still has its cells, with what it would become. */
async function* everyLine(
  db: Tx,
  actor: Actor,
  run: Run,
): AsyncGenerator<{ readonly line: Line; readonly read: LineRead }> {
  const reader = await readerOf(db, actor, run)
  for (let after = 0; ;) {
    const lines = await linesOf(db, actor, run.id, { after, limit: slice })
    for (const line of lines) if (line.cells !== null) yield { line, read: reader(line.cells) }
    if (lines.length < slice) return
    after = lines.at(-1)?.nth ?? after
  }
}
