import { type Pattern, patternOf, wordsOf } from './pattern.rules.ts'
import { quotedSpans, type Span } from './quoted.rules.ts'
import { type Found, foundIn, type Search, searchFor, type Steps } from './search.rules.ts'
import {
  blamesTheHurt,
  type Country,
  type Nearby,
  patternsOf,
  type Row,
  rows,
  saidOf,
  type Severity,
} from './table.ts'
import { type Token, tokensOf } from './token.rules.ts'

/** The threshold where nobody has set another: only what asks for the behaviour. */
export const usualSeverity: Severity = 2

/** Wording that a row of the table knows, and where it stands in the text as typed. */
export interface Hint {
  readonly row: Row
  readonly from: number
  readonly to: number
  readonly words: string
}

/** One row's hints in a text, said once. */
export interface Advice {
  readonly id: string
  readonly words: readonly string[]
  readonly why: string
  readonly suggest: readonly string[]
  /** It blames the person who was hurt: what was done, and what was done against it, belongs in the file first. */
  readonly blames: boolean
}

/** What is looked for in which country, and from which severity on. */
export interface Reading {
  readonly country: Country
  readonly severity?: Severity | undefined
  /** Rows that stay silent, by id. */
  readonly off?: readonly string[] | undefined
  /** Rows of the agency's own, looked for beside the table. */
  readonly own?: readonly Row[] | undefined
}

/**
 * The wording in a text that the table knows, in the order of the text. Looks, and does nothing else: the text stays as it
 * is, and nothing is kept of it. Quiet in what somebody is quoted as saying.
 */
export function hintsIn(text: string, reading: Reading, steps: Steps = { count: 0 }): readonly Hint[] {
  const tokens = tokensOf(text)
  steps.count += tokens.length
  const { owners, found } = lookedFor(reading, tokens, steps)
  const quoted = quotedWords(quotedSpans(text, tokens, steps), tokens)
  const guarded = guardedWords(found, owners)
  const severity = reading.severity ?? usualSeverity
  const off = new Set(reading.off)
  const standing = found.filter((one) => {
    const owner = owners[one.pattern]
    if (!owner || owner.guards || owner.row.severity < severity || off.has(owner.row.id)) return false
    if (quoted(one.first, one.last) || guarded(owner.row, one.first, one.last)) return false
    return fits(owner, tokens, one, steps)
  })
  const kept = oneForEachPlace(standing, owners)
  return kept.filter(oftenEnough(kept)).map(({ row, first, last }) => {
    const [from, to] = [tokens[first]?.from ?? 0, tokens[last]?.to ?? 0]
    return { row, from, to, words: text.slice(from, to) }
  })
}

/** The hints of a text, each row once, in the words of the reader's country. */
export function adviceFor(text: string, reading: Reading): readonly Advice[] {
  const byRow = new Map<Row, string[]>()
  for (const hint of hintsIn(text, reading)) {
    const words = byRow.get(hint.row) ?? []
    if (!words.includes(hint.words)) words.push(hint.words)
    byRow.set(hint.row, words)
  }
  return [...byRow].map(([row, words]) => ({
    id: row.id,
    words,
    blames: blamesTheHurt(row),
    ...saidOf(row, reading.country),
  }))
}

/** What the table and the agency's own rows find, in the order in which it ends. */
function lookedFor(reading: Reading, tokens: readonly Token[], steps: Steps) {
  const table = tableFor(reading.country)
  const found = foundIn(table.search, tokens, steps)
  if (reading.own === undefined || reading.own.length === 0) return { owners: table.owners, found }
  const own = tableOf(reading.own, reading.country)
  const beside = foundIn(own.search, tokens, steps).map((one) => ({
    ...one,
    pattern: one.pattern + table.owners.length,
  }))
  return {
    owners: [...table.owners, ...own.owners],
    found: [...found, ...beside].toSorted((a, b) => a.last - b.last),
  }
}

interface Owner {
  readonly row: Row
  /** The pattern tells where the row is quiet. */
  readonly guards: boolean
  readonly near: ReadonlySet<string> | null
  readonly unlessNear: ReadonlySet<string> | null
}

interface Table {
  readonly search: Search
  readonly owners: readonly Owner[]
}

const ready = new Map<Country, Table>()

