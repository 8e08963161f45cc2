import { setImmediate as nextTurn } from 'node:timers/promises'

import { type Actor, idText, openingCells } from '#platform/access'
import type { Tx } from '#platform/db'
import { record } from '#platform/ledger'

import type { CardRole } from './card.ts'
import { everyName } from './card.rules.ts'
import { readNames } from './cells.ts'
import { answersTo } from './known.rules.ts'
import { folded, mayFit, nameFit, sameName } from './name-search.rules.ts'
import { cardPieces, cardsOf } from './name-search.store.ts'

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

/**
 * The one case of the person who is called exactly so, by all of their name; null where nobody is, or more than one. It opens
 * every card whether or not one answers, and says nothing of how many did. The act that asks writes its own line.
 */
export async function personNamed(db: Tx, actor: Actor, name: string): Promise<string | null> {
  const query = folded(name)
  const fits = query === '' ? [] : await inTurn(() => everyFit(db, actor, query))
  const exact = fits.filter((each) => each.role === 'survivor' && folded(each.name) === query)
  const [only, ...others] = new Set(exact.map((each) => each.caseId))
  return only === undefined || others.length > 0 ? null : only
}

/**
 * Who else is called exactly so, in another case that the actor may see: perhaps the same person, who has a file already. Only the
 * one whom a case is about counts. It opens every card whether or not one answers; the act that asks writes its own line.
 */
export async function sameNameElsewhere(
  db: Tx,
  actor: Actor,
  { caseId, name }: { readonly caseId: string; readonly name: string },
): Promise<readonly NameFound[]> {
  const query = folded(name)
  // A word alone is shared by too many; every worker saves those without a look.
  const fits = query.includes(' ') ? await inTurn(() => everyFit(db, actor, query)) : []
  return fits
    .filter((each) => each.caseId !== caseId && each.role === 'survivor')
    .filter((each) => sameName(each.name, name))
    .map(({ fit: _fit, ...found }) => found)
}

/** The cases that the actor may see in which somebody answers to one of these names: an old one, one safe to say, the one on papers. */
export async function casesNaming(
  db: Tx,
  actor: Actor,
  names: readonly string[],
): Promise<readonly string[]> {
  const cases = new Set<string>()
  if (names.length === 0) return []
  await inTurn(() =>
    everyCard(db, actor, (text, ids) => {
      const all = everyName(readNames(text))
      if (names.some((name) => answersTo(name, all))) cases.add(ids().caseId)
    }),
  )
  return [...cases]
}

/**
 * Whether somebody of exactly this name is in a case that the actor may see. Every card is opened once, for as many names as are
 * asked about afterwards. The act that asks writes its own line.
 */
export async function namesHere(db: Tx, actor: Actor): Promise<(name: string) => boolean> {
  const names = new Set<string>()
  await inTurn(() =>
    everyCard(db, actor, (text) => {
      const card = readNames(text)
      if (card.role !== 'personCausingHarm') names.add(folded(card.name))
    }),
  )
  return (name) => folded(name) !== '' && names.has(folded(name))
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

type Fit = NameFound & { readonly fit: number }

async function everyFit(db: Tx, actor: Actor, query: string): Promise<Fit[]> {
  const fits: Fit[] = []
  await everyCard(db, actor, (text, ids) => {
    if (!mayFit(text, query)) return
    const card = readNames(text)
    const fit = nameFit([card.name, ...card.sayAloud], query)
    if (fit !== null) fits.push({ ...ids(), name: card.name, role: card.role, fit })
  })
  return fits
}

type Ids = () => Pick<NameFound, 'caseId' | 'cardId'>

/** Opens every card that the actor may see, and lets other requests in every few milliseconds. */
async function everyCard(db: Tx, actor: Actor, look: (text: string, ids: Ids) => void): Promise<void> {
  const cells = openingCells(actor, 'people.card', 'body')
  let since = performance.now()
  try {
    for await (const piece of cardPieces(db)) {
      for (const row of cardsOf(piece)) {
        look(cells.text(row), () => ({
          caseId: idText(piece, row.caseAt),
          cardId: idText(piece, row.rowAt),
        }))
        if (performance.now() - since > sliceMs) {
          await nextTurn()
          since = performance.now()
        }
      }
    }
  } finally {
    cells.close()
  }
}
