import type { Actor, CaseKey } from '#platform/access'
import type { Tx } from '#platform/db'

/** Another room's cells that are sealed under a case's key: it puts each of them under the new key, in the same transaction. */
export interface CaseCells {
  reseal(db: Tx, actor: Actor, from: CaseKey, to: CaseKey): Promise<void>
  /** These accounts may not see the case from now on: what belongs to it and has a key of its own follows. */
  shutOut?(db: Tx, actor: Actor, key: CaseKey, accounts: readonly string[]): Promise<void>
  /** A worker saved the names of people they know: what tells of one of them, and is no case, follows. */
  listed?(db: Tx, actor: Actor, names: readonly string[]): Promise<void>
  /** What was told and lies in these cells, as it was sealed: its words are compared with what is written elsewhere. */
  told?(db: Tx, key: CaseKey): Promise<readonly unknown[]>
}

let brought: readonly CaseCells[] | null = null

/** Says once, where the rooms are put together, which rooms keep cells under a case's key. */
export function bringCells(cells: readonly CaseCells[]): void {
  brought = cells
}

/**
 * The cells of every room; a program that was not put together closes no case, since it would lose what they hold, and compares
 * nothing with one.
 */
export function everyCell(): readonly CaseCells[] {
  if (brought === null)
    throw new Error('The cells of a case are known only where every room has brought its own.')
  return brought
}
