import {
  explain,
  match,
  type MatchIndex,
  matchIndex,
  type MatchReport,
  orderByWishes,
} from '#engine/matching'
import type { PartialSituation, System } from '#engine/space'
import { servicesByIds, servicesForMatching, traitsOf } from '#directory'
import type { Tx } from '#platform/db'

import type { Menu, MenuAsked, MenuEntry, MenuReason } from './menu.ts'
import { abuseMarked, bringsTogether, makesSense, readable, reasonOf } from './menu.rules.ts'
import { serviceWords } from './menu.store.ts'

/** So many services that depend, and that do not take, are shown; the totals say how many there are. */
const mostShown = 60
/** Where nothing takes the person, somebody who works out what is right, or who is there for being safer. */
const anyDoor = ['right-help', 'safety', 'talk']

const indexes = new WeakMap<System, MatchIndex>()

/**
 * The menu for a nameless picture: who takes the person now, what depends on which question, who does not and why, in the order
 * of the wishes. Needs no case and leaves no trace.
 */
export async function menuFor(db: Tx, asked: MenuAsked): Promise<Menu> {
  const pack = asked.pack ?? null
  const index = indexOf(await servicesForMatching(db, pack))
  const situation = readable(index, asked.situation)
  const reports = needsOf(asked).map((need) => match(index, situation, need === null ? {} : { need }))
  const judge = { db, index, situation, asked }
  const found = await entriesOf(judge, reports)
  const offered = found.entries.filter(
    ({ service }) => !abuseMarked(situation, asked.harmNamed ?? false) || !bringsTogether(service),
  )
  const usesAbuse = situation['who'] === 'person-using-abuse'
  const main = offered.filter(({ service }) => usesAbuse || service.kind !== 'for-people-using-abuse')
  const takes = main.filter(({ reason }) => reason.kind === 'takes')
  const asks = main.filter(({ reason }) => reason.kind === 'asks')
  return {
    takes,
    asks,
    depends: main.filter(isDepends),
    no: main.filter(isNo),
    apart: offered.filter((entry) => !main.includes(entry)),
    bestQuestion: bestOf(reports),
    nextSteps: takes.length > 0 ? [] : await nextSteps(judge, [...asks, ...main]),
    withheld: found.entries.length - offered.length,
    possible: makesSense(index, situation),
    totals: found.totals,
  }
}

interface Judge {
  readonly db: Tx
  readonly index: MatchIndex
  readonly situation: PartialSituation
  readonly asked: MenuAsked
}

async function entriesOf(judge: Judge, reports: readonly MatchReport[]) {
  const takes = new Set(reports.flatMap((report) => report.takes))
  const depends = new Set(reports.flatMap((report) => report.dependsOn.map((each) => each.service)))
  const no = new Set(reports.flatMap((report) => report.doesNotTake.map((each) => each.service)))
  const ids = [...takes, ...[...depends].slice(0, mostShown), ...[...no].slice(0, mostShown)]
  const entries = await told(judge, ids)
  return { entries, totals: { depends: depends.size, no: no.size } }
}

/** The entries of these services with their reasons, in the order of the wishes and else as they came. */
async function told(judge: Judge, ids: readonly string[]): Promise<readonly MenuEntry[]> {
  const { db, index, situation, asked } = judge
  const services = await servicesByIds(db, ids)
  const words = await serviceWords(db, ids)
  const results = services.map((service) => ({
    service: service.id,
    summary: service,
    traits: traitsOf(service),
  }))
  return orderByWishes(results, asked.wishes ?? []).map(({ result, wishes }) => {
    const about = words.get(result.service)
    const reason = reasonOf(
      explain(index, result.service, situation),
      about?.clauses ?? [],
      situation,
      asked.pack ?? 'uk',
    )
    return { service: result.summary, reason, wishes, mustReport: about?.mustReport ?? null }
  })
}

/** At least one door: who may be asked first, who takes anybody for being safer, who talks it over without a name. */
async function nextSteps(judge: Judge, own: readonly MenuEntry[]): Promise<readonly MenuEntry[]> {
  const { index, situation } = judge
  const doors = anyDoor.flatMap((need) => match(index, situation, { need }).takes)
  const open = (await told(judge, [...new Set(doors)])).filter(
    (entry) => entry.service.kind !== 'for-people-using-abuse' && !bringsTogether(entry.service),
  )
  const firstAsk = own.filter((entry) => entry.reason.kind === 'asks')
  const talkOver = own.filter((entry) => entry.service.consultation)
  const chosen = new Map<string, MenuEntry>()
  for (const entry of [...firstAsk.slice(0, 1), ...open.slice(0, 2), ...talkOver.slice(0, 2)])
    chosen.set(entry.service.id, entry)
  return [...chosen.values()]
}

function isDepends(entry: MenuEntry): entry is MenuEntry<Extract<MenuReason, { kind: 'depends' }>> {
  return entry.reason.kind === 'depends'
}

function isNo(entry: MenuEntry): entry is MenuEntry<Extract<MenuReason, { kind: 'no' }>> {
  return entry.reason.kind === 'no'
}

function needsOf({ need }: MenuAsked): readonly (string | null)[] {
  if (need === undefined) return [null]
  return typeof need === 'string' ? [need] : need
}

function bestOf(reports: readonly MatchReport[]): string | null {
  return reports.find((report) => report.bestQuestion !== null)?.bestQuestion ?? null
}

function indexOf(system: System): MatchIndex {
  const known = indexes.get(system)
  if (known !== undefined) return known
  const made = matchIndex(system)
  indexes.set(system, made)
  return made
}