/** The table made ready once for each country. */
export function tableFor(country: Country): Table {
  const known = ready.get(country)
  if (known) return known
  const table = tableOf(rows, country)
  ready.set(country, table)
  return table
}

function tableOf(from: readonly Row[], country: Country): Table {
  const patterns: Pattern[] = []
  const owners: Owner[] = []
  for (const row of from) {
    const [near, unlessNear] = [setOf(row.near), setOf(row.unlessNear)]
    const add = (text: string, guards: boolean) => {
      patterns.push(patternOf(text))
      owners.push({ row, guards, near, unlessNear })
    }
    for (const text of patternsOf(row, country)) add(text, false)
    for (const text of row.unless ?? []) add(text, true)
  }
  return { search: searchFor(patterns), owners }
}

function setOf(nearby: Nearby | undefined): ReadonlySet<string> | null {
  return nearby === undefined ? null : wordsOf(nearby.words)
}

function fits(owner: Owner, tokens: readonly Token[], one: Found, steps: Steps): boolean {
  const { row, near, unlessNear } = owner
  if (near && row.near && !hasNear(tokens, one, near, row.near.within, steps)) return false
  return !(unlessNear && row.unlessNear && hasNear(tokens, one, unlessNear, row.unlessNear.within, steps))
}

function hasNear(
  tokens: readonly Token[],
  { first, last }: Found,
  words: ReadonlySet<string>,
  within: number,
  steps: Steps,
): boolean {
  const around = [
    ...tokens.slice(Math.max(0, first - within), first),
    ...tokens.slice(last + 1, last + 1 + within),
  ]
  steps.count += around.length
  return around.some((token) => words.has(token.word))
}

/** Tells whether any word of a stretch is inside a quotation. */
function quotedWords(
  spans: readonly Span[],
  tokens: readonly Token[],
): (first: number, last: number) => boolean {
  // How many spans begin before a word less how many have ended: a sum over the text, not a search for each word.
  const begins = spans.map((span) => span.from).toSorted((a, b) => a - b)
  const finishes = spans.map((span) => span.to).toSorted((a, b) => a - b)
  let [begun, ended, soFar] = [0, 0, 0]
  const inside = tokens.map((token) => {
    while ((begins[begun] ?? Infinity) <= token.from) begun++
    while ((finishes[ended] ?? Infinity) <= token.from) ended++
    soFar += begun > ended ? 1 : 0
    return soFar
  })
  return (first, last) => (inside[last] ?? 0) > (inside[first - 1] ?? 0)
}

function guardedWords(
  found: readonly Found[],
  owners: readonly Owner[],
): (row: Row, first: number, last: number) => boolean {
  const guards = new Map<Row, Set<number>>()
  for (const { pattern, first, last } of found) {
    const owner = owners[pattern]
    if (!owner?.guards) continue
    const words = guards.get(owner.row) ?? new Set()
    for (let at = first; at <= last; at++) words.add(at)
    guards.set(owner.row, words)
  }
  return (row, first, last) => {
    const words = guards.get(row)
    if (!words) return false
    for (let at = first; at <= last; at++) if (words.has(at)) return true
    return false
  }
}

interface Standing {
  readonly row: Row
  readonly first: number
  readonly last: number
}

/** Where rows overlap, the graver one stays, then the longer. */
function oneForEachPlace(found: readonly Found[], owners: readonly Owner[]): readonly Standing[] {
  const kept: Standing[] = []
  for (const { pattern, first, last } of found) {
    const row = owners[pattern]?.row
    if (row === undefined) continue
    const one = { row, first, last }
    const before = kept.at(-1)
    if (before === undefined || before.last < first) kept.push(one)
    else if (outweighs(one, before) && (kept.at(-2)?.last ?? -1) < first) kept[kept.length - 1] = one
  }
  return kept
}

function outweighs(one: Standing, other: Standing): boolean {
  const graver = one.row.severity - other.row.severity
  return graver > 0 || (graver === 0 && one.last - one.first > other.last - other.first)
}

function oftenEnough(kept: readonly Standing[]): (one: Standing) => boolean {
  const counts = new Map<Row, number>()
  for (const { row } of kept) counts.set(row, (counts.get(row) ?? 0) + 1)
  return ({ row }) => (counts.get(row) ?? 0) >= (row.least ?? 1)
}
