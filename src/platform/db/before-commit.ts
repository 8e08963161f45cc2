import type { Tx } from './pools.ts'

const waiting = new WeakMap<Tx, (() => Promise<void>)[]>()

/** Puts a piece of work at the end of a transaction: after everything its request writes, before anything of it counts. */
export function beforeCommit(db: Tx, work: () => Promise<void>): void {
  const list = waiting.get(db)
  if (list === undefined) waiting.set(db, [work])
  else list.push(work)
}

/** Does what was put at the end, in the order it came. Whoever opens a transaction calls it last. */
export async function endTransaction(db: Tx): Promise<void> {
  for (const work of waiting.get(db) ?? []) await work()
}
