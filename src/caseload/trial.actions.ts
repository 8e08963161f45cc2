import { colleaguesOf, folded, namesHere } from '#people'
import { type Actor, mayDo } from '#platform/access'
import type { Tx } from '#platform/db'

import type { Mapping } from './field.ts'
import { type LineContext, type LineRead, readLine } from './line.rules.ts'
import type { Run } from './run.ts'
import { today } from './run.store.ts'

/** Reads lines of a run as making them would, one after the other. */
export type LineReader = (cells: readonly string[]) => LineRead

/** A reader that also knows who is here already, and what stood in the sheet before. */
export async function readerOf(
  db: Tx,
  actor: Actor,
  run: Pick<Run, 'columns' | 'mapping' | 'again'>,
): Promise<LineReader> {
  const workers = (await colleaguesOf(db, actor)).filter((each) => mayDo(each.roles, 'case:write'))
  const isHere = await namesHere(db, actor)
  const before = new Set<string>()
  const context: LineContext = {
    mapping: mappingOf(run),
    columns: run.columns,
    order: actor.pack === 'us' ? 'month-first' : 'day-first',
    today: await today(db),
    workers,
    fold: folded,
  }
  return (cells) => {
    const read = readLine(cells, context)
    const name = folded(read.plan.name)
    const twice = name !== '' && before.has(name)
    before.add(name)
    const same = isHere(read.plan.name) ? 'here-already' : twice ? 'twice-in-sheet' : null
    if (same === null) return read
    return { ...read, problems: [...read.problems, { rule: same, field: 'name', stops: !run.again }] }
  }
}

/** A run's mapping by the column's place. */
export function mappingOf(run: Pick<Run, 'mapping'>): Mapping {
  return Object.fromEntries(Object.entries(run.mapping).map(([column, field]) => [Number(column), field]))
}
