import { setImmediate as nextTurn } from 'node:timers/promises'

import { type Actor, type CaseKey, openWrap } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { CardRole } from './card.ts'
import { openNames } from './cells.ts'
import { folded, nameFit } from './name-search.rules.ts'
import { packedCards, unpacked } from './name-search.store.ts'

/** A person found: the name to use, who they are in which case. */
export interface NameFound {
  readonly caseId: string
  readonly cardId: string
  readonly name: string
  readonly role: CardRole
}

/** One page of what was found, and how many there are in all. */
export interface NamesFound {
  readonly found: readonly NameFound[]
  readonly total: number
}

const sliceMs = 4
// While one waits for the database, another opens; more side by side would all come later and hold more.
const atOnce = 2

const waiting: (() => void)[] = []
let running = 0

/**
 * Finds people by the names on their cards: opens every card that the reader may see and compares in memory. It lets other
 * requests in after every few milliseconds. The words looked for are kept nowhere; that somebody looked is.
 */
export async function searchNames(
  db: Tx,
  actor: Actor,
  asked: { readonly query: string; readonly offset?: number; readonly limit?: number },
): Promise<NamesFound> {
  const query = folded(asked.query)
  const fits = query === '' ? [] : await inTurn(() => everyFit(db, actor, query))
  fits.sort((a, b) => a.fit - b.fit || a.name.localeCompare(b.name) || (a.cardId < b.cardId ? -1 : 1))
  await record(db, actor, { kind: 'case.searched', detail: { found: fits.length } })
  const offset = asked.offset ?? 0
  const found = fits.slice(offset, offset + (asked.limit ?? 20)).map(({ fit: _fit, ...line }) => line)
  return { found, total: fits.length }
}

/** One search after the other, in the order they came. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((go) => waiting.push(go))
  else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
}

async function everyFit(
  db: Tx,
  actor: Actor,
  query: string,
): Promise<(NameFound & { readonly fit: number })[]> {
  const fits: (NameFound & { readonly fit: number })[] = []
  let key: CaseKey | null = null
  let since = performance.now()
  for await (const piece of packedCards(db)) {
    for (const row of unpacked(piece, actor)) {
      if (key?.caseId !== row.case_id) key = openWrap(actor, row)
      const card = openNames(key, row)
      const fit = nameFit([card.name, ...card.sayAloud], query)
      if (fit !== null)
        fits.push({ caseId: row.case_id, cardId: row.id, name: card.name, role: card.role, fit })
      if (performance.now() - since > sliceMs) {
        await nextTurn()
        since = performance.now()
      }
    }
  }
  return fits
}
